"""Query time: from a request to an answer over one snapshot."""
