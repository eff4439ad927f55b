"""Query time: which rows match, and their BM25F scores."""
