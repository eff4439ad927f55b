"""`dateline show`: one article, one of its versions, or its original text.

Responsibility: print an article.
Decision: reads the archive, not the index, so that every stored article can be shown, except what
is under an embargo.
Must not depend on: the index.
"""

from datetime import UTC, datetime

import click

from archive.article import Article
from archive.database.store import ArticleStore
from scripts.settings.loader import LoadedSettings
from scripts.terminal import print_json, print_message
from web.api.schema.answer import encode
from web.api.schema.articles import Article as ArticleAnswer


def run(
    settings: LoadedSettings, *, uri: str, number: int | None, raw: bool, as_json: bool
) -> None:
    """Print one article; fail if the archive does not have it."""
    home = settings.home
    with ArticleStore.open(home, readonly=True) as store:
        now, stored = datetime.now(UTC), store.versions(uri)
        versions = tuple(version for version in stored if not version.is_embargoed(now))
        article = store.get(uri, number)
        if article and article.is_embargoed(now):
            article = versions[-1] if versions and number is None else None
        original = store.read_raw(uri, article.version) if article and raw else ""
    if article is None:
        if versions:
            raise click.ClickException(
                f"Article {uri!r} has no version {number}; its versions are 1 to {len(versions)}."
            )
        if stored:
            until = max(version.embargoed for version in stored if version.embargoed)
            raise click.ClickException(
                f"Article {uri!r} is under an embargo until {until:%Y-%m-%d %H:%M} UTC."
            )
        raise click.ClickException(f"There is no article {uri!r} in {home}.")
    if as_json:
        print_json(encode(ArticleAnswer.from_version(article, versions)))
    elif raw:
        click.echo(original)
    else:
        _print_article(article, len(versions))


def _print_article(article: Article, versions: int) -> None:
    day = article.first_created.date().isoformat() if article.first_created else "undated"
    inferred = " (inferred)" if article.date_inferred else ""
    details = (article.located, article.source, day + inferred, article.language)
    click.echo(click.style(article.headline, bold=True))
    click.echo(" · ".join(filter(None, details)))
    if article.by:
        click.echo(f"By {article.by}")
    click.echo("\n" + article.body)
    if versions > 1:
        print_message(f"\nVersion {article.version} of {versions}; --version N shows another one.")
