"""Export of a sentence-transformers model to ONNX.

Responsibility: write a model's ONNX files to a folder, and check that they give the same vectors.
Decision: an export is used only if its vectors equal the model's own (cosine at least 0.9999). A
failed export is logged and costs time, never results: the model then runs in PyTorch.
Must not depend on: articles or indexes.
"""

import json
import logging
import shutil
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from index.semantic.onnx_encoder import (
    INPUT_NAMES,
    MODEL_FILE,
    SETTINGS_FILE,
    TOKENIZER_FILE,
    OnnxEncoder,
)

if TYPE_CHECKING:
    from index.semantic.sentence_encoder import SentenceEncoder

log = logging.getLogger(__name__)

_DOCUMENT_PROMPTS = ("document", "passage", "corpus")
"""Names of the prompt for documents, in the order in which sentence-transformers looks for them."""
_MIN_COSINE = 0.9999
_PROBES = (
    "election recount",
    "Hired fighters coach a neighbouring country's infantry near the border.",
    "La huelga del puerto entra en su tercera semana sin acuerdo entre las partes.",
)
_CONSEQUENCE = (
    "Dateline runs it in PyTorch instead: results are the same, but the first query takes about"
    " 7 seconds instead of half a second, and each process uses about 400 MB more memory."
)


def export_encoder(encoder: "SentenceEncoder", folder: Path) -> bool:
    """Export a model to `folder`, completely or not at all.

    Returns:
        Whether the folder has a usable export. If not, a warning in the log says why.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    # With the mode of the umask, unlike the folders of `tempfile`: other users may search here.
    draft = folder.parent / f".draft-{uuid4().hex}"
    draft.mkdir()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _write_model(encoder, draft)
        cosine = _compute_min_cosine(encoder, OnnxEncoder(draft))
        if cosine < _MIN_COSINE:
            log.warning(
                "The ONNX export of the model %s is not used: its vectors differ from the model's"
                " own (cosine %.6f, and at least %s is required). %s",
                encoder.name,
                cosine,
                _MIN_COSINE,
                _CONSEQUENCE,
            )
            return False
        draft.rename(folder)
    except Exception as error:  # PyTorch, ONNX and onnxruntime raise errors of their own
        if folder.is_dir():  # Another process has exported the same model meanwhile.
            return True
        log.warning(
            "The model %s cannot be exported to ONNX (%s: %s). %s",
            encoder.name,
            type(error).__name__,
            str(error).strip().partition("\n")[0],
            _CONSEQUENCE,
        )
        return False
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return True


def _write_model(encoder: "SentenceEncoder", folder: Path) -> None:
    import torch

    model = encoder.model
    backend = model.tokenizer.backend_tokenizer
    backend.save(str(folder / TOKENIZER_FILE))
    prompts = model.prompts or {}
    settings = {
        "name": encoder.name,
        "key": encoder.key,
        "prompt": prompts.get("query") or "",
        "document": next((prompts[name] for name in _DOCUMENT_PROMPTS if name in prompts), ""),
        "max_length": int(model.max_seq_length or 512),
    }
    (folder / SETTINGS_FILE).write_text(json.dumps(settings))
    features = dict(model.tokenizer(list(_PROBES), padding=True, return_tensors="pt"))
    names = [name for name in INPUT_NAMES if name in features]

    class Sentence(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *values: Any) -> Any:
            return self.model(dict(zip(names, values, strict=True)))["sentence_embedding"]

    torch.onnx.export(
        Sentence().eval(),
        tuple(features[name] for name in names),
        str(folder / MODEL_FILE),
        input_names=names,
        output_names=["embedding"],
        dynamic_axes={name: {0: "batch", 1: "pieces"} for name in names},
        opset_version=17,
        dynamo=False,
    )


def _compute_min_cosine(encoder: "SentenceEncoder", exported: OnnxEncoder) -> float:
    """The lowest cosine between the model's and the exported vectors of the probes."""
    queries = [float(encoder.encode_query(t) @ exported.encode_query(t)) for t in _PROBES]
    documents = encoder.encode_documents(_PROBES) * exported.encode_documents(_PROBES)
    return float(min(*queries, *documents.sum(axis=1).tolist()))
