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
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from archive.article import Article
from index.analysis import is_stopword, primary, stem, stems, tokens
from index.ports import Encoder, ModelUnavailableError, QueryEncoder, Scores
from index.query import Clause, ParsedQuery, Phrase, Word
from index.types import Span

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

    def queries(self, key: str) -> QueryEncoder:
        raise ModelUnavailableError(self.problem)


class InMemoryLexicalEngine:
    """A second `LexicalEngine`: each article's terms in one JSON file, scored by counting."""

    name = "memory"

    def build(self, folder: Path, articles: Iterable[Article]) -> None:
        rows = [_terms(article) for article in articles]
        (folder / "terms.json").write_text(json.dumps(rows))

    def open(self, folder: Path, languages: Sequence[str]) -> "InMemoryLexicalIndex":
        return InMemoryLexicalIndex(json.loads((folder / "terms.json").read_text()), languages)


def _terms(article: Article) -> dict[str, list[str]]:
    language = primary(article.language)
    folded = [token.folded for token in tokens(f"{article.headline}\n\n{article.body}")]
    content = [word for word in folded if not is_stopword(word, (language,))]
    return {"folded": folded, "stems": [stem(word, language) for word in content]}


class InMemoryLexicalIndex:
    """Rows of terms; an article's score is how often it has the query's words."""

    def __init__(self, rows: list[dict[str, list[str]]], languages: Sequence[str]) -> None:
        self._rows = [
            (row["folded"], Counter(row["folded"]), Counter(row["stems"])) for row in rows
        ]
        self._languages = languages

    def score(
        self, query: ParsedQuery, allowed: NDArray[np.bool_] | None, *, enough: int
    ) -> Scores:
        mask = self.permitted(query, allowed)
        distinct = list({word.folded: word for word in query.wanted}.values())
        content = [w for w in distinct if not is_stopword(w.folded, self._languages)] or distinct
        counts = np.array(
            [[self._count(row, word) for word in content] for row in range(len(self._rows))]
        ).reshape(len(self._rows), len(content))
        if mask is not None:
            counts[~mask] = 0
        needed = len(content)
        while needed > 1 and ((counts > 0).sum(axis=1) >= needed).sum() < enough:
            needed -= 1
        rows = np.flatnonzero((counts > 0).sum(axis=1) >= max(needed, 1))
        return Scores(rows.astype(np.int32), counts[rows].sum(axis=1).astype(np.float32))

    def permitted(
        self, query: ParsedQuery, allowed: NDArray[np.bool_] | None
    ) -> NDArray[np.bool_] | None:
        if not (query.required or query.excluded):
            return allowed
        mask = np.ones(len(self._rows), bool) if allowed is None else allowed.copy()
        for row in range(len(self._rows)):
            mask[row] &= all(self._has(row, clause) for clause in query.required)
            mask[row] &= not any(self._has(row, clause) for clause in query.excluded)
        return mask

    def term_counts(self) -> sparse.csr_matrix:
        numbers: dict[str, int] = {}
        values, rows, columns = [], [], []
        for row, (_, _, counted) in enumerate(self._rows):
            for term, count in counted.items():
                values.append(float(count))
                rows.append(row)
                columns.append(numbers.setdefault(term, len(numbers)))
        shape = (len(self._rows), len(numbers))
        return sparse.csr_matrix((np.array(values, np.float32), (rows, columns)), shape)

    def _count(self, row: int, word: Word) -> int:
        _, folded, stemmed = self._rows[row]
        forms = sum(stemmed[form] for form in stems(word.folded, self._languages))
        return max(folded[word.folded], forms)

    def _has(self, row: int, clause: Clause) -> bool:
        if not isinstance(clause, Phrase):
            return self._count(row, clause) > 0
        words = [word.folded for word in clause.words]
        folded = self._rows[row][0]
        return any(folded[n : n + len(words)] == words for n in range(len(folded)))
