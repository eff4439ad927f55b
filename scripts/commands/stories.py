"""`dateline stories`: the top stories of a period, or the timeline of one story.

Responsibility: print a list of stories or one story.
Decision: without an ID it lists and with an ID it shows, so that the ID from the list is enough.
Must not depend on: how stories are found.
"""

from datetime import datetime
from pathlib import Path

import click

from archive.article import Article
from index.ports import StoryGoneError
from index.search.engine import SearchEngine
from index.types.search import Story
from index.types.stories import StoriesRequest, StoryList, StoryView
from scripts.commands.period import read_period
from scripts.composition import create_engine
from scripts.settings.loader import LoadedSettings
from scripts.terminal import format_count, print_json, print_message
from web.api.schema.answer import encode
from web.api.schema.stories import Stories as StoriesAnswer
from web.api.schema.stories import StoryView as StoryAnswer


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
    """Print stories, or one story; fail if there is no story with this id."""
    first, last = read_period(date_from, date_to)
    request = StoriesRequest(
        date_from=first,
        date_to=last,
        sources=source,
        languages=lang,
        places=place,
        least=least,
        limit=limit,
    )
    engine = create_engine(settings)
    try:
        if story_id is None:
            _print_list(engine.stories(request), as_json=as_json)
        else:
            _print_story(_get_story(engine, story_id, settings.home), as_json=as_json)
    finally:
        engine.close()


def _get_story(engine: SearchEngine, story_id: str, home: Path) -> StoryView:
    try:
        view = engine.story(story_id)
    except StoryGoneError as error:
        message = f"Every article of story {story_id!r} has been withdrawn."
        raise click.ClickException(message) from error
    if view is None:
        raise click.ClickException(f"There is no story {story_id!r} in {home}.")
    return view


def _print_list(stories: StoryList, *, as_json: bool) -> None:
    if as_json:
        print_json(encode(StoriesAnswer.from_list(stories)))
        return
    for notice in stories.notices:
        print_message(notice.message)
    for story, matching in stories.stories:
        of = f" of {story.size:,}" if matching != story.size else ""
        click.echo(f"{matching:>5,}{of}  {click.style(story.title, bold=True)}")
        click.echo(f"       {_format_period(story)} · {story.id}")
    click.echo(format_count(stories.total, "story", "stories"))


def _print_story(view: StoryView, *, as_json: bool) -> None:
    if as_json:
        print_json(encode(StoryAnswer.from_view(view)))
        return
    click.echo(click.style(view.story.title, bold=True))
    count = format_count(len(view.articles), "article")
    click.echo(f"{count} · {_format_period(view.story)} · {view.story.id}")
    assert view.line is not None
    for label, values in (("Places", view.line.places), ("Names", view.line.names)):
        if values:
            click.echo(f"{label}: {', '.join(value.value for value in values)}")
    for development in view.line.developments:
        article = development.article
        click.echo(f"\n{_format_day(article)}  {click.style(article.headline, bold=True)}")
        click.echo(f"  {article.source} · {article.uri}")
        if development.added:
            click.echo(f"  {development.added}")
        for repeat in development.repeats:
            click.echo(f"  Same text: {_format_day(repeat)} {repeat.source} · {repeat.uri}")
    for story in view.related:
        click.echo(f"\nRelated: {story.title} ({story.size:,}) · {story.id}")


def _format_day(article: Article) -> str:
    return article.first_created.date().isoformat() if article.first_created else "undated"


def _format_period(story: Story) -> str:
    if story.first_created is None or story.last_created is None:
        return "undated"
    first, last = story.first_created.date().isoformat(), story.last_created.date().isoformat()
    return first if first == last else f"{first} to {last}"
