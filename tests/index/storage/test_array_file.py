"""Array files: what is written is read back, by safetensors' own reader too, from one open file."""

import contextlib
import gc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of
from safetensors.numpy import load_file

from index.storage import array_file
from index.storage.array_file import ArrayFileWriter, open_arrays, write_arrays
from tests.open_files import count_open_files, needs_open_files

DTYPES = st.sampled_from([np.uint8, np.int8, np.int32, np.int64, np.float32])
SHAPES = arrays_of.array_shapes(min_dims=1, max_dims=2, min_side=0, max_side=9)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8).filter(
    lambda name: not name.startswith("_")
)
ARRAYS = st.dictionaries(NAMES, arrays_of.arrays(DTYPES, SHAPES), max_size=6)


def same(one: np.ndarray, other: np.ndarray) -> bool:
    return (one.dtype, one.shape, one.tobytes()) == (other.dtype, other.shape, other.tobytes())


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("arrays") / "file.safetensors"


@settings(max_examples=100, deadline=None)
@given(ARRAYS, st.booleans())
def test_arrays_are_read_back_mapped_or_not(
    path: Path, arrays: dict[str, np.ndarray], mapped: bool
) -> None:
    write_arrays(path, arrays)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(array_file, "_MAP_FROM", 0 if mapped else 1 << 30)
        opened = open_arrays(path)
    standard = load_file(path)
    assert set(opened) == set(arrays) == {n for n in standard if not n.startswith("_padding")}
    for name, values in arrays.items():
        assert same(opened[name], values)
        assert same(standard[name], values)
        assert not opened[name].flags.writeable
        if mapped and values.size:
            assert opened[name].ctypes.data % 64 == 0


def test_arrays_are_written_piece_by_piece_in_turn(tmp_path: Path) -> None:
    rows, weights = np.arange(100, dtype=np.int32), np.linspace(0, 1, 100, dtype=np.float32)
    path = tmp_path / "file.safetensors"
    with ArrayFileWriter(path, ["rows", "weights", "last"]) as file:
        file.reserve("rows", np.int32, 100)
        file.reserve("weights", np.float32, 100)
        for start in range(0, 100, 30):
            file.append("weights", weights[start : start + 30])
            file.append("rows", rows[start : start + 30])
        file.add("last", rows[:3])
    opened = open_arrays(path)
    assert list(opened) == ["rows", "weights", "last"]
    assert same(opened["rows"], rows)
    assert same(opened["weights"], weights)
    assert same(opened["last"], rows[:3])


def test_what_was_promised_must_be_written(tmp_path: Path) -> None:
    path = tmp_path / "file.safetensors"
    with pytest.raises(ValueError, match="not written: rows"), ArrayFileWriter(path, ["rows"]):
        pass
    file = ArrayFileWriter(path, ["rows"])
    file.reserve("rows", np.int32, 2)
    file.append("rows", np.zeros(1, np.int32))
    with pytest.raises(ValueError, match="not written: rows"):
        file.__exit__(None)
    with ArrayFileWriter(path, ["rows"]) as file:
        file.reserve("rows", np.int32, 2)
        with pytest.raises(ValueError, match="rows is I32, not int64"):
            file.append("rows", np.zeros(2, np.int64))
        with pytest.raises(ValueError, match="more values than were reserved"):
            file.append("rows", np.zeros(3, np.int32))
        file.append("rows", np.zeros(2, np.int32))


def test_a_write_that_fails_leaves_no_readable_file(tmp_path: Path) -> None:
    path = tmp_path / "file.safetensors"
    with contextlib.suppress(OSError), ArrayFileWriter(path, ["rows"]) as file:
        file.add("rows", np.zeros(5, np.int32))
        raise OSError("the disk is full")
    with pytest.raises(ValueError, match="is not an array file"):
        open_arrays(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 7,
        b"\x93NUMPY" + b"\x00" * 200,
        b"\xff" * 64,
        b"\x02" + b"\x00" * 7 + b"[]",
        b'\x10\x00\x00\x00\x00\x00\x00\x00{"a": {"b": 1}} ',
    ],
)
def test_any_other_file_is_an_error_that_names_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.safetensors"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"file\.safetensors is not an array file"):
        open_arrays(path)


@pytest.mark.parametrize("end", [7, 12, 400])
def test_offsets_beyond_the_data_or_shape_are_an_error(tmp_path: Path, end: int) -> None:
    path = tmp_path / "file.safetensors"
    write_arrays(path, {"rows": np.arange(2, dtype=np.int32)})
    path.write_bytes(path.read_bytes().replace(b"[0,8]", f"[0,{end}]".encode()))
    with pytest.raises(ValueError, match="is not an array file"):
        open_arrays(path)


def test_a_cut_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "file.safetensors"
    write_arrays(path, {"rows": np.arange(9, dtype=np.int32)})
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ValueError, match="is not an array file"):
        open_arrays(path)


@needs_open_files
def test_a_large_file_is_one_open_file_until_its_last_array_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "file.safetensors"
    write_arrays(path, {str(number): np.zeros(10_000, np.float32) for number in range(50)})
    gc.disable()
    try:
        before = count_open_files()
        opened = open_arrays(path)
        assert count_open_files() <= before + 1
        last = opened["49"][5:]
        del opened
        assert last.sum() == 0
        del last
        assert count_open_files() == before
    finally:
        gc.enable()


@needs_open_files
def test_a_small_file_stays_open_for_no_array(tmp_path: Path) -> None:
    path = tmp_path / "file.safetensors"
    write_arrays(path, {"rows": np.zeros(1_000, np.float32)})
    before = count_open_files()
    opened = open_arrays(path)
    assert count_open_files() == before
    assert len(opened["rows"]) == 1_000
