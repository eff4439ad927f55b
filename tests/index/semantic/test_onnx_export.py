"""An ONNX export that fails leaves nothing behind, and a warning says why and what it means."""

import logging
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.semantic import onnx_export
from index.semantic.onnx_export import export_encoder
from tests.fakes import FakeEncoder


class _Deviating(FakeEncoder):
    """An export whose vectors have a cosine of 0.5 with the model's own."""

    def encode_query(self, text: str) -> Any:
        vector = super().encode_query(text)
        other = np.roll(vector, 1)
        other -= (other @ vector) * vector
        return np.float32(0.5) * vector + np.float32(0.75**0.5) * other / np.linalg.norm(other)


@pytest.fixture
def encoder() -> Any:
    return FakeEncoder("nordic-model")


def write_nothing(encoder: object, folder: Path) -> None:
    (folder / "model.onnx").touch()


def test_an_unsupported_model_is_reported(
    encoder: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(encoder: object, folder: Path) -> None:
        raise RuntimeError("Unsupported operator aten::fog\nTraceback of a hundred lines")

    monkeypatch.setattr(onnx_export, "_write_model", fail)
    with caplog.at_level(logging.WARNING):
        assert not export_encoder(encoder, tmp_path / "models" / "a")
    (record,) = caplog.records
    text = record.getMessage()
    assert "nordic-model cannot be exported" in text
    assert "(RuntimeError: Unsupported operator aten::fog)" in text
    assert "PyTorch instead: results are the same" in text
    assert "\n" not in text
    assert list((tmp_path / "models").iterdir()) == []


def test_deviating_vectors_are_reported_and_not_used(
    encoder: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(onnx_export, "_write_model", write_nothing)
    monkeypatch.setattr(onnx_export, "OnnxEncoder", lambda folder: _Deviating("nordic-model"))
    with caplog.at_level(logging.WARNING):
        assert not export_encoder(encoder, tmp_path / "models" / "a")
    (record,) = caplog.records
    assert "nordic-model is not used" in record.getMessage()
    assert "cosine 0.5000" in record.getMessage()
    assert "PyTorch instead" in record.getMessage()
    assert list((tmp_path / "models").iterdir()) == []


def test_a_faithful_export_is_used_without_a_warning(
    encoder: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(onnx_export, "_write_model", write_nothing)
    monkeypatch.setattr(onnx_export, "OnnxEncoder", lambda folder: FakeEncoder("nordic-model"))
    assert export_encoder(encoder, tmp_path / "models" / "a")
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["a"]
    assert caplog.records == []


def test_an_export_of_another_process_at_the_same_time_is_used(
    encoder: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def write(encoder: object, folder: Path) -> None:
        other = folder.parent / "a"
        other.mkdir()
        (other / "model.onnx").touch()

    monkeypatch.setattr(onnx_export, "_write_model", write)
    monkeypatch.setattr(onnx_export, "OnnxEncoder", lambda folder: FakeEncoder("nordic-model"))
    assert export_encoder(encoder, tmp_path / "models" / "a")
    assert caplog.records == []
