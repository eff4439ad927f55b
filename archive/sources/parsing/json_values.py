"""JSON values: the objects of a text, one after another, in bounded memory.

Responsibility: split arrays, envelopes and rows of objects into values, and find the next one after
damage.
Decision: no value may be longer than an article. A longer object can only be an envelope, whose
lists are read one element at a time.
Must not depend on: what the fields mean.
"""

import codecs
import json
import re
from collections.abc import Iterator
from typing import IO, NamedTuple

from archive.limits import MAX_ARTICLE_BYTES
from archive.sources.lines import TOO_LONG
from archive.sources.parsing.json_repair import parse_json

_CHUNK = 1024 * 1024
_MAX_OBJECT = 8 * 1024 * 1024
"""Characters of an object at the top that is read whole: the longest single article is below 1."""
_MAX_LOOKAHEAD = 4 * 1024 * 1024
_MAX_ATTEMPTS = 200
_SPACE = re.compile(r"(?:[\s,;]+|//[^\n]*\n|/\*(?s:.*?)\*/)+")
# Possessive, so that a string that does not end costs no memory.
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_TOKEN = re.compile(r'["\[\]{}]')
_NEXT = re.compile(r"\}\s*,\s*(?=\{)")
# What keeps a script from running, an assignment or a call around a value.
_PREFIX = re.compile(
    r"""\s*(?:\)\]\}',?|(?:(?:var|let|const)\s+)?[\w.$\[\]"']+\s*=\s*(?=[\[{])|[\w.$]+\((?=\s*[\[{]))"""
)


class JsonError(ValueError):
    """A value cannot be read; the message says why."""


class JsonValue(NamedTuple):
    """A value and its text, or why there is none."""

    text: str
    value: object
    error: str = ""


def iter_values(stream: IO[bytes], envelopes: frozenset[str]) -> Iterator[JsonValue]:
    """Yield each value at the top of UTF-8 text, and the elements of its arrays.

    `envelopes` are the names, in lower case, of lists within an object that is too long to be read
    whole. A value that cannot be read gives an error; reading goes on at the next object like the
    ones before, if there is one.
    """
    yield from _Reader(stream, envelopes).read()


