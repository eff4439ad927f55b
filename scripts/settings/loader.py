"""Reads the settings: an option wins over a variable, that over the file, that over the default.

Decision: one file is read, the one that is named, else `dateline.toml` in the archive's folder.
What cannot be taken is refused with where it stands and what to write; nothing is guessed.
Must not know what a setting does.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import cast

from scripts.settings.table import BY_NAME, SETTINGS, Setting
from web.settings import Settings

FILE_NAME = "dateline.toml"
CONFIG = "DATELINE_CONFIG"
DEFAULT = "default"


class SettingError(ValueError):
    """A setting that cannot be taken; the message says where it stands and what to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value and where it comes from: `--port`, `DATELINE_PORT`, the file's path or `default`."""

    held: object
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedSettings:
    """Every setting with its value.

    Attributes:
        values: By the setting's name.
        file: The file that was read, None where there is none.
        named: Whether the file was named, and not just found.
    """

    values: Mapping[str, Value]
    file: Path | None = None
    named: bool = False

    def with_options(self, **options: object) -> "LoadedSettings":
        """With the options that were given, those that are not None."""
        return replace(self, values={**self.values, **_from_options(options)})

    @property
    def home(self) -> Path:
        """The archive's folder."""
        return cast(Path, self.values["home"].held)

    @property
    def model(self) -> str:
        """The encoder's folder or name."""
        return str(self.values["model"].held)

    @property
    def passages(self) -> str | int:
        """How many passages of an article are embedded: kept, all, lead or a number."""
        return cast(str | int, self.values["passages"].held)

    @property
    def place(self) -> tuple[str, int]:
        """Host and port to listen on."""
        return str(self.values["host"].held), cast(int, self.values["port"].held)

    @property
    def threads(self) -> int:
        """How many requests are answered at once."""
        return cast(int, self.values["threads"].held)

    @property
    def web(self) -> Settings:
        """What pages and API are told."""
        return Settings(
            cors_origins=cast(tuple[str, ...], self.values["cors_origins"].held),
            proxies=cast(int, self.values["proxies"].held),
            metrics=self.values["metrics"].held is True,
            json_logs=self.values["log"].held == "json",
        )


def load_settings(
    environ: Mapping[str, str], *, home: Path | None = None, config: Path | None = None
) -> LoadedSettings:
    """The settings of an environment and its file; `home` and `config` are options.

    Raises:
        SettingError: The first that cannot be taken.
    """
    values = {s.name: _taken(s, s.default, DEFAULT) for s in SETTINGS}
    told = _from_environment(environ) | _from_options({"home": home})
    named = config or (Path(environ[CONFIG]).expanduser() if environ.get(CONFIG) else None)
    found = cast(Path, (values | told)["home"].held) / FILE_NAME
    file = named or (found if found.is_file() else None)
    read = _from_file(file, own=named is None) if file else {}
    return LoadedSettings(values=values | read | told, file=file, named=named is not None)


def _from_options(options: Mapping[str, object]) -> dict[str, Value]:
    return {
        name: Value(held=held, origin=f"--{name}")
        for name, held in options.items()
        if held is not None
    }


def _from_environment(environ: Mapping[str, str]) -> dict[str, Value]:
    """A variable that is empty counts as one that is not set."""
    return {
        setting.name: _taken(setting, setting.kind.typed(text), setting.variable, typed=text)
        for setting in SETTINGS
        if (text := environ.get(setting.variable, "").strip())
    }


def _from_file(path: Path, *, own: bool) -> dict[str, Value]:
    """What a file sets; `own` is the archive's own file, which cannot say where it lies."""
    told = _read(path)
    for name in told:
        if name not in BY_NAME:
            raise SettingError(f"{path}: there is no setting “{name}”; {_meant(name)}")
    if own and "home" in told:
        raise SettingError(
            f"{path}: home cannot be set in the archive's own folder;"
            f" name a file that lies elsewhere with {CONFIG} or --config."
        )
    values = {name: _taken(BY_NAME[name], held, str(path)) for name, held in told.items()}
    if "home" in values:
        place = path.parent / cast(Path, values["home"].held)
        values["home"] = replace(values["home"], held=place)
    return values


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise SettingError(f"{path} is not TOML: {error}.") from error


def _meant(name: str) -> str:
    near = get_close_matches(name.lower().removeprefix("dateline_"), BY_NAME, n=1)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(BY_NAME)}."


def _taken(setting: Setting, held: object, origin: str, *, typed: str | None = None) -> Value:
    value = setting.kind.taken(held)
    if value is None:
        where = origin if typed is not None else f"{origin}: {setting.name}"
        shown = typed if typed is not None else held
        raise SettingError(f"{where} is “{shown}”; write {setting.kind.allowed}.")
    return Value(held=value, origin=origin)
