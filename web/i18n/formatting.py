"""Values as text for readers.

Responsibility: write dates, counts, names and notices.
Decision: everything follows the language of the interface, never the process's locale, so that
every machine prints the same page. English dates are written here, day first; Babel writes the
others. Days are UTC, as in the date filter.
Must not depend on: Flask, templates or HTML.
"""

from datetime import UTC, date, datetime

from babel import Locale
from babel.dates import format_interval, format_skeleton
from babel.numbers import format_decimal

from archive.article import UNKNOWN_LANGUAGE, Article
from index.types.search import Interval, Notice, Sort, Story, Totals
from web.i18n.translation import current_language, gettext, gettext_noop, ngettext

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SKELETONS = {"day": "yMMMMd", "month": "yMMMM", "year": "y"}
_MAX_EXCERPT = 90
COUNT_MESSAGES = (
    ("%(count)s article", "%(count)s articles"),
    ("%(count)s source", "%(count)s sources"),
    ("%(count)s language", "%(count)s languages"),
    ("%(count)s story", "%(count)s stories"),
    ("%(count)s hour", "%(count)s hours"),
    ("%(count)s version", "%(count)s versions"),
    ("%(count)s loosely related article", "%(count)s loosely related articles"),
)
"""Singular and plural of everything that `format_count` counts, for the translations."""


def format_number(value: int) -> str:
    """`12,310`, or `12.310` in a language that writes it so."""
    return str(format_decimal(value, locale=current_language()))


def format_count(value: int, noun: str, plural: str = "") -> str:
    """`1 article`, `12,310 articles`; the noun must be one of `COUNT_MESSAGES`."""
    nouns = plural or noun + "s"
    return ngettext(f"%(count)s {noun}", f"%(count)s {nouns}", value, count=format_number(value))


def format_day(moment: datetime | None) -> str:
    """`15 July 2023`, in UTC; `date unknown` for None."""
    if moment is None:
        return gettext("date unknown")
    return format_bucket(moment.astimezone(UTC).date(), "day")


def format_bucket(start: date, interval: Interval) -> str:
    """The day, month or year that starts then: `15 July 2023`, `July 2023` or `2023`."""
    if current_language() != "en":
        return str(format_skeleton(_SKELETONS[interval], start, locale=current_language()))
    parts = {"day": 3, "month": 2, "year": 1}[interval]
    return " ".join(f"{start.day} {_MONTHS[start.month - 1]} {start.year}".split()[-parts:])


def format_typed_day(typed: str) -> str:
    """`1 July 2023` for 2023-07-01; text that is not a date is returned as typed."""
    try:
        return format_day(datetime.fromisoformat(typed).replace(tzinfo=UTC))
    except ValueError:
        return typed


def format_time(moment: datetime | None) -> str:
    """`14:05 UTC`; empty at midnight, which means that only the article's day is known."""
    utc = moment.astimezone(UTC) if moment else None
    return f"{utc:%H:%M} UTC" if utc and (utc.hour or utc.minute) else ""


def format_period(first: datetime | None, last: datetime | None) -> str:
    """`3 to 15 July 2023`, no part repeated; a single day if both are the same."""
    if first is None or last is None or format_day(first) == format_day(last):
        return format_day(first or last)
    start, end = first.astimezone(UTC), last.astimezone(UTC)
    if current_language() != "en":
        return str(
            format_interval(start.date(), end.date(), _SKELETONS["day"], locale=current_language())
        )
    shared = 1 if start.year == end.year else 0
    shared += 1 if shared and start.month == end.month else 0
    words = format_day(first).split()
    return f"{' '.join(words[: 3 - shared])} to {format_day(last)}"


def format_language(tag: str) -> str:
    """The name of a BCP 47 tag: `Portuguese (Brazil)`; the tag itself if it has no name here."""
    if tag in {"", UNKNOWN_LANGUAGE}:
        return gettext("Unknown language")
    locale = Locale.parse(current_language())
    main, *subtags = tag.split("-")
    name = str(locale.languages.get(main.lower(), ""))
    if not name:
        return tag
    names = {**locale.scripts, **locale.territories}
    details = ", ".join(str(names.get(s.title(), names.get(s.upper(), s))) for s in subtags)
    return name[:1].upper() + name[1:] + (f" ({details})" if details else "")


def is_foreign(tag: str) -> bool:
    """True for a known language other than that of the interface."""
    return tag.split("-")[0].lower() not in {"", UNKNOWN_LANGUAGE, current_language()}


def format_source(source: str) -> str:
    """The source, or `Unknown source` if it is empty."""
    return source or gettext("Unknown source")


def format_headline(article: Article) -> str:
    """The headline; the first words of the body if it is empty."""
    if article.headline.strip():
        return article.headline
    words = " ".join(article.body.split())
    if len(words) <= _MAX_EXCERPT:
        return words or gettext("No headline")
    return words[:_MAX_EXCERPT].rsplit(" ", 1)[0] + " …"


def format_story_title(story: Story) -> str:
    """The story's title, or `Untitled story` if it is empty."""
    return story.title.strip() or gettext("Untitled story")


def format_totals(totals: Totals, text: str, sort: Sort = "relevance") -> str:
    """`12 articles in 7 stories: 9 keyword matches, 3 semantic only`."""
    counts = {
        "articles": format_count(totals.articles, "article"),
        "stories": format_count(totals.stories, "story", "stories"),
    }
    if not text.strip() and totals.articles > 1:
        oldest = gettext_noop("%(articles)s in %(stories)s, oldest first")
        newest = gettext_noop("%(articles)s in %(stories)s, newest first")
        order = oldest if sort == "oldest" else newest
        return gettext(order, **counts)
    if totals.articles < 2 or not (totals.lexical or totals.semantic_only):
        return gettext("%(articles)s in %(stories)s", **counts)
    if not totals.semantic_only:
        return gettext("%(articles)s in %(stories)s, all keyword matches", **counts)
    if not totals.lexical:
        return gettext("%(articles)s in %(stories)s, all semantic matches", **counts)
    return ngettext(
        "%(articles)s in %(stories)s: %(count)s keyword match, %(others)s semantic only",
        "%(articles)s in %(stories)s: %(count)s keyword matches, %(others)s semantic only",
        totals.lexical,
        count=format_number(totals.lexical),
        others=format_number(totals.semantic_only),
        **counts,
    )


def format_notice(notice: Notice) -> str:
    """The notice's text in the language of the interface."""
    return gettext(notice.text).format(*notice.values)


def format_gap(days: float | None) -> str:
    """`3.1 days from the nearest article in the story`; None if a date is unknown."""
    if days is None:
        return gettext("unknown: this article or all the others have no date")
    if days < 1:
        hours = format_count(round(days * 24), "hour")
        return gettext("%(time)s from the nearest article in the story", time=hours)
    return gettext(
        "%(days)s days from the nearest article in the story", days=_format_decimal(days, "0.0")
    )


def format_duration(milliseconds: float) -> str:
    """`0.03 seconds`."""
    if milliseconds < 10:
        return gettext("under %(seconds)s seconds", seconds=_format_decimal(0.01, "0.00"))
    return gettext("%(seconds)s seconds", seconds=_format_decimal(milliseconds / 1000, "0.00"))


def _format_decimal(value: float, pattern: str) -> str:
    return str(format_decimal(value, format=pattern, locale=current_language()))
