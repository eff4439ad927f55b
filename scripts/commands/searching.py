"""`dateline search`: the engine's answer at a terminal, or as the API's JSON."""

from datetime import datetime
from textwrap import shorten
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from archive.article import Article
from index.types import Hit, SearchRequest, SearchResults, Snippet, StoryHits
from scripts.rooms import engine
from scripts.settings.reading import InForce
from scripts.terminal import errors_explained, print_json, say
from web.presenters import results_json
from web.reasons import above_line, part_line, sum_line

_PASSAGE_SHOWN = 160


def run(
    settings: InForce,
    *,
    query: tuple[str, ...],
    date_from: datetime | None,
    date_to: datetime | None,
    source: tuple[str, ...],
    lang: tuple[str, ...],
    place: tuple[str, ...],
    as_json: bool,
    **options: Any,
) -> None:
    """Search and print."""
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
        opened = engine(settings)
        results = opened.search(request)
        opened.close()
    if as_json:
        print_json(results_json(results))
    else:
        _print(results)


def _print(results: SearchResults) -> None:
    for notice in results.notices:
        say(notice.message)
    if results.repaired:
        say(f"Searched for: {results.repaired}")
    if results.did_you_mean:
        say(f"Did you mean: {results.did_you_mean}")
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
    return " · ".join(filter(None, (article.located, article.source, day, article.uri)))


def _marked(snippet: Snippet, style: str) -> Text:
    text = Text(snippet.text, style=style)
    for start, end in snippet.marks:
        text.stylize("reverse" if style else "bold", start, end)
    return text


def _why(hit: Hit) -> str:
    """What made the score, a line each."""
    told = hit.explanation
    if told is None:
        return ""
    lines = [f"place {told.place}, score {sum_line(told, hit.score)}"]
    lines += ["  " + part_line(part) for part in told.parts]
    if told.headline:
        lines.append("  the query is its headline: it comes first")
    lines += [f"  {m.term} in {', '.join(m.places)}: {m.score:.3f}" for m in told.terms]
    if told.passage:
        lines.append(f"  passage, cosine {told.passage.cosine:.3f}: {_start(told.passage.text)}")
    if told.above:
        lines.append("  " + above_line(told.above))
    return "\n".join(lines)


def _start(text: str) -> str:
    return shorten(text, _PASSAGE_SHOWN, placeholder=" …")
