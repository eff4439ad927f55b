"""Evaluation: the quality of search and of stories on labelled articles.

Responsibility: read labelled collections, generate labels, and compute quality measures.
Decision: everything is measured with the same index and engine that readers use.
Must not depend on: pages or commands.
"""
