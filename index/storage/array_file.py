"""Array files: many named NumPy arrays in one file, memory-mapped as a unit.

Responsibility: write arrays to a file, at once or piece by piece, and open it as views of one map.
Decision: the safetensors format, whose header is JSON: one open file for dozens of arrays, no
pickle, and other programs can read it (docs/decisions/0015-one-array-file-per-segment.md).
Must not depend on: what the arrays hold.
"""

import json
import math
import mmap
import struct
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

SUFFIX = ".safetensors"
_MAP_FROM = 1 << 18
"""Smaller files are read instead of mapped: a segment of a few articles holds no open file."""
_ALIGNMENT = 64
"""Bytes: a cache line. Safetensors allows no gaps, so `_PADDING` arrays fill them."""
_PADDING = "_padding"
_ENTRY_BYTES = 256
"""Room in the header for an array and the padding before it, besides the array's name."""
_LENGTH = struct.Struct("<Q")
_DTYPES: dict[str, np.dtype[Any]] = {
    "U8": np.dtype(np.uint8),
    "I8": np.dtype(np.int8),
    "I32": np.dtype("<i4"),
    "I64": np.dtype("<i8"),
    "F32": np.dtype("<f4"),
}
_CODES = {dtype: code for code, dtype in _DTYPES.items()}
# From Python 3.13 on a map need not hold a descriptor of its file.
_UNTRACKED: dict[str, Any] = {"trackfd": False} if sys.version_info >= (3, 13) else {}


class ArrayFileWriter:
    """Writes arrays whose lengths are known before their values; only values passed in are held.

    Use as a context manager. Leaving it writes the header, which makes the file readable.
    """

    def __init__(self, path: Path, names: Iterable[str]) -> None:
        """Create the file.

        Args:
            names: Of every array that will be written, so that the header gets enough room.
        """
        self._missing = set(names)
        longest = sum(len(name.encode()) + _ENTRY_BYTES for name in self._missing) + _ENTRY_BYTES
        self._data = _aligned(_LENGTH.size + longest)
        self._end = 0
        self._header: dict[str, dict[str, Any]] = {}
        self._next: dict[str, int] = {}
        self._file = path.open("wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                self._write_header()
        finally:
            self._file.close()

    def reserve(self, name: str, dtype: type[np.generic], *shape: int) -> None:
        """Reserve the place of an array that `append` will fill."""
        self._missing.remove(name)
        if gap := _aligned(self._end) - self._end:
            self._place(f"{_PADDING}.{len(self._header)}", np.dtype(np.uint8), (gap,))
        self._next[name] = self._place(name, np.dtype(dtype), shape)

    def append(self, name: str, values: NDArray[np.generic]) -> None:
        """Write the next values of a reserved array.

        Raises:
            ValueError: They are of another type, or more than were reserved.
        """
        entry, start = self._header[name], self._next[name]
        if _CODES.get(values.dtype) != entry["dtype"]:
            raise ValueError(f"{name} is {entry['dtype']}, not {values.dtype}")
        if start + values.nbytes > entry["data_offsets"][1]:
            raise ValueError(f"{name} has more values than were reserved")
        self._next[name] = start + values.nbytes
        self._file.seek(self._data + start)
        self._file.write(np.ascontiguousarray(values).data)

    def add(self, name: str, values: NDArray[Any]) -> None:
        """Write one array."""
        self.reserve(name, values.dtype.type, *values.shape)
        self.append(name, values)

    def _place(self, name: str, dtype: np.dtype[Any], shape: tuple[int, ...]) -> int:
        """Describe the next array in the header; the offset where it begins."""
        start = self._end
        self._end += math.prod(shape) * dtype.itemsize
        offsets = [start, self._end]
        self._header[name] = {
            "dtype": _CODES[dtype],
            "shape": list(shape),
            "data_offsets": offsets,
        }
        return start

    def _write_header(self) -> None:
        unfilled = [n for n, end in self._next.items() if end != self._header[n]["data_offsets"][1]]
        if unfilled or self._missing:
            raise ValueError(f"not written: {', '.join((*unfilled, *self._missing))}")
        self._file.truncate(self._data + self._end)
        self._file.seek(0)
        room = self._data - _LENGTH.size
        header = json.dumps(self._header, separators=(",", ":")).encode()
        self._file.write(_LENGTH.pack(room) + header.ljust(room))


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays to a new file."""
    with ArrayFileWriter(path, arrays) as file:
        for name, values in arrays.items():
            file.add(name, values)


def open_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays of a file by name, read-only.

    They are views of one memory map, which is released with the last of them; a small file is
    read at once instead.

    Raises:
        ValueError: The file is not an array file.
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        buffer: bytes | mmap.mmap
        if size < _MAP_FROM:
            file.seek(0)
            buffer = file.read()
        else:
            buffer = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ, **_UNTRACKED)
    try:
        data = _LENGTH.size + _LENGTH.unpack_from(buffer)[0]
        header = json.loads(buffer[_LENGTH.size : data])
        return {
            name: _view(buffer, data, entry)
            for name, entry in header.items()
            if not name.startswith(_PADDING)
        }
    except (struct.error, ValueError, LookupError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} is not an array file ({error})") from error


def _view(buffer: "bytes | mmap.mmap", data: int, entry: Mapping[str, Any]) -> NDArray[Any]:
    dtype, shape, (start, end) = _DTYPES[entry["dtype"]], entry["shape"], entry["data_offsets"]
    if end - start != math.prod(shape) * dtype.itemsize:
        raise ValueError(f"{end - start} bytes for {entry['dtype']} {shape}")
    return np.frombuffer(buffer, dtype, math.prod(shape), data + start).reshape(shape)


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGNMENT) * _ALIGNMENT
