"""Files that were refused, or partly refused, so that they can be tried again.

Responsibility: keep the list of them beside the archive, with the first reasons.
Decision: the list has paths and reasons and no copies: the files stay where they are. It is a JSON
file that a person can read, replaced as a whole.
Must not depend on: the store, or why a file was refused.
"""

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from archive.errors import DatelineError
from archive.ingest_types import FoundFile, RefusedPath
from archive.sources.opening.streams import STANDARD_INPUT

REFUSED_NAME = "refused.json"


class RefusedListError(DatelineError):
    """The list cannot be read."""


def read_refused(home: Path) -> tuple[FoundFile, ...]:
    """Return the files of the list, in the order in which they were refused.

    Raises:
        RefusedListError: The list is damaged.
    """
    return tuple(
        FoundFile(path=Path(str(entry["path"])), is_named=bool(entry["is_named"]))
        for entry in _read(home)
    )


def add_refused(home: Path, refused: Iterable[RefusedPath], named: Container[Path]) -> None:
    """Add paths to the list; one that is in it already gets its new reasons.

    `named` are the paths that a person named, as in `FoundFile`.

    Raises:
        RefusedListError: The list is damaged.
        OSError: It cannot be written.
    """
    entries: dict[object, Mapping[str, object]] = {entry["path"]: entry for entry in _read(home)}
    for each in refused:
        path = Path(each.path)
        if path != STANDARD_INPUT:
            entry = _to_entry(each, is_named=path in named)
            entries[str(path.absolute())] = entry
    _write(home, list(entries.values()))


def remove_refused(home: Path, paths: Iterable[Path]) -> None:
    """Take files off the list.

    Raises:
        RefusedListError: The list is damaged.
        OSError: It cannot be written.
    """
    removed = {str(path.absolute()) for path in paths}
    _write(home, [entry for entry in _read(home) if entry["path"] not in removed])


def _to_entry(refused: RefusedPath, *, is_named: bool) -> dict[str, object]:
    return {
        "path": str(Path(refused.path).absolute()),
        "is_named": is_named,
        "refused": refused.count,
        "first": [{"where": each.where, "reason": each.reason} for each in refused.first],
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _read(home: Path) -> list[dict[str, object]]:
    path = home / REFUSED_NAME
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        if not all({"path", "is_named"} <= entry.keys() for entry in entries):
            raise ValueError("an entry has no path")
    except FileNotFoundError:
        return []
    except (ValueError, AttributeError, TypeError) as error:
        reason = f"{path} is damaged ({error}). Delete it, and ingest what was refused again."
        raise RefusedListError(reason) from error
    return entries  # type: ignore[no-any-return]


def _write(home: Path, entries: Sequence[Mapping[str, object]]) -> None:
    path = home / REFUSED_NAME
    if not entries:
        path.unlink(missing_ok=True)
        return
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(entries, indent=1), encoding="utf-8")
    draft.replace(path)
