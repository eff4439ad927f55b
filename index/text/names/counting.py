"""The names of an article, and of several articles of one story.

Responsibility: count names, and make the variants of a name one name.
Decision: variants are one only where the articles themselves say so: a surname is the only full
name that ends with it, an acronym the name that it stands behind in brackets.
Must not depend on: how names are found in a text.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from archive.article import Article
from index.text.analysis import normalize_language
from index.text.folding import fold
from index.text.names import kind_words
from index.text.names.extraction import Mention, find_names
from index.text.names.kinds import NameKind
from index.text.normalizing import compose

_SIGN_OFF = re.compile(r"\s\([^()\n]*\)\Z")
"""A last line in brackets, which says who reported and edited."""
_INITIAL = re.compile(r"(?<= )\w\.(?: ?\w\.)* ")
_GENERATION = re.compile(r" (?:Jr|Sr)\.\Z")
_MAX_ACRONYM = 8
_WEIGHT_OF_FIELDS = 10.0
"""What the fields of an article tell, against 4 for the words of a name."""


_KINDS: tuple[NameKind, ...] = ("person", "organisation", "place")
_MIN_WEIGHT = 2.0
"""From which weight on a kind is more than the most frequent one."""
_WEIGHT_OF_VARIANTS = 0.1
"""A surname tells less than the full name what it is the name of."""


class Name(NamedTuple):
    """A name that an article mentions.

    Attributes:
        text: Its most complete form in the article.
        kind: What it is the name of.
        aliases: Other forms that it is found by: an acronym, the name without initials.
    """

    text: str
    kind: NameKind
    aliases: tuple[str, ...] = ()


class ArticleNames(NamedTuple):
    """The names of an article, counted and where they stand.

    Attributes:
        text: The body that the mentions are in: composed, without blanks and a sign-off at its end.
        mentions: In order.
        counts: The variants of a name are one.
    """

    text: str
    mentions: list[Mention]
    counts: Counter[Name]


def extract_names(article: Article) -> Counter[Name]:
    """Count the names in an article."""
    return find_article_names(article).counts


def find_article_names(article: Article) -> ArticleNames:
    """Find and count the names in an article."""
    body = article.body.rstrip()
    body = _SIGN_OFF.sub("", body) if body.endswith(")") else body
    text = compose(body)
    mentions = find_names(text, normalize_language(article.language))
    tally = _Tally()
    for mention in mentions:
        tally.add(mention.name, mention.kind, 1, mention.weight)
    for acronym, name in _find_acronyms(text, mentions):
        tally.link(acronym, name)
    fields: tuple[tuple[NameKind, Iterable[str]], ...] = (
        ("place", (article.located, *article.places)),
        ("person", article.people),
        ("organisation", article.organisations),
    )
    named = [(kind, n.strip()) for kind, names in fields for n in names if n.strip()]
    # `MOSCOW` in a dateline is the Moscow of the text.
    spellings = {fold(name): name for name in reversed(tally.counts)} if named else {}
    for kind, name in named:
        tally.add(spellings.get(fold(name), name), kind, 1, _WEIGHT_OF_FIELDS)
    return ArticleNames(text, mentions, tally.to_names())


def unify_names(articles: Sequence[Counter[Name]]) -> list[Counter[Name]]:
    """The names of several articles of one story, with one form for all variants of a name."""
    tally = _Tally()
    for counts in articles:
        for name, count in counts.items():
            tally.add(name.text, name.kind, count, _MIN_WEIGHT * count)
            for alias in name.aliases:
                tally.link(alias, name.text)
    names = {name.text: name for name in tally.to_names()}
    unified = []
    for counts in articles:
        merged: Counter[Name] = Counter()
        for name, count in counts.items():
            merged[names[tally.resolve(name.text)]] += count
        unified.append(merged)
    return unified


def find_shared_names(ours: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """The names in `ours` that are also in `others`, in the order of `ours`."""
    theirs = {fold(name) for name in others}
    return tuple(name for name in ours if fold(name) in theirs)


class _Tally:
    """Counts of names, with the variants that are known to be one."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._votes: dict[str, list[float]] = {}
        self._full: dict[str, str] = {}
        self._people: set[str] = set()
        self._aliases: defaultdict[str, dict[str, None]] = defaultdict(dict)

    def add(self, name: str, kind: NameKind, count: int, weight: float) -> None:
        """Count a name, and what tells its kind."""
        self.counts[name] += count
        votes = self._votes.get(name)
        if votes is None:
            votes = self._votes[name] = [0.0] * len(_KINDS)
        votes[_KINDS.index(kind)] += weight
        if kind == "person" and weight >= _MIN_WEIGHT:
            self._people.add(name)

    def link(self, variant: str, name: str) -> None:
        """Note that a variant is a name."""
        if variant != name:
            self._full.setdefault(variant, name)
            self._aliases[name][variant] = None

    def resolve(self, name: str) -> str:
        """The most complete form of a name."""
        for _ in range(len(self._full)):
            if name not in self._full:
                break
            name = self._full[name]
        return name

    def to_names(self) -> Counter[Name]:
        """All names, with the variants of each as one."""
        self._link_initials()
        self._link_short_forms()
        counts: Counter[str] = Counter()
        for name, count in self.counts.items():
            full = self.resolve(name)
            counts[full] += count
            if full != name:
                votes = self._votes[full]
                for number, weight in enumerate(self._votes[name]):
                    votes[number] += weight * _WEIGHT_OF_VARIANTS
        return Counter({self._to_name(name): count for name, count in counts.items()})

    def _judge(self, name: str) -> NameKind:
        votes = self._votes[name]
        return _KINDS[votes.index(max(votes))]

    def _to_name(self, name: str) -> Name:
        aliases = self._aliases.get(name, {})
        if "." in name and (plain := _drop_initials(name)) != name:
            aliases = aliases | {plain: None}
        return Name(name, self._judge(name), tuple(aliases))

    def _link_initials(self) -> None:
        """Walter Brenholm is the only Walter T. Brenholm of the article."""
        longer: defaultdict[str, list[str]] = defaultdict(list)
        for name in self.counts:
            if "." in name and (plain := _drop_initials(name)) != name:
                longer[plain].append(name)
        for plain, names in longer.items():
            if len(names) == 1 and plain in self.counts:
                self.link(plain, names[0])

    def _link_short_forms(self) -> None:
        """Putin is the only name that ends so, and Commission the European Commission."""
        longer: defaultdict[str, list[str]] = defaultdict(list)
        for name in self.counts:
            if name in self._full or " " not in name:
                continue
            kind = self._judge(name)
            name_alone = _GENERATION.sub("", name) if name[-1] == "." else name
            ending = name_alone.partition(" ")[2]
            while ending:
                if (
                    ending in self.counts
                    and not ending.isupper()
                    and (kind == "person" or (kind == "organisation" and _is_common(ending)))
                ):
                    longer[ending].append(name)
                ending = ending.partition(" ")[2]
        for short, names in longer.items():
            if len(names) != 1 or short in self._full:
                continue
            if names[0] in self._people:
                self.link(short, names[0])
            else:
                self._full[short] = names[0]  # Within this article alone.


def _is_common(word: str) -> bool:
    """Whether a word is short for an organisation whose name ends with it: Commission."""
    return fold(word) in kind_words.ORGANISATION_WORDS


def _drop_initials(name: str) -> str:
    """A person's name without initials; the name itself if only one word is left."""
    plain = _INITIAL.sub("", name)
    return plain if " " in plain else name


def _find_acronyms(text: str, mentions: Sequence[Mention]) -> Iterable[tuple[str, str]]:
    """Acronyms in brackets after the name that they stand for, with this name; or the reverse."""
    for first, second in pairwise(mentions):
        if text[first.end : second.start] != " (" or not text.startswith(")", second.end):
            continue
        for acronym, name in ((second.name, first.name), (first.name, second.name)):
            if acronym.isupper() and " " in name and _abbreviates(acronym, name):
                yield acronym, name
                break


def _abbreviates(acronym: str, name: str) -> bool:
    """Whether the letters of an acronym are in a name, in order, from its first letter on."""
    letters, rest = fold(acronym), iter(fold(name))
    return (
        " " not in acronym
        and len(acronym) <= _MAX_ACRONYM
        and letters[0] == fold(name)[0]
        and all(letter in rest for letter in letters)
    )
