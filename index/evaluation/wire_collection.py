"""Queries and judgements made from an agency wire: a labelled set where nobody has judged anything.

Decision: what belongs together is read off the desk's own slugs, sentences and headlines, never off
a retriever; slugs are left out of the articles, and so is every article that became a query.
Must not know indexes or measures.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from index.text.analysis import is_stopword, tokenize

EACH = 100
"""Queries of each kind, where the wire gives as many: errors of about 0.03 a kind."""
SEED = 20061020
LEAST, MOST = 5, 100
"""Relevant articles of a topic: TREC's have about as many."""
TOPIC_DAYS, DEVELOPMENT_DAYS = 60, 2
_KNOWN_WORDS, _LATE_WORDS = 3, 8
_LATE = 0.6
"""A sentence is late in a body from here on."""
_PREFIXES = frozenset({"us", "dc", "idus", "businesspro", "sb", "tech", "column", "update"})
_SENTENCE = re.compile(r"(?<=[.!?])[\"”]?\s+")
_SPACE = re.compile(r"\s+")
_SIGNS = re.compile(r'["“”()\[\]]')
"""What a query language would take for its own; a reader who asks types words."""


@dataclass(frozen=True, slots=True)
class GeneratedQuery:
    """A query, its kind, the ids that answer it, and the ids that must leave the set for it."""

    kind: str
    text: str
    relevant: tuple[str, ...]
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WireCollection:
    """Articles without their slugs, and queries whose answers are among them."""

    articles: tuple[Mapping[str, str], ...]
    queries: tuple[GeneratedQuery, ...]


@dataclass(frozen=True, slots=True)
class _Filed:
    """One article of the wire; `family` is its slug without the desk's own words."""

    id: str
    title: str
    body: str
    date: datetime
    family: tuple[str, ...]

    @property
    def name(self) -> str:
        return " ".join(token.folded for token in tokenize(self.title))


def build_wire_collection(records: Iterable[Mapping[str, str | None]]) -> WireCollection:
    """Make a set of records with `id`, `title`, `body`, `date` and `slug`; the same each time."""
    kept = [record for record in records if all(record.get(k) for k in _Maker.NEEDED)]
    maker = _Maker([_filed(record) for record in kept])
    queries = maker.queries()
    removed = {uri for query in queries for uri in query.removed}
    articles = tuple(
        {key: value for key, value in record.items() if value and key not in ("slug", "url")}
        for record in kept
        if record["id"] not in removed
    )
    return WireCollection(articles, tuple(filter(None, (_without(q, removed) for q in queries))))


def _without(query: GeneratedQuery, removed: set[str]) -> GeneratedQuery | None:
    left = tuple(uri for uri in query.relevant if uri not in removed)
    return GeneratedQuery(query.kind, query.text, left) if left else None


def _filed(record: Mapping[str, str | None]) -> _Filed:
    read = {key: record[key] or "" for key in _Maker.NEEDED}
    family = tuple(w for w in read["slug"].casefold().split("-") if w not in _PREFIXES)
    body = _SPACE.sub(" ", read["body"])
    return _Filed(read["id"], read["title"], body, datetime.fromisoformat(read["date"]), family)


def _typed(text: str) -> str:
    return _SPACE.sub(" ", _SIGNS.sub(" ", text)).strip()


def _content(text: str) -> list[str]:
    """The distinct words of a text that are no stop words, in order."""
    found = (token.folded for token in tokenize(text))
    return list(dict.fromkeys(w for w in found if not is_stopword(w, ("en",)) and len(w) > 1))


