"""Words for dates, counts, languages and totals, as they stand on the page.

Decision: in the language of the interface, never by the process's locale, so that every machine
prints the same page. English dates are written out here, day first; others as Babel has them. Days
are UTC, as the date filter's are.
Must not know Flask, templates or HTML.
"""

from datetime import UTC, date, datetime

from babel import Locale
from babel.dates import format_interval, format_skeleton
from babel.numbers import format_decimal

from archive.article import UNKNOWN_LANGUAGE, Article
from index.types.search import Interval, Notice, Story, Totals
from web.i18n.translation import current_language, gettext, later, ngettext

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SKELETONS = {"day": "yMMMMd", "month": "yMMMM", "year": "y"}
_LONGEST_STAND_IN = 90
COUNTED = (
    ("%(count)s article", "%(count)s articles"),
    ("%(count)s source", "%(count)s sources"),
    ("%(count)s language", "%(count)s languages"),
    ("%(count)s story", "%(count)s stories"),
    ("%(count)s hour", "%(count)s hours"),
    ("%(count)s weaker match", "%(count)s weaker matches"),
)
"""What is counted anywhere, so that every language has words for it."""


def number(value: int) -> str:
    """`12,310`, or `12.310` where it is written so."""
    return str(format_decimal(value, locale=current_language()))


def count(value: int, noun: str, plural: str = "") -> str:
    """`1 article`, `12,310 articles`; what is counted must be among `COUNTED`."""
    many = plural or noun + "s"
    return ngettext(f"%(count)s {noun}", f"%(count)s {many}", value, count=number(value))


def day(moment: datetime | None) -> str:
    """`15 July 2023`, in UTC; `date not known` for None."""
    if moment is None:
        return gettext("date not known")
    return day_name(moment.astimezone(UTC).date(), "day")


def day_name(start: date, interval: Interval) -> str:
    """`15 July 2023`, `July 2023` or `2023`."""
    if current_language() != "en":
        return str(format_skeleton(_SKELETONS[interval], start, locale=current_language()))
    parts = {"day": 3, "month": 2, "year": 1}[interval]
    return " ".join(f"{start.day} {_MONTHS[start.month - 1]} {start.year}".split()[-parts:])


def typed_day(typed: str) -> str:
    """`1 July 2023` for 2023-07-01; what is no day comes back as typed."""
    try:
        return day(datetime.fromisoformat(typed).replace(tzinfo=UTC))
    except ValueError:
        return typed


def clock(moment: datetime | None) -> str:
    """`14:05 UTC`; empty at midnight, which is how an article says that only its day is known."""
    there = moment.astimezone(UTC) if moment else None
    return f"{there:%H:%M} UTC" if there and (there.hour or there.minute) else ""


def period(first: datetime | None, last: datetime | None) -> str:
    """`3 to 15 July 2023`, each part said once; one day alone where both are the same."""
    if first is None or last is None or day(first) == day(last):
        return day(first or last)
    start, end = first.astimezone(UTC), last.astimezone(UTC)
    if current_language() != "en":
        return str(
            format_interval(start.date(), end.date(), _SKELETONS["day"], locale=current_language())
        )
    shared = 1 if start.year == end.year else 0
    shared += 1 if shared and start.month == end.month else 0
    words = day(first).split()
    return f"{' '.join(words[: 3 - shared])} to {day(last)}"


def language_name(tag: str) -> str:
    """`Portuguese (Brazil)`: the name of a BCP 47 tag; the tag itself where we have none."""
    if tag in {"", UNKNOWN_LANGUAGE}:
        return gettext("Language not known")
    ours = Locale.parse(current_language())
    main, *more = tag.split("-")
    name = str(ours.languages.get(main.lower(), ""))
    if not name:
        return tag
    known = {**ours.scripts, **ours.territories}
    told = ", ".join(str(known.get(e.title(), known.get(e.upper(), e))) for e in more)
    return name[:1].upper() + name[1:] + (f" ({told})" if told else "")


def foreign(tag: str) -> bool:
    """True for a known language that is not the page's own."""
    return tag.split("-")[0].lower() not in {"", UNKNOWN_LANGUAGE, current_language()}


def source_name(source: str) -> str:
    """The source, or words for having none."""
    return source or gettext("Source not given")


def headline_of(article: Article) -> str:
    """The headline; the body's first words stand in for an empty one."""
    if article.headline.strip():
        return article.headline
    words = " ".join(article.body.split())
    if len(words) <= _LONGEST_STAND_IN:
        return words or gettext("No headline")
    return words[:_LONGEST_STAND_IN].rsplit(" ", 1)[0] + " …"


def title_of(story: Story) -> str:
    """The story's title, or words for having none."""
    return story.title.strip() or gettext("Untitled story")


def totals_line(totals: Totals, text: str) -> str:
    """`12 articles in 7 stories: 9 match the words, 3 by meaning only`."""
    found = {
        "articles": count(totals.articles, "article"),
        "stories": count(totals.stories, "story", "stories"),
    }
    if not text.strip():
        return gettext("%(articles)s in %(stories)s, newest first", **found)
    if not totals.semantic_only:
        all_match = later("%(articles)s in %(stories)s, all matching the words")
        alone = later("%(articles)s in %(stories)s")
        return gettext(all_match if totals.lexical > 1 else alone, **found)
    if not totals.lexical:
        return gettext("%(articles)s in %(stories)s, by meaning only", **found)
    return ngettext(
        "%(articles)s in %(stories)s: %(count)s matches the words, %(others)s by meaning only",
        "%(articles)s in %(stories)s: %(count)s match the words, %(others)s by meaning only",
        totals.lexical,
        count=number(totals.lexical),
        others=number(totals.semantic_only),
        **found,
    )


def notice_line(notice: Notice) -> str:
    """What a notice says, in the language of the interface."""
    return gettext(notice.text).format(*notice.values)


def gap_line(days: float | None) -> str:
    """How far an article is from the nearest one in time: `3.1 days from the nearest other`."""
    if days is None:
        return gettext("its date, or those of the others, are not known")
    if days < 1:
        hours = count(round(days * 24), "hour")
        return gettext("%(time)s from the nearest other", time=hours)
    return gettext("%(days)s days from the nearest other", days=_decimal(days, "0.0"))


def seconds(took_ms: float) -> str:
    """`0.03 seconds`."""
    if took_ms < 10:
        return gettext("under %(seconds)s seconds", seconds=_decimal(0.01, "0.00"))
    return gettext("%(seconds)s seconds", seconds=_decimal(took_ms / 1000, "0.00"))


def _decimal(value: float, pattern: str) -> str:
    return str(format_decimal(value, format=pattern, locale=current_language()))