class _Reader:
    def __init__(self, stream: IO[bytes], envelopes: frozenset[str]) -> None:
        # One read of what is there, so that damage further on does not cost it.
        self._read_chunk = getattr(stream, "read1", stream.read)
        self._envelopes = envelopes
        self._decode = codecs.getincrementaldecoder("utf-8-sig")(errors="replace").decode
        self._text = ""
        self._at = 0
        self._is_finished = False
        self._is_given_up = False
        self._known: set[str] = set()

    def read(self) -> Iterator[JsonValue]:
        self._fill()
        if match := _PREFIX.match(self._text):
            self._at = match.end()
        depth = 0
        while letter := self._peek():
            if letter in "[]":
                depth += 1 if letter == "[" else -1
                self._at += 1
            elif letter == ")" and depth <= 0:
                self._at += 1
            else:
                yield from self._read_value(is_listed=depth > 0)
        if depth > 0 and not self._is_given_up:
            yield JsonValue("", None, "not valid JSON (the file ends within an array)")

    def _read_value(self, *, is_listed: bool) -> Iterator[JsonValue]:
        limit = MAX_ARTICLE_BYTES if is_listed else _MAX_OBJECT
        try:
            value, text = self._take(limit)
        except JsonError as error:
            if str(error) == TOO_LONG and not is_listed and self._text[self._at] == "{":
                yield from self._read_envelope()
                return
            yield JsonValue("", None, f"{error}{self._recover(error)}")
            return
        if isinstance(value, dict):
            self._known = self._known or set(value)
        yield JsonValue(text, value)

    def _take(self, limit: int) -> tuple[object, str]:
        """The value that begins here, and its text; raise and stay if it cannot be read."""
        needed = 0
        while True:
            if len(self._text) - self._at >= needed or self._is_finished:
                try:
                    value, end = _DECODER.raw_decode(self._text, self._at)
                    text, self._at = self._text[self._at : end], end
                    return value, text
                except RecursionError as error:
                    raise JsonError("not valid JSON (nested too deeply)") from error
                except json.JSONDecodeError as error:
                    if self._is_finished or not _may_be_cut(error, len(self._text)):
                        return self._repair(error)
                if len(self._text) - self._at > limit:
                    raise JsonError(TOO_LONG)
                # An incomplete value is tried again only when twice as much of it is there, so that
                # a long one costs linear time.
                needed = 2 * (len(self._text) - self._at)
            self._fill(needed)

    def _repair(self, error: json.JSONDecodeError) -> tuple[object, str]:
        """The value that begins here, with the mistakes of programs and people mended."""
        end = self._find_end(_MAX_LOOKAHEAD, fills=False)
        text = self._text[self._at : end] if end else ""
        try:
            value = parse_json(text) if text else None
        except ValueError:
            value = None
        if not isinstance(value, dict) or not end:
            raise JsonError(f"not valid JSON ({error})") from error
        self._at = end
        return value, text

    def _recover(self, error: JsonError) -> str:
        """Go to the next object that can be read; say so if there is none."""
        if str(error) == TOO_LONG or "deeply" in str(error):
            end = self._find_end(None, fills=True)
            self._at = end or self._at
            return "" if end else self._give_up()
        for _ in range(_MAX_ATTEMPTS):
            match = _NEXT.search(self._text, self._at + 1)
            while match is None and not self._is_finished:
                if len(self._text) - self._at > _MAX_LOOKAHEAD:
                    return self._give_up()
                self._fill()
                match = _NEXT.search(self._text, self._at + 1)
            if match is None:
                break
            self._at = match.end()
            if self._begins_known():
                return ""
        return self._give_up()

    def _begins_known(self) -> bool:
        """Whether an object begins here that has half of the names of the first one."""
        try:
            value, text = self._take(MAX_ARTICLE_BYTES)
        except JsonError:
            return False
        self._at -= len(text)
        known = self._known
        return isinstance(value, dict) and 2 * len(known & set(value)) >= len(known)

    def _give_up(self) -> str:
        self._text, self._at, self._is_finished = "", 0, True
        self._is_given_up = True
        return "; the rest of the file was not read"

    def _read_envelope(self) -> Iterator[JsonValue]:
        """Read the lists of an object that is too long to be read whole."""
        self._at += 1
        seen: list[str] = []
        count = 0
        try:
            while (letter := self._peek()) and letter != "}":
                name, _ = self._take(MAX_ARTICLE_BYTES)
                seen.append(str(name)[:40])
                if self._peek() == ":":
                    self._at += 1
                inner = self._peek()
                if str(name).casefold() in self._envelopes and inner in ("[", "{"):
                    items = self._read_list() if inner == "[" else self._read_envelope()
                    for item in items:
                        count += 1
                        yield item
                else:
                    self._skip()
        except JsonError as error:
            yield JsonValue("", None, f"{error}{self._give_up()}")
            return
        self._at += 1
        if not count:
            reason = f"an object that is longer than an article, without articles in {seen[:8]}"
            yield JsonValue("", None, reason)

    def _read_list(self) -> Iterator[JsonValue]:
        self._at += 1
        while (letter := self._peek()) and letter != "]":
            yield from self._read_value(is_listed=True)
        self._at += 1

    def _skip(self) -> None:
        if self._peek() in ("[", "{"):
            end = self._find_end(None, fills=True)
            if end is None:
                raise JsonError("not valid JSON (the file ends within a value)")
            self._at = end
        else:
            self._take(MAX_ARTICLE_BYTES)

    def _find_end(self, limit: int | None, *, fills: bool) -> int | None:
        """Where the object or array that begins here ends; None if it does not.

        With `fills`, what is read is dropped, and the text before the end with it.
        """
        depth, place = 0, self._at
        while limit is None or place - self._at < limit:
            match = _TOKEN.search(self._text, place)
            if match and match[0] == '"':
                string = _STRING.match(self._text, match.start())
                place = string.end() if string else match.start()
                if string:
                    continue
            elif match:
                depth += 1 if match[0] in "[{" else -1
                place = match.end()
                if not depth:
                    return place
                continue
            else:
                place = len(self._text)
            if not fills or self._is_finished or len(self._text) - place > MAX_ARTICLE_BYTES:
                return None
            self._at = place
            # A string that does not end is looked at again only when twice as much of it is there.
            needed = 2 * (len(self._text) - place)
            self._fill(needed)
            place = self._at
        return None

    def _peek(self) -> str:
        """The next character after white space, commas and comments; empty at the end."""
        while True:
            match = _SPACE.match(self._text, self._at)
            end = match.end() if match else self._at
            # What was passed is not looked at again: a file can be nothing but commas.
            self._at = end
            is_comment = self._text.startswith("/", end) and len(self._text) - end < _MAX_LOOKAHEAD
            if self._is_finished or (end < len(self._text) and not is_comment):
                return self._text[end : end + 1]
            self._fill()

    def _fill(self, least: int = 0) -> None:
        """Drop what was passed, and read on until there are `least` characters, or the end.

        The parts are joined once: to join each would copy all of a long value each time.
        """
        parts = [self._text[self._at :]]
        length = len(parts[0])
        while True:
            chunk = self._read_chunk(_CHUNK)
            parts.append(self._decode(chunk, not chunk))
            length += len(parts[-1])
            self._is_finished = not chunk
            if self._is_finished or length > least:
                break
        self._text, self._at = "".join(parts), 0


def _may_be_cut(error: json.JSONDecodeError, length: int) -> bool:
    """Whether a value that cannot be read may only be incomplete."""
    return error.msg.startswith("Unterminated string") or error.pos >= length - 16


_DECODER = json.JSONDecoder()
