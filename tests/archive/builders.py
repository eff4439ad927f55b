"""Small articles and files for tests of the archive."""

import json
from pathlib import Path
from typing import Any

from archive.article import Article


def an_article(uri: str = "a-1", **fields: Any) -> Article:
    """An article with a headline and a body, unless told otherwise."""
    return Article(**{"uri": uri, "headline": "A headline", "body": "One.\n\nTwo."} | fields)


def write_lines(path: Path, *records: object) -> Path:
    """A JSON Lines file of these records; a string is written as it is."""
    lines = [one if isinstance(one, str) else json.dumps(one) for one in records]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path
