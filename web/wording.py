"""Words for dates, counts, languages and totals, as they stand on the page.

Decision: plain English written out here, never by the process's locale, so that every machine
prints the same page. Days are UTC, as the date filter's are.
Must not know Flask, templates or HTML.
"""

from datetime import UTC, date, datetime

from archive.article import UNKNOWN_LANGUAGE, Article
from index.types import Interval, Story, Totals
from web.languages import LANGUAGE_NAMES

PAGE_LANGUAGE = "en"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_LONGEST_STAND_IN = 90


def count(number: int, noun: str, plural: str = "") -> str:
    """`1 article`, `12,310 articles`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def day(moment: datetime | None) -> str:
    """`15 July 2023`, in UTC; `date not known` for None."""
    if moment is None:
        return "date not known"
    there = moment.astimezone(UTC)
    return f"{there.day} {_MONTHS[there.month - 1]} {there.year}"


def day_name(start: date, interval: Interval) -> str:
    """`15 July 2023`, `July 2023` or `2023`."""
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
    shared = 1 if start.year == end.year else 0
    shared += 1 if shared and start.month == end.month else 0
    words = day(first).split()
    return f"{' '.join(words[: 3 - shared])} to {day(last)}"


def language_name(tag: str) -> str:
    """English name of a BCP 47 tag's primary language; the tag itself where we have no name."""
    if tag in {"", UNKNOWN_LANGUAGE}:
        return "Language not known"
    return LANGUAGE_NAMES.get(tag.split("-")[0].lower(), tag)


def foreign(tag: str) -> bool:
    """True for a known language that is not the page's own."""
    return tag.split("-")[0].lower() not in {"", UNKNOWN_LANGUAGE, PAGE_LANGUAGE}


def source_name(source: str) -> str:
    """The source, or words for having none."""
    return source or "Source not given"


def headline_of(article: Article) -> str:
    """The headline; the body's first words stand in for an empty one."""
    if article.headline.strip():
        return article.headline
    words = " ".join(article.body.split())
    if len(words) <= _LONGEST_STAND_IN:
        return words or "No headline"
    return words[:_LONGEST_STAND_IN].rsplit(" ", 1)[0] + " …"


def title_of(story: Story) -> str:
    """The story's title, or words for having none."""
    return story.title.strip() or "Untitled story"


def totals_line(totals: Totals, text: str) -> str:
    """`12 articles in 7 stories: 9 match the words, 3 by meaning only`."""
    line = f"{count(totals.articles, 'article')} in {count(totals.stories, 'story', 'stories')}"
    if not text.strip():
        return f"{line}, newest first"
    if not totals.semantic_only:
        return f"{line}, all matching the words" if totals.lexical > 1 else line
    if not totals.lexical:
        return f"{line}, by meaning only"
    verb = "matches" if totals.lexical == 1 else "match"
    return f"{line}: {totals.lexical:,} {verb} the words, {totals.semantic_only:,} by meaning only"


def gap_line(days: float | None) -> str:
    """How far an article is from the nearest one in time: `3.1 days from the nearest other`."""
    if days is None:
        return "its date, or those of the others, are not known"
    if days < 1:
        return f"{count(round(days * 24), 'hour')} from the nearest other"
    return f"{days:.1f} days from the nearest other"


def seconds(took_ms: float) -> str:
    """`0.03 seconds`."""
    return "under 0.01 seconds" if took_ms < 10 else f"{took_ms / 1000:.2f} seconds"
