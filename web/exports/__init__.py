"""Exports: the articles that match a search, in the formats of other programs.

Each format is a function from an `Export` to pieces of text, so that a long export is never held in
memory. Only `views` knows Flask, routes and search.
"""
