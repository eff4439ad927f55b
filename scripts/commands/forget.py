"""`dateline forget`: withdraw articles from the archive after asking, or undo that.

Responsibility: choose the articles, show them, ask, and say what was done.
Decision: a search must find exactly what it says. A query that had to be repaired or relaxed, or
that names something unknown, is refused instead of withdrawing other articles.
Must not depend on: how the archive marks an article.
"""

import click

from archive.database.store import ArticleStore
from index.types.search import SearchRequest
from scripts.composition import create_engine
from scripts.settings.loader import LoadedSettings
from scripts.terminal import escape_controls, format_count, print_json, print_message

_SHOWN = 10


def run(
    settings: LoadedSettings,
    *,
    ids: tuple[str, ...],
    source: str | None,
    query: str | None,
    undo: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Withdraw the articles of ids, of a source or of a query; with `undo`, restore them."""
    if undo and (source is not None or query is not None):
        raise click.UsageError("--undo takes IDs, or nothing for all forgotten articles.")
    if not undo and [bool(ids), source is not None, query is not None].count(True) != 1:
        raise click.UsageError("Name articles by their IDs, or by --source, or by --query.")
    if as_json and not yes:
        raise click.UsageError("--json needs --yes, because it does not ask.")
    with ArticleStore.open(settings.home, create=False) as store:
        if undo:
            forgotten = store.find_forgotten()
            chosen = _require_known(ids, forgotten, "is not forgotten") or forgotten
        elif ids:
            usable = [uri for uri in ids if _is_usable(store, uri)]
            chosen = _require_known(ids, usable, "is not in the archive, or is withdrawn already")
        elif source is not None:
            chosen = store.find_of_source(source)
        else:
            chosen = _find_matching(settings, query or "")
        if chosen and not yes:
            _ask(store, chosen, "Restore" if undo else "Withdraw")
        count = store.undo_forget(chosen) if undo else store.forget(chosen)
    _print_result(count, undo=undo, as_json=as_json)


def _print_result(count: int, *, undo: bool, as_json: bool) -> None:
    if as_json:
        print_json({"restored" if undo else "forgotten": count})
    else:
        click.echo(f"{format_count(count, 'article')} {'restored' if undo else 'forgotten'}.")
        if count and undo:
            print_message("Run `dateline reindex` to make them searchable.")
        elif count:
            print_message(
                "No search or page shows them from now on. The archive keeps their text, and"
                " `dateline forget --undo` restores them. The next `dateline reindex` removes them"
                " from the index."
            )


def _is_usable(store: ArticleStore, uri: str) -> bool:
    article = store.get(uri)
    return article is not None and article.pub_status == "usable"


def _require_known(
    ids: tuple[str, ...], known: tuple[str, ...] | list[str], problem: str
) -> tuple[str, ...]:
    unknown = [uri for uri in ids if uri not in known]
    if unknown:
        reason = f"{', '.join(map(repr, unknown))} {problem}. Nothing was changed."
        raise click.ClickException(escape_controls(reason))
    return ids


def _find_matching(settings: LoadedSettings, query: str) -> tuple[str, ...]:
    """The ids of the articles that match a query by its words, best first.

    Raises:
        ClickException: The query is empty, or was not searched for as it is.
    """
    if not query.strip():
        raise click.ClickException("The query is empty. Nothing was changed.")
    request = SearchRequest(text=query, mode="lexical", group="none", every_version=True)
    engine = create_engine(settings)
    try:
        results = engine.search(request)
        said = [notice.message for notice in results.notices if notice.code != "no-match"]
        if said or results.repaired:
            what = " ".join(said) or f"It was read as {results.repaired}."
            reason = f"The query is not clear enough to withdraw what it finds. {what}"
            raise click.ClickException(escape_controls(f"{reason} Nothing was changed."))
        return tuple(dict.fromkeys(article.uri for article in engine.matches(request)))
    finally:
        engine.close()


def _ask(store: ArticleStore, uris: tuple[str, ...], verb: str) -> None:
    """Show the first articles, and end the command unless the answer is yes."""
    for uri in uris[:_SHOWN]:
        article = store.get(uri)
        headline = article.headline if article else ""
        print_message(f"  {uri}  {headline}")
    if len(uris) > _SHOWN:
        print_message(f"  and {len(uris) - _SHOWN:,} more")
    click.confirm(f"{verb} {format_count(len(uris), 'article')}?", abort=True, err=True)
