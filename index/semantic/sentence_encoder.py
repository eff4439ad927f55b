"""The sentence-transformers encoder; no other module imports that library.

Responsibility: load a model in PyTorch and embed queries and documents with it.
Decision: `encode_query` and `encode_document`, so that models with prompts are used as they were
trained. Documents are embedded in bfloat16 on processors that have it (2.8 times the rate, cosine
to float32 at least 0.9999) and in batches of similar length, because all texts of a batch are
padded to the longest (docs/measurements/vectors.md). Importing this module is cheap; loading a
model is not.
Must not depend on: articles, caches or indexes.
"""

import hashlib
import logging
import os
import re
import warnings
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.ports import ModelUnavailableError
from index.semantic.reading import is_readable
from index.types.fields import Span

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 32
_BFLOAT16 = ("avx512_bf16", "amx_bf16", "bf16")
"""PyTorch's names for the instructions of x86 and Arm processors."""
_WORD = re.compile(r"\w+|[^\w\s]")


class SentenceEncoder:
    """A sentence-transformers model as an encoder of documents and queries.

    Attributes:
        is_accelerated: Whether it runs on a GPU, or on a processor with bfloat16.
    """

    def __init__(self, model: "SentenceTransformer", name: str) -> None:
        self.name = name
        self.model = model
        self.key = _compute_key(model)
        self._bfloat16 = _has_bfloat16(model.device.type)
        self.is_accelerated = self._bfloat16 or model.device.type != "cpu"

    @classmethod
    def load(cls, source: str, name: str) -> "SentenceEncoder":
        """Load a model from a folder or by its hub name.

        Raises:
            ModelUnavailableError: The model cannot be loaded.
        """
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return cls(_load(source), name)
        except Exception as error:  # every library below raises errors of its own
            reason = str(error).strip().split("\n")[0] or type(error).__name__
            raise ModelUnavailableError(
                f"The model {name!r} cannot be loaded ({reason}). Set DATELINE_MODEL to the folder"
                " of a sentence-transformers model, or to the name of a model on this machine."
            ) from error

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts as documents, (len(texts), dim) float32, unit length."""
        # The library sorts by characters, which spends a seventh of the work on padding.
        order = sorted(range(len(texts)), key=lambda n: len(self.find_word_pieces(texts[n])))
        vectors = []
        with self.autocast():
            for start in range(0, len(order), BATCH):
                batch = [texts[number] for number in order[start : start + BATCH]]
                vectors.append(self._run(self.model.encode_document, batch))
        return np.concatenate(vectors)[np.argsort(order)]

    def autocast(self) -> AbstractContextManager[object]:
        """A context in which the model multiplies in bfloat16 if the processor supports it."""
        import torch

        return torch.autocast(self.model.device.type, torch.bfloat16, enabled=self._bfloat16)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Embed one query, (dim,) float32, unit length."""
        return np.asarray(self._run(self.model.encode_query, [text])[0])

    def can_read(self, text: str) -> bool:
        """Whether the tokenizer knows enough of a text."""
        unknown = self.model.tokenizer.unk_token_id
        return is_readable(text, ((span, unknown not in ids) for span, ids in self._split(text)))

    def find_word_pieces(self, text: str) -> Sequence[Span]:
        """The spans of the word pieces of a text; of its words if the tokenizer gives no spans."""
        return [span for span, _ in self._split(text)]

    def _split(self, text: str) -> list[tuple[Span, list[int]]]:
        """The word pieces of a text with their ids; its words if the tokenizer gives no spans."""
        tokenizer = self.model.tokenizer
        if not getattr(tokenizer, "is_fast", False):
            words = [(match.span(), tokenizer.tokenize(match[0])) for match in _WORD.finditer(text)]
            return [(span, tokenizer.convert_tokens_to_ids(pieces)) for span, pieces in words]
        encoding = tokenizer(
            text,
            add_special_tokens=False,
            return_offsets_mapping=True,
            truncation=False,
            padding=False,
            verbose=False,
        )
        pairs = zip(encoding["offset_mapping"], encoding["input_ids"], strict=True)
        return [((start, end), [number]) for (start, end), number in pairs]

    def _run(self, encode: Any, texts: list[str]) -> NDArray[np.float32]:
        vectors = encode(
            texts,
            batch_size=BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, np.float32)


def _load(source: str) -> "SentenceTransformer":
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    transformers_logging.set_verbosity_error()
    return SentenceTransformer(source)


def _has_bfloat16(device: str) -> bool:
    """Whether a device multiplies bfloat16 in hardware; emulated, it is slower than float32."""
    import torch

    if device == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    capabilities = torch.cpu.get_capabilities()
    return device == "cpu" and any(capabilities.get(name) for name in _BFLOAT16)


def _compute_key(model: "SentenceTransformer") -> str:
    """SHA-256 in hex of everything that determines the vectors: weights, pooling and prompts."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().contiguous().view(-1).numpy().tobytes())
    settings = [repr(sorted((model.prompts or {}).items())), str(model.max_seq_length)]
    settings.extend(type(module).__name__ for module in model)
    digest.update("\n".join(settings).encode())
    return digest.hexdigest()
