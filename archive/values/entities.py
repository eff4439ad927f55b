"""Character references of HTML in the values of records: `Fish &amp; Chips`.

Responsibility: decode them.
Decision: feeds and scrapers leave them in plain text, some of them encoded twice. Only a reference
that ends in a semicolon is one: `AT&T` and the `&copy=` of an address stay.
Must not depend on: fields or articles.
"""

import html
import re
from collections.abc import Mapping

_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TIMES = 2


def decode_references(value: object) -> object:
    """The value with references decoded in its text, and in the texts of its lists and mappings."""
    if isinstance(value, str):
        for _ in range(_TIMES):
            value = _REFERENCE.sub(lambda match: html.unescape(match[0]), value)
        return value
    if isinstance(value, list):
        return [decode_references(item) for item in value]
    if isinstance(value, Mapping):
        return {name: decode_references(item) for name, item in value.items()}
    return value
