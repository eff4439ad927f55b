"""The values that pass between the steps of an ingest.

Responsibility: define options, items read from a source, rejections and the final report.
Decision: a source yields articles, remarks and rejections in one stream, so that a bad record stops
nothing, and nothing is dropped without a rejection that says where it was and why.
Must not depend on: file formats, files or the store.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from archive.article import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestOptions:
    """What the caller knows about the articles.

    Attributes:
        date: The day of articles without a date; datelines take their year from it.
        source: The source of articles that name none.
        language: The language of articles that name none; if empty, it is detected.
        dry_run: Count, and store nothing.
        is_strict: Anything that a report would remark on or refuse stops the run.
        field_map: The field of an article for a name in records: `{"COLUMN": "headline"}`.
        columns: The names of the columns of tables that have no row of names.
        encoding: The encoding of text that does not state one; if empty, it is recognised.
        day_first: `03/04/2031` is 3 April where the file does not tell; None: such a date is not
            read.
    """

    date: datetime.date | None = None
    source: str = ""
    language: str = ""
    dry_run: bool = False
    is_strict: bool = False
    field_map: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    encoding: str = ""
    day_first: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """A record with named values, and the text it was read from.

    Attributes:
        where: `path:line` or `path#record`.
        raw: The text of the record.
        values: By the record's own names.
    """

    where: str
    raw: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawText:
    """The plain text of one article.

    Attributes:
        where: `path:line` of its first line that is not blank.
        raw: The text.
    """

    where: str
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """Something that could not be ingested.

    Attributes:
        where: `path:line`, `path#record`, or the path alone.
        reason: Why, for a person to read.
    """

    where: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDay:
    """A day as a dateline or a title prints it.

    Attributes:
        year: None if it is not printed.
        is_title: It is in the title, so that it is only likely to be the day of the article.
    """

    month: int
    day: int
    year: int | None = None
    is_title: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article whose date may still have to be completed.

    Attributes:
        where: As in `RawRecord`.
        article: Its `first_created` is the one that the record or header states.
        printed: The day in its dateline or title; None if there is none, or a date is stated.
        unread_date: A stated date that cannot be read; empty if there is none.
        unread_embargo: A stated embargo whose end cannot be read; empty if there is none.
        day_first: Its stated date shows that days come before months, or after them; None if not.
        open_zone: A stated date whose zone has several meanings and was left out; may be empty.
        had_markup: HTML in its headline or body was turned into text.
    """

    where: str
    article: Article
    printed: PrintedDay | None = None
    unread_date: str = ""
    unread_embargo: str = ""
    day_first: bool | None = None
    open_zone: str = ""
    had_markup: bool = False


RemarkCode = Literal[
    "no-date",
    "unread-date",
    "year-from-file",
    "day-order-assumed",
    "zone-left-out",
    "withdrawn",
    "embargoed",
    "unread-embargo",
    "no-body",
    "unknown-fields",
    "markup-removed",
    "encoding-guessed",
    "skipped-records",
    "attachments",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something that a person should know about an article that was read.

    Attributes:
        where: As in `RawRecord`.
        value: What it is about, as it was written; may be empty.
    """

    code: RemarkCode
    where: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkCount:
    """How many articles have the same remark, and the first of them.

    Attributes:
        files: (path, how many), in the order they were read.
    """

    code: RemarkCode
    count: int
    examples: tuple[Remark, ...]
    files: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file to read.

    Attributes:
        is_named: A person named it, rather than a folder that has it.
    """

    path: Path
    is_named: bool


FileOutcome = Literal["read", "skipped", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """What happens to a file, yielded before its items.

    Attributes:
        where: The path.
        kind: For people: "JSON Lines", "PNG picture", "README".
        outcome: `refused` is followed by a rejection; `skipped` by nothing.
    """

    where: str
    kind: str
    outcome: FileOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """How many files of a kind were read, skipped or refused, and the first of them."""

    kind: str
    outcome: FileOutcome
    count: int
    examples: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class FilePreview:
    """What a file would become.

    Attributes:
        count: Its articles.
        first: The first of them, without their raw text.
    """

    file: FileKind
    count: int = 0
    first: list[Article] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class RefusedPath:
    """A file or folder of which something was rejected.

    Attributes:
        count: Rejections.
        first: The first of them.
    """

    path: str
    count: int = 0
    first: list[Rejection] = field(default_factory=list)


SourceItem = RawRecord | RawText | Rejection | Remark
SourceItems = Iterator[SourceItem]
FileItems = Iterator[SourceItem | FileKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """How many articles an ingest stored, and what it rejected.

    Attributes:
        added: New articles.
        updated: New versions of articles already in the archive.
        unchanged: Articles already in the archive with the same content.
        duplicate: Articles that occurred before in this ingest with the same content.
        rejected: In the order they were read.
        remarks: On articles that were read, whatever their outcome.
        files: What was done with the files, by kind.
        previews: Of a dry run: each file that was read or refused.
        refused: Files and folders with rejections, in the order they were read.
    """

    added: int
    updated: int
    unchanged: int
    duplicate: int
    rejected: tuple[Rejection, ...]
    remarks: tuple[RemarkCount, ...] = ()
    files: tuple[KindCount, ...] = ()
    previews: tuple[FilePreview, ...] = ()
    refused: tuple[RefusedPath, ...] = ()
