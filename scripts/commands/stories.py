"""`dateline stories`: the top stories of a period, or the course of one."""

from datetime import datetime
from pathlib import Path

import click

from archive.article import Article
from index.ports import StoryGoneError
from index.search.engine import SearchEngine
from index.types.search import Story
from index.types.stories import StoriesRequest, StoryList, StoryView
from scripts.composition import engine
from scripts.settings.loader import LoadedSettings
from scripts.terminal import errors_explained, print_json
from web.api.stories import stories_json, story_view_json


def run(
    settings: LoadedSettings,
    *,
    story_id: str | None,
    date_from: datetime | None,
    date_to: datetime | None,
    source: tuple[str, ...],
    lang: tuple[str, ...],
    place: tuple[str, ...],
    least: int,
    limit: int,
    as_json: bool,
) -> None:
    """Print stories, or one story; fail if there is none with this id."""
    asked = StoriesRequest(
        date_from=date_from.date() if date_from else None,
        date_to=date_to.date() if date_to else None,
        sources=source,
        languages=lang,
        places=place,
        least=least,
        limit=limit,
    )
    with errors_explained():
        opened = engine(settings)
        try:
            if story_id is None:
                _list(opened.stories(asked), as_json=as_json)
            else:
                _tell(_one(opened, story_id, settings.home), as_json=as_json)
        finally:
            opened.close()


def _one(opened: SearchEngine, story_id: str, home: Path) -> StoryView:
    try:
        view = opened.story(story_id)
    except StoryGoneError as error:
        message = f"Every article of the story {story_id!r} has been withdrawn."
        raise click.ClickException(message) from error
    if view is None:
        raise click.ClickException(f"There is no story {story_id!r} in {home}.")
    return view


def _list(found: StoryList, *, as_json: bool) -> None:
    if as_json:
        print_json(stories_json(found))
        return
    for story, matching in found.stories:
        of = f" of {story.size:,}" if matching != story.size else ""
        click.echo(f"{matching:>5,}{of}  {click.style(story.title, bold=True)}")
        click.echo(f"       {_days(story)} · {story.id}")
    click.echo(f"{found.total:,} stories")


def _tell(view: StoryView, *, as_json: bool) -> None:
    if as_json:
        print_json(story_view_json(view))
        return
    click.echo(click.style(view.story.title, bold=True))
    click.echo(f"{len(view.articles):,} articles · {_days(view.story)} · {view.story.id}")
    assert view.line is not None
    for word, values in (("Places", view.line.places), ("Names", view.line.names)):
        if values:
            click.echo(f"{word}: {', '.join(value.value for value in values)}")
    for each in view.line.developments:
        article = each.article
        click.echo(f"\n{_day(article)}  {click.style(article.headline, bold=True)}")
        click.echo(f"  {article.source} · {article.uri}")
        if each.added:
            click.echo(f"  {each.added}")
        for other in each.repeats:
            click.echo(f"  same text: {_day(other)} {other.source} · {other.uri}")
    for story in view.related:
        click.echo(f"\nRelated: {story.title} ({story.size:,}) · {story.id}")


def _day(article: Article) -> str:
    return article.first_created.date().isoformat() if article.first_created else "undated"


def _days(story: Story) -> str:
    if story.first_created is None or story.last_created is None:
        return "undated"
    first, last = story.first_created.date().isoformat(), story.last_created.date().isoformat()
    return first if first == last else f"{first} to {last}"
