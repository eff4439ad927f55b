"""Names in a text: people, places and organisations, as runs of capitalised words.

Decision: by capitals alone, so that it works in every language that has them and needs no model;
a word that only ever begins a sentence is no name. German writes all nouns so: there only runs of
several words and acronyms count.
Must not know indexes or stories.
"""

import re
from collections import Counter
from collections.abc import Iterable

from archive.article import Article
from index.analysis import fold, is_stopword, primary

_RUN = re.compile(
    r"(?P<start>(?:^|[.!?:;…]\s|[\n“\"«»(—–]|[.!?]”\s)\s*)?"
    r"(?P<name>(?:[A-ZÀ-ÖØ-Þ]\.){2,}|[^\W\d_a-zß-öø-ÿ][\w’'.-]*\w"
    r"(?:[ ](?:(?:v[ao]n de[rn]|de l[ao]s?|del|de|della|di|da|do|dos|van|von|bin|al|of)[ ])?"
    r"[^\W\d_a-zß-öø-ÿ][\w’'-]*\w)*)"
)
_SIGN_OFF = re.compile(r"\s\([^()\n]*\)\s*\Z")
"""A text that ends in brackets: who reported and edited."""
_SHORTEST = 2
_LONGEST = 5
"""Words of a name; more are a headline in capitals."""
_NOT_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june"
    " july august september october november december lunes martes miercoles jueves viernes sabado"
    " domingo reuters afp efe ap mr mrs ms dr sir lord update corrected".split()
)


def names(article: Article) -> Counter[str]:
    """How often an article names each name, by its most complete form there."""
    found: Counter[str] = Counter()
    begins: Counter[str] = Counter()
    language = primary(article.language)
    for match in _RUN.finditer(_SIGN_OFF.sub("", article.body)):
        name = _trimmed(match["name"], language)
        if not name or (language == "de" and " " not in name and not name.isupper()):
            continue
        (begins if match["start"] is not None and " " not in name else found)[name] += 1
    for name, count in begins.items():
        if name in found or any(each.endswith(f" {name}") for each in found):
            found[name] += count
    for place in (article.located, *article.places, *article.people, *article.organisations):
        if place.strip():
            found[_as_written(place.strip(), found)] += 1
    return _longest_forms(found)


def shared_names(ours: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """The names of `ours` that `others` have too, in order."""
    theirs = {fold(name) for name in others}
    return tuple(name for name in ours if fold(name) in theirs)


def _trimmed(name: str, language: str) -> str:
    """A run without possessives, and without function words at its ends; "" if none is left."""
    words = [re.sub(r"['’]s$", "", word) for word in name.split(" ")]
    while words and (fold(words[0]) in _NOT_NAMES or is_stopword(fold(words[0]), (language,))):
        words.pop(0)
    while words and (fold(words[-1]) in _NOT_NAMES or is_stopword(fold(words[-1]), (language,))):
        words.pop()
    if not words or len(words) > _LONGEST or len("".join(words)) < _SHORTEST:
        return ""
    return " ".join(words)


def _as_written(place: str, found: Counter[str]) -> str:
    """A place as the text writes it, where it does: `MOSCOW` in a dateline is Moscow."""
    wanted = fold(place)
    return next((name for name in found if fold(name) == wanted), place)


def _longest_forms(found: Counter[str]) -> Counter[str]:
    """Counts with short forms added to the one longer name that ends in them: `Putin`."""
    counts: Counter[str] = Counter()
    for name, count in found.items():
        longer = [each for each in found if each.endswith(f" {name}")]
        counts[longer[0] if len(longer) == 1 else name] += count
    return counts
