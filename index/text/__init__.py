"""Analysis of text: tokens, terms, stop words, names and edit distance."""
