"""Embedding without torch: the model exported once to ONNX.

Decision: an export is used only if its vectors equal the model's own (cosine at least 0.9999);
the first query takes half a second instead of seven, and 400 MB less. Passages are read one by one,
a thread to each core: none waits for the others or is filled up to the longest.
Must not know articles or indexes.
"""

import json
import logging
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.arrays.bounded_cache import BoundedCache
from index.arrays.cpu import cores
from index.types.explanation import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from index.semantic.encoder import SentenceEncoder

log = logging.getLogger(__name__)

_MODEL, _TOKENIZER, _SETTINGS = "model.onnx", "tokenizer.json", "query.json"
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_DOCUMENT_PROMPTS = ("document", "passage", "corpus")
"""As sentence-transformers looks for them."""
_LEAST_COSINE = 0.9999
_REMEMBERED = 1024
_PROBES = (
    "election recount",
    "Hired fighters coach a neighbouring country's infantry near the border.",
    "La huelga del puerto entra en su tercera semana sin acuerdo entre las partes.",
)


class OnnxEncoder:
    """An encoder from an exported folder; no torch.

    Attributes:
        reads: Whether it embeds documents as the model does; exports of before could not tell.
    """

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        settings = json.loads((folder / _SETTINGS).read_text())
        self.name: str = settings["name"]
        self.key: str = settings["key"]
        self._prompt: str = settings["prompt"]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / _MODEL), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = [node.name for node in self._session.get_inputs()]
        self._tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
        self._tokenizer.no_padding()
        self._folder = folder
        self._document: str = settings.get("document") or ""
        self.embeds_documents = "document" in settings
        self._tokenizer.enable_truncation(settings["max_length"])
        self._encoded = BoundedCache[str, NDArray[np.float32]](_REMEMBERED)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Embed one query, (dim,) float32, unit length; the last `_REMEMBERED` are kept."""
        prompted = self._prompt + text
        return self._encoded.get(prompted, lambda: self._encode(prompted))

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts as documents, (len(texts), dim) float32, unit length; on all cores."""
        with ThreadPoolExecutor(cores()) as pool:
            return np.stack(list(pool.map(self._encode, [self._document + t for t in texts])))

    def pieces(self, text: str) -> Sequence[Span]:
        """Spans of the word pieces of a text."""
        return list(self._whole.encode(text, add_special_tokens=False).offsets)

    @cached_property
    def _whole(self) -> "Tokenizer":
        """The tokenizer without a length; only who reads articles needs it."""
        from tokenizers import Tokenizer

        found = Tokenizer.from_file(str(self._folder / _TOKENIZER))
        found.no_padding()
        found.no_truncation()
        return found

    def _encode(self, text: str) -> NDArray[np.float32]:
        encoded = self._tokenizer.encode(text)
        values = (encoded.ids, encoded.attention_mask, encoded.type_ids)
        feed = {
            name: np.array([ids], np.int64)
            for name, ids in zip(_INPUTS, values, strict=True)
            if name in self._inputs
        }
        vector = np.asarray(self._session.run(None, feed)[0][0], np.float32)
        return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), np.float32)


def open_onnx_encoder(folder: Path) -> OnnxEncoder | None:
    """The encoder exported to `folder`; None where there is none or it is damaged."""
    if not folder.is_dir():
        return None
    try:
        return OnnxEncoder(folder)
    except Exception as error:  # onnxruntime and tokenizers have their own errors for bad files
        log.warning("The exported model in %s cannot be read (%s).", folder, error)
        return None


def export_encoder(encoder: "SentenceEncoder", folder: Path) -> bool:
    """Export a model's query side to `folder`, all or nothing; False where that is not faithful."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".draft-"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _write(encoder, draft)
        if not _faithful(encoder, OnnxEncoder(draft)):
            return False
        draft.rename(folder)
    except Exception:  # an architecture that does not export is answered with torch instead
        return folder.is_dir()
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return True


def _write(encoder: "SentenceEncoder", folder: Path) -> None:
    import torch

    model = encoder.model
    backend = model.tokenizer.backend_tokenizer
    backend.save(str(folder / _TOKENIZER))
    prompts = model.prompts or {}
    settings = {
        "name": encoder.name,
        "key": encoder.key,
        "prompt": prompts.get("query") or "",
        "document": next((prompts[name] for name in _DOCUMENT_PROMPTS if name in prompts), ""),
        "max_length": int(model.max_seq_length or 512),
    }
    (folder / _SETTINGS).write_text(json.dumps(settings))
    features = dict(model.tokenizer(list(_PROBES), padding=True, return_tensors="pt"))
    names = [name for name in _INPUTS if name in features]

    class Sentence(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *values: Any) -> Any:
            return self.model(dict(zip(names, values, strict=True)))["sentence_embedding"]

    torch.onnx.export(
        Sentence().eval(),
        tuple(features[name] for name in names),
        str(folder / _MODEL),
        input_names=names,
        output_names=["embedding"],
        dynamic_axes={name: {0: "batch", 1: "pieces"} for name in names},
        opset_version=17,
        dynamo=False,
    )


def _faithful(encoder: "SentenceEncoder", exported: OnnxEncoder) -> bool:
    queries = [float(encoder.encode_query(t) @ exported.encode_query(t)) for t in _PROBES]
    documents = encoder.encode_documents(_PROBES) * exported.encode_documents(_PROBES)
    return bool(min(*queries, *documents.sum(axis=1).tolist()) >= _LEAST_COSINE)
