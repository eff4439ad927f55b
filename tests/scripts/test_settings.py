"""Settings: where each value comes from, invalid values and their messages."""

import tomllib
from pathlib import Path

import pytest

from index.semantic.models import DEFAULT_MODEL
from scripts.settings.definitions import BY_NAME, SETTINGS
from scripts.settings.loader import DEFAULT, LoadedSettings, SettingError, load_settings
from tests.scripts.commands import Dateline
from tests.scripts.docs.markdown import blocks
from web.settings import Settings


def _file(folder: Path, text: str, name: str = "dateline.toml") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _origins(settings: LoadedSettings) -> dict[str, str]:
    return {n: v.origin for n, v in settings.values.items() if v.origin != DEFAULT}


def _load_invalid(environ: dict[str, str], *, config: Path | None = None) -> str:
    with pytest.raises(SettingError) as error:
        load_settings(environ, config=config)
    return str(error.value)


def test_defaults() -> None:
    settings = load_settings({})
    assert (settings.home, settings.model) == (Path(".dateline"), DEFAULT_MODEL)
    assert (settings.address, settings.threads) == (("127.0.0.1", 8000), 8)
    assert settings.web == Settings()
    assert (settings.file, settings.explicit_file, _origins(settings)) == (None, False, {})


def test_every_default_is_a_valid_file_value() -> None:
    assert [s.name for s in SETTINGS if s.value_type.validate(s.default) is None] == []


def test_options_override_variables_variables_the_file_and_the_file_defaults(
    tmp_path: Path,
) -> None:
    path = _file(tmp_path, 'port = 1\nhost = "::1"\nthreads = 3\nmetrics = true\n')
    environ = {"DATELINE_PORT": "2", "DATELINE_HOST": "0.0.0.0"}
    settings = load_settings(environ, home=tmp_path).with_options(host=None, port=4, threads=None)
    assert (settings.address, settings.threads, settings.web.metrics) == (("0.0.0.0", 4), 3, True)
    assert _origins(settings) == {
        "home": "--home",
        "host": "DATELINE_HOST",
        "port": "--port",
        "threads": str(path),
        "metrics": str(path),
    }


def test_every_setting_can_be_a_variable_or_in_a_file(tmp_path: Path) -> None:
    examples = {
        "home": ("/a", '"/a"', Path("/a")),
        "model": ("/m", '"/m"', "/m"),
        "passages": ("3", "3", 3),
        "lexical": ("whoosh", '"whoosh"', "whoosh"),
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
    assert set(examples) == set(BY_NAME)
    environ = {BY_NAME[name].variable: text for name, (text, _, _) in examples.items()}
    lines = "".join(f"{name} = {raw}\n" for name, (_, raw, _) in examples.items())
    expected = {name: value for name, (_, _, value) in examples.items()}
    for settings in (load_settings(environ), load_settings({}, config=_file(tmp_path, lines))):
        assert {name: value.value for name, value in settings.values.items()} == expected
        assert len(_origins(settings)) == len(SETTINGS)


def test_the_file_is_the_named_one_else_the_archives_own(tmp_path: Path) -> None:
    own = _file(tmp_path / "home", "port = 1\n")
    named = _file(tmp_path / "etc", "port = 2\n", "other.toml")
    at_home = {"DATELINE_HOME": str(own.parent)}
    assert (load_settings(at_home).file, load_settings(at_home).explicit_file) == (own, False)
    by_variable = load_settings({**at_home, "DATELINE_CONFIG": str(named)})
    assert (by_variable.file, by_variable.address[1], by_variable.explicit_file) == (named, 2, True)
    by_option = load_settings({"DATELINE_CONFIG": "/nosuch"}, config=named)
    assert (by_option.file, by_option.address[1]) == (named, 2)
    assert load_settings({"DATELINE_CONFIG": "", "DATELINE_PORT": " "}).address[1] == 8000


def test_only_a_named_file_can_set_home(tmp_path: Path) -> None:
    path = _file(tmp_path, 'home = "archive"\n')
    assert load_settings({}, config=path).home == tmp_path / "archive"
    assert load_settings({"DATELINE_HOME": "/b"}, config=path).home == Path("/b")
    assert "home cannot be set by the file in the archive's own folder" in _load_invalid(
        {"DATELINE_HOME": str(tmp_path)}
    )


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
def test_an_invalid_variable_is_reported_with_what_is_expected(name: str, text: str) -> None:
    expected = BY_NAME[name.lower()].value_type.expected
    message = f"DATELINE_{name} must be {expected}, not {text!r}."
    assert _load_invalid({f"DATELINE_{name}": text}) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("proxies = true", "proxies must be an integer between 0 and 9, not True."),
        ('port = "80"', "port must be an integer between 0 and 65535, not '80'."),
        ("metrics = 1", "metrics must be true or false (in a variable also 1 or 0), not 1."),
        ('cors_origins = "https://a.example"', "cors_origins must be a list of origins such as"),
        ("model = ''", "model must be a non-empty string, not ''."),
        ("home = 3", "home must be the path of a folder, not 3."),
        ("prot = 80", "unknown setting 'prot'; did you mean port?"),
        ("DATELINE_LOG = 'json'", "unknown setting 'DATELINE_LOG'; did you mean log?"),
        ("[dateline]\nport = 80", "unknown setting 'dateline'"),
        (
            "zzz = 1",
            "unknown setting 'zzz'; valid settings are home, model, passages, lexical, host",
        ),
    ],
)
def test_an_invalid_key_or_value_in_a_file_is_reported(
    tmp_path: Path, text: str, message: str
) -> None:
    path = _file(tmp_path, text)
    assert _load_invalid({}, config=path).startswith(f"{path}: {message}")


