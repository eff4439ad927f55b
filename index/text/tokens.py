"""Tokens: the words of a text, each with the forms by which it is found.

Responsibility: split a text into raw tokens, and analyse a raw token into words with forms.
Decision: a word has its own form and may have others: `COVID-19` is `covid` and `19`, and both are
`covid19`; `Müller` is `muller` and `mueller`. A query's word matches an article's if they share a
form, so every spelling finds every other.
Must not depend on: languages' stems, queries or indexes.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from index.text.characters import CURRENCIES, SKIN_TONES
from index.text.folding import fold
from index.text.normalizing import normalize, normalize_text
from index.text.numbers import read_number
from index.text.token_patterns import FIRST_OF_RUNS, choose_patterns

_MAX_LENGTH = 64
"""Longer forms are cut: they are no words and would bloat the index."""
_MAX_PARTS = 4
"""A compound of more parts is no word."""
_ELISIONS = frozenset(
    "l d j m n s t c qu jusqu lorsqu puisqu all dall dell nell sull un gl quest".split()
)
_CLITICS = frozenset("s t m d ll re ve".split())
"""English endings after an apostrophe that leave no word of their own."""
_NAME_AND_SUFFIX = 2
_MIN_STEM = 3
"""Letters of a name before an apostrophe and a suffix, as in İzmir'de."""
_ACRONYM_LETTERS = range(2, 6)
_SPELLED_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
    | {"Ø": "Oe", "Å": "Aa"}
)
_WITH_UNIT = re.compile(r"(\d{3,}|\d+\.\d+)(?!s$)[^\W\d_]{1,4}\d?")
_UNIT = re.compile(r"(\d+(?:[.,']\d+)*)([^\W\d_].*)", re.DOTALL)


class Token(NamedTuple):
    """One word of a text.

    Attributes:
        folded: Its own form.
        start, end: Its span, `[start, end)` in code points of the text as written.
        also: Its other forms, `()` for most words.
    """

    folded: str
    start: int
    end: int
    also: tuple[str, ...] = ()


def tokenize(text: str, language: str | None = None) -> Iterator[Token]:
    """Yield every word of a text in order, stop words included.

    Args:
        language: The analyzer's language of an article; None for a query, whose words have the
            forms of all languages.
    """
    normalized = normalize(text, language or "")
    for token in tokenize_normalized(normalized.text, is_query=language is None):
        span = normalized.to_original(token.start, token.end)
        yield Token(token.folded, *span, token.also)


def tokenize_normalized(text: str, *, is_query: bool = False) -> Iterator[Token]:
    """As `tokenize`, for a text that is normalized."""
    for match in choose_patterns(text).unnamed.finditer(text):
        offset = match.start()
        for folded, start, end, also in analyze_token(match[0], is_query=is_query):
            yield Token(folded, offset + start, offset + end, also)


def split_tokens(text: str, language: str) -> list[str]:
    """Split an article's text into raw tokens, in order; some of them may fold to nothing."""
    text = normalize_text(text, language)
    return choose_patterns(text).unnamed.findall(text)


def count_in_runs(raw_tokens: Sequence[str]) -> int:
    """How many forms the runs among some raw tokens have besides one each."""
    return sum(2 * len(raw) - 1 for raw in raw_tokens if raw >= FIRST_OF_RUNS)


@lru_cache(maxsize=200_000)
def analyze_token(raw: str, *, is_query: bool) -> tuple[Token, ...]:
    """The words in a raw token, with spans in it; none if no letter or digit is left."""
    match = choose_patterns(raw).named.fullmatch(raw)
    kind = match.lastgroup if match else "word"
    words = _ANALYZERS[kind or "word"](raw, is_query)
    return tuple(
        Token(folded[:_MAX_LENGTH], start, end, _list_others(folded, also))
        for folded, start, end, also in words
        if folded
    )


def is_in_capitals(form: str) -> bool:
    """Whether a form is an acronym as written: `US` beside `us`."""
    return form != form.lower()


def _list_others(folded: str, also: tuple[str, ...]) -> tuple[str, ...]:
    cut = (form[:_MAX_LENGTH] for form in also)
    return tuple(dict.fromkeys(form for form in cut if form and form != folded))


def _analyze_plain(raw: str, is_query: bool) -> list[Token]:
    return [_create_word(raw, 0)]


def _analyze_acronym(raw: str, is_query: bool) -> list[Token]:
    return [_create_word(raw.replace(".", ""), 0)._replace(end=len(raw))]


