"""Text to terms: analysis, stop words, names and edit distance."""
