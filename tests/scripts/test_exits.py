"""Exit codes and their messages: 0 for success, 1 for failure, 2 for invalid usage."""

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from archive.database import migrations
from archive.database.migrations import Migration
from scripts.cli import main
from tests.archive.builders import write_lines
from tests.scripts.commands import SAMPLE, Dateline, create_environment, run_installed
from tests.source_tree import ROOT

COMMANDS = (
    *("ingest", "reindex", "search", "show", "stories", "status", "serve", "settings"),
    *("evaluate", "watch", "forget"),
)


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(dateline: Dateline, command: str, flag: str) -> None:
    result = dateline.run(command, flag)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"Usage: dateline {command} [OPTIONS]")
    assert "--json" in result.stdout
    assert not dateline.home.exists()


def test_help_lists_every_command_and_the_exit_codes(dateline: Dateline) -> None:
    shown = dateline.run("--help").stdout
    assert sorted(COMMANDS) == sorted(main.commands)
    assert all(f"\n  {command} " in shown for command in COMMANDS)
    assert "Exit codes: 0 for success; 1 for failure" in shown


def test_every_option_has_help() -> None:
    missing = [
        f"{name} {option.opts[0]}"
        for name, command in main.commands.items()
        for option in command.params
        if option.param_type_name == "option" and not getattr(option, "help", None)
    ]
    assert missing == []


