"""Settings: where each value comes from, what is refused and how it is said."""

import tomllib
from pathlib import Path

import pytest

from index.semantic.models import DEFAULT_MODEL
from scripts.settings.loader import DEFAULT, LoadedSettings, SettingError, load_settings
from scripts.settings.table import BY_NAME, SETTINGS
from tests.scripts.commands import Dateline
from tests.scripts.pages import blocks
from web.settings import Settings


def _file(folder: Path, text: str, name: str = "dateline.toml") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _origins(settings: LoadedSettings) -> dict[str, str]:
    return {n: v.origin for n, v in settings.values.items() if v.origin != DEFAULT}


def _refused(environ: dict[str, str], *, config: Path | None = None) -> str:
    with pytest.raises(SettingError) as error:
        load_settings(environ, config=config)
    return str(error.value)


def test_without_anything_all_is_default() -> None:
    settings = load_settings({})
    assert (settings.home, settings.model) == (Path(".dateline"), DEFAULT_MODEL)
    assert (settings.place, settings.threads) == (("127.0.0.1", 8000), 8)
    assert settings.web == Settings()
    assert (settings.file, settings.named, _origins(settings)) == (None, False, {})


def test_every_default_could_be_written_in_a_file() -> None:
    assert [s.name for s in SETTINGS if s.kind.taken(s.default) is None] == []


def test_an_option_wins_over_a_variable_that_over_the_file_that_over_the_default(
    tmp_path: Path,
) -> None:
    path = _file(tmp_path, 'port = 1\nhost = "::1"\nthreads = 3\nmetrics = true\n')
    environ = {"DATELINE_PORT": "2", "DATELINE_HOST": "0.0.0.0"}
    settings = load_settings(environ, home=tmp_path).with_options(host=None, port=4, threads=None)
    assert (settings.place, settings.threads, settings.web.metrics) == (("0.0.0.0", 4), 3, True)
    assert _origins(settings) == {
        "home": "--home",
        "host": "DATELINE_HOST",
        "port": "--port",
        "threads": str(path),
        "metrics": str(path),
    }


def test_every_setting_can_stand_in_the_environment_and_in_a_file(tmp_path: Path) -> None:
    told = {
        "home": ("/a", '"/a"', Path("/a")),
        "model": ("/m", '"/m"', "/m"),
        "passages": ("3", "3", 3),
        "host": ("::1", '"::1"', "::1"),
        "port": ("80", "80", 80),
        "threads": ("2", "2", 2),
        "proxies": ("1", "1", 1),
        "cors_origins": (
            "https://a.example, http://b.example:8080,*",
            '["https://a.example", "http://b.example:8080", "*"]',
            ("https://a.example", "http://b.example:8080", "*"),
        ),
        "metrics": ("1", "true", True),
        "log": ("json", '"json"', "json"),
    }
    assert set(told) == set(BY_NAME)
    environ = {BY_NAME[name].variable: text for name, (text, _, _) in told.items()}
    lines = "".join(f"{name} = {held}\n" for name, (_, held, _) in told.items())
    expected = {name: held for name, (_, _, held) in told.items()}
    for settings in (load_settings(environ), load_settings({}, config=_file(tmp_path, lines))):
        assert {name: value.held for name, value in settings.values.items()} == expected
        assert len(_origins(settings)) == len(SETTINGS)


def test_the_file_is_the_one_named_else_the_archives_own(tmp_path: Path) -> None:
    own = _file(tmp_path / "home", "port = 1\n")
    named = _file(tmp_path / "etc", "port = 2\n", "other.toml")
    at_home = {"DATELINE_HOME": str(own.parent)}
    assert (load_settings(at_home).file, load_settings(at_home).named) == (own, False)
    by_variable = load_settings({**at_home, "DATELINE_CONFIG": str(named)})
    assert (by_variable.file, by_variable.place[1], by_variable.named) == (named, 2, True)
    by_option = load_settings({"DATELINE_CONFIG": "/nosuch"}, config=named)
    assert (by_option.file, by_option.place[1]) == (named, 2)
    assert load_settings({"DATELINE_CONFIG": "", "DATELINE_PORT": " "}).place[1] == 8000


