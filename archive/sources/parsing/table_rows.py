"""Table rows: the rows of a table, with damage kept to the row that it is in.

Responsibility: find how a table separates and quotes its values, and split it into rows.
Decision: a row may go over several lines only while a quotation mark is open. If none closes it, or
the row then has other columns than the table, the mark was a mistake: that line is rejected, and
reading goes on at the next one.
Must not depend on: what the columns mean.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from archive.limits import MAX_ARTICLE_BYTES, MAX_ARTICLE_LINES
from archive.sources.lines import TOO_LONG

DELIMITERS = (",", ";", "\t", "|", "~", "^", "\x01", "\x1f")
Lines = Iterator[tuple[int, str | None]]
_MIN_LOOKAHEAD = 64 * 1024
# `\"` before more text; at the end of a value the backslash is its last character.
_ESCAPED = re.compile(r'\\"(?!\s*(?:[,;\t|]|$))', re.MULTILINE)
_DOUBLED = re.compile(r'[^,;\t|"\n]""|""[^,;\t|"\n]')


class TableRow(NamedTuple):
    """A row, or why there is none.

    Attributes:
        line: The number of its first line.
    """

    line: int
    values: list[str]
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a table separates its values, and whether a backslash is before a mark within one."""

    delimiter: str
    has_backslashes: bool = False


def has_backslashes(sample: str) -> bool:
    """Return whether quotation marks within values have a backslash before them."""
    return len(_ESCAPED.findall(sample)) > len(_DOUBLED.findall(sample))


def split_line(line: str, dialect: Dialect) -> list[str]:
    """Return the values of a row that ends with this line."""
    line = line.rstrip("\r\n")
    if '"' not in line and not dialect.has_backslashes:
        return line.split(dialect.delimiter)
    return next(_parse([line], dialect), [])


def iter_rows(lines: Lines, dialect: Dialect, *, columns: int) -> Iterator[TableRow]:
    """Yield the rows of numbered lines that are not blank; `columns` is how many they have.

    A line that is None is too long.
    """
    return _Rows(lines, dialect, columns).read()


class _Rows:
    def __init__(self, lines: Lines, dialect: Dialect, columns: int) -> None:
        self._lines = lines
        self._dialect = dialect
        self._columns = columns
        self._waiting: deque[tuple[int, str | None]] = deque()
        self._lookahead = MAX_ARTICLE_BYTES
        delimiter = re.escape(dialect.delimiter)
        inner = r"(?:[^\"\\]++|\\.|\"\")*+" if dialect.has_backslashes else r"(?:[^\"]++|\"\")*+"
        self._closing = re.compile(rf"{inner}\"", re.DOTALL)
        self._opening = re.compile(rf"(?:^|{delimiter})[ ]?\"")
        self._after = re.compile(rf"[ ]*(?:$|[\r\n]|{delimiter})")

    def read(self) -> Iterator[TableRow]:
        while line := self._next():
            number, text = line
            if text is None:
                yield TableRow(number, [], TOO_LONG)
            elif not text.strip():
                continue
            elif '"' not in text:
                yield TableRow(number, split_line(text, self._dialect))
            else:
                yield self._read_quoted(number, text)

    def _next(self) -> tuple[int, str | None] | None:
        return self._waiting.popleft() if self._waiting else next(self._lines, None)

    def _read_quoted(self, number: int, text: str) -> TableRow:
        """A row that has quotation marks in its first line."""
        is_open, is_odd = self._scan(text, is_open=False)
        if not is_open:
            literal = text.rstrip("\r\n").split(self._dialect.delimiter)
            if is_odd and len(literal) == self._columns:
                return TableRow(number, literal)
            return TableRow(number, split_line(text, self._dialect))
        taken = [(number, text)]
        size = len(text)
        while is_open and size <= self._lookahead and len(taken) < MAX_ARTICLE_LINES:
            if (line := self._next()) is None:
                break
            following, more = line
            if more is None:
                self._waiting.appendleft(line)
                break
            taken.append((following, more))
            size += len(more)
            is_open, odd = self._scan(more, is_open=True)
            is_odd = is_odd or odd
        row = next(_parse([line for _, line in taken], self._dialect), [])
        second = taken[min(1, len(taken) - 1)][1].rstrip("\r\n").split(self._dialect.delimiter)
        is_swallowed = is_odd and len(second) == self._columns
        if not is_open and not is_swallowed and not (is_odd and len(row) != self._columns):
            return TableRow(number, row)
        return self._reject_first(taken, is_open=is_open)

    def _reject_first(self, taken: list[tuple[int, str]], *, is_open: bool) -> TableRow:
        """Reject the line that opened a mark, and read the others again."""
        number, text = taken[0]
        self._waiting.extendleft(reversed(taken[1:]))
        if is_open:
            # Rows that never close would otherwise be read again and again.
            self._lookahead = max(_MIN_LOOKAHEAD, self._lookahead // 4)
        literal = text.rstrip("\r\n").split(self._dialect.delimiter)
        if self._dialect.delimiter == "\t" and len(literal) == self._columns:
            return TableRow(number, literal)  # such tables often do not quote at all
        return TableRow(number, [], "a quotation mark is not closed; the rows after it were read")

    def _scan(self, text: str, *, is_open: bool) -> tuple[bool, bool]:
        """Whether a mark is open after the line, and whether one is within a value."""
        place, is_odd = 0, False
        while True:
            if not is_open:
                match = self._opening.search(text, place)
                if match is None:
                    return False, is_odd
                place, is_open = match.end(), True
            closing = self._closing.match(text, place)
            if closing is None:
                return True, is_odd
            place, is_open = closing.end(), False
            is_odd = is_odd or not self._after.match(text, place)


def _parse(lines: list[str], dialect: Dialect) -> Iterator[list[str]]:
    csv.field_size_limit(MAX_ARTICLE_BYTES)
    try:
        yield from csv.reader(
            lines,
            delimiter=dialect.delimiter,
            doublequote=not dialect.has_backslashes,
            escapechar="\\" if dialect.has_backslashes else None,
            skipinitialspace=True,
        )
    except csv.Error:
        return
