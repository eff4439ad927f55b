"""The words of reported speech in one language, ready to be looked up.

Responsibility: compile and combine the lists of a language.
Decision: built once for each language, when an article of it first quotes something.
Must not depend on: how a speaker is found.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from index.text.quotes.words import WORDS


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language, as in `Words`.

    Attributes:
        relatives: Those of `others` that are no articles.
        small: Words that begin no noun of their own.
        may_be_bare: Whether a role may lack an article: *said owners*.
        has_elisions: Whether an article can be one word with its noun: *l’avocat*.
    """

    verb: re.Pattern[str]
    naming: frozenset[str]
    source: re.Pattern[str]
    pronouns: frozenset[str]
    others: frozenset[str]
    helpers: frozenset[str]
    passive: frozenset[str]
    prepositions: frozenset[str]
    articles: frozenset[str]
    definite: frozenset[str]
    joints: frozenset[str]
    relatives: frozenset[str]
    small: frozenset[str]
    drops_subject: bool
    may_be_bare: bool
    has_elisions: bool
    is_english: bool
    is_german: bool


@lru_cache(maxsize=8)
def get_lexicon(language: str) -> Lexicon | None:
    """The words of a language; None if they are not known."""
    words = WORDS.get(language)
    if words is None:
        return None
    naming = frozenset(each.replace("|", " ") for each in words.naming.split())
    speech = {each.replace("|", " ") for each in words.speech.split()}
    sets = {
        name: frozenset(getattr(words, name).split())
        for name in (
            "pronouns others helpers passive prepositions articles definite joints".split()
        )
    }
    small = sets["prepositions"] | sets["articles"] | sets["joints"]
    return Lexicon(
        verb=_compile(speech | naming),
        naming=naming - speech,
        source=_compile({each.replace("|", " ") for each in words.sources.split()}, any_case=True),
        **sets,
        relatives=sets["others"] - sets["articles"],
        small=small | sets["others"] | sets["helpers"],
        drops_subject=words.drops_subject,
        may_be_bare=language in {"en", "de"},
        has_elisions=language in {"fr", "it"},
        is_english=language == "en",
        is_german=language == "de",
    )


def _compile(words: set[str], *, any_case: bool = False) -> re.Pattern[str]:
    longest_first = "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))
    return re.compile(rf"(?<![\w-])(?:{longest_first})(?!\w)", re.IGNORECASE if any_case else 0)
