"""Labels that an agency wire gives by itself: stories, queries and judgements.

Responsibility: label the stories of a wire, and generate a collection with judged queries from it.
Decision: which articles belong together follows from the agency's slugs, sentences and headlines,
never from a retriever. A collection has no slugs, and no articles that became queries.
Must not depend on: indexes, measures, or how stories are clustered.
"""

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise

from index.text.analysis import is_stopword
from index.text.tokens import tokenize

MAX_GAP = timedelta(days=2)
"""Articles with the same slug and at most this gap are one story."""
COLUMN = timedelta(days=7)
"""A slug that is used without a gap for longer is a column, with one story per day."""
QUERIES_PER_KIND = 100
"""If the wire has as many; the standard error of a kind is then about 0.03."""
SEED = 20061020
MIN_RELEVANT, MAX_RELEVANT = 5, 100
"""Relevant articles of a topic; topics of TREC have about as many."""
TOPIC_DAYS, DEVELOPMENT_DAYS = 60, 2
_KNOWN_WORDS, _LATE_WORDS = 3, 8
_LATE = 0.6
"""A sentence is late from this share of a body on."""
_PREFIXES = frozenset({"us", "dc", "idus", "businesspro", "sb", "tech", "column", "update"})
_SENTENCE = re.compile(r"(?<=[.!?])[\"”]?\s+")
_SPACE = re.compile(r"\s+")
_SIGNS = re.compile(r'["“”()\[\]]')
"""Characters with a meaning in the query language; readers type words."""


_Filing = tuple[datetime, str]
"""When an article was filed, and its id."""


def assign_silver_labels(records: Iterable[Mapping[str, object]]) -> dict[str, str]:
    """Label the stories of a wire by its slugs; the labels by article id.

    Labels are finer than stories if an agency files one event under several slugs.

    Args:
        records: Only those with `id`, `slug` and an ISO `date` get a label.
    """
    filed: dict[str, list[_Filing]] = {}
    for record in records:
        if record.get("id") and record.get("slug") and record.get("date"):
            when = datetime.fromisoformat(str(record["date"]))
            when = when if when.tzinfo else when.replace(tzinfo=UTC)
            filed.setdefault(str(record["slug"]), []).append((when, str(record["id"])))
    return {
        uri: f"{slug}/{first:%Y-%m-%d}"
        for slug, articles in filed.items()
        for first, run in _split_runs(sorted(articles))
        for _, uri in run
    }


def add_silver_labels(lines: Iterable[str]) -> Iterator[str]:
    """Yield JSON lines with `story` set to the silver label, or to null without one."""
    records = [json.loads(line) for line in lines]
    labels = assign_silver_labels(records)
    for record in records:
        story = labels.get(str(record.get("id")))
        yield json.dumps(record | {"story": story}, ensure_ascii=False) + "\n"


def _split_runs(articles: Sequence[_Filing]) -> Iterator[tuple[datetime, Sequence[_Filing]]]:
    """Yield the articles of each story of a slug, with the time of its first article."""
    breaks = [n for n, (a, b) in enumerate(pairwise(articles), start=1) if b[0] - a[0] > MAX_GAP]
    for first, last in pairwise([0, *breaks, len(articles)]):
        run = articles[first:last]
        if run[-1][0] - run[0][0] <= COLUMN:
            yield run[0][0], run
            continue
        for _, day in groupby(run, key=lambda filed: filed[0].date()):
            filings = list(day)
            yield filings[0][0], filings


@dataclass(frozen=True, slots=True)
class GeneratedQuery:
    """A generated query.

    Attributes:
        kind: How it was generated.
        relevant: The ids of the articles that it should find.
        removed: The ids of the articles that are removed from the collection for it.
    """

    kind: str
    text: str
    relevant: tuple[str, ...]
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WireCollection:
    """Articles without their slugs, and queries with relevant articles among them."""

    articles: tuple[Mapping[str, str], ...]
    queries: tuple[GeneratedQuery, ...]


