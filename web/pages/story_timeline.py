"""The timeline of a story as bars.

Responsibility: show its articles by date, new text and repeats.
Decision: a bar links to the first development of its dates, on the page of the story that has it,
so that the picture is a table of contents too.
Must not depend on: Flask or HTML.
"""

from dataclasses import dataclass
from datetime import UTC

from archive.article import Article
from index.types.stories import Development, StoryView
from web.i18n.formatting import format_count
from web.i18n.translation import gettext
from web.pages.histogram_bars import Bar, build_bars


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineBar:
    """One bar, and the development that it links to.

    Attributes:
        position: Of that development in the story, from 0.
        new_y, new_height: The part of the bar for articles with new text, at its foot.
    """

    bar: Bar
    position: int
    label: str
    new_y: float
    new_height: float

    @property
    def has_repeats(self) -> bool:
        """True if any of its articles repeats the text of another."""
        return self.new_height < self.bar.height


def build_timeline(view: StoryView) -> tuple[TimelineBar, ...]:
    """One bar per bucket with articles, oldest first; empty if all are in one bucket."""
    return tuple(
        _build_timeline_bar(bar, view.line.developments)
        for bar in build_bars(view.histogram)
        if bar.count
    )


def _build_timeline_bar(bar: Bar, developments: tuple[Development, ...]) -> TimelineBar:
    new = [n for n, each in enumerate(developments) if _is_within(each.article, bar)]
    height = round(bar.height * len(new) / bar.count, 2)
    label, repeats = bar.label, bar.count - len(new)
    if repeats:
        words = gettext(
            "%(articles)s with the same text", articles=format_count(repeats, "article")
        )
        label = f"{label}, {words}"
    return TimelineBar(
        bar=bar,
        position=new[0] if new else _find_repeated(developments, bar),
        label=label,
        new_y=round(bar.y + bar.height - height, 2),
        new_height=height,
    )


def _find_repeated(developments: tuple[Development, ...], bar: Bar) -> int:
    """Position of the first development whose text is repeated within a bar's dates."""
    positions = (
        n
        for n, each in enumerate(developments)
        if any(_is_within(article, bar) for article in each.repeats)
    )
    return next(positions, 0)


def _is_within(article: Article, bar: Bar) -> bool:
    created = article.first_created
    return created is not None and bar.first <= created.astimezone(UTC).date() <= bar.last
