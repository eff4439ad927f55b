"""Quotes: who said what.

Responsibility: find what articles quote, and who said it.
Decision: rules and word lists for six languages (docs/decisions/0034-quotes-by-rules.md).
Must not depend on: indexes or stories.
"""

from index.text.quotes.extraction import Quote, find_quotes
from index.text.quotes.speakers import Speaker

__all__ = ["Quote", "Speaker", "find_quotes"]
