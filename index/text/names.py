"""Names of people, places and organisations in an article.

Responsibility: extract and count the names that an article mentions.
Decision: a name is a run of capitalized words, which works in every language with capitals and
needs no model. A word that occurs only at the beginning of sentences is no name. German capitalizes
all nouns: there, only runs of several words and acronyms are names.
Must not depend on: indexes or stories.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from archive.article import Article
from index.text.analysis import fold, is_stopword, normalize_language

_NAME = re.compile(
    r"(?<!\w)(?:(?:[A-ZÀ-ÖØ-Þ]\.){2,}|[^\W\d_a-zß-öø-ÿ][\w’'.-]*\w"
    r"(?:[ ](?:(?:v[ao]n de[rn]|de l[ao]s?|del|de|della|di|da|do|dos|van|von|bin|al|of|&)[ ])?"
    r"[^\W\d_a-zß-öø-ÿ][\w’'-]*\w)*)"
)
_SIGN_OFF = re.compile(r"\s\([^()\n]*\)\Z")
"""A last line in brackets, which says who reported and edited."""
_MIN_LETTERS = 2
_MAX_WORDS = 5
"""The most words of a name; a longer run is a headline in capitals."""
_NOT_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june"
    " july august september october november december lunes martes miercoles jueves viernes sabado"
    " domingo reuters afp efe ap mr mrs ms dr sir lord update corrected gmt ceo co corp inc ltd plc"
    " & captain president prosecutor judge mayor professor senator governor chancellor chief"
    " executive prime minister shares celsius millionen milliarden".split()
)
"""Capitalized words that are neither names nor the first or last word of one: Kestria Steel Corp is
the same as Kestria Steel."""


def extract_names(article: Article) -> Counter[str]:
    """Count the names in an article, each in its most complete form there."""
    counts: Counter[str] = Counter()
    sentence_starts: Counter[str] = Counter()
    language = normalize_language(article.language)
    text = article.body.rstrip()
    text = _SIGN_OFF.sub("", text) if text.endswith(")") else text
    end = 0
    for match in _NAME.finditer(text):
        last_end, (start, end) = end, match.span()
        name = _trim(match[0], language)
        if " " in name:
            counts[name] += 1
        elif name and (language != "de" or name.isupper()):
            (sentence_starts if _starts_sentence(text, last_end, start) else counts)[name] += 1
    endings = {name.rpartition(" ")[2] for name in counts if " " in name}
    for name, count in sentence_starts.items():
        if name in counts or name in endings:
            counts[name] += count
    for name in (article.located, *article.places, *article.people, *article.organisations):
        if name.strip():
            counts[_find_spelling(name.strip(), counts)] += 1
    return _merge_short_forms(counts)


def find_shared_names(ours: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """The names in `ours` that are also in `others`, in the order of `ours`."""
    theirs = {fold(name) for name in others}
    return tuple(name for name in ours if fold(name) in theirs)


def _starts_sentence(text: str, last_end: int, start: int) -> bool:
    """Whether a sentence starts at `start`; the previous name ends at `last_end`."""
    gap = text[max(last_end, start - 2) : start]
    if len(gap) == 2 and gap[1] == " " and (gap[0].isalnum() or gap[0] == ","):
        return False  # The most frequent case, checked first.
    gap = text[last_end:start]
    before = gap.rstrip()
    if "\n" in gap[len(before) :]:
        return True
    if not before:
        return last_end == 0
    if before[-1] in '“"«»(—–':
        return True
    return len(before) < len(gap) and (before[-1] in ".!?:;…" or before[-2:] in {".”", "!”", "?”"})


@lru_cache(maxsize=100_000)
def _trim(name: str, language: str) -> str:
    """Remove possessives, and function words at both ends; "" if nothing is left."""
    words = [re.sub(r"['’]s$", "", word) for word in name.split(" ")]
    while words and _is_no_name(words[0], language):
        words.pop(0)
    while words and _is_no_name(words[-1], language):
        words.pop()
    if not words or len(words) > _MAX_WORDS or len("".join(words)) < _MIN_LETTERS:
        return ""
    return " ".join(words)


def _is_no_name(word: str, language: str) -> bool:
    folded = fold(word)
    return (
        folded in _NOT_NAMES
        or is_stopword(folded, (language,))
        or word.endswith(("-based", "-led", "-owned", "-backed", "-listed"))
    )


def _find_spelling(name: str, counts: Counter[str]) -> str:
    """The spelling of a name in the text, if it occurs there: `MOSCOW` in a dateline is Moscow."""
    folded = fold(name)
    return next((counted for counted in counts if fold(counted) == folded), name)


def _merge_short_forms(counts: Counter[str]) -> Counter[str]:
    """Add the counts of short forms such as `Putin` to the only longer name that ends in them."""
    longer: defaultdict[str, list[str]] = defaultdict(list)
    for name in counts:
        ending = name.partition(" ")[2]
        while ending:
            longer[ending].append(name)
            ending = ending.partition(" ")[2]
    merged: Counter[str] = Counter()
    for name, count in counts.items():
        forms = longer.get(name, ())
        merged[forms[0] if len(forms) == 1 else name] += count
    return merged
