"""Words that a typesetter broke at the end of a line: `Parlia-` and `ment`.

Responsibility: put such words together again, with or without their hyphen.
Decision: a hyphen goes only if the word without it occurs in the same text or in the language; what
neither knows stays as it is. The archive's other articles have no say, so that the same text always
gives the same article, in whatever order files are read.
Must not depend on: headlines, datelines, or where the word lists come from.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Protocol

_SOFT_HYPHEN = "\u00ad"
_HYPHENS = f"-\u2010{_SOFT_HYPHEN}"
_LETTERS = r"[^\W\d_]+"
_LAST_TOKEN = re.compile(r"[\w.\-\u2010]+$")
_LAST_LETTERS = re.compile(rf"{_LETTERS}$")
_FIRST_LETTERS = re.compile(_LETTERS)
# Portuguese sets the hyphen again at the start of the next line.
_LINE_START = re.compile(r"(?P<again>[-\u2010])?(?P<right>\w\S*)(?P<rest>.*)", re.S)
_WORD = re.compile(rf"{_LETTERS}(?:[-\u2010]{_LETTERS})*")
# After a hyphen that stands for the rest of a word: `Ein- und Ausfuhr`, `pre- and post-war`.
_CONJUNCTIONS = frozenset(
    {"and", "or", "to", "und", "oder", "bis", "bzw", "sowie", "y", "o", "e", "ou", "et", "ni", "u"}
)
# No word is longer; it limits the cost of a line without spaces.
_MAX_TOKEN = 80


class Words(Protocol):
    """The words of a language, asked for in lower case and NFC."""

    has_compounds: bool

    def has(self, word: str) -> bool:
        """Return whether this is a word, in any of its forms."""

    def has_common(self, word: str) -> bool:
        """Return whether this is a word that occurs often enough to be part of a compound."""

    def is_compound(self, word: str) -> bool:
        """Return whether this is a compound that is written as one word."""


def has_broken_words(blocks: list[list[str]]) -> bool:
    """Return whether a line that is not the last of its block ends in a hyphen after a word."""
    return any(_ends_in_hyphen(line) for lines in blocks for line in lines[:-1])


def join_broken_words(blocks: list[list[str]], words: Words) -> list[list[str]]:
    """Return the blocks of lines with each broken word complete on the line where it begins.

    `words` are those of the text's language.
    """
    judge = _Judge(blocks, words)
    return [_join_lines(lines, judge) for lines in blocks]


def _ends_in_hyphen(line: str) -> bool:
    return line[-1:] in _HYPHENS and (line[-2:-1].isalnum() or line[-2:-1] == ".")


def _join_lines(lines: list[str], judge: "_Judge") -> list[str]:
    joined: list[str] = []
    for line in lines:
        start = _LINE_START.fullmatch(line) if joined and _ends_in_hyphen(joined[-1]) else None
        between = judge.choose(joined[-1], start) if start else None
        if start and between is not None:
            joined[-1] = f"{joined[-1][:-1]}{between}{start['right']}"
            line = start["rest"].strip()
        if line:
            joined.append(line)
    return joined


class _Judge:
    """Decides what stands between the two parts of a broken word."""

    def __init__(self, blocks: list[list[str]], words: Words) -> None:
        self._words = words
        self._text_words = {_fold(word) for lines in blocks for word in _complete_words(lines)}

    def choose(self, line: str, start: re.Match[str]) -> str | None:
        """Return what to write between the parts: nothing or a hyphen; None leaves both as is."""
        if line[-1] == _SOFT_HYPHEN:
            return ""
        end = _LAST_TOKEN.search(line[:-1][-_MAX_TOKEN:])
        token = end[0] if end else ""
        left, right = _LAST_LETTERS.search(token), _FIRST_LETTERS.match(start["right"])
        if start["again"]:
            return "-"
        if left and right and self._is_one_word(left[0], right[0]):
            return ""
        if right and _fold(right[0]) in _CONJUNCTIONS:
            return None
        if right and left and left[0] == token and len(token) > 1:
            return self._choose_for_words(left[0], right[0], start, is_line=token == line[:-1])
        # One letter, a digit, a full stop or another hyphen: `T-shirt`, `15th-century`, `U.S.-led`.
        return "-"

    def _is_one_word(self, left: str, right: str) -> bool:
        first, second = _fold(left), _fold(right)
        if (right[0].isupper() and not left.isupper()) or f"{first}-{second}" in self._text_words:
            return False
        return first + second in self._text_words or self._words.has(first + second)

    def _choose_for_words(
        self, left: str, right: str, start: re.Match[str], *, is_line: bool
    ) -> str | None:
        if right[0].isupper() and not left.isupper():
            return None if is_line else "-"
        first, second = _fold(left), _fold(right)
        if f"{first}-{second}" in self._text_words or start["right"][len(right) :][:1] == "-":
            return "-"
        if left[0].isupper():
            is_noun = self._words.has_compounds and self._words.is_compound(first + second)
            return "" if is_noun else None
        are_words = self._words.has_common(first) and self._words.has_common(second)
        return "-" if are_words else None


def _complete_words(lines: list[str]) -> Iterator[str]:
    """The words of a block, without the parts of those that the line ends break."""
    for number, line in enumerate(lines):
        words = _WORD.findall(line)
        if number and _ends_in_hyphen(lines[number - 1]):
            words = words[1:]
        if _ends_in_hyphen(line):
            words = words[:-1]
        yield from words


def _fold(word: str) -> str:
    return unicodedata.normalize("NFC", word).lower().replace("\u2010", "-")
