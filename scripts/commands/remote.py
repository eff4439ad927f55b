"""A search at another Dateline: the request as parameters of its API, the answer as values of ours.

Decision: more than one page is asked for where one does not hold enough, as its API allows.
Must not know how an answer is shown.
"""

from dataclasses import replace
from importlib.metadata import version

import click

from index.types.search import SearchRequest, SearchResults
from scripts.client import Client, ClientError, Json, Parameter, ProblemError
from web.api.deserialize import NotUnderstoodError, deserialize_results
from web.api.parameters import MAX_PAGE_SIZE


def search_remote(url: str, request: SearchRequest) -> tuple[SearchResults, Json]:
    """The answer, as values and as it came.

    Raises:
        UsageError: The address is none.
        ClickException: Nothing answers there, or nothing that can be understood.
        ProblemError: The other server rejected the request.
    """
    try:
        client = Client(url)
    except ValueError as error:
        raise click.UsageError(f"Invalid value for --url: {error}.") from error
    try:
        return _answer(client, request)
    except ProblemError:
        raise
    except ClientError as error:
        raise click.ClickException(str(error)) from error
    except NotUnderstoodError as error:
        raise click.ClickException(_misunderstood(client, error)) from error


def _answer(client: Client, request: SearchRequest) -> tuple[SearchResults, Json]:
    """As many entries as were asked for, in as many pages as they take."""
    asked = _parameters(request)
    told = client.search(request.text, **asked, page_size=_page_size(request.limit))
    results = deserialize_results(told, request)
    while told["next"] and (left := request.limit - len(results.groups)) > 0:
        page = client.search(
            request.text, **asked, page_size=_page_size(left), cursor=str(told["next"])
        )
        more = deserialize_results(page, request)
        if not more.groups:
            break
        results = replace(
            results,
            groups=results.groups + more.groups,
            took_ms=results.took_ms + more.took_ms,
        )
        told |= {
            "results": told["results"] + page["results"],
            "next": page["next"],
            "took_ms": results.took_ms,
        }
    return results, told


def _page_size(wanted: int) -> int:
    return min(wanted, MAX_PAGE_SIZE)


def _parameters(request: SearchRequest) -> dict[str, Parameter]:
    """What is not said is not sent, so that an older Dateline is asked nothing that it lacks."""
    return {
        "mode": request.mode,
        "from": request.date_from,
        "to": request.date_to,
        "source": request.sources,
        "lang": request.languages,
        "place": request.places,
        "group": request.group,
        "sort": request.sort,
        "weaker": request.weaker or None,
        "explain": request.explain or None,
    }


def _misunderstood(client: Client, error: NotUnderstoodError) -> str:
    """Which versions do not understand each other, as far as the other says."""
    try:
        other = f"Dateline {client.status()['version']}"
    except (ClientError, KeyError):
        other = "a Dateline of another version, or none"
    return f"{client.url} is {other} and this is {version('dateline')}: {error}."
