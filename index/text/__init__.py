"""Text analysis.

Responsibility: turn text into tokens, terms and names, and compare the spelling of words.
Decision: one analyzer for articles and queries, so that both have the same terms.
Must not depend on: any other part of the index.
"""
