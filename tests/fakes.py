"""Fake encoders and articles for tests.

Responsibility: replace what is slow to load, with encoders that know a few concepts or none.
Decision: fake vectors have a meaning. Words of one concept share an axis, so that a test can say
which article matches a query, and why; nothing is random.
Must not depend on: PyTorch, or what is tested.
"""

import re
import zlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from index.ports import ModelUnavailableError
from index.semantic.ports import Encoder, QueryEncoder
from index.semantic.reading import is_readable
from index.types.fields import Span

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
"""Axes of all other words, by a hash that is the same in every process."""
_WEIGHT = 0.2
DIM = len(CONCEPTS) + _WEAK + 1
_WORD = re.compile(r"\w+|[^\w\s]")
_UNKNOWN = re.compile("[\u0e00-\u0e7f\u1200-\u137f\U0001f300-\U0001faff]")
START = datetime(2031, 3, 1, 9, tzinfo=UTC)


def make_article(uri: str = "a-1", **fields: Any) -> Article:
    """An article with the given fields; by default dated, in English and usable."""
    defaults: dict[str, Any] = {
        "uri": uri,
        "headline": "A headline",
        "body": "One sentence.\n\nAnother one.",
        "source": "Halyard",
        "language": "en",
        "first_created": START,
    }
    return Article(**defaults | fields)


def on_day(day: float) -> datetime:
    """The moment `day` days after 1 March 2031, 09:00 UTC."""
    return START + timedelta(days=day)


def fake_embed(text: str) -> NDArray[np.float32]:
    """Embed a text, (DIM,) float32, unit length: strong axes for concepts, weak ones otherwise."""
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


def is_known(word: str) -> bool:
    """Whether the fake model has pieces for a word: it has none of Thai, Ethiopic or emoji."""
    return not _UNKNOWN.search(word)


class FakeEncoder:
    """An encoder of queries and documents that records what it embeds.

    Attributes:
        documents: Every text embedded as a document, in order.
        before_documents: Called before each batch; it can raise to simulate a crash.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.key = f"key-of-{name}"
        self.documents: list[str] = []
        self.queries: list[str] = []
        self.before_documents: Callable[[], None] = lambda: None

    def can_read(self, text: str) -> bool:
        pieces = ((match.span(), is_known(match[0])) for match in _WORD.finditer(text))
        return is_readable(text, pieces)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        self.queries.append(text)
        return fake_embed(text)

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.before_documents()
        self.documents.extend(texts)
        return np.stack([fake_embed(text) for text in texts])

    def find_word_pieces(self, text: str) -> Sequence[Span]:
        return [match.span() for match in _WORD.finditer(text)]


class FakeModels:
    """`Models` of one `FakeEncoder`, whose key is known once it was loaded, as a real one's is."""

    def __init__(self, name: str = "fake") -> None:
        self.name = name
        self.encoder = FakeEncoder(name)
        self.loads = 0

    @property
    def embedded(self) -> int:
        """The number of passages that were embedded so far."""
        return len(self.encoder.documents)

    def load_document_encoder(self) -> Encoder:
        self.loads += 1
        return self.encoder

    def get_known_key(self) -> str | None:
        return self.encoder.key if self.loads else None

    def load_light_document_encoder(self, key: str) -> Encoder | None:
        return None

    def load_query_encoder(self, key: str) -> QueryEncoder:
        if key != self.encoder.key:
            raise ModelUnavailableError(f"no model has the key {key}")
        return self.encoder


class NoModels:
    """`Models` of a machine without a model."""

    name = "none"
    problem = "No model here. Set DATELINE_MODEL."

    def load_document_encoder(self) -> Encoder:
        raise ModelUnavailableError(self.problem)

    def get_known_key(self) -> str | None:
        return None

    def load_light_document_encoder(self, key: str) -> Encoder | None:
        return None

    def load_query_encoder(self, key: str) -> QueryEncoder:
        raise ModelUnavailableError(self.problem)
