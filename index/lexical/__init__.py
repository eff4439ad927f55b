"""Lexical retrieval with Whoosh: the only folder that imports it."""
