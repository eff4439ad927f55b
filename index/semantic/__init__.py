"""Semantic retrieval.

Responsibility: split articles into passages, embed and cache them, and score rows by their vectors.
Decision: every row is compared with a query, in two stages over plain arrays
(docs/decisions/0011-two-stage-vector-search.md).
Must not depend on: queries, stories or pages.
"""
