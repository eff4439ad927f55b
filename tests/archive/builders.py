"""Small articles and files for tests of the archive.

Responsibility: build articles and JSON Lines files with few arguments.
Decision: every field has a default, so that a test names only what matters to it.
Must not depend on: the code that the tests check, except `Article`.
"""

import json
from pathlib import Path
from typing import Any

from archive.article import Article


def an_article(uri: str = "a-1", **fields: Any) -> Article:
    """Build an article with a headline and a body; `fields` override its values."""
    return Article(**{"uri": uri, "headline": "A headline", "body": "One.\n\nTwo."} | fields)


def write_lines(path: Path, *records: object) -> Path:
    """Write a JSON Lines file; a string is written unchanged. Creates the folder."""
    lines = [one if isinstance(one, str) else json.dumps(one) for one in records]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path
