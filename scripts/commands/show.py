"""`dateline show`: one article, one of its versions, or its raw text."""

import click

from archive.article import Article
from archive.database.store import ArticleStore
from scripts.settings.loader import LoadedSettings
from scripts.terminal import errors_explained, print_json, say
from web.api.presenters import article_json


def run(
    settings: LoadedSettings, *, uri: str, number: int | None, raw: bool, as_json: bool
) -> None:
    """Print one article; fail if the archive does not hold it."""
    home = settings.home
    with errors_explained(), ArticleStore.open(home, readonly=True) as store:
        article = store.get(uri, number)
        versions = store.versions(uri)
        original = store.read_raw(uri, article.version) if article and raw else ""
    if article is None:
        held = f"; it has versions 1 to {len(versions)}" if versions else ""
        raise click.ClickException(f"There is no article {uri!r} in {home}{held}.")
    if as_json:
        print_json(article_json(article, versions))
    elif raw:
        click.echo(original)
    else:
        _print(article, len(versions))


def _print(article: Article, versions: int) -> None:
    day = article.first_created.date().isoformat() if article.first_created else "undated"
    inferred = " (inferred)" if article.date_inferred else ""
    about = (article.located, article.source, day + inferred, article.language)
    click.echo(click.style(article.headline, bold=True))
    click.echo(" · ".join(filter(None, about)))
    if article.by:
        click.echo(f"By {article.by}")
    click.echo("\n" + article.body)
    if versions > 1:
        say(f"\nVersion {article.version} of {versions}; --version N shows another.")
