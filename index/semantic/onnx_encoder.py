"""The ONNX encoder: embeds queries and documents without PyTorch.

Responsibility: run an exported model.
Decision: the first query takes half a second instead of seven, and 400 MB less memory, than in
PyTorch. Passages are encoded one by one, one thread per core, so that none waits for others or is
padded to the longest.
Must not depend on: PyTorch, articles or indexes.
"""

import json
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.arrays.bounded_cache import BoundedCache
from index.arrays.cpu import count_cores
from index.semantic.reading import is_readable
from index.types.fields import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

log = logging.getLogger(__name__)

MODEL_FILE, TOKENIZER_FILE, SETTINGS_FILE = "model.onnx", "tokenizer.json", "query.json"
INPUT_NAMES = ("input_ids", "attention_mask", "token_type_ids")
_CACHED_QUERIES = 1024
_UNKNOWN_TOKENS = ("[UNK]", "<unk>")
"""The names of the unknown token, by convention; a Unigram model does not say which it is."""


class OnnxEncoder:
    """The encoder of an exported model.

    Attributes:
        embeds_documents: Whether it can embed documents too. False for exports of older versions,
            which do not record the prompt for documents.
    """

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        settings = json.loads((folder / SETTINGS_FILE).read_text())
        self.name: str = settings["name"]
        self.key: str = settings["key"]
        self._query_prompt: str = settings["prompt"]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = [node.name for node in self._session.get_inputs()]
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._tokenizer.no_padding()
        self._folder = folder
        self._document_prompt: str = settings.get("document") or ""
        self.embeds_documents = "document" in settings
        self._tokenizer.enable_truncation(settings["max_length"])
        self._unknown = find_unknown(self._tokenizer)
        self._query_vectors = BoundedCache[str, NDArray[np.float32]](_CACHED_QUERIES)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Embed one query, (dim,) float32, unit length. The last `_CACHED_QUERIES` are cached."""
        prompted = self._query_prompt + text
        return self._query_vectors.get(prompted, lambda: self._encode(prompted))

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts as documents on all cores, (len(texts), dim) float32, unit length."""
        prompted = [self._document_prompt + text for text in texts]
        with ThreadPoolExecutor(count_cores()) as pool:
            try:
                return np.stack(list(pool.map(self._encode, prompted)))
            except BaseException:
                pool.shutdown(cancel_futures=True)  # An interruption does not wait for the rest.
                raise

    def find_word_pieces(self, text: str) -> Sequence[Span]:
        """The spans of the word pieces of a text, in order."""
        return list(self._untruncated.encode(text, add_special_tokens=False).offsets)

    def can_read(self, text: str) -> bool:
        """Whether the tokenizer knows enough of a text, as far as it is embedded."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        pieces = zip(encoding.offsets, encoding.ids, strict=True)
        return is_readable(text, ((span, number != self._unknown) for span, number in pieces))

    @cached_property
    def _untruncated(self) -> "Tokenizer":
        """The tokenizer without a maximum length; only splitting articles needs it."""
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER_FILE))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer

    def _encode(self, text: str) -> NDArray[np.float32]:
        encoding = self._tokenizer.encode(text)
        values = (encoding.ids, encoding.attention_mask, encoding.type_ids)
        feed = {
            name: np.array([ids], np.int64)
            for name, ids in zip(INPUT_NAMES, values, strict=True)
            if name in self._inputs
        }
        vector = np.asarray(self._session.run(None, feed)[0][0], np.float32)
        return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), np.float32)


def find_unknown(tokenizer: "Tokenizer") -> int | None:
    """The id of the token for what a tokenizer does not know; None if it knows everything."""
    own = getattr(tokenizer.model, "unk_token", None)
    names = (own,) if own else _UNKNOWN_TOKENS
    ids = (tokenizer.token_to_id(name) for name in names)
    return next((number for number in ids if number is not None), None)


def open_onnx_encoder(folder: Path) -> OnnxEncoder | None:
    """Open the encoder exported to `folder`; None if there is none or it is damaged."""
    if not folder.is_dir():
        return None
    try:
        return OnnxEncoder(folder)
    except Exception as error:  # onnxruntime and tokenizers raise errors of their own
        log.warning(
            "The exported model in %s cannot be read (%s). Dateline runs the model in PyTorch"
            " instead; the next reindex that loads the model exports it again.",
            folder,
            error,
        )
        return None
