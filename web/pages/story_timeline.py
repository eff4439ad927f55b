"""The course of a story as a picture: bars of its articles, and how many said something new.

Decision: a bar leads to the first thing that its days brought, on the page where that stands, so
that the picture is a table of contents too.
Must not know Flask or HTML.
"""

from dataclasses import dataclass
from datetime import UTC

from archive.article import Article
from index.types.stories import Development, StoryView
from web.i18n.formatting import count
from web.i18n.translation import gettext
from web.pages.histogram_bars import Bar, bars


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One bar: what is new in it, from the ground up, and the place in the story it leads to.

    Attributes:
        place: Of the development it leads to, from 0.
        fresh_y, fresh_height: The part of the bar that says something new.
    """

    bar: Bar
    place: int
    label: str
    fresh_y: float
    fresh_height: float

    @property
    def same(self) -> bool:
        """Whether any of its articles says nothing new."""
        return self.fresh_height < self.bar.height


def timeline(view: StoryView) -> tuple[Step, ...]:
    """A step for each bar with an article in it; none where all is of one moment."""
    told = view.line.developments if view.line else ()
    found = ((bar, _within(told, bar)) for bar in bars(view.histogram) if bar.count)
    return tuple(_step(bar, places, told) for bar, places in found)


def _within(told: tuple[Development, ...], bar: Bar) -> list[int]:
    """Places of the developments of a bar's days."""
    return [place for place, each in enumerate(told) if _is_in(each.article, bar)]


def _repeated_within(told: tuple[Development, ...], bar: Bar) -> int:
    """Place of the first development whose text is repeated in a bar's days."""
    found = (n for n, each in enumerate(told) if any(_is_in(a, bar) for a in each.repeats))
    return next(found, 0)


def _is_in(article: Article, bar: Bar) -> bool:
    when = article.first_created
    return when is not None and bar.first <= when.astimezone(UTC).date() <= bar.last


def _step(bar: Bar, places: list[int], told: tuple[Development, ...]) -> Step:
    height = round(bar.height * len(places) / bar.count, 2)
    label, same = bar.label, bar.count - len(places)
    if same:
        words = gettext("%(articles)s with the same text", articles=count(same, "article"))
        label = f"{label}, {words}"
    return Step(
        bar=bar,
        place=places[0] if places else _repeated_within(told, bar),
        label=label,
        fresh_y=round(bar.y + bar.height - height, 2),
        fresh_height=height,
    )
