"""Take it with you: the articles that answer a search, in the formats of other programs.

Each format is a function from an `Export` to pieces of text, so that a long one never lies in
memory whole. Knows no Flask, no routes and no search.
"""