def test_an_unreadable_file_is_reported_with_the_reason(tmp_path: Path) -> None:
    assert _load_invalid({}, config=tmp_path / "no.toml").endswith("No such file or directory.")
    assert f"Cannot read {tmp_path}: Is a directory" in _load_invalid(
        {"DATELINE_CONFIG": str(tmp_path)}
    )
    assert "is not valid TOML: " in _load_invalid({}, config=_file(tmp_path, "port 80"))
    (tmp_path / "latin.toml").write_bytes(b"model = '\xe9'")
    assert "is not valid TOML: " in _load_invalid({}, config=tmp_path / "latin.toml")


def test_the_documented_file_is_valid(tmp_path: Path) -> None:
    (shown,) = [block.text for block in blocks("docs/settings.md") if block.kind == "toml"]
    assert set(tomllib.loads(shown)) <= set(BY_NAME)
    settings = load_settings({}, config=_file(tmp_path, shown, "named.toml"))
    assert len(_origins(settings)) >= 5


# `dateline settings` and other commands.


def test_settings_are_printed_with_their_origins(
    dateline: Dateline, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _file(dateline.home, 'log = "json"\n')
    monkeypatch.setenv("DATELINE_PORT", "8123")
    monkeypatch.setenv("DATELINE_PROXYS", "1")
    result = dateline.run("settings")
    assert result.exit_code == 0
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert lines[0] == f"file: {path}"
    assert f"home {dateline.home} --home" in lines
    assert "port 8123 DATELINE_PORT" in lines
    assert f"log json {path}" in lines
    assert "cors_origins none default" in lines
    assert result.stderr == "Unknown variable DATELINE_PROXYS: no setting has this name.\n"
    answer = dateline.json("settings")
    assert answer["file"] == str(path)
    assert answer["settings"]["port"] == {
        "value": 8123,
        "origin": "DATELINE_PORT",
        "variable": "DATELINE_PORT",
    }
    assert set(answer["settings"]) == set(BY_NAME)


def test_an_invalid_setting_ends_every_command_except_help(dateline: Dateline) -> None:
    path = _file(dateline.home, "prot = 1\n")
    for command in (["status"], ["settings"], ["search", "ferry"]):
        result = dateline.run(*command)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == f"Error: {path}: unknown setting 'prot'; did you mean port?\n"
    assert dateline.run("status", "--help").exit_code == 0


def test_the_model_in_the_file_is_used(dateline: Dateline, monkeypatch: pytest.MonkeyPatch) -> None:
    requested: list[str] = []

    def create_models(home: Path, model: str) -> object:
        requested.append(model)
        return dateline.models

    monkeypatch.setattr("scripts.composition.SentenceModels", create_models)
    _file(dateline.home, 'model = "/models/mine"\n')
    dateline.run("status")
    assert requested == ["/models/mine"]
