"""`dateline search`: search the local archive or a Dateline server, and print the results.

Responsibility: build the request, and print results as text or as the API's JSON.
Decision: results of a server are converted to the same types, so that both print the same. Text
from articles and servers is printed without control characters.
Must not depend on: how results are found.
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
from index.types.fields import Span
from index.types.search import Hit, SearchRequest, SearchResults, Snippet, StoryHits
from scripts.client import Json, ProblemError
from scripts.commands.period import read_period
from scripts.commands.remote import search_remote
from scripts.composition import create_engine
from scripts.settings.loader import LoadedSettings
from scripts.terminal import format_count, print_json, print_message
from web.api.schema.answer import encode
from web.api.schema.search import Results
from web.i18n.formatting import format_totals
from web.pages.explanation_text import describe_comparison, describe_part, describe_score

_PASSAGE_CHARACTERS = 160
_CONTROL_CHARACTERS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTEXT = 30
"""Code points of the query shown on both sides of an error."""


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
    """Search the local archive or the server at `url`, and print the results."""
    first, last = read_period(date_from, date_to)
    request = SearchRequest(
        text=" ".join(query),
        date_from=first,
        date_to=last,
        sources=source,
        languages=lang,
        places=place,
        **options,
    )
    try:
        results, answer = _search(settings, request, url)
    except (InvalidQueryError, ProblemError) as error:
        message = _strip_controls(str(error)) + _show_span(request.text, error.span)
        raise click.ClickException(message) from error
    if as_json:
        print_json(answer)
    else:
        _print_results(results)


def _search(
    settings: LoadedSettings, request: SearchRequest, url: str | None
) -> tuple[SearchResults, Json]:
    """The results, as values and as the API's JSON."""
    if url:
        return search_remote(url, request)
    engine = create_engine(settings)
    try:
        results = engine.search(request)
    finally:
        engine.close()
    return results, encode(Results.from_results(results))


def _show_span(text: str, span: Span | None) -> str:
    """Two lines: the query, and marks below the span; empty without a span."""
    if span is None:
        return ""
    first, last = max(0, span[0] - _CONTEXT), span[1] + _CONTEXT
    parts = (first, span[0]), span, (span[1], last)
    before, marked, after = (_strip_controls(text[start:end]) for start, end in parts)
    marks = " " * cell_len(before) + "^" * max(1, cell_len(marked))
    return f"\n  {before}{marked}{after}\n  {marks}"


def _strip_controls(text: str) -> str:
    """The text with a space in place of each control character."""
    return _CONTROL_CHARACTERS.sub(" ", text)


def _print_results(results: SearchResults) -> None:
    for notice in results.notices:
        print_message(_strip_controls(notice.message))
    if results.repaired:
        print_message(f"Searched for: {_strip_controls(results.repaired)}")
    if results.did_you_mean:
        print_message(f"Did you mean: {_strip_controls(results.did_you_mean)}")
    console = Console(highlight=False)
    for number, group in enumerate(results.groups, start=results.request.offset + 1):
        _print_group(console, number, group, explain=results.request.explain)
    request, took = results.request, f"({results.took_ms:.0f} ms)"
    if not results.totals.articles:
        click.echo(f"No articles found {took}")
    else:
        click.echo(f"{format_totals(results.totals, request.text, request.sort)} {took}")
    if results.weaker:
        more = format_count(results.weaker, "loosely related article")
        click.echo(f"Use --weaker to include {more}.")


def _print_group(console: Console, number: int, group: StoryHits, *, explain: bool) -> None:
    rows = Table.grid(padding=(0, 1))
    rows.add_column(width=4, justify="right")
    for place, hit in enumerate(group.hits):
        lead = place == 0
        rows.add_row(
            f"{number}." if lead else "+", _highlight(hit.headline, "bold" if lead else "")
        )
        rows.add_row("", Text(_describe_article(hit.article), style="dim"))
        if note := _describe_version(hit):
            rows.add_row("", Text(note, style="bold" if hit.killed else "dim"))
        if lead:
            rows.add_row("", _highlight(hit.snippet, ""))
        if explain:
            rows.add_row("", Text(_explain_hit(hit), style="dim"))
    if group.matching > len(group.hits):
        more = format_count(group.matching - len(group.hits), "more article")
        rows.add_row("", f"{more} in this story")
    console.print(rows)


def _describe_article(article: Article) -> str:
    day = article.first_created.date().isoformat() if article.first_created else "undated"
    details = (article.located, article.source, day, article.uri)
    return _strip_controls(" · ".join(filter(None, details)))


def _describe_version(hit: Hit) -> str:
    """What a reader must know of the version that is shown; empty if it is the one that matches."""
    if hit.killed:
        return "The source has withdrawn this article."
    if hit.matched is None:
        return ""
    article = hit.matched.article
    name = hit.matched.signal or f"version {article.version}"
    when = article.version_created or article.first_created
    filed = f", {when:%Y-%m-%d %H:%M}" if when else ""
    return _strip_controls(f"Matched in {name}{filed} · {article.uri}")


def _highlight(snippet: Snippet, style: str) -> Text:
    text = Text(_strip_controls(snippet.text), style=style)
    for start, end in snippet.marks:
        text.stylize("reverse" if style else "bold", start, end)
    return text


def _explain_hit(hit: Hit) -> str:
    """The parts of the score, one per line."""
    explanation = hit.explanation
    if explanation is None:
        return ""
    lines = [f"rank {explanation.place}, score {describe_score(explanation, hit.score)}"]
    lines += ["  " + describe_part(part) for part in explanation.parts]
    if explanation.headline:
        lines.append("  exact headline match: ranked first")
    lines += [f"  {m.term} in {', '.join(m.places)}: {m.score:.3f}" for m in explanation.terms]
    if explanation.passage:
        cosine, text = explanation.passage.cosine, _shorten(explanation.passage.text)
        lines.append(f"  best passage, cosine similarity {cosine:.3f}: {text}")
    if explanation.above:
        lines.append("  " + describe_comparison(explanation.above))
    return "\n".join(map(_strip_controls, lines))


def _shorten(text: str) -> str:
    return shorten(text, _PASSAGE_CHARACTERS, placeholder=" …")
