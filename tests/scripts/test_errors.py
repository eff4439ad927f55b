"""Errors of the commands: one message for a fault, paths as typed, and no traceback."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import ingest
from archive.article import Article
from archive.article_builder import build_article
from index.indexing.reindex import LOCK
from index.search.engine import SearchEngine
from scripts import composition
from scripts.errors import describe_error
from scripts.settings.loader import load_settings
from tests.archive.builders import write_lines
from tests.fakes import FakeModels
from tests.scripts.commands import COMMAND, NO_MODEL, SAMPLE, Dateline, create_environment
from web.app import create_app
from web.settings import Settings

PAGES = ("/", "/search?q=ferry", "/article/hly-20310302-0001", "/search.csv?q=ferry")
API = ("search?q=ferry", "articles/hly-20310302-0001", "status", "stories", "suggest?q=fer")
NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs", "Cc"]))


def _live(home: Path) -> Path:
    return home / "generations" / (home / "generations/CURRENT").read_text().strip()


def _flip(path: Path) -> None:
    content = path.read_bytes()
    path.unlink()  # Other generations have links to it.
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))


def _truncate(path: Path) -> None:
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[:-1])


def _become_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "flipped": (lambda home: _flip(_live(home) / "columns/names.json"), "has changed"),
    "truncated": (lambda home: _truncate(_live(home) / "rows/live_rows.safetensors"), "changed"),
    "deleted": (lambda home: (_live(home) / "columns/names.json").unlink(), "is missing"),
    "added": (lambda home: (_live(home) / "more").write_text("x"), "does not belong there"),
    "manifest": (lambda home: (_live(home) / "manifest.json").write_text("{"), "is not valid"),
    "no manifest": (lambda home: (_live(home) / "manifest.json").unlink(), "is missing"),
    "no generation": (lambda home: shutil.rmtree(_live(home)), "is missing"),
    "empty pointer": (lambda home: (home / "generations/CURRENT").write_text(""), "CURRENT"),
    "bad pointer": (lambda home: (home / "generations/CURRENT").write_bytes(b"\xff"), "CURRENT"),
    "outside": (lambda home: (home / "generations/CURRENT").write_text("../x"), "CURRENT"),
    "folder": (lambda home: _become_folder(home / "generations/CURRENT"), "Is a directory"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_index_says_the_same_everywhere_until_a_reindex_mends_it(
    sample: Dateline, kind: str
) -> None:
    damage, what = DAMAGE[kind]
    damage(sample.home)
    results = [sample.run(*command) for command in (["search", "x"], ["stories"], ["status"])]
    assert {(result.exit_code, result.stdout) for result in results} == {(1, "")}
    (error,) = {result.stderr for result in results}
    message = error.removeprefix("Error: ").strip()
    assert message.startswith(f"The index in {sample.home} is damaged: ")
    assert what in message
    assert message.endswith("Run `dateline reindex` to build it again from the archive.")
    _assert_pages_say(sample.home, message, "index")
    reason = sample.json("reindex")["reason"]
    assert f"The index in {sample.home} is damaged: {reason[len('the index is damaged: ') :]}." in (
        message
    )
    assert sample.json("search", "ferry")["total"]["articles"] > 0
    assert sample.json("reindex")["reason"] == ""


def _open_engine(home: Path) -> SearchEngine:
    environment = {"DATELINE_HOME": str(home), "DATELINE_MODEL": NO_MODEL}
    return composition.create_engine(load_settings(environment))


def _assert_pages_say(home: Path, message: str, part: str) -> None:
    """Every page, the API and the health checks answer 503 with the message."""
    client = create_app(_open_engine(home), Settings(metrics=True)).test_client()
    for address in PAGES:
        response = client.get(address)
        assert response.status_code == 503, address
        assert message in response.get_data(as_text=True).replace("&#39;", "'")
    for route in API:
        problem = client.get(f"/api/v1/{route}")
        assert (problem.status_code, problem.get_json(force=True)["detail"]) == (503, message)
        assert problem.get_json(force=True)["type"] == f"urn:dateline:problem:{part}-unavailable"
    ready = client.get("/readyz")
    assert (ready.status_code, ready.get_json()["problem"]) == (503, message)
    assert client.get("/healthz").status_code == 200
    assert "dateline_ready 0.0" in client.get("/metrics").get_data(as_text=True)


@pytest.mark.parametrize("damaged", [b"", b"not a database" * 99, None])
def test_an_unusable_archive_says_the_same_everywhere(
    sample: Dateline, damaged: bytes | None
) -> None:
    path = sample.home / "archive.sqlite"
    path.unlink()
    if damaged is not None:
        path.write_bytes(damaged)
    commands = (["search", "x"], ["stories"], ["status"], ["show", "x"])
    (error,) = {sample.run(*command).stderr for command in commands}
    _assert_pages_say(sample.home, error.removeprefix("Error: ").strip(), "archive")


@settings(max_examples=25, deadline=None)
@given(name=NAMES.filter(lambda name: name.strip(".") and not name.startswith("-")))
def test_a_path_is_shown_as_it_was_typed(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    dateline = Dateline(tmp_path_factory.getbasetemp() / "nowhere")
    path = f"nosuch/{name}"
    result = dateline.run("ingest", path)
    assert result.exit_code == 1
    assert result.stderr == f"Error: {path} does not exist. Nothing was stored.\n"


def test_control_characters_in_a_path_are_escaped(dateline: Dateline) -> None:
    error = dateline.run("ingest", "a\x1b]0;b\x07").stderr
    assert error.startswith(r"Error: a\x1b]0;b\x07 does not exist.")


def test_a_name_that_is_not_text_is_reported_as_text_and_as_json(tmp_path: Path) -> None:
    home, bad = tmp_path / "home", tmp_path / os.fsdecode(b"caf\xe9.txt")
    bad.write_bytes(b"")
    for arguments in (["ingest", bad], ["ingest", "--json", bad]):
        result = _run(home, *arguments, PYTHONIOENCODING="utf-8:strict")
        assert result.returncode == 1
        assert "Traceback" not in result.stderr
        assert r"caf\udce9.txt" in result.stdout + result.stderr


def _run(
    home: Path, *arguments: object, prefix: tuple[str, ...] = (), **variables: object
) -> subprocess.CompletedProcess[str]:
    environment = create_environment(DATELINE_MODEL=NO_MODEL, DATELINE_HOME=home, **variables)
    return subprocess.run(
        [*prefix, *COMMAND, *map(str, arguments)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


_CAPABILITIES = "-dac_override,-dac_read_search,-fowner"
_UNPRIVILEGED = (
    ("setpriv", f"--bounding-set={_CAPABILITIES}", f"--inh-caps={_CAPABILITIES}")
    if os.name == "posix" and os.getuid() == 0
    else ()
)
"""Root may read everything, unless it gives this up."""


@pytest.mark.skipif(
    bool(_UNPRIVILEGED) and not shutil.which("setpriv"), reason="root may read everything"
)
@pytest.mark.parametrize(
    ("path", "command", "shown"),
    [
        ("", "status", "The folder {home} cannot be read (Permission denied)."),
        ("archive.sqlite", "status", "archive.sqlite cannot be opened (Permission denied)."),
        ("generations", "search", "cannot be read (CURRENT: Permission denied)."),
        ("generations/CURRENT", "reindex", "cannot be read (CURRENT: Permission denied)."),
        ("reindex.lock", "reindex", "{home}/reindex.lock cannot be used (Permission denied)."),
    ],
)
def test_a_denied_permission_has_no_traceback(
    sample: Dateline, path: str, command: str, shown: str
) -> None:
    closed = sample.home / path
    closed.chmod(0)
    arguments = [command, "x"] if command == "search" else [command]
    result = _run(sample.home, *arguments, prefix=_UNPRIVILEGED)
    closed.chmod(0o755)
    assert (result.returncode, result.stdout) == (1, "")
    assert shown.format(home=sample.home) in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_file_that_cannot_be_written_has_no_traceback(sample: Dateline) -> None:
    # SQLite's shared memory fits into the limit, the arrays do not.
    limit = "import os, resource as r; r.setrlimit(r.RLIMIT_FSIZE, (100_000, r.RLIM_INFINITY)); "
    program = limit + "import sys; os.execvp(sys.argv[1], sys.argv[1:])"
    result = _run(sample.home, "reindex", "--force", prefix=(sys.executable, "-c", program))
    assert result.returncode == 1
    assert "There is no space to write" in result.stderr
    assert "Free some space and try again." in result.stderr
    assert "Traceback" not in result.stderr
    assert sample.json("search", "ferry")["total"]["articles"] > 0


@pytest.mark.parametrize("target", ["/dev/full", "closed pipe"])
@pytest.mark.parametrize("arguments", [["status"], ["--help"], ["search", "the", "--json"]])
def test_output_that_cannot_be_written_has_no_traceback(
    sample: Dateline, target: str, arguments: list[str]
) -> None:
    if target == "closed pipe":
        reader, writer = os.pipe()
        os.close(reader)
    else:
        writer = os.open(target, os.O_WRONLY)
    environment = create_environment(DATELINE_MODEL=NO_MODEL, DATELINE_HOME=sample.home)
    result = subprocess.run(
        [*COMMAND, *arguments],
        env=environment,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert result.returncode == 1
    expected = "" if target == "closed pipe" else "There is no space to write"
    assert expected in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stderr.count("\n") == bool(expected)


def test_a_known_error_is_its_message_and_an_unknown_one_is_not_reported() -> None:
    assert describe_error(PermissionError(13, "Permission denied", "a.B")) == (
        "a.B cannot be used (Permission denied). Check its permissions."
    )
    assert describe_error(OSError(28, "No space left on device")) == (
        "There is no space to write (No space left on device). Free some space and try again."
    )
    assert describe_error(BrokenPipeError(32, "Broken pipe")) == ""
    assert describe_error(OSError(9, "Bad file descriptor")) == ""
    assert describe_error(KeyError("a")) == ""


# Interruptions.


def test_an_interrupted_ingest_says_what_is_stored(
    dateline: Dateline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "files"
    path.mkdir()
    for number in range(9):
        record = {"id": f"a-{number}", "title": "One", "body": f"Text {number}."}
        write_lines(path / f"{number}.jsonl", record)
    seen = list[object]()

    def build_or_stop(*arguments: object, **options: object) -> Article | object:
        seen.append(arguments)
        if len(seen) == 8:
            raise KeyboardInterrupt
        return build_article(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(ingest, "BATCH_SIZE", 3)
    monkeypatch.setattr(ingest, "build_article", build_or_stop)
    result = dateline.run("ingest", path)
    assert (result.exit_code, result.stdout) == (130, "")
    kept = "Interrupted. 7 articles are stored. Ingest the same paths again to add the rest.\n"
    assert result.stderr.endswith(kept)
    assert dateline.json("status")["articles"] == 7
    assert dateline.json("ingest", path)["added"] == 2


def test_an_interrupted_reindex_says_what_is_kept(sample: Dateline) -> None:
    models = sample.models = FakeModels()
    batches = iter([None, None, KeyboardInterrupt()])

    def stop() -> None:
        if error := next(batches):
            raise error

    models.encoder.before_documents = stop
    result = sample.run("reindex")
    assert (result.exit_code, result.stdout) == (130, "")
    live = (sample.home / "generations/CURRENT").read_text().strip()
    assert f"Interrupted. The archive in {sample.home} is unchanged" in result.stderr
    assert f"generation {live} answers searches. Embeddings that were made are kept" in (
        result.stderr
    )
    before, models.encoder.before_documents = models.embedded, lambda: None
    assert sample.json("reindex")["embedded"] == models.embedded - before < models.embedded


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_an_ingest_with_its_exit_code(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    fifo = tmp_path / "wire.jsonl"
    os.mkfifo(fifo)
    environment = create_environment(DATELINE_MODEL=NO_MODEL, DATELINE_HOME=tmp_path / "home")
    process = subprocess.Popen(
        [*COMMAND, "ingest", str(fifo)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    with fifo.open("w") as written:  # It waits for the next line.
        written.write('{"id": "a", "title": "One", "body": "Text.", "language": "en"}\n')
        written.flush()
        while not (tmp_path / "home/archive.sqlite").exists():
            time.sleep(0.05)
        # Libraries ignore an interruption while they are imported: it is repeated, as people do.
        for _ in range(12):
            process.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)
                break
        output, errors = process.communicate(timeout=5)
    assert (process.returncode, output) == (code, "")
    assert errors == "Interrupted. Nothing was stored.\n"


# Exit codes that programs see.


def test_a_model_that_cannot_be_loaded_has_an_exit_code_of_its_own(sample: Dateline) -> None:
    for _ in range(2):
        result = sample.run("reindex")
        assert result.exit_code == 3
        assert "Semantic search is not available: No model here." in result.stderr
    sample.models = FakeModels()
    assert sample.run("reindex").exit_code == 0


def test_a_second_reindex_refuses_before_it_says_that_it_reindexes(sample: Dateline) -> None:
    with FileLock(sample.home / LOCK):
        for options in ([], ["--force"], ["--json"]):
            result = sample.run("reindex", *options)
            assert (result.exit_code, result.stdout) == (1, "")
            assert result.stderr == (
                f"Error: Another reindex of {sample.home} is running. Wait until it has finished.\n"
            )


@pytest.mark.parametrize("umask", [0o002, 0o027, 0o077])
def test_files_have_the_modes_of_the_umask(dateline: Dateline, umask: int) -> None:
    dateline.models = FakeModels()
    previous = os.umask(umask)
    try:
        dateline.json("ingest", SAMPLE / "2031-03-04-hly-ferry-aground.txt")
        dateline.json("reindex")
    finally:
        os.umask(previous)
    wrong = {
        str(path.relative_to(dateline.home)): oct(path.stat().st_mode & 0o777)
        for path in dateline.home.rglob("*")
        if path.stat().st_mode & 0o777 != (0o777 if path.is_dir() else 0o666) & ~umask
    }
    assert wrong == {}
