"""What the search engine needs of an embedding model.

Responsibility: the protocols of encoders for queries and articles, and of where they come from.
Decision: Protocols, so that tests and other runtimes need no base class.
Must not depend on: any implementation.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.types.explanation import Span


class QueryEncoder(Protocol):
    """Turns queries into unit vectors.

    Attributes:
        name: As a reader knows the model.
        key: Changes whenever the vectors would; embeddings are cached under it.
    """

    name: str
    key: str

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Embed one query, (dim,) float32."""
        ...


class Encoder(QueryEncoder, Protocol):
    """Turns articles' passages into unit vectors as well."""

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts as documents, (len(texts), dim) float32."""
        ...

    def pieces(self, text: str) -> Sequence[Span]:
        """Spans of the word pieces that the model reads, in order."""
        ...


class Models(Protocol):
    """Where encoders come from; `name` is the model that a reindex would use."""

    name: str

    def document_encoder(self) -> Encoder:
        """The encoder for articles.

        Raises:
            ModelUnavailableError: There is none.
        """
        ...

    def known_key(self) -> str | None:
        """The key of the model if that is known without loading it."""
        ...

    def light_document_encoder(self, key: str) -> Encoder | None:
        """The encoder of this key for a few articles, if it need not be loaded first."""
        ...

    def query_encoder(self, key: str) -> QueryEncoder:
        """The encoder for queries against vectors made under `key`.

        Raises:
            ModelUnavailableError: There is none.
        """
        ...
