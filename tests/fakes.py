"""Stand-ins for what is slow or big: an encoder that knows a few concepts, and a lexical engine.

Decision: the fakes mean something. Words of one concept share an axis, so that a test can say which
article answers a query and why; nothing is random.
Must not know Whoosh, torch or what is being tested.
"""

import json
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from archive.article import Article
from index.analysis import is_stopword, term, terms, without_language
from index.found import Scores, Similar
from index.lexical.coverage import complete, coverage, least_words, planned
from index.parts import Part
from index.ports import Encoder, ModelUnavailableError, QueryEncoder, RowFacts
from index.query import And, ParsedQuery
from index.query.matching import matcher
from index.reasons import Span, TermMatch
from index.types import Notice
from tests.naive import Reader, Words, edits_between, folded, words_of

CONCEPTS = {
    "boat": "ferry ferries ship ships vessel boat boats transbordador barco schiff fähre",
    "labour": "strike strikes walkout stoppage huelga streik grève union",
    "army": "soldier soldiers infantry army troops soldados",
    "fighter": "mercenary mercenaries fighter fighters hired",
    "teach": "train trains training coach coaches teach instructor",
    "fire": "fire fires blaze flames incendio brand",
    "money": "bank banks rates interest loan loans",
    "sport": "goal match striker football championship",
    "health": "nurse nurses hospital hospitals clinic vaccine",
}
_AXIS = {word: n for n, words in enumerate(CONCEPTS.values()) for word in words.split()}
_WEAK = 23
"""Axes that all other words share, by a hash that is the same in every process."""
_WEIGHT = 0.2
DIM = len(CONCEPTS) + _WEAK + 1
_WORD = re.compile(r"\w+|[^\w\s]")
START = datetime(2031, 3, 1, 9, tzinfo=UTC)


def make_article(uri: str = "a-1", **fields: Any) -> Article:
    """An article, all of whose fields can be told; dated, in English and usable unless told."""
    told: dict[str, Any] = {
        "uri": uri,
        "headline": "A headline",
        "body": "One sentence.\n\nAnother one.",
        "source": "Halyard",
        "language": "en",
        "first_created": START,
    }
    return Article(**told | fields)


def on_day(day: float) -> datetime:
    """A moment, in days after 1 March 2031, 09:00 UTC."""
    return START + timedelta(days=day)


def meaning_of(text: str) -> NDArray[np.float32]:
    """The unit vector of a text, (DIM,) float32: strong concept axes, weak axes for the rest."""
    vector = np.zeros(DIM, np.float32)
    for word in _WORD.findall(text.casefold()):
        if word in _AXIS:
            vector[_AXIS[word]] += 1
        elif word[0].isalnum():
            code = zlib.crc32(word.encode())
            vector[len(CONCEPTS) + code % _WEAK] += _WEIGHT if code & 0x10000 else -_WEIGHT
    if not vector.any():
        vector[-1] = 1
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


class FakeEncoder:
    """An encoder of both sides that counts what it embeds.

    Attributes:
        documents: Every text embedded as a document, in order.
        before_documents: Called before each batch; raise in it to act a crash.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.key = f"key-of-{name}"
        self.documents: list[str] = []
        self.queries: list[str] = []
        self.before_documents: Callable[[], None] = lambda: None

    def encode_query(self, text: str) -> NDArray[np.float32]:
        self.queries.append(text)
        return meaning_of(text)

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.before_documents()
        self.documents.extend(texts)
        return np.stack([meaning_of(text) for text in texts])

    def pieces(self, text: str) -> Sequence[Span]:
        return [match.span() for match in _WORD.finditer(text)]


class FakeModels:
    """`Models` around one `FakeEncoder`; its key is known once it was loaded, as a real one's."""

    def __init__(self, name: str = "fake") -> None:
        self.name = name
        self.encoder = FakeEncoder(name)
        self.loads = 0

    @property
    def embedded(self) -> int:
        """How many passages were embedded so far."""
        return len(self.encoder.documents)

    def documents(self) -> Encoder:
        self.loads += 1
        return self.encoder

    def known_key(self) -> str | None:
        return self.encoder.key if self.loads else None

    def at_once(self, key: str) -> Encoder | None:
        return None

    def queries(self, key: str) -> QueryEncoder:
        if key != self.encoder.key:
            raise ModelUnavailableError(f"no model has the key {key}")
        return self.encoder


class NoModels:
    """`Models` of a machine that has none."""

    name = "none"
    problem = "No model here. Set DATELINE_MODEL."

    def documents(self) -> Encoder:
        raise ModelUnavailableError(self.problem)

    def known_key(self) -> str | None:
        return None

    def at_once(self, key: str) -> Encoder | None:
        return None

    def queries(self, key: str) -> QueryEncoder:
        raise ModelUnavailableError(self.problem)


class InMemoryLexicalEngine:
    """A second `LexicalEngine`: each article's words in one JSON file, read one by one."""

    name = "memory"

    def opens(self, path: str) -> bool:
        return True

    def build(self, folder: Path, articles: Iterable[Article]) -> None:
        rows = [asdict(words_of(row, article)) for row, article in enumerate(articles)]
        (folder / "words.json").write_text(json.dumps(rows))

    def open(self, parts: Sequence[Part], languages: Sequence[str]) -> "InMemoryLexicalIndex":
        rows = []
        for part in parts:
            told = json.loads((part.folder / "words.json").read_text())
            counting = range(len(told)) if part.places is None else part.places
            rows += [_read_words(told[place]) for place in counting]
        numbered = [replace(words, row=row) for row, words in enumerate(rows)]
        return InMemoryLexicalIndex(numbered, languages)


