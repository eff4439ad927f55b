"""JSON repair: objects with the usual mistakes of programs and people.

Responsibility: parse JSON, and the forms of it that Python and hands write.
Decision: strict JSON first. Then commas too many, and the literals of Python; nothing is guessed
that could change a value.
Must not depend on: what the fields mean.
"""

import ast
import json
import re

_MAX_CHARACTERS = 4 * 1024 * 1024
_COMMAS = re.compile(r'("(?:[^"\\]++|\\.)*+")|,(\s*[}\]])', re.DOTALL)
_WORDS = re.compile(
    r'("(?:[^"\\]++|\\.)*+")|(?<=[:,\[\s])(None|NULL|undefined|True|False|nan|\\N)(?=\s*[,}\]])',
    re.DOTALL,
)
_JSON_WORDS = {"True": "true", "False": "false"}


def parse_json(text: str) -> object:
    """Return the value of a text.

    Raises:
        ValueError: It is no JSON; the message is that of strict JSON.
        RecursionError: It is nested too deeply.
    """
    try:
        return json.loads(text)
    except ValueError as error:
        if len(text) <= _MAX_CHARACTERS and text.lstrip()[:1] in ("{", "["):
            value = _parse_repaired(text)
            if value is not None:
                return value
        raise error


def _parse_repaired(text: str) -> object:
    mended = _COMMAS.sub(lambda match: match[1] or match[2], text)
    mended = _WORDS.sub(lambda match: match[1] or _JSON_WORDS.get(match[2], "null"), mended)
    try:
        return json.loads(mended)
    except ValueError:
        pass
    if "'" not in text:
        return None
    try:
        value = ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, MemoryError, TypeError):
        return None
    return value if isinstance(value, dict | list) else None
