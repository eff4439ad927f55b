"""`dateline search`: an answer at a terminal, or as the API's JSON, from here or from elsewhere.

Decision: an answer from elsewhere is read back into the same values, so that both print the same.
Whatever articles and other machines send is shown without its control characters.
"""

import re
from datetime import datetime
from textwrap import shorten
from typing import Any

import click
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from archive.article import Article
from index.ports import InvalidQueryError
from index.types.search import Hit, SearchRequest, SearchResults, Snippet, Span, StoryHits
from scripts.client import Json, RefusedError
from scripts.commands.remote import search_remote
from scripts.composition import engine
from scripts.settings.loader import LoadedSettings
from scripts.terminal import errors_explained, print_json, say
from web.api.presenters import results_json
from web.pages.explanation_text import describe_lead, describe_part, describe_score

_PASSAGE_SHOWN = 160
_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_AROUND = 30
"""Code points of a query that are shown around what is wrong in it."""


def run(
    settings: LoadedSettings,
    *,
    query: tuple[str, ...],
    date_from: datetime | None,
    date_to: datetime | None,
    source: tuple[str, ...],
    lang: tuple[str, ...],
    place: tuple[str, ...],
    url: str | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Search here, or at `url`, and print."""
    request = SearchRequest(
        text=" ".join(query),
        date_from=date_from.date() if date_from else None,
        date_to=date_to.date() if date_to else None,
        sources=source,
        languages=lang,
        places=place,
        **options,
    )
    with errors_explained():
        try:
            results, told = _found(settings, request, url)
        except (InvalidQueryError, RefusedError) as error:
            message = _plain(str(error)) + _pointed_at(request.text, error.span)
            raise click.ClickException(message) from error
    if as_json:
        print_json(told)
    else:
        _print(results)


def _found(
    settings: LoadedSettings, request: SearchRequest, url: str | None
) -> tuple[SearchResults, Json]:
    """The answer, as values and as JSON."""
    if url:
        return search_remote(url, request)
    opened = engine(settings)
    try:
        results = opened.search(request)
    finally:
        opened.close()
    return results, results_json(results)


def _pointed_at(text: str, span: Span | None) -> str:
    """The query with a line below it that points at what is wrong; empty without a place."""
    if span is None:
        return ""
    first, last = max(0, span[0] - _AROUND), span[1] + _AROUND
    before, wrong, after = (
        _plain(text[start:end]) for start, end in ((first, span[0]), span, (span[1], last))
    )
    marks = " " * cell_len(before) + "^" * max(1, cell_len(wrong))
    return f"\n  {before}{wrong}{after}\n  {marks}"


def _plain(text: str) -> str:
    """The text with a space for each character that a terminal would obey."""
    return _OBEYED.sub(" ", text)


def _print(results: SearchResults) -> None:
    for notice in results.notices:
        say(_plain(notice.message))
    if results.repaired:
        say(f"Searched for: {_plain(results.repaired)}")
    if results.did_you_mean:
        say(f"Did you mean: {_plain(results.did_you_mean)}")
    console = Console(highlight=False)
    for number, group in enumerate(results.groups, start=results.request.offset + 1):
        _print_group(console, number, group, explain=results.request.explain)
    totals = results.totals
    click.echo(
        f"{totals.articles:,} articles in {totals.stories:,} stories:"
        f" {totals.lexical:,} by words, {totals.semantic_only:,} by meaning only"
        f" ({results.took_ms:.0f} ms)"
    )
    if results.weaker:
        click.echo(f"--weaker shows {results.weaker:,} more, hardly near in meaning.")


def _print_group(console: Console, number: int, group: StoryHits, *, explain: bool) -> None:
    rows = Table.grid(padding=(0, 1))
    rows.add_column(width=4, justify="right")
    for place, hit in enumerate(group.hits):
        lead = place == 0
        rows.add_row(f"{number}." if lead else "+", _marked(hit.headline, "bold" if lead else ""))
        rows.add_row("", Text(_about(hit.article), style="dim"))
        if lead:
            rows.add_row("", _marked(hit.snippet, ""))
        if explain:
            rows.add_row("", Text(_why(hit), style="dim"))
    if group.matching > len(group.hits):
        rows.add_row("", f"and {group.matching - len(group.hits)} more in this story")
    console.print(rows)


def _about(article: Article) -> str:
    day = article.first_created.date().isoformat() if article.first_created else "undated"
    return _plain(" · ".join(filter(None, (article.located, article.source, day, article.uri))))


def _marked(snippet: Snippet, style: str) -> Text:
    text = Text(_plain(snippet.text), style=style)
    for start, end in snippet.marks:
        text.stylize("reverse" if style else "bold", start, end)
    return text


def _why(hit: Hit) -> str:
    """What made the score, a line each."""
    told = hit.explanation
    if told is None:
        return ""
    lines = [f"place {told.place}, score {describe_score(told, hit.score)}"]
    lines += ["  " + describe_part(part) for part in told.parts]
    if told.headline:
        lines.append("  the query is its headline: it comes first")
    lines += [f"  {m.term} in {', '.join(m.places)}: {m.score:.3f}" for m in told.terms]
    if told.passage:
        lines.append(f"  passage, cosine {told.passage.cosine:.3f}: {_start(told.passage.text)}")
    if told.above:
        lines.append("  " + describe_lead(told.above))
    return "\n".join(map(_plain, lines))


def _start(text: str) -> str:
    return shorten(text, _PASSAGE_SHOWN, placeholder=" …")
