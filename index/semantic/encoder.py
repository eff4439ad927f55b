"""The sentence-transformers encoder: the only module that imports it, and torch with it.

Decision: `encode_query` and `encode_document`, so that models with prompts are used as trained;
importing this module is cheap, loading a model is not. Documents are multiplied in bfloat16 where
the machine has it: 2.8 times the rate, cosine to float32 at least 0.9999, and passages of similar
length share a batch, since all are padded to its longest (docs/measurements/vectors.md).
Must not know articles, caches or indexes.
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
from index.types.search import Span

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 32
_BFLOAT16 = ("avx512_bf16", "amx_bf16", "bf16")
"""As PyTorch calls what x86 and Arm processors have."""
_WORD = re.compile(r"\w+|[^\w\s]")


class SentenceEncoder:
    """Any sentence-transformers model, as a document and a query encoder.

    Attributes:
        is_accelerated: Whether it has more than a processor's float32 to multiply with.
    """

    def __init__(self, model: "SentenceTransformer", name: str) -> None:
        self.name = name
        self.model = model
        self.key = _fingerprint(model)
        self._bfloat16 = _has_bfloat16(model.device.type)
        self.is_accelerated = self._bfloat16 or model.device.type != "cpu"

    @classmethod
    def load(cls, source: str, name: str) -> "SentenceEncoder":
        """Load a model from a folder or by its hub name.

        Raises:
            ModelUnavailableError: It cannot be loaded here.
        """
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return cls(_load(source), name)
        except Exception as error:  # every library below has its own idea of what to raise
            reason = str(error).strip().split("\n")[0] or type(error).__name__
            raise ModelUnavailableError(
                f"The model {name!r} cannot be loaded ({reason}). Set DATELINE_MODEL to a"
                " sentence-transformers folder or to a model that is on this machine."
            ) from error

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts as documents, (len(texts), dim) float32, unit length."""
        # The library sorts by characters, which leaves a seventh of the work to filling up.
        order = sorted(range(len(texts)), key=lambda place: len(self.pieces(texts[place])))
        found = []
        with self.autocast():
            for start in range(0, len(order), BATCH):
                batch = [texts[place] for place in order[start : start + BATCH]]
                found.append(self._floats(self.model.encode_document, batch))
        return np.concatenate(found)[np.argsort(order)]

    def autocast(self) -> AbstractContextManager[object]:
        """Within it documents are multiplied in bfloat16 where that is quicker."""
        import torch

        return torch.autocast(self.model.device.type, torch.bfloat16, enabled=self._bfloat16)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Embed one query, (dim,) float32, unit length."""
        return np.asarray(self._floats(self.model.encode_query, [text])[0])

    def pieces(self, text: str) -> Sequence[Span]:
        """Spans of the word pieces of a text; of its words where the tokenizer has no spans."""
        tokenizer = self.model.tokenizer
        if not getattr(tokenizer, "is_fast", False):
            return [match.span() for match in _WORD.finditer(text)]
        found = tokenizer(
            text,
            add_special_tokens=False,
            return_offsets_mapping=True,
            truncation=False,
            padding=False,
            verbose=False,
        )
        return [(start, end) for start, end in found["offset_mapping"]]

    def _floats(self, encode: Any, texts: list[str]) -> NDArray[np.float32]:
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
    """Whether a device multiplies bfloat16 in hardware; without that it is slower than float32."""
    import torch

    if device == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    found = torch.cpu.get_capabilities()
    return device == "cpu" and any(found.get(name) for name in _BFLOAT16)


def _fingerprint(model: "SentenceTransformer") -> str:
    """SHA-256, hex, over the weights, pooling and prompts: whatever changes the vectors."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().contiguous().view(-1).numpy().tobytes())
    settings = [repr(sorted((model.prompts or {}).items())), str(model.max_seq_length)]
    settings.extend(type(module).__name__ for module in model)
    digest.update("\n".join(settings).encode())
    return digest.hexdigest()