def _read_words(told: dict[str, Any]) -> Words:
    places = tuple(tuple(place) for place in told.pop("places"))
    lists = {key: tuple(value) for key, value in told.items() if isinstance(value, list)}
    return Words(**told | lists, places=places)


class InMemoryLexicalIndex:
    """Rows of words; an article's score is how often it has the query's words."""

    def __init__(self, rows: list[Words], languages: Sequence[str]) -> None:
        self._rows = rows
        self._languages = languages
        self._folded = [Counter((*row.title, *row.body, *row.labels)) for row in rows]
        self._terms = [
            Counter(term(w, row.language) for w in counts.elements() if _is_content(w, row))
            for row, counts in zip(rows, self._folded, strict=True)
        ]

    def score(
        self,
        query: ParsedQuery,
        allowed: NDArray[np.bool_] | None,
        *,
        enough: int,
        facts: RowFacts | None = None,
    ) -> Scores:
        mask = self.permitted(query, allowed, facts=facts)
        if query.is_empty:
            mask = np.zeros(len(self._rows), bool)
        plan = planned(query, self._languages)
        counts = np.zeros(len(self._rows), np.float32)
        covered = np.zeros(len(self._rows), np.uint8)
        for word, factor in plan.words.items():
            found = np.array([self._count(row, word) for row in range(len(self._rows))])
            counts += factor * found
            covered += (found > 0) & (word in plan.needed)
        for pattern in plan.patterns:
            stands_for = matcher(pattern)
            counts += [sum(n for w, n in row.items() if stands_for(w)) for row in self._folded]
        rows = np.flatnonzero(np.ones(len(self._rows), bool) if mask is None else mask)
        least = least_words(lambda some: int((covered[rows] >= some).sum()), plan, enough)
        rows = rows[covered[rows] >= least]
        told = coverage(covered[rows], plan, least)
        whole = rows[complete(covered[rows], plan)].astype(np.int32)
        return Scores(rows.astype(np.int32), counts[rows].astype(np.float32), told, whole)

    def permitted(
        self,
        query: ParsedQuery,
        allowed: NDArray[np.bool_] | None,
        *,
        facts: RowFacts | None = None,
    ) -> NDArray[np.bool_] | None:
        if not query.hard:
            return allowed
        reader = Reader(self._languages, facts)
        mask = np.array([reader.holds(And(query.hard), row) for row in self._rows], bool)
        mask[self.headed(query)] = True
        return mask if allowed is None else mask & allowed

    def headed(self, query: ParsedQuery) -> NDArray[np.int32]:
        typed = folded(query.input)
        found = [row for row, words in enumerate(self._rows) if typed and words.title == typed]
        return np.array(found, np.int32)

    def explain(self, query: ParsedQuery, rows: Sequence[int]) -> tuple[tuple[TermMatch, ...], ...]:
        plan = planned(query, self._languages)
        return tuple(
            tuple(
                TermMatch(term=word, places=("body",), score=factor * self._count(row, word))
                for word, factor in plan.words.items()
                if self._count(row, word)
            )
            for row in rows
        )

    def notices(self, query: ParsedQuery) -> tuple[Notice, ...]:
        return ()

    def articles_with(self, folded: str) -> int:
        return sum(self._count(row, folded) > 0 for row in range(len(self._rows)))

    def similar(self, folded: str) -> tuple[Similar, ...]:
        articles = Counter(word for row in self._folded for word in row)
        near = ((word, edits_between(folded, word)) for word in sorted(articles))
        return tuple(
            Similar(word, edits, articles[word])
            for word, edits in near
            if 1 <= edits <= (2 if word[0] == folded[0] else 1)
        )

    def beginning(self, folded: str, limit: int) -> tuple[str, ...]:
        articles = Counter(word for row in self._folded for word in set(row))
        found = [word for word in articles if word.startswith(folded) and word != folded]
        return tuple(sorted(found, key=lambda word: (-articles[word], word.encode()))[:limit])

    def term_counts(self, of: NDArray[np.integer] | None = None) -> sparse.csr_matrix:
        numbers: dict[bytes, int] = {}
        values, rows, columns = [], [], []
        for row in range(len(self._rows)) if of is None else of.tolist():
            for form in self._terms[row]:
                numbers.setdefault(without_language(form.encode()), len(numbers))
        for row, counted in enumerate(self._terms):
            for form, count in counted.items():
                shared = without_language(form.encode())
                if shared in numbers:
                    values.append(float(count))
                    rows.append(row)
                    columns.append(numbers[shared])
        shape = (len(self._rows), len(numbers))
        return sparse.csr_matrix((np.array(values, np.float32), (rows, columns)), shape)

    def _count(self, row: int, folded: str) -> int:
        forms = sum(self._terms[row][form] for form in terms(folded, self._languages))
        return max(self._folded[row][folded], forms)


def _is_content(word: str, row: Words) -> bool:
    return not is_stopword(word, (row.language,))
