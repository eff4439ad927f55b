"""Terminal output shared by the commands: JSON and messages.

Responsibility: print results and messages.
Decision: results go to standard output, everything else to standard error.
Must not depend on: what the commands do.
"""

import json
import re
import sys
from io import TextIOWrapper
from typing import Any

import click

_CONTROL_CHARACTERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def print_json(value: Any) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_message(text: str) -> None:
    """Print a message on standard error."""
    click.echo(escape_controls(text), err=True)


def escape_controls(text: str) -> str:
    r"""The text with control characters as `\x1b`; line breaks stay.

    Messages name files, and a file's name must not control the terminal.
    """
    return _CONTROL_CHARACTERS.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def format_count(value: int, noun: str, plural: str = "") -> str:
    """`1 article`, `12,310 articles`."""
    return f"{value:,} {noun if value == 1 else plural or noun + 's'}"


def accept_any_text() -> None:
    """Let standard output escape what its encoding lacks, such as bytes in a path."""
    if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="backslashreplace")
