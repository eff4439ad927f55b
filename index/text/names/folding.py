"""Lists of words, folded.

Responsibility: make sets of folded words from text.
Decision: lists are written as newspapers write, with accents, and folded once.
Must not depend on: what the words mean.
"""

from index.text.folding import fold


def fold_words(text: str) -> frozenset[str]:
    """The words of a text, folded."""
    return frozenset(fold(word) for word in text.split())


def fold_tables(texts: dict[str, str]) -> dict[str, frozenset[str]]:
    """The words of a text in each language, folded."""
    return {language: fold_words(text) for language, text in texts.items()}
