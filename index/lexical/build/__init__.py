"""Build time: articles to postings, as arrays and as Whoosh's own files."""
