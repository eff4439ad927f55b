"""Composing: one piece of a source into one article.

Decision: what a record or header says wins over the options, and the options over what the text
suggests; a record's date is never overruled by its dateline. Must not know files or the store.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from archive.article import Article
from archive.report import IngestOptions, Rejection
from archive.sources.records import RecordPiece, TextPiece
from archive.values.dates import midnight, parse_moment
from archive.values.field_names import as_text, as_texts, pick_fields
from archive.values.identity import article_uri
from archive.values.language import detect_language, language_tag
from archive.values.months import nearest_year, real_date
from archive.wire.dateline import Dateline
from archive.wire.header import Header
from archive.wire.story import Story, byline_of, read_body, read_story
from archive.wire.text import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What a record or header says; empty or None where it says nothing. Fields as in `Article`."""

    id: str = ""
    url: str = ""
    headline: str = ""
    by: str = ""
    dateline: str = ""
    located: str = ""
    source: str = ""
    language: str = ""
    slugline: str = ""
    ed_note: str = ""
    first_created: datetime | None = None
    version_created: datetime | None = None
    subjects: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


def compose(
    piece: RecordPiece | TextPiece, options: IngestOptions, *, file_day: date | None
) -> Article | Rejection:
    """The article of a piece, or why it is none.

    `first_created` is the record's or header's date; else the dateline's day, its year, where it
    has none, taken from `file_day` or else `options.date`; else that day itself, as inferred. A
    date that cannot be read counts as none: the article is taken, and `raw` keeps the words.
    """
    if isinstance(piece, TextPiece):
        story = read_story(piece.raw)
        said = _said_by_header(story.header, headline=story.headline)
    else:
        values = pick_fields(piece.values)
        story = read_body(as_text(values.get("body"), between="\n\n"))
        said = _said_by_record(values)
    if not said.headline and not story.body:
        return Rejection(where=piece.where, reason="neither a headline nor a body")
    return _article(story, said, options, day=file_day or options.date, raw=piece.raw)


def _said_by_header(header: Header, *, headline: str) -> _Said:
    return _Said(
        id=header.id,
        url=header.url,
        headline=headline,
        by=header.byline,
        source=header.source,
        language=header.language,
        slugline=header.slug,
        ed_note=header.note,
        first_created=parse_moment(header.date),
    )


def _said_by_record(values: Mapping[str, object]) -> _Said:
    def text(name: str) -> str:
        return one_line(as_text(values[name])) if name in values else ""

    def texts(*names: str) -> tuple[str, ...]:
        found = (
            one_line(one) for name in names if name in values for one in as_texts(values[name])
        )
        return tuple(dict.fromkeys(one for one in found if one))

    by = text("by")
    return _Said(
        id=text("uri"),
        url=text("url"),
        headline=text("headline"),
        by=byline_of(by) or by,
        dateline=text("dateline"),
        located=text("located"),
        source=text("source"),
        language=text("language"),
        slugline=text("slugline"),
        ed_note=text("ed_note"),
        first_created=parse_moment(values.get("first_created")),
        version_created=parse_moment(values.get("version_created")),
        subjects=texts("subjects", "section"),
        people=texts("people"),
        places=texts("places"),
        organisations=texts("organisations"),
    )


def _article(
    story: Story, said: _Said, options: IngestOptions, *, day: date | None, raw: str
) -> Article:
    created, inferred = _created(story.dateline, said.first_created, day=day)
    return Article(
        uri=article_uri(said.id, url=said.url, headline=said.headline, body=story.body),
        headline=said.headline,
        body=story.body,
        by=said.by or story.by,
        dateline=said.dateline or (story.dateline.printed if story.dateline else ""),
        located=said.located or (story.dateline.located if story.dateline else ""),
        source=said.source or options.source or story.agency,
        first_created=created,
        version_created=said.version_created,
        date_inferred=inferred,
        language=_language(said, options, body=story.body),
        slugline=said.slugline,
        ed_note=said.ed_note or story.ed_note,
        subjects=said.subjects,
        people=said.people,
        places=said.places,
        organisations=said.organisations,
        url=said.url,
        raw=raw,
    )


def _language(said: _Said, options: IngestOptions, *, body: str) -> str:
    return (
        language_tag(said.language)
        or language_tag(options.language)
        or detect_language(f"{said.headline} {body[:1000]}")
    )


def _created(
    dateline: Dateline | None, said: datetime | None, *, day: date | None
) -> tuple[datetime | None, bool]:
    """When the article was created, and whether any part of that was not written in it."""
    if said:
        return said, False
    if dateline and dateline.month and dateline.day:
        written = real_date(dateline.year or 0, dateline.month, dateline.day)
        if written:
            return midnight(written), False
        found = day and nearest_year(dateline.month, dateline.day, reference=day)
        return (midnight(found), True) if found else (None, False)
    return (midnight(day), True) if day else (None, False)