@dataclass(frozen=True, slots=True)
class _WireArticle:
    """One article of the wire; `family` is its slug without the words of the desk."""

    id: str
    title: str
    body: str
    date: datetime
    family: tuple[str, ...]

    @property
    def folded_title(self) -> str:
        return " ".join(token.folded for token in tokenize(self.title))


def build_wire_collection(records: Iterable[Mapping[str, str | None]]) -> WireCollection:
    """Generate a collection, the same each time.

    Args:
        records: Only those with `id`, `title`, `body`, `date` and `slug` are used.
    """
    usable = [record for record in records if all(record.get(k) for k in _QueryGenerator.NEEDED)]
    generator = _QueryGenerator([_parse_record(record) for record in usable])
    queries = generator.generate()
    removed = {uri for query in queries for uri in query.removed}
    articles = tuple(
        {key: value for key, value in record.items() if value and key not in ("slug", "url")}
        for record in usable
        if record["id"] not in removed
    )
    return WireCollection(
        articles, tuple(filter(None, (_drop_removed(q, removed) for q in queries)))
    )


def _drop_removed(query: GeneratedQuery, removed: set[str]) -> GeneratedQuery | None:
    remaining = tuple(uri for uri in query.relevant if uri not in removed)
    return GeneratedQuery(query.kind, query.text, remaining) if remaining else None


def _parse_record(record: Mapping[str, str | None]) -> _WireArticle:
    fields = {key: record[key] or "" for key in _QueryGenerator.NEEDED}
    family = tuple(w for w in fields["slug"].casefold().split("-") if w not in _PREFIXES)
    body = _SPACE.sub(" ", fields["body"])
    return _WireArticle(
        fields["id"], fields["title"], body, datetime.fromisoformat(fields["date"]), family
    )


def _strip_signs(text: str) -> str:
    return _SPACE.sub(" ", _SIGNS.sub(" ", text)).strip()


def _list_words(text: str) -> list[str]:
    """The distinct words of a text without stop words, in order."""
    words = (token.folded for token in tokenize(text))
    return list(dict.fromkeys(w for w in words if not is_stopword(w, ("en",)) and len(w) > 1))


