"""Exit codes and what is said with them: 0 done, 1 could not be done, 2 wrong usage."""

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.cli import main
from tests.archive.builders import write_lines
from tests.scripts.commands import SAMPLE, Dateline, environment, installed
from tests.source_tree import ROOT

COMMANDS = (
    *("ingest", "reindex", "search", "show", "stories", "status", "serve", "settings", "evaluate"),
)


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(dateline: Dateline, command: str, flag: str) -> None:
    ended = dateline.run(command, flag)
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert ended.stdout.startswith(f"Usage: dateline {command} [OPTIONS]")
    assert "--json" in ended.stdout
    assert not dateline.home.exists()


def test_help_lists_every_command_and_the_exit_codes(dateline: Dateline) -> None:
    shown = dateline.run("--help").stdout
    assert sorted(COMMANDS) == sorted(main.commands)
    assert all(f"\n  {command} " in shown for command in COMMANDS)
    assert "Exit codes: 0 done; 1 it could not be done" in shown


def test_every_option_says_what_it_is_for() -> None:
    silent = [
        f"{name} {option.opts[0]}"
        for name, command in main.commands.items()
        for option in command.params
        if option.param_type_name == "option" and not getattr(option, "help", None)
    ]
    assert silent == []


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys; sys.argv = ['dateline', '--help']\n"
        "from scripts.cli import main\n"
        "try: main()\n"
        "except SystemExit: print(*sys.modules, file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in ended.stderr.split()}
    assert "click" in loaded
    heavy = {"torch", "sentence_transformers", "whoosh", "flask", "numpy", "scipy", "rich"}
    assert heavy.isdisjoint(loaded)


