"""Generations: all damage is detected, and a crash anywhere leaves an intact one live."""

import contextlib
import json
import os
import threading
from pathlib import Path

import pytest

from index.storage import generation
from index.storage.generation import (
    FOLDER,
    MANIFEST,
    POINTER,
    GenerationError,
    Manifest,
    link_tree,
    open_draft,
    publish,
    read_current_id,
    read_manifest,
    verify,
)
from tests.fakes import FakeModels
from tests.index.library import SHELF, Library

PLAIN = Manifest(format="1", engine="fake", sequence=7, rows=3, model_problem="none — “yet”")


def publish_text(home: Path, text: str = "one") -> Manifest:
    with open_draft(home) as folder:
        (folder / "part").mkdir()
        (folder / "part" / "file").write_text(text)
        (folder / "other").write_text(text)
        return publish(home, folder, PLAIN)


def open_intact(home: Path, name: str) -> tuple[Path, Manifest]:
    manifest = read_manifest(home, name)
    return verify(home, manifest), manifest


def test_nothing_is_published_at_first(tmp_path: Path) -> None:
    assert read_current_id(tmp_path) is None


def test_the_published_generation_is_live(tmp_path: Path) -> None:
    made = publish_text(tmp_path)
    assert read_current_id(tmp_path) == made.id
    folder, manifest = open_intact(tmp_path, made.id)
    assert manifest == made
    assert manifest.model_problem == PLAIN.model_problem
    assert set(manifest.files) == {"part/file", "other"}
    assert (folder / "part" / "file").read_text() == "one"