def test_help_loads_no_large_library() -> None:
    program = (
        "import sys; sys.argv = ['dateline', '--help']\n"
        "from scripts.cli import main\n"
        "try: main()\n"
        "except SystemExit: print(*sys.modules, file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in result.stderr.split()}
    assert "click" in loaded
    large = {"torch", "sentence_transformers", "whoosh", "flask", "numpy", "scipy", "rich"}
    assert large.isdisjoint(loaded)


def test_keyword_search_does_not_load_torch(sample_home: Path) -> None:
    program = (
        f"import sys; sys.argv = ['dateline', '--home', {str(sample_home)!r}, 'search', 'ferry']\n"
        "from scripts.cli import main\n"
        "try: main()\n"
        "except SystemExit: print(*sys.modules, file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=create_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.partition(".")[0] for name in result.stderr.split()}
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
        ["search", "x", "--from", "2031-04-02", "--to", "2031-04-01"],
        ["stories", "--from", "2031-04-02", "--to", "2031-04-01"],
        ["show"],
        ["show", "x", "--version", "0"],
        ["serve", "--port", "70000"],
        ["evaluate"],
        ["status", "--nosuch"],
        ["--home", "pyproject.toml", "status"],
    ],
)
def test_invalid_usage_exits_with_2(dateline: Dateline, arguments: list[str]) -> None:
    result = dateline.run(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith("Usage: dateline ")
    assert result.stdout == ""


def _fails(dateline: Dateline, *arguments: object) -> str:
    result = dateline.run(*arguments)
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    return result.stderr


def test_without_an_archive_commands_exit_with_1_and_say_what_to_run(dateline: Dateline) -> None:
    nothing = f"Nothing is indexed yet in {dateline.home}. Run `dateline ingest PATH`"
    assert nothing in _fails(dateline, "search", "x")
    assert nothing in _fails(dateline, "stories")
    assert nothing in dateline.run("status").stdout
    nothing = f"There is no archive in {dateline.home} yet. Run `dateline ingest PATH` first."
    assert nothing in _fails(dateline, "show", "x")
    assert nothing in _fails(dateline, "reindex")
    assert not dateline.home.exists()


def test_an_empty_archive_cannot_be_indexed(dateline: Dateline, tmp_path: Path) -> None:
    bad = write_lines(tmp_path / "bad.jsonl", "no")
    assert dateline.run("ingest", bad).exit_code == 1
    assert "is empty. Run `dateline ingest PATH` first" in _fails(dateline, "reindex")
    result = dateline.run("serve", bad, "--port", 0)
    assert "is empty. Run `dateline ingest PATH` first" in result.stderr


def test_an_unknown_id_or_version_exits_with_1(sample: Dateline) -> None:
    assert "There is no article 'nosuch'" in _fails(sample, "show", "nosuch")
    error = _fails(sample, "show", "hly-20310306-0016", "--version", 9)
    assert "has no version 9; its versions are 1 to 2." in error


def test_nothing_is_stored_if_a_path_does_not_exist(dateline: Dateline) -> None:
    assert "/nosuch does not exist" in _fails(dateline, "ingest", SAMPLE, "/nosuch")
    assert dateline.json("status")["articles"] == 0


def test_ingest_exits_with_1_only_if_every_article_is_rejected(
    dateline: Dateline, tmp_path: Path
) -> None:
    bad = write_lines(tmp_path / "bad.jsonl", "{", {"id": "2"})
    result = dateline.run("ingest", bad)
    assert result.exit_code == 1
    assert result.stdout.startswith("0 added, 0 updated, 0 unchanged, 0 duplicate, 2 rejected")
    assert f"Rejected {bad}:1: not valid JSON" in result.stderr
    assert f"Rejected {bad}:2: no headline and no body" in result.stderr
    mixed = dateline.run("ingest", bad, SAMPLE / "2031-03-04-hly-ferry-aground.txt")
    assert mixed.exit_code == 0
    assert "Run `dateline reindex` to make them searchable." in mixed.stderr


def test_only_the_first_of_many_rejections_are_shown(dateline: Dateline, tmp_path: Path) -> None:
    result = dateline.run("ingest", write_lines(tmp_path / "bad.jsonl", *["{"] * 100))
    assert "100 rejected" in result.stdout
    assert result.stderr.count("Rejected ") == 20
    assert "80 more rejected; use --json to list all of them." in result.stderr


def test_evaluate_says_which_file_is_missing(dateline: Dateline, tmp_path: Path) -> None:
    assert "has no file articles.jsonl" in _fails(dateline, "evaluate", tmp_path)
    write_lines(tmp_path / "articles.jsonl", {"id": "a", "title": "One", "body": "Text."})
    assert "queries.jsonl cannot be read" in _fails(dateline, "evaluate", tmp_path)
    assert "No article" in _fails(dateline, "evaluate", tmp_path, "--stories")
    write_lines(tmp_path / "queries.jsonl", {"id": "q", "text": "one"})
    assert "qrels.tsv cannot be read" in _fails(dateline, "evaluate", tmp_path)
    assert not dateline.home.exists()


def test_a_damaged_index_exits_with_1_until_it_is_rebuilt(sample: Dateline) -> None:
    generations = sample.home / "generations"
    live = generations / (generations / "CURRENT").read_text().strip()
    (live / "columns/names.json").write_text("{}")
    for command in (["search", "ferry"], ["status"]):
        assert "is damaged: columns/names.json of generation" in _fails(sample, *command)
    assert "is damaged: columns/names.json" in sample.json("reindex")["reason"]
    assert sample.json("search", "ferry")["total"]["articles"] > 0


def test_an_archive_that_is_not_a_database_exits_with_1(dateline: Dateline) -> None:
    dateline.home.mkdir()
    (dateline.home / "archive.sqlite").write_text("not a database" * 100)
    for command in (["ingest", SAMPLE], ["status"], ["reindex"]):
        error = _fails(dateline, *command)
        assert "is not an SQLite database (file is not a database). Move the file" in error


def test_an_older_archive_is_upgraded_by_reindex(
    sample: Dateline, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = migrations.latest_version()
    later = (*migrations.MIGRATIONS, Migration(to_version=now + 1, steps=()))
    monkeypatch.setattr(migrations, "MIGRATIONS", later)
    for command in (["status"], ["search", "ferry"], ["show", "x"]):
        old = f"older Dateline (schema {now}; this version needs {now + 1})"
        assert old in _fails(sample, *command)
        assert "Run `dateline reindex` to upgrade it." in _fails(sample, *command)
    assert sample.json("reindex")["reason"] == ""
    assert (sample.home / f"archive.sqlite.v{now}.bak").exists()
    assert sample.json("search", "ferry")["total"]["articles"] > 0


def test_a_port_in_use_exits_with_1_before_any_work(dateline: Dateline) -> None:
    with socket.create_server(("127.0.0.1", 0)) as used:
        port = used.getsockname()[1]
        error = _fails(dateline, "serve", SAMPLE, "--port", port)
    assert f"Cannot listen on 127.0.0.1:{port} (Address already in use)." in error
    assert "another port with --port (with scripts/serve: the PORT variable)" in error
    assert not dateline.home.exists()


def test_an_invalid_setting_exits_with_1_before_any_work(
    dateline: Dateline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_PROXIES", "some")
    assert "DATELINE_PROXIES must be an integer between 0 and 9, not 'some'." in _fails(
        dateline, "serve", SAMPLE, "--port", 0
    )
    assert not dateline.home.exists()


def test_home_is_the_option_else_the_variable_else_in_the_current_folder(
    sample_home: Path, tmp_path: Path
) -> None:
    shutil.copytree(sample_home, tmp_path / ".dateline")
    (tmp_path / "elsewhere").mkdir()

    def read_status(*options: object, cwd: Path, **settings: object) -> str:
        return run_installed(*options, "status", cwd=cwd, **settings).stdout.splitlines()[0]

    elsewhere = tmp_path / "elsewhere"
    assert "160 articles" in read_status(cwd=tmp_path)
    assert "0 articles" in read_status(cwd=elsewhere)
    assert "160 articles" in read_status(cwd=elsewhere, DATELINE_HOME=tmp_path / ".dateline")
    by_option = read_status("--home", "../.dateline", cwd=elsewhere, DATELINE_HOME="/nosuch")
    assert by_option.endswith("../.dateline: 160 articles, 165 versions")