def test_a_named_file_can_say_where_the_archive_is_and_its_own_cannot(tmp_path: Path) -> None:
    path = _file(tmp_path, 'home = "archive"\n')
    assert load_settings({}, config=path).home == tmp_path / "archive"
    assert load_settings({"DATELINE_HOME": "/b"}, config=path).home == Path("/b")
    assert "home cannot be set in the archive's own" in _refused({"DATELINE_HOME": str(tmp_path)})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PROXIES", "-1"),
        ("PROXIES", "²"),
        ("PORT", "70000"),
        ("THREADS", "0"),
        ("METRICS", "yes"),
        ("LOG", "xml"),
        ("HOME", __file__),
        ("HOME", "a\0b"),
        *(
            ("CORS_ORIGINS", wrong)
            for wrong in ("a.example", "https://a.example/", "ftp://a.example", "https://[", "null")
        ),
    ],
)
def test_a_variable_that_cannot_be_taken_is_named_with_what_to_write(name: str, text: str) -> None:
    said = _refused({f"DATELINE_{name}": text})
    assert said == f"DATELINE_{name} is “{text}”; write {BY_NAME[name.lower()].kind.allowed}."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("proxies = true", "proxies is “True”; write a whole number from 0 to 9."),
        ('port = "80"', "port is “80”; write a whole number from 0 to 65535."),
        ("metrics = 1", "metrics is “1”; write true or false, in a variable 1 or 0."),
        ('cors_origins = "https://a.example"', "cors_origins is “https://a.example”; write"),
        ("model = ''", "model is “”; write a text."),
        ("home = 3", "home is “3”; write the path of a folder."),
        ("prot = 80", "there is no setting “prot”; did you mean port?"),
        ("DATELINE_LOG = 'json'", "there is no setting “DATELINE_LOG”; did you mean log?"),
        ("[dateline]\nport = 80", "there is no setting “dateline”"),
        ("zzz = 1", "there is no setting “zzz”; there are home, model, passages, host, port"),
    ],
)
def test_a_key_that_cannot_be_taken_is_named_with_its_file(
    tmp_path: Path, text: str, said: str
) -> None:
    path = _file(tmp_path, text)
    assert _refused({}, config=path).startswith(f"{path}: {said}")


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    assert _refused({}, config=tmp_path / "no.toml").endswith("No such file or directory.")
    assert "cannot be read: Is a directory" in _refused({"DATELINE_CONFIG": str(tmp_path)})
    assert "is not TOML: " in _refused({}, config=_file(tmp_path, "port 80"))
    (tmp_path / "latin.toml").write_bytes(b"model = '\xe9'")
    assert "is not TOML: " in _refused({}, config=tmp_path / "latin.toml")


def test_the_file_that_is_shown_can_be_read(tmp_path: Path) -> None:
    (shown,) = [block.text for block in blocks("docs/settings.md") if block.kind == "toml"]
    assert set(tomllib.loads(shown)) <= set(BY_NAME)
    settings = load_settings({}, config=_file(tmp_path, shown, "named.toml"))
    assert len(_origins(settings)) >= 5


# At the command line.


def test_settings_are_told_with_where_they_come_from(
    dateline: Dateline, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _file(dateline.home, 'log = "json"\n')
    monkeypatch.setenv("DATELINE_PORT", "8123")
    monkeypatch.setenv("DATELINE_PROXYS", "1")
    ended = dateline.run("settings")
    assert ended.exit_code == 0
    lines = [" ".join(line.split()) for line in ended.stdout.splitlines()]
    assert lines[0] == f"file: {path}"
    assert f"home {dateline.home} --home" in lines
    assert "port 8123 DATELINE_PORT" in lines
    assert f"log json {path}" in lines
    assert "cors_origins none default" in lines
    assert ended.stderr == "DATELINE_PROXYS is no setting of Dateline.\n"
    told = dateline.json("settings")
    assert told["file"] == str(path)
    assert told["settings"]["port"] == {
        "value": 8123,
        "origin": "DATELINE_PORT",
        "variable": "DATELINE_PORT",
    }
    assert set(told["settings"]) == set(BY_NAME)


def test_what_is_wrong_ends_every_command_but_help(dateline: Dateline) -> None:
    path = _file(dateline.home, "prot = 1\n")
    for command in (["status"], ["settings"], ["search", "ferry"]):
        ended = dateline.run(*command)
        assert (ended.exit_code, ended.stdout) == (1, "")
        assert ended.stderr == (f"Error: {path}: there is no setting “prot”; did you mean port?\n")
    assert dateline.run("status", "--help").exit_code == 0


def test_the_model_of_the_file_is_the_one_that_is_used(
    dateline: Dateline, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def models(home: Path, model: str) -> object:
        asked.append(model)
        return dateline.models

    monkeypatch.setattr("scripts.composition.SentenceModels", models)
    _file(dateline.home, 'model = "/models/mine"\n')
    dateline.run("status")
    assert asked == ["/models/mine"]