def test_names_ascend_even_for_the_same_contents(tmp_path: Path) -> None:
    names = [publish_text(tmp_path, str(number // 2)).id for number in range(12)]
    assert names == sorted(set(names))


def test_only_the_last_two_remain(tmp_path: Path) -> None:
    names = [publish_text(tmp_path, str(number)).id for number in range(4)]
    names_left = sorted(path.name for path in (tmp_path / FOLDER).iterdir() if path.is_dir())
    assert names_left == names[-2:]


def test_no_draft_is_left_behind(tmp_path: Path) -> None:
    publish_text(tmp_path)
    with contextlib.suppress(_PowerCutError), open_draft(tmp_path) as folder:
        (folder / "half").write_text("half")
        raise _PowerCutError
    assert not folder.exists()
    assert not any(path.name.startswith(".") for path in (tmp_path / FOLDER).iterdir())


def test_a_draft_begins_empty_after_a_power_cut(tmp_path: Path) -> None:
    (tmp_path / FOLDER / ".draft").mkdir(parents=True)
    (tmp_path / FOLDER / ".draft" / "left").write_text("over")
    with open_draft(tmp_path) as folder:
        assert list(folder.iterdir()) == []


@pytest.fixture(scope="module")
def intact(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A real generation, with a lexical index, vectors and stories."""
    library = Library(tmp_path_factory.mktemp("whole"), models=FakeModels())
    report = library.put(*SHELF).reindex()
    return library.home, report.generation


def files(home: Path, name: str) -> list[Path]:
    folder = home / FOLDER / name
    return sorted(p for p in folder.rglob("*") if p.is_file() and p != folder / MANIFEST)


def test_a_real_generation_has_all_its_parts(intact: tuple[Path, str]) -> None:
    folder = intact[0] / FOLDER / intact[1]
    parts = {path.relative_to(folder).parts[0] for path in files(*intact)}
    assert parts == {"columns", "lexical", "rows", "semantic", "stories"}


def test_a_flipped_byte_in_any_file_is_detected(intact: tuple[Path, str]) -> None:
    home, name = intact
    for path in files(home, name):
        content = path.read_bytes()
        for place in {0, len(content) // 2, len(content) - 1} if content else ():
            path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            with pytest.raises(GenerationError, match="damaged"):
                open_intact(home, name)
        path.write_bytes(content)
    assert open_intact(home, name)[1].id == name


def test_a_longer_or_shorter_file_is_detected(intact: tuple[Path, str]) -> None:
    home, name = intact
    path = files(home, name)[0]
    content = path.read_bytes()
    for changed in (content + b"\0", content[:-1]):
        path.write_bytes(changed)
        with pytest.raises(GenerationError):
            open_intact(home, name)
    path.write_bytes(content)


def test_any_missing_file_is_detected(intact: tuple[Path, str]) -> None:
    home, name = intact
    for path in files(home, name):
        content = path.read_bytes()
        path.unlink()
        with pytest.raises(GenerationError, match="damaged"):
            open_intact(home, name)
        path.write_bytes(content)
    assert open_intact(home, name)[1].id == name


def test_an_extra_file_is_detected(intact: tuple[Path, str]) -> None:
    home, name = intact
    extra = home / FOLDER / name / "lexical" / "MAIN_evil.toc"
    extra.write_bytes(b"pickle")
    with pytest.raises(GenerationError, match="damaged"):
        open_intact(home, name)
    extra.unlink()


def test_an_extra_manifest_in_a_subfolder_is_detected(tmp_path: Path) -> None:
    made = publish_text(tmp_path)
    (tmp_path / FOLDER / made.id / "part" / MANIFEST).write_text("{}")
    with pytest.raises(GenerationError):
        open_intact(tmp_path, made.id)


def test_a_flipped_byte_in_the_manifest_is_detected(tmp_path: Path) -> None:
    made = publish_text(tmp_path)
    path = tmp_path / FOLDER / made.id / MANIFEST
    content = path.read_bytes()
    undetected = []
    for place in range(len(content)):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        try:
            open_intact(tmp_path, made.id)
        except GenerationError:
            continue
        undetected.append(content[max(0, place - 10) : place + 10])
    assert undetected == []


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"format": "1"}', "\x00", json.dumps({"id": 1, "odd": 2})]
)
def test_an_unreadable_manifest_says_what_to_run(tmp_path: Path, text: str) -> None:
    made = publish_text(tmp_path)
    (tmp_path / FOLDER / made.id / MANIFEST).write_text(text)
    with pytest.raises(GenerationError, match="Run `dateline reindex`"):
        read_manifest(tmp_path, made.id)


def test_a_pointer_to_nothing_is_an_error_with_advice(tmp_path: Path) -> None:
    publish_text(tmp_path)
    (tmp_path / FOLDER / POINTER).write_text("000009-00000000\n")
    with pytest.raises(GenerationError, match="Run `dateline reindex`"):
        open_intact(tmp_path, "000009-00000000")


class _PowerCutError(Exception):
    """Power is cut here."""


class _Steps:
    """Counts fsyncs and renames, and cuts the power at the `last`-th one."""

    def __init__(self, patch: pytest.MonkeyPatch, last: int | None) -> None:
        self.count = 0
        self._last = last
        fsync, rename = os.fsync, Path.rename

        def count_fsync(handle: int) -> None:
            self._step()
            fsync(handle)

        def count_rename(path: Path, target: Path) -> Path:
            self._step()
            return rename(path, target)

        patch.setattr(os, "fsync", count_fsync)
        patch.setattr(Path, "rename", count_rename)

    def _step(self) -> None:
        self.count += 1
        if self.count == self._last:
            raise _PowerCutError


def test_a_crash_at_any_step_leaves_an_intact_one_live(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        steps = _Steps(patch, None)
        publish_text(tmp_path / "trial")
    assert steps.count > 7
    for last in range(1, steps.count + 1):
        home = tmp_path / str(last)
        before = publish_text(home, "old")
        with pytest.MonkeyPatch.context() as patch:
            _Steps(patch, last)
            with pytest.raises(_PowerCutError):
                publish_text(home, "new")
        name = read_current_id(home)
        assert name is not None
        folder, _ = open_intact(home, name)
        if last < steps.count:
            assert name == before.id
            assert (folder / "other").read_text() == "old"
        after = publish_text(home, "after")
        assert read_current_id(home) == after.id
        assert open_intact(home, after.id)[1] == after


def test_a_crash_before_the_switch_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = publish_text(tmp_path)

    def crash(*_: object) -> None:
        raise _PowerCutError

    monkeypatch.setattr(generation, "_switch", crash)
    with pytest.raises(_PowerCutError):
        publish_text(tmp_path, "two")
    assert read_current_id(tmp_path) == before.id
    assert open_intact(tmp_path, before.id)[1] == before


def test_a_reader_never_sees_half_a_pointer(tmp_path: Path) -> None:
    names = {publish_text(tmp_path, "0").id}
    seen: set[str | None] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add(read_current_id(tmp_path))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 20):
        names.add(publish_text(tmp_path, str(number)).id)
    done.set()
    reader.join()
    assert seen
    assert seen <= names


def test_files_are_linked_not_copied(tmp_path: Path) -> None:
    (tmp_path / "from" / "deep").mkdir(parents=True)
    (tmp_path / "from" / "deep" / "file").write_text("one")
    link_tree(tmp_path / "from", tmp_path / "to")
    one, other = tmp_path / "from/deep/file", tmp_path / "to/deep/file"
    assert other.read_text() == "one"
    assert one.samefile(other)


def test_files_are_copied_if_links_are_not_possible(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no hard links on this file system")

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "from").mkdir()
    (tmp_path / "from" / "file").write_text("one")
    link_tree(tmp_path / "from", tmp_path / "to")
    assert (tmp_path / "to" / "file").read_text() == "one"
    assert not (tmp_path / "from" / "file").samefile(tmp_path / "to" / "file")
