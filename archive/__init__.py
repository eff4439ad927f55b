"""What we hold: articles, where they come from, and the SQLite store that is the truth.

Knows nothing of searching or showing.
"""