def _analyze_whole(raw: str, is_query: bool) -> list[Token]:
    return [Token(fold(raw), 0, len(raw))]


def _analyze_emoji(raw: str, is_query: bool) -> list[Token]:
    """An emoji, whatever its skin tone."""
    return [Token(fold(re.sub(f"[{SKIN_TONES}]", "", raw) or raw), 0, len(raw))]


def _analyze_amount(raw: str, is_query: bool) -> list[Token]:
    """A number with its currency and unit."""
    written = raw.strip(CURRENCIES)
    sign = raw[0] if raw[0] in CURRENCIES else raw[-1] if raw[-1] in CURRENCIES else ""
    match = _UNIT.fullmatch(written)
    digits, unit = (match[1], fold(match[2])) if match else (written, "")
    numbers = read_number(digits, is_query=is_query) if not digits.isdecimal() else (fold(digits),)
    if not numbers:
        start = raw.index(written)
        parts = re.finditer(r"[^\W_]+", written)
        return [_create_word(part[0], start + part.start()) for part in parts]
    folded, *others = (fold(number) + unit for number in numbers)
    if _WITH_UNIT.fullmatch(folded):
        others.append(fold(numbers[0]))
    if sign:
        others += [sign + folded, sign + fold(numbers[0])]
    return [Token(folded, 0, len(raw), tuple(others))]


def _analyze_compound(raw: str, is_query: bool) -> list[Token]:
    """The parts between hyphens and points, each with the compound without them as a form."""
    words: list[Token] = []
    for part in re.finditer(r"[^-.\u2010\u2011]+", raw):
        words.append(_analyze_part(part[0], part.start()))
    joined = _join(raw, words)
    return [word._replace(also=(*word.also, joined)) for word in words] if joined else words


def _join(raw: str, words: list[Token]) -> str:
    """The compound in one word; empty if it is none: a range of numbers, or `end.The`."""
    if not 1 < len(words) <= _MAX_PARTS:
        return ""
    for one, other in pairwise(words):
        is_number = one.folded[-1:].isdecimal() and other.folded[:1].isdecimal()
        starts_sentence = raw[one.end] == "." and raw[other.start].isupper()
        if is_number or (starts_sentence and raw[other.start - 2].islower()):
            return ""
    return "".join(word.folded for word in words)


def _analyze_part(raw: str, start: int) -> Token:
    """A word with its apostrophes."""
    pieces = raw.split("'")
    if len(pieces) == 1:
        return _create_word(raw, start)
    if fold(pieces[-1]) == "s":
        pieces.pop()
    if len(pieces) > 1 and fold(pieces[0]) in _ELISIONS:
        pieces.pop(0)
    word = _create_word("".join(pieces), start)._replace(end=start + len(raw))
    return word._replace(also=(*word.also, fold(pieces[0]))) if _has_suffix(pieces) else word


def _has_suffix(pieces: Sequence[str]) -> bool:
    """Whether the second of two pieces is a suffix to a name, as in İzmir'de."""
    if len(pieces) != _NAME_AND_SUFFIX:
        return False
    name, suffix = pieces
    is_name = name[:1].isupper() and len(name) >= _MIN_STEM
    return is_name and suffix.islower() and fold(suffix) not in _CLITICS


def _create_word(raw: str, start: int) -> Token:
    also: tuple[str, ...] = ()
    spelled_out = raw.translate(_SPELLED_OUT) if not raw.isascii() else raw
    if spelled_out != raw:
        also = (fold(spelled_out),)
    if raw.isupper() and len(raw) in _ACRONYM_LETTERS and raw.isalpha():
        also = (*also, raw)
    folded = fold(raw)
    if folded[:1].isdecimal() and (match := _WITH_UNIT.fullmatch(folded)):
        also = (*also, match[1])
    return Token(folded, start, start + len(raw), also)


def _analyze_run(raw: str, is_query: bool) -> list[Token]:
    """Every two characters of a run, and its last one; in an article each is found by its first."""
    folded = [fold(char) for char in raw]
    return [
        Token("".join(folded[n : n + 2]), n, min(n + 2, len(raw)), () if is_query else (folded[n],))
        for n in range(len(raw))
    ]


_ANALYZERS = {
    "plain": _analyze_plain,
    "acronym": _analyze_acronym,
    "amount": _analyze_amount,
    "sum": _analyze_amount,
    "code": _analyze_whole,
    "pair": _analyze_whole,
    "emoji": _analyze_emoji,
    "word": _analyze_compound,
    "run": _analyze_run,
}
