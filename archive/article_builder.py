"""Building an article from one item of a source.

Responsibility: combine a record or a text with the ingest options into an `Article`.
Decision: metadata in a record or header takes precedence over the options, and the options over
what the text suggests; a dateline never overrides a record's date. The year of a day without one is
left to `archive.dating`, which knows the whole file.
Must not depend on: files or the store.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from archive.article import UNKNOWN_LANGUAGE, Article, PubStatus
from archive.formats.markup import has_markup, to_plain
from archive.ingest_types import (
    Draft,
    IngestOptions,
    PrintedDay,
    RawRecord,
    RawText,
    Rejection,
)
from archive.records.exported import is_exported, restore_article
from archive.values.dates import find_day_first, parse_datetime
from archive.values.entities import decode_references
from archive.values.field_names import is_address, pick_fields, recognize_fields
from archive.values.flattening import parse_list, to_text, to_texts
from archive.values.identity import derive_uri, is_bare_number
from archive.values.language import detect_language, normalize_language
from archive.values.publication import (
    UnknownStatusError,
    is_embargo,
    parse_pub_status,
    parse_urgency,
    require_pub_status,
)
from archive.values.time_zones import has_open_zone
from archive.wire.dateline import Dateline
from archive.wire.embargo import Embargo, read_embargo
from archive.wire.metadata import Header, parse_byline
from archive.wire.story import Story, read_body, read_story
from archive.wire.text import to_single_line
from archive.wire.title_date import find_title_day

_MAX_NAMES = 12
_LISTED = frozenset({"by", "source", "language", "section"})


class _NoTextError(ValueError):
    """The item has nothing to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Metadata:
    """The values of a record or header; empty or None if missing. Fields as in `Article`.

    `date` is the one that `first_created` was read from.
    """

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
    date: str = ""
    first_created: datetime | None = None
    version_created: datetime | None = None
    embargo: object = None
    pub_status: PubStatus = "usable"
    is_held_for_embargo: bool = False
    urgency: int | None = None
    subjects: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


def build_article(item: RawRecord | RawText, options: IngestOptions) -> Draft | Rejection:
    """Build the article of an item, or say why it has none.

    `first_created` is the date of the record or header. Without one, the draft has the day that the
    dateline prints, or else the title. A date that cannot be parsed is ignored: the article is
    still built, and `raw` keeps the words.
    """
    try:
        if isinstance(item, RawText):
            text = str(decode_references(item.raw))
            story = read_story(text, language=normalize_language(options.language))
            metadata = _header_metadata(story.header, headline=story.headline)
            return _combine(item, story, metadata, options)
        if is_exported(item.values):
            return Draft(where=item.where, article=_restore(item.values, options, raw=item.raw))
        picked = pick_fields(item.values, options.field_map)
        named = {name: to_plain(value) for name, value in picked.items()}
        metadata = _record_metadata(named)
        language = normalize_language(metadata.language) or normalize_language(options.language)
        story = read_body(to_text(named.get("body"), between="\n\n"), language=language)
        draft = _combine(item, story, metadata, options)
        return replace(draft, had_markup=True) if _had_markup(picked) else draft
    except _NoTextError as error:
        return Rejection(where=item.where, reason=f"{error}{_list_names(item)}")
    except UnknownStatusError as error:
        return Rejection(where=item.where, reason=str(error))


def _list_names(item: RawRecord | RawText) -> str:
    """The names of a record, and what to do about them."""
    if isinstance(item, RawText) or recognize_fields(item.values) & {"headline", "body"}:
        return ""
    names = ", ".join(name[:40] for name in list(item.values)[:_MAX_NAMES])
    return f"; the record has {names}: name one with --map headline=NAME or --map body=NAME"


def _had_markup(picked: Mapping[str, object]) -> bool:
    values = (picked.get(name) for name in ("headline", "body"))
    return any(isinstance(value, str) and has_markup(value) for value in values)


def _restore(values: Mapping[str, object], options: IngestOptions, *, raw: str) -> Article:
    article = restore_article(values, raw=raw)
    _require_text(article, is_named=bool(values.get("id")))
    language = article.language
    if language == UNKNOWN_LANGUAGE and options.language:
        language = normalize_language(options.language) or UNKNOWN_LANGUAGE
    return replace(article, source=article.source or options.source, language=language)


def _require_text(article: Article, *, is_named: bool) -> None:
    """Raise unless the article has a text, or withdraws or withholds an article by its id."""
    is_notice = is_named and article.pub_status != "usable"
    if not (article.headline or article.body or is_notice):
        raise _NoTextError("no headline and no body")