class _QueryGenerator:
    """Generates queries of every kind from one wire."""

    NEEDED = ("id", "title", "body", "date", "slug")

    def __init__(self, articles: Sequence[_WireArticle]) -> None:
        self._articles = articles
        self._random = random.Random(SEED)
        self._families: dict[tuple[str, ...], list[_WireArticle]] = defaultdict(list)
        self._by_title: dict[str, list[_WireArticle]] = defaultdict(list)
        self._sentences: Counter[str] = Counter()
        self._title_words: Counter[str] = Counter()
        for article in articles:
            self._by_title[article.folded_title].append(article)
            for length in range(1, len(article.family) + 1):
                self._families[article.family[:length]].append(article)
            self._sentences.update(set(_SENTENCE.split(article.body)))
            self._title_words.update(_list_words(article.title))

    def generate(self) -> list[GeneratedQuery]:
        """Generate up to `QUERIES_PER_KIND` queries of each kind, kinds in a fixed order."""
        kinds: tuple[Callable[[_WireArticle], GeneratedQuery | None], ...] = (
            self._make_known,
            self._make_late,
            self._make_development,
            self._make_topic,
            self._make_lead,
        )
        queries = [query for kind in kinds for query in self._sample(kind)]
        return [*queries, *self._make_titles()]

    def _sample(
        self, make: Callable[[_WireArticle], GeneratedQuery | None]
    ) -> list[GeneratedQuery]:
        """Queries of one kind, at most one per family."""
        queries: list[GeneratedQuery] = []
        used: set[tuple[str, ...]] = set()
        for article in self._random.sample(self._articles, len(self._articles)):
            if len(queries) == QUERIES_PER_KIND:
                break
            if article.family[:2] not in used and (query := make(article)):
                used.add(article.family[:2])
                queries.append(query)
        return queries

    def _make_known(self, article: _WireArticle) -> GeneratedQuery | None:
        """Some words of a headline, as a reader remembers it."""
        words = _list_words(article.title)
        if len(words) <= _KNOWN_WORDS:
            return None
        chosen = sorted(self._random.sample(range(len(words)), _KNOWN_WORDS))
        text = " ".join(words[number] for number in chosen)
        return GeneratedQuery(
            "known", text, tuple(a.id for a in self._by_title[article.folded_title])
        )

    def _make_late(self, article: _WireArticle) -> GeneratedQuery | None:
        """Some words of a late sentence of a body."""
        sentences = _SENTENCE.split(article.body)
        late = sentences[int(len(sentences) * _LATE) : -1]
        late = [s for s in late if self._sentences[s] <= 3 and "(" not in s]
        late = [s for s in late if _LATE_WORDS <= len(_list_words(s)) <= 3 * _LATE_WORDS]
        if not late:
            return None
        sentence = self._random.choice(late)
        words = _list_words(sentence)
        chosen = sorted(self._random.sample(range(len(words)), _LATE_WORDS))
        relevant = tuple(a.id for a in self._articles if sentence in a.body)
        return GeneratedQuery("late", " ".join(words[number] for number in chosen), relevant)

    def _make_development(self, article: _WireArticle) -> GeneratedQuery | None:
        """A headline, which should find the filings of its event with other headlines."""
        others = self._find_others(article, article.family, timedelta(days=DEVELOPMENT_DAYS))
        if not others:
            return None
        return GeneratedQuery(
            "development", _strip_signs(article.title), others, self._find_same_headline(article)
        )

    def _make_topic(self, article: _WireArticle) -> GeneratedQuery | None:
        """A headline, which should find all articles on its topic."""
        others = self._find_topic(article)
        if not others:
            return None
        return GeneratedQuery(
            "topic", _strip_signs(article.title), others, self._find_same_headline(article)
        )

    def _make_lead(self, article: _WireArticle) -> GeneratedQuery | None:
        """A first sentence, which should find all articles on its topic, as a TREC description."""
        others = self._find_topic(article)
        lead = _SENTENCE.split(article.body.split(" - ", 1)[-1])[0]
        if not others or not 8 <= len(lead.split()) <= 40:
            return None
        return GeneratedQuery("lead", _strip_signs(lead), others, self._find_same_headline(article))

    def _make_titles(self) -> list[GeneratedQuery]:
        """The words of slugs, which should find all articles with the slug, as a TREC title."""
        names = [
            family
            for family, articles in self._families.items()
            if len(family) > 1 and MIN_RELEVANT <= len(articles) <= MAX_RELEVANT
            if all(self._title_words[word] >= MIN_RELEVANT for word in family)
        ]
        chosen = self._random.sample(sorted(names), min(QUERIES_PER_KIND, len(names)))
        return [
            GeneratedQuery("title", " ".join(family), tuple(a.id for a in self._families[family]))
            for family in chosen
        ]

    def _find_topic(self, article: _WireArticle) -> tuple[str, ...]:
        if len(article.family) < 2:
            return ()
        others = self._find_others(article, article.family[:2], timedelta(days=TOPIC_DAYS))
        return others if MIN_RELEVANT <= len(others) <= MAX_RELEVANT else ()

    def _find_others(
        self, article: _WireArticle, family: tuple[str, ...], within: timedelta
    ) -> tuple[str, ...]:
        return tuple(
            other.id
            for other in self._families.get(family, ())
            if abs(other.date - article.date) <= within
            and other.folded_title != article.folded_title
        )

    def _find_same_headline(self, article: _WireArticle) -> tuple[str, ...]:
        return tuple(other.id for other in self._by_title[article.folded_title])
