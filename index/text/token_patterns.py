"""The patterns of tokens: where a word, a number or a run of letters begins and ends.

Responsibility: compile the pattern of each kind of token, and tell runs from words.
Decision: most texts need no marks, runs or emoji, and have patterns without them, which take half
the time.
Must not depend on: folding or the forms of words.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from index.text.characters import (
    CURRENCIES,
    EMOJI,
    FLAG_LETTERS,
    JOINERS,
    RUN_SCRIPTS,
    SKIN_TONES,
    SYLLABIC_SCRIPTS,
    THAI,
    list_marks,
)

_RUNS = "".join(RUN_SCRIPTS)
FIRST_OF_RUNS = THAI[0]
"""No character of a run comes before it."""
_COMPLEX = re.compile("[\u0300-\u036f\u0483-\u0489\u0590-\u1dff\u2300-\u23ff\u2600-\U0010ffff]")
"""Characters for which the simple patterns do not do: marks, runs of letters, emoji."""


def _create_patterns(letter: str, runs: str, emoji: str) -> dict[str, str]:
    """The pattern of each kind of raw token; `letter` is a letter or digit after the first."""
    first = f"[^\\W_{runs}]"
    word = f"{first}{letter}*(?:'{letter}+)*"
    number = r"(?:\d{1,3}(?:'\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)+)(?!\d)"
    after = rf"[{CURRENCIES}](?!\d)"
    patterns = {
        # Most words; first, because it is the fastest.
        "plain": rf"[^\W\d_{runs}]{{2,}}+(?!{letter}|'{letter}|[-.&\u2010\u2011]{first})",
        "acronym": rf"(?:[^\W\d_{runs}]\.){{2,}}[^\W\d_{runs}]?(?!{letter})",  # U.S., e.u.
        # 1,500.75, 2,400km, €2.5bn, 5€
        "amount": rf"[{CURRENCIES}]?(?:{number}|\d+(?={after})){letter}*(?:{after})?",
        "sum": rf"[{CURRENCIES}]\d{letter}*",  # €5bn
        "code": rf"[^\W\d_{runs}](?:\+\+|#)(?!{letter})",  # C++, C#
        "pair": rf"{first}{{1,3}}&{first}{{1,3}}(?!{letter}|&)",  # AT&T
        # don't, l'eau, 2023, naïve; COVID-19, node.js
        "word": rf"{word}(?:[-.\u2010\u2011]{word})*",
    }
    if runs:
        patterns["run"] = "|".join(f"[{script}]+" for script in RUN_SCRIPTS)
        toned = f"[{emoji}][{SKIN_TONES}]?"
        patterns["emoji"] = f"[{FLAG_LETTERS}]{{2}}|{toned}(?:\u200d{toned})*"
    return patterns


class TokenPatterns(NamedTuple):
    """The pattern of any token, with and without a group for each kind."""

    named: re.Pattern[str]
    unnamed: re.Pattern[str]
    """Without named groups, which takes a third of the time."""


def _compile(patterns: dict[str, str]) -> TokenPatterns:
    named = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in patterns.items())
    return TokenPatterns(re.compile(named), re.compile("|".join(patterns.values())))


_SIMPLE = _compile(_create_patterns(r"[^\W_]", "", ""))


@lru_cache(maxsize=1)
def _get_complex() -> TokenPatterns:
    letter = f"(?:[^\\W_{_RUNS}]|[{list_marks()}{JOINERS}](?<![{_RUNS}]))"
    return _compile(_create_patterns(letter, _RUNS, EMOJI))


def choose_patterns(text: str) -> TokenPatterns:
    """The patterns for a text: the simple ones unless it has marks, runs or emoji."""
    return _SIMPLE if text.isascii() or not _COMPLEX.search(text) else _get_complex()


def is_part_of_run(folded: str) -> bool:
    """Whether a form is one or two characters of a script without spaces, and no word."""
    return bool(_RUN_START.match(folded))


def is_syllabic(folded: str) -> bool:
    """Whether a form of a run is of a script in which one or two characters are a word."""
    return bool(_SYLLABIC_START.match(folded))


_RUN_START = re.compile(f"[{_RUNS}]")
_SYLLABIC_START = re.compile(f"[{''.join(SYLLABIC_SCRIPTS)}]")