class _Maker:
    """Makes queries of every kind from one wire."""

    NEEDED = ("id", "title", "body", "date", "slug")

    def __init__(self, filed: Sequence[_Filed]) -> None:
        self._filed = filed
        self._random = random.Random(SEED)
        self._families: dict[tuple[str, ...], list[_Filed]] = defaultdict(list)
        self._names: dict[str, list[_Filed]] = defaultdict(list)
        self._sentences: Counter[str] = Counter()
        self._title_words: Counter[str] = Counter()
        for article in filed:
            self._names[article.name].append(article)
            for length in range(1, len(article.family) + 1):
                self._families[article.family[:length]].append(article)
            self._sentences.update(set(_SENTENCE.split(article.body)))
            self._title_words.update(_content(article.title))

    def queries(self) -> list[GeneratedQuery]:
        """`EACH` queries of each kind, kinds in a fixed order."""
        kinds: tuple[Callable[[_Filed], GeneratedQuery | None], ...] = (
            self._known,
            self._late,
            self._development,
            self._topic,
            self._lead,
        )
        made = [query for kind in kinds for query in self._sampled(kind)]
        return [*made, *self._titles()]

    def _sampled(self, kind: Callable[[_Filed], GeneratedQuery | None]) -> list[GeneratedQuery]:
        """Queries of one kind, at most one of a family."""
        found: list[GeneratedQuery] = []
        used: set[tuple[str, ...]] = set()
        for article in self._random.sample(self._filed, len(self._filed)):
            if len(found) == EACH:
                break
            if article.family[:2] not in used and (query := kind(article)):
                used.add(article.family[:2])
                found.append(query)
        return found

    def _known(self, article: _Filed) -> GeneratedQuery | None:
        """What a reader remembers of a headline: some of its words."""
        words = _content(article.title)
        if len(words) <= _KNOWN_WORDS:
            return None
        chosen = sorted(self._random.sample(range(len(words)), _KNOWN_WORDS))
        text = " ".join(words[place] for place in chosen)
        return GeneratedQuery("known", text, tuple(a.id for a in self._names[article.name]))

    def _late(self, article: _Filed) -> GeneratedQuery | None:
        """Some words of a sentence from late in a body."""
        sentences = _SENTENCE.split(article.body)
        late = sentences[int(len(sentences) * _LATE) : -1]
        late = [each for each in late if self._sentences[each] <= 3 and "(" not in each]
        late = [each for each in late if _LATE_WORDS <= len(_content(each)) <= 3 * _LATE_WORDS]
        if not late:
            return None
        sentence = self._random.choice(late)
        words = _content(sentence)
        chosen = sorted(self._random.sample(range(len(words)), _LATE_WORDS))
        having = tuple(a.id for a in self._filed if sentence in a.body)
        return GeneratedQuery("late", " ".join(words[place] for place in chosen), having)

    def _development(self, article: _Filed) -> GeneratedQuery | None:
        """A headline asks for the other filings of its event, with headlines of their own."""
        others = self._others(article, article.family, timedelta(days=DEVELOPMENT_DAYS))
        if not others:
            return None
        return GeneratedQuery("development", _typed(article.title), others, self._same(article))

    def _topic(self, article: _Filed) -> GeneratedQuery | None:
        """A headline asks for everything on its topic."""
        others = self._on_topic(article)
        if not others:
            return None
        return GeneratedQuery("topic", _typed(article.title), others, self._same(article))

    def _lead(self, article: _Filed) -> GeneratedQuery | None:
        """A first sentence asks for everything on its topic, as a TREC description does."""
        others = self._on_topic(article)
        lead = _SENTENCE.split(article.body.split(" - ", 1)[-1])[0]
        if not others or not 8 <= len(lead.split()) <= 40:
            return None
        return GeneratedQuery("lead", _typed(lead), others, self._same(article))

    def _titles(self) -> list[GeneratedQuery]:
        """A slug's words ask for everything under it, as a TREC title does."""
        names = [
            family
            for family, articles in self._families.items()
            if len(family) > 1 and LEAST <= len(articles) <= MOST
            if all(self._title_words[word] >= LEAST for word in family)
        ]
        chosen = self._random.sample(sorted(names), min(EACH, len(names)))
        return [
            GeneratedQuery("title", " ".join(family), tuple(a.id for a in self._families[family]))
            for family in chosen
        ]

    def _on_topic(self, article: _Filed) -> tuple[str, ...]:
        if len(article.family) < 2:
            return ()
        found = self._others(article, article.family[:2], timedelta(days=TOPIC_DAYS))
        return found if LEAST <= len(found) <= MOST else ()

    def _others(
        self, article: _Filed, family: tuple[str, ...], within: timedelta
    ) -> tuple[str, ...]:
        return tuple(
            other.id
            for other in self._families.get(family, ())
            if abs(other.date - article.date) <= within and other.name != article.name
        )

    def _same(self, article: _Filed) -> tuple[str, ...]:
        return tuple(other.id for other in self._names[article.name])
