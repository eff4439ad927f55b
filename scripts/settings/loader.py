"""Loading settings: an option overrides a variable, a variable the file, the file the default.

Responsibility: read options, environment and file, and report invalid settings.
Decision: only one file is read: the one that is named, else `dateline.toml` in the archive's
folder. An invalid value is an error that names its origin; nothing is guessed.
Must not depend on: what a setting does.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import cast

from archive.errors import DatelineError
from scripts.settings.definitions import BY_NAME, SETTINGS, Setting
from web.settings import Settings

FILE_NAME = "dateline.toml"
CONFIG_VARIABLE = "DATELINE_CONFIG"
DEFAULT = "default"


class SettingError(DatelineError):
    """An invalid setting; the message says where it is and what is expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingValue:
    """A value and where it comes from: `--port`, `DATELINE_PORT`, a file's path or `default`."""

    value: object
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedSettings:
    """Every setting with its value.

    Attributes:
        values: By the setting's name.
        file: The file that was read; None if there is none.
        explicit_file: Whether the file was named with --config or its variable.
    """

    values: Mapping[str, SettingValue]
    file: Path | None = None
    explicit_file: bool = False

    def with_options(self, **options: object) -> "LoadedSettings":
        """Return settings with these options; an option that is None is not set."""
        return replace(self, values={**self.values, **_read_options(options)})

    @property
    def home(self) -> Path:
        """The archive's folder."""
        return cast(Path, self.values["home"].value)

    @property
    def model(self) -> str:
        """The embedding model's folder or name."""
        return str(self.values["model"].value)

    @property
    def passages(self) -> str | int:
        """How many passages of each article to embed: kept, all, lead or a number."""
        return cast(str | int, self.values["passages"].value)

    @property
    def lexical(self) -> str:
        """The engine of keyword search: arrays or whoosh."""
        return str(self.values["lexical"].value)

    @property
    def address(self) -> tuple[str, int]:
        """Host and port to listen on."""
        return str(self.values["host"].value), cast(int, self.values["port"].value)

    @property
    def threads(self) -> int:
        """Number of requests handled at the same time."""
        return cast(int, self.values["threads"].value)

    @property
    def web(self) -> Settings:
        """The settings of the web application."""
        return Settings(
            cors_origins=cast(tuple[str, ...], self.values["cors_origins"].value),
            proxies=cast(int, self.values["proxies"].value),
            metrics=self.values["metrics"].value is True,
            json_logs=self.values["log"].value == "json",
        )


def load_settings(
    environ: Mapping[str, str], *, home: Path | None = None, config: Path | None = None
) -> LoadedSettings:
    """Load the settings of an environment and its file; `home` and `config` are options.

    Raises:
        SettingError: A setting is invalid; the message is about the first one.
    """
    defaults = {
        setting.name: _create_value(setting, setting.default, origin=DEFAULT, label=setting.name)
        for setting in SETTINGS
    }
    overrides = _read_environment(environ) | _read_options({"home": home})
    variable = environ.get(CONFIG_VARIABLE)
    named = config or (Path(variable).expanduser() if variable else None)
    own = cast(Path, (defaults | overrides)["home"].value) / FILE_NAME
    file = named or (own if _exists(own) else None)
    from_file = _read_file(file, in_home=named is None) if file else {}
    return LoadedSettings(
        values=defaults | from_file | overrides, file=file, explicit_file=named is not None
    )


def _read_options(options: Mapping[str, object]) -> dict[str, SettingValue]:
    return {
        name: SettingValue(value=value, origin=f"--{name}")
        for name, value in options.items()
        if value is not None
    }


def _read_environment(environ: Mapping[str, str]) -> dict[str, SettingValue]:
    """The settings in variables; an empty variable counts as not set."""
    return {
        setting.name: _create_value(
            setting,
            setting.value_type.parse(text),
            origin=setting.variable,
            label=setting.variable,
            shown=text,
        )
        for setting in SETTINGS
        if (text := environ.get(setting.variable, "").strip())
    }


def _read_file(path: Path, *, in_home: bool) -> dict[str, SettingValue]:
    """The settings in a file; one in the archive's own folder cannot set that folder."""
    table = _parse_file(path)
    for name in table:
        if name not in BY_NAME:
            raise SettingError(f"{path}: unknown setting {name!r}; {_suggest(name)}")
    if in_home and "home" in table:
        raise SettingError(
            f"{path}: home cannot be set by the file in the archive's own folder;"
            f" set it in another file, and name that file with --config or {CONFIG_VARIABLE}."
        )
    values = {
        name: _create_value(BY_NAME[name], raw, origin=str(path), label=f"{path}: {name}")
        for name, raw in table.items()
    }
    if "home" in values:
        folder = path.parent / cast(Path, values["home"].value)
        values["home"] = replace(values["home"], value=folder)
    return values


def _exists(path: Path) -> bool:
    """Whether the archive's folder has this file; a folder that may not be searched is an error."""
    try:
        return path.exists()
    except OSError as error:
        raise SettingError(
            f"The folder {path.parent} cannot be read ({error.strerror}). Check its permissions."
        ) from error


def _parse_file(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingError(f"Cannot read {path}: {error.strerror}.") from error
    except ValueError as error:
        raise SettingError(f"{path} is not valid TOML: {error}.") from error


def _suggest(name: str) -> str:
    near = get_close_matches(name.lower().removeprefix("dateline_"), BY_NAME, n=1)
    return f"did you mean {near[0]}?" if near else f"valid settings are {', '.join(BY_NAME)}."


def _create_value(
    setting: Setting, raw: object, *, origin: str, label: str, shown: object = None
) -> SettingValue:
    """Validate a value; an error calls it `label` and shows it as `shown`, else as it is."""
    value = setting.value_type.validate(raw)
    if value is None:
        wrong = raw if shown is None else shown
        raise SettingError(f"{label} must be {setting.value_type.expected}, not {wrong!r}.")
    return SettingValue(value=value, origin=origin)