def _header_metadata(header: Header, *, headline: str) -> _Metadata:
    return _Metadata(
        id=header.id,
        url=header.url,
        headline=headline,
        by=header.byline,
        source=header.source,
        language=header.language,
        slugline=header.slug,
        ed_note=header.note,
        date=header.date,
        first_created=parse_datetime(header.date),
        version_created=parse_datetime(header.updated),
        embargo=header.embargo,
        pub_status=require_pub_status(header.status),
        is_held_for_embargo=is_embargo(header.status),
        urgency=parse_urgency(header.urgency),
    )


def _record_metadata(values: Mapping[str, object]) -> _Metadata:
    def text(name: str) -> str:
        if (value := values.get(name)) is None:
            return ""
        # The printed form of a list, which tables have.
        return to_single_line(to_text(parse_list(value) if name in _LISTED else value))

    def texts(*names: str) -> tuple[str, ...]:
        lines = (
            to_single_line(value)
            for name in names
            if name in values
            for value in to_texts(values[name])
        )
        return tuple(dict.fromkeys(line for line in lines if line))

    by = text("by")
    return _Metadata(
        id=text("uri"),
        url=text("url"),
        headline=text("headline"),
        by=parse_byline(by) or by,
        dateline=text("dateline"),
        located=text("located"),
        source=_name_source(text("source")),
        language=text("language"),
        slugline=text("slugline"),
        ed_note=text("ed_note"),
        date=text("first_created"),
        first_created=parse_datetime(values.get("first_created")),
        version_created=parse_datetime(values.get("version_created")),
        embargo=values.get("embargoed"),
        # A plain `status` has other meanings too, so only words that say one of ours count.
        pub_status=require_pub_status(text("pub_status"))
        if "pub_status" in values
        else parse_pub_status(text("status")) or "usable",
        is_held_for_embargo=is_embargo(text("pub_status") or text("status")),
        urgency=parse_urgency(text("urgency")),
        subjects=texts("subjects", "section"),
        people=texts("people"),
        places=texts("places"),
        organisations=texts("organisations"),
    )


def _name_source(stated: str) -> str:
    """The source, or the host of the address that a field for it has."""
    host = urlsplit(stated).hostname if is_address(stated) else ""
    return (host or "").removeprefix("www.") or stated


def _combine(
    item: RawRecord | RawText, story: Story, metadata: _Metadata, options: IngestOptions
) -> Draft:
    source = metadata.source or options.source or story.agency
    notes = (metadata.headline, f"({metadata.ed_note})", story.ed_note, story.body)
    embargo = read_embargo(metadata.embargo, *notes)
    article = Article(
        uri=derive_uri(
            metadata.id,
            url=metadata.url,
            headline=metadata.headline,
            body=story.body,
            source=source,
        ),
        headline=metadata.headline,
        body=story.body,
        by=metadata.by or story.by,
        dateline=metadata.dateline or (story.dateline.printed if story.dateline else ""),
        located=metadata.located or (story.dateline.located if story.dateline else ""),
        source=source,
        first_created=metadata.first_created,
        version_created=metadata.version_created,
        embargoed=embargo.until,
        language=_resolve_language(metadata, options, body=story.body),
        pub_status=_decide_status(metadata, embargo),
        urgency=metadata.urgency,
        slugline=metadata.slugline,
        ed_note=metadata.ed_note or story.ed_note,
        subjects=metadata.subjects,
        people=metadata.people,
        places=metadata.places,
        organisations=metadata.organisations,
        url=metadata.url,
        raw=item.raw,
    )
    _require_text(article, is_named=bool(metadata.id or metadata.url))
    if is_bare_number(article.uri):
        raise _NoTextError(f"{article.uri} is an id only within its source; name the source")
    is_dated = metadata.first_created is not None
    return Draft(
        where=item.where,
        article=article,
        printed=None if is_dated else _find_printed_day(story.dateline, metadata.headline),
        unread_date="" if is_dated else metadata.date[:100],
        unread_embargo=embargo.unread,
        day_first=find_day_first(metadata.date) if is_dated else None,
        open_zone=metadata.date[:100] if is_dated and has_open_zone(metadata.date) else "",
    )


def _decide_status(metadata: _Metadata, embargo: Embargo) -> PubStatus:
    """The status: an embargo of a known time ends by itself, any other only by a person."""
    if metadata.is_held_for_embargo and embargo.until:
        return "usable"
    is_held = embargo.unread and metadata.pub_status == "usable"
    return "withheld" if is_held else metadata.pub_status


def _resolve_language(metadata: _Metadata, options: IngestOptions, *, body: str) -> str:
    return (
        normalize_language(metadata.language)
        or normalize_language(options.language)
        or detect_language(f"{metadata.headline} {body[:1000]}")
    )


def _find_printed_day(dateline: Dateline | None, headline: str) -> PrintedDay | None:
    if dateline and dateline.month and dateline.day:
        return PrintedDay(month=dateline.month, day=dateline.day, year=dateline.year)
    return find_title_day(headline)
