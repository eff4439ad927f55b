"""Names in a text: people, places and organisations, as runs of capitalised words.

Decision: by capitals alone, so that it works in every language that has them and needs no model;
a word that only ever begins a sentence is no name. German writes all nouns so: there only runs of
several words and acronyms count.
Must not know indexes or stories.
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
"""A text that ends in brackets: who reported and edited."""
_SHORTEST = 2
_LONGEST = 5
"""Words of a name; more are a headline in capitals."""
_NOT_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june"
    " july august september october november december lunes martes miercoles jueves viernes sabado"
    " domingo reuters afp efe ap mr mrs ms dr sir lord update corrected gmt ceo co corp inc ltd plc"
    " & captain president prosecutor judge mayor professor senator governor chancellor chief"
    " executive prime minister shares celsius millionen milliarden".split()
)
"""Capitalised words that are no names, nor part of one at its ends: Kestria Steel Corp is the same
as Kestria Steel."""


def extract_names(article: Article) -> Counter[str]:
    """How often an article names each name, by its most complete form there."""
    found: Counter[str] = Counter()
    begins: Counter[str] = Counter()
    language = normalize_language(article.language)
    text = article.body.rstrip()
    text = _SIGN_OFF.sub("", text) if text.endswith(")") else text
    end = 0
    for match in _NAME.finditer(text):
        after, (start, end) = end, match.span()
        name = _trimmed(match[0], language)
        if " " in name:
            found[name] += 1
        elif name and (language != "de" or name.isupper()):
            (begins if _begins(text, after, start) else found)[name] += 1
    endings = {name.rpartition(" ")[2] for name in found if " " in name}
    for name, count in begins.items():
        if name in found or name in endings:
            found[name] += count
    for place in (article.located, *article.places, *article.people, *article.organisations):
        if place.strip():
            found[_as_written(place.strip(), found)] += 1
    return _longest_forms(found)


def find_shared_names(ours: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """The names of `ours` that `others` have too, in order."""
    theirs = {fold(name) for name in others}
    return tuple(name for name in ours if fold(name) in theirs)


def _begins(text: str, after: int, start: int) -> bool:
    """Whether a sentence begins at `start`; what is before `after` belongs to another name."""
    gap = text[max(after, start - 2) : start]
    if len(gap) == 2 and gap[1] == " " and (gap[0].isalnum() or gap[0] == ","):
        return False  # as it nearly always is
    gap = text[after:start]
    before = gap.rstrip()
    if "\n" in gap[len(before) :]:
        return True
    if not before:
        return after == 0
    if before[-1] in '“"«»(—–':
        return True
    return len(before) < len(gap) and (before[-1] in ".!?:;…" or before[-2:] in {".”", "!”", "?”"})


@lru_cache(maxsize=100_000)
def _trimmed(name: str, language: str) -> str:
    """A run without possessives, and without function words at its ends; "" if none is left."""
    words = [re.sub(r"['’]s$", "", word) for word in name.split(" ")]
    while words and _is_no_name(words[0], language):
        words.pop(0)
    while words and _is_no_name(words[-1], language):
        words.pop()
    if not words or len(words) > _LONGEST or len("".join(words)) < _SHORTEST:
        return ""
    return " ".join(words)


def _is_no_name(word: str, language: str) -> bool:
    folded = fold(word)
    return (
        folded in _NOT_NAMES
        or is_stopword(folded, (language,))
        or word.endswith(("-based", "-led", "-owned", "-backed", "-listed"))
    )


def _as_written(place: str, found: Counter[str]) -> str:
    """A place as the text writes it, where it does: `MOSCOW` in a dateline is Moscow."""
    wanted = fold(place)
    return next((name for name in found if fold(name) == wanted), place)


def _longest_forms(found: Counter[str]) -> Counter[str]:
    """Counts with short forms added to the one longer name that ends in them: `Putin`."""
    longer: defaultdict[str, list[str]] = defaultdict(list)
    for name in found:
        ending = name.partition(" ")[2]
        while ending:
            longer[ending].append(name)
            ending = ending.partition(" ")[2]
    counts: Counter[str] = Counter()
    for name, count in found.items():
        forms = longer.get(name, ())
        counts[forms[0] if len(forms) == 1 else name] += count
    return counts
