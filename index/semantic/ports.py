"""The interfaces of embedding models.

Responsibility: define the protocols of encoders, and of the place that encoders come from.
Decision: Protocols, so that tests and other runtimes need no base class.
Must not depend on: any implementation.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.types.fields import Span


class QueryEncoder(Protocol):
    """Turns queries into unit vectors.

    Attributes:
        name: The model's name, as settings and readers use it.
        key: Identifies the vectors: it changes when anything that determines them changes.
    """

    name: str
    key: str

    def can_read(self, text: str) -> bool:
        """Whether the model knows enough of a text, so that its vector has a meaning."""
        ...

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Embed one query, (dim,) float32, unit length."""
        ...


class Encoder(QueryEncoder, Protocol):
    """Turns passages of articles into unit vectors too."""

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts as documents, (len(texts), dim) float32, unit length."""
        ...

    def find_word_pieces(self, text: str) -> Sequence[Span]:
        """The spans of the word pieces into which the model splits a text, in order."""
        ...


class Models(Protocol):
    """Loads encoders; `name` is the model that the next reindex uses."""

    name: str

    def load_document_encoder(self) -> Encoder:
        """Load the encoder for articles.

        Raises:
            ModelUnavailableError: The model cannot be loaded.
        """
        ...

    def get_known_key(self) -> str | None:
        """The key of the model, if it is known without loading the model."""
        ...

    def load_light_document_encoder(self, key: str) -> Encoder | None:
        """Load an encoder with this key that is ready at once; None if there is none."""
        ...

    def load_query_encoder(self, key: str) -> QueryEncoder:
        """Load the encoder for queries against the vectors of the model with this key.

        Raises:
            ModelUnavailableError: That model cannot be loaded.
        """
        ...