def test_searching_by_words_loads_no_torch(sample_home: Path) -> None:
    program = (
        f"import sys; sys.argv = ['dateline', '--home', {str(sample_home)!r}, 'search', 'ferry']\n"
        "from scripts.cli import main\n"
        "try: main()\n"
        "except SystemExit: print(*sys.modules, file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.partition(".")[0] for name in ended.stderr.split()}
    assert {"torch", "sentence_transformers", "transformers", "flask"}.isdisjoint(loaded)


@pytest.mark.parametrize(
    "arguments",
    [
        ["nosuch"],
        ["ingest"],
        ["ingest", "x", "--date", "2031-02-30"],
        ["search"],
        ["search", "x", "--mode", "fuzzy"],
        ["search", "x", "--limit", "0"],
        ["search", "x", "--from", "yesterday"],
        ["show"],
        ["show", "x", "--version", "0"],
        ["serve", "--port", "70000"],
        ["evaluate"],
        ["status", "--nosuch"],
        ["--home", "pyproject.toml", "status"],
    ],
)
def test_wrong_usage_is_2(dateline: Dateline, arguments: list[str]) -> None:
    ended = dateline.run(*arguments)
    assert ended.exit_code == 2, ended.output
    assert ended.stderr.startswith("Usage: dateline ")
    assert ended.stdout == ""


def _fails(dateline: Dateline, *arguments: object) -> str:
    ended = dateline.run(*arguments)
    assert ended.exit_code == 1, ended.output
    assert ended.stdout == ""
    assert ended.stderr.startswith("Error: ")
    return ended.stderr


def test_nothing_to_search_show_or_index_is_1_and_says_what_to_run(dateline: Dateline) -> None:
    assert "Run `dateline ingest PATH`" in _fails(dateline, "search", "x")
    assert "run `dateline ingest PATH` first" in _fails(dateline, "show", "x")
    assert "run `dateline ingest PATH` first" in _fails(dateline, "reindex")
    assert not dateline.home.exists()


def test_an_empty_archive_is_not_indexed(dateline: Dateline, tmp_path: Path) -> None:
    bad = write_lines(tmp_path / "bad.jsonl", "no")
    assert dateline.run("ingest", bad).exit_code == 1
    assert "is empty; run `dateline ingest PATH` first" in _fails(dateline, "reindex")
    ended = dateline.run("serve", bad, "--port", 0)
    assert "is empty; run `dateline ingest PATH` first" in ended.stderr


def test_an_id_that_is_not_held_is_1(sample: Dateline) -> None:
    assert "There is no article 'nosuch'" in _fails(sample, "show", "nosuch")
    asked = ("show", "hly-20310306-0016", "--version", 9)
    assert "it has versions 1 to 2" in _fails(sample, *asked)


def test_a_path_that_does_not_exist_is_1_and_nothing_is_stored(dateline: Dateline) -> None:
    assert "/nosuch does not exist" in _fails(dateline, "ingest", SAMPLE, "/nosuch")
    assert dateline.json("status")["articles"] == 0


def test_good_articles_among_bad_ones_are_0_and_only_bad_ones_are_1(
    dateline: Dateline, tmp_path: Path
) -> None:
    bad = write_lines(tmp_path / "bad.jsonl", "{", {"id": "2"})
    ended = dateline.run("ingest", bad)
    assert ended.exit_code == 1
    assert ended.stdout.startswith("0 added, 0 updated, 0 unchanged, 0 duplicate, 2 rejected")
    assert f"rejected {bad}:1: not valid JSON" in ended.stderr
    assert f"rejected {bad}:2: no headline and no body" in ended.stderr
    mixed = dateline.run("ingest", bad, SAMPLE / "2031-03-04-hly-ferry-aground.txt")
    assert mixed.exit_code == 0
    assert "Run `dateline reindex` to make them searchable." in mixed.stderr


def test_many_rejections_are_counted_and_not_all_shown(dateline: Dateline, tmp_path: Path) -> None:
    ended = dateline.run("ingest", write_lines(tmp_path / "bad.jsonl", *["{"] * 100))
    assert "100 rejected" in ended.stdout
    assert ended.stderr.count("rejected ") < 50
    assert "more; --json lists them all" in ended.stderr


def test_a_folder_without_what_is_measured_is_1(dateline: Dateline, tmp_path: Path) -> None:
    assert "has none of articles.jsonl" in _fails(dateline, "evaluate", tmp_path)
    write_lines(tmp_path / "articles.jsonl", {"id": "a", "title": "One", "body": "Text."})
    assert "queries.jsonl cannot be read" in _fails(dateline, "evaluate", tmp_path)
    assert "No article" in _fails(dateline, "evaluate", tmp_path, "--stories")
    write_lines(tmp_path / "queries.jsonl", {"id": "q", "text": "one"})
    assert "qrels.tsv cannot be read" in _fails(dateline, "evaluate", tmp_path)
    assert not dateline.home.exists()


def test_a_damaged_index_is_1_and_is_built_again_when_asked(sample: Dateline) -> None:
    generations = sample.home / "generations"
    live = generations / (generations / "CURRENT").read_text().strip()
    (live / "columns/names.json").write_text("{}")
    for command in (["search", "ferry"], ["status"]):
        assert "Run `dateline reindex --force`" in _fails(sample, *command)
    assert sample.run("reindex", "--force").exit_code == 0
    assert sample.json("search", "ferry")["total"]["articles"] > 0


def test_an_archive_that_is_no_database_is_1(dateline: Dateline) -> None:
    dateline.home.mkdir()
    (dateline.home / "archive.sqlite").write_text("not a database" * 100)
    for command in (["ingest", SAMPLE], ["status"], ["reindex"]):
        assert "is not an SQLite database; move the file elsewhere" in _fails(dateline, *command)


def test_a_port_in_use_is_1_and_said_before_any_work(dateline: Dateline) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = _fails(dateline, "serve", SAMPLE, "--port", port)
    assert f"Cannot listen on 127.0.0.1:{port} (Address already in use)." in said
    assert "--port, or PORT for scripts/serve" in said
    assert not dateline.home.exists()


def test_a_setting_that_cannot_be_taken_is_1_and_said_before_any_work(
    dateline: Dateline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_PROXIES", "some")
    assert "DATELINE_PROXIES is “some”" in _fails(dateline, "serve", SAMPLE, "--port", 0)
    assert not dateline.home.exists()


def test_home_is_the_option_else_the_variable_else_the_folder_one_is_in(
    sample_home: Path, tmp_path: Path
) -> None:
    shutil.copytree(sample_home, tmp_path / ".dateline")
    (tmp_path / "elsewhere").mkdir()

    def held(*options: object, cwd: Path, **settings: object) -> str:
        return installed(*options, "status", cwd=cwd, **settings).stdout.splitlines()[0]

    elsewhere = tmp_path / "elsewhere"
    assert "160 articles" in held(cwd=tmp_path)
    assert "0 articles" in held(cwd=elsewhere)
    assert "160 articles" in held(cwd=elsewhere, DATELINE_HOME=tmp_path / ".dateline")
    by_option = held("--home", "../.dateline", cwd=elsewhere, DATELINE_HOME="/nosuch")
    assert by_option.endswith("../.dateline: 160 articles, 165 versions")
