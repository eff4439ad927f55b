"""`dateline search`: the engine's answer at a terminal, or as the API's JSON."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from index.engine import SearchEngine
from index.types import Hit, SearchRequest, SearchResults, Snippet, StoryHits
from scripts.terminal import errors_explained, print_json, say
from web.presenters import results_json


def run(
    home: Path,
    *,
    query: tuple[str, ...],
    date_from: datetime | None,
    date_to: datetime | None,
    source: tuple[str, ...],
    lang: tuple[str, ...],
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
        **options,
    )
    with errors_explained():
        engine = SearchEngine(home)
        results = engine.search(request)
        engine.close()
    if as_json:
        print_json(results_json(results))
    else:
        _print(results)


def _print(results: SearchResults) -> None:
    for notice in results.notices:
        say(notice.message)
    console = Console(highlight=False)
    for number, group in enumerate(results.groups, start=results.request.offset + 1):
        _print_group(console, number, group, explain=results.request.explain)
    totals = results.totals
    click.echo(
        f"{totals.articles:,} articles in {totals.stories:,} stories:"
        f" {totals.lexical:,} by words, {totals.semantic_only:,} by meaning only"
        f" ({results.took_ms:.0f} ms)"
    )


def _print_group(console: Console, number: int, group: StoryHits, *, explain: bool) -> None:
    for place, hit in enumerate(group.hits):
        if place == 0:
            console.print(Text(f"{number:>3}. ").append(_marked(hit.headline, "bold")))
        else:
            console.print(Text("     + ").append(_marked(hit.headline, "")))
        article = hit.article
        day = article.first_created.date().isoformat() if article.first_created else "undated"
        about = " · ".join(filter(None, (article.located, article.source, day, article.uri)))
        console.print(Text(f"     {about}", style="dim"))
        if place == 0:
            console.print(Text("     ").append(_marked(hit.snippet, "")))
        if explain:
            console.print(Text(f"     {_why(hit)}", style="dim"))
    if group.matching > len(group.hits):
        console.print(f"     and {group.matching - len(group.hits)} more in this story")


def _marked(snippet: Snippet, style: str) -> Text:
    text = Text(snippet.text, style=style)
    for start, end in snippet.marks:
        text.stylize("reverse" if style else "bold", start, end)
    return text


def _why(hit: Hit) -> str:
    parts = [f"score {hit.score:.3f}"]
    for name, match in (("words", hit.lexical), ("meaning", hit.semantic)):
        if match:
            parts.append(f"{name}: rank {match.rank}, {match.unit} {match.score:.3f}")
        else:
            parts.append(f"{name}: not found")
    return "; ".join(parts)
