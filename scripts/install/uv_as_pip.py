"""Run uv as pip: `python -P uv_as_pip.py UV ARG ...`.

Responsibility: run uv with the settings of pip.
Decision: `pip config list` merges pip's files and variables, and each setting becomes uv's own
variable. A setting without an equivalent in uv is an error, so that the caller uses pip instead
of other sources.
Must not depend on: anything but the standard library and pip, because nothing is installed yet.
"""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

_VARIABLES = {
    "cert": ("SSL_CERT_FILE",),
    "client-cert": ("SSL_CLIENT_CERT",),
    "extra-index-url": ("UV_INDEX",),
    "find-links": ("UV_FIND_LINKS",),
    "index-url": ("UV_DEFAULT_INDEX",),
    "keyring-provider": ("UV_KEYRING_PROVIDER",),
    "no-cache-dir": ("UV_NO_CACHE",),
    "proxy": ("HTTP_PROXY", "HTTPS_PROXY"),
    "retries": ("UV_HTTP_RETRIES",),
    "timeout": ("UV_HTTP_TIMEOUT",),
    "trusted-host": ("UV_INSECURE_HOST",),
}
# They change what pip prints or caches, but not what it installs.
_HARMLESS = set(
    "break-system-packages cache-dir config-file disable-pip-version-check exists-action log"
    " no-color no-input no-python-version-warning no-warn-script-location prefer-binary"
    " progress-bar quiet require-virtualenv root-user-action use-feature verbose".split()
)
_SECTIONS = ("global", "install", ":env:")
"""The sections that `pip install` reads; later ones override earlier ones."""


def read_pip_settings(listed: str) -> dict[str, str]:
    """The settings of `pip install`, by name, from the output of `pip config list`."""
    found = re.findall(r"^(global|install|:env:)\.([\w-]+)=(['\"].*)$", listed, re.MULTILINE)
    settings = {}
    for _, name, value in sorted(found, key=lambda each: _SECTIONS.index(each[0])):
        settings[name.removeprefix("default-")] = str(ast.literal_eval(value)).strip()
    return {name: value for name, value in settings.items() if value}


def as_uv_reads_them(settings: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The variables and the options that make uv use the sources of pip.

    Raises:
        ValueError: A setting has no equivalent in uv; the message names it.
    """
    variables: dict[str, str] = {}
    options: list[str] = []
    for name, value in settings.items():
        if name == "no-index":  # uv has no variable for it
            options += ["--no-index"] if value.lower() in {"1", "true", "yes", "on"} else []
        elif name in _VARIABLES:
            variables |= dict.fromkeys(_VARIABLES[name], _uv_value(name, value))
        elif name not in _HARMLESS:
            raise ValueError(f"uv has no setting like pip's {name}")
    if "extra-index-url" in settings:
        # pip compares all indexes; uv would stop at the first one that has the package.
        variables["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return variables, options


def _uv_value(name: str, value: str) -> str:
    """Convert a list of values, separated by spaces for pip, to the commas of UV_FIND_LINKS."""
    if name == "find-links":
        return ",".join(
            str(Path(place).expanduser()) if place.startswith("~") else place
            for place in value.split()
        )
    return " ".join(value.split())


def main(arguments: list[str]) -> None:
    """Replace this process by uv; variables that are set for uv itself take precedence."""
    listing = [sys.executable, "-m", "pip", "config", "list"]
    listed = subprocess.run(listing, capture_output=True, text=True, check=True).stdout
    try:
        variables, options = as_uv_reads_them(read_pip_settings(listed))
    except ValueError as error:
        sys.exit(str(error))
    os.execve(arguments[0], [*arguments, *options], variables | os.environ)


if __name__ == "__main__":
    main(sys.argv[1:])
