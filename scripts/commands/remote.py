"""Search on a Dateline server, for `dateline search --url`.

Responsibility: send a request to the API, and convert the response to `SearchResults`.
Decision: request and response are read and written by the types that the server uses. Several
pages are fetched if one has not enough results.
Must not depend on: how results are printed.
"""

from dataclasses import replace
from importlib.metadata import version
from typing import cast

import click

from index.types.search import SearchRequest, SearchResults
from scripts.client import Client, ClientError, Json, Parameter, ProblemError
from web.api.parameters import MAX_PAGE_SIZE, request_parameters
from web.api.schema.answer import UnreadableAnswerError, decode, encode
from web.api.schema.search import Results


def search_remote(url: str, request: SearchRequest) -> tuple[SearchResults, Json]:
    """The results, as values and as the JSON of the server.

    Raises:
        UsageError: `url` is not a valid address.
        ClickException: No Dateline server responds there, or its response cannot be read.
        ProblemError: The server rejected the request.
    """
    try:
        client = Client(url)
    except ValueError as error:
        raise click.UsageError(f"Invalid value for --url: {error}.") from error
    try:
        return _fetch(client, request)
    except ProblemError:
        raise
    except ClientError as error:
        raise click.ClickException(str(error)) from error
    except UnreadableAnswerError as error:
        raise click.ClickException(_describe_mismatch(client, error)) from error


def _fetch(client: Client, request: SearchRequest) -> tuple[SearchResults, Json]:
    """As many results as the request wants, in as many pages as they take."""
    json = client.get("search", **_parameters(request, request.limit))
    results = decode(Results, json).to_results(request)
    while json["next"] and (left := request.limit - len(results.groups)) > 0:
        parameters = _parameters(request, left) | {"cursor": str(json["next"])}
        page = client.get("search", **parameters)
        more = decode(Results, page).to_results(request)
        if not more.groups:
            break
        results = replace(
            results,
            groups=results.groups + more.groups,
            took_ms=results.took_ms + more.took_ms,
        )
        json |= {
            "results": json["results"] + page["results"],
            "next": page["next"],
            "took_ms": results.took_ms,
        }
    return results, json


def _parameters(request: SearchRequest, wanted: int) -> dict[str, Parameter]:
    """Without those at their defaults, so that an older server accepts them."""
    page = replace(request, limit=min(wanted, MAX_PAGE_SIZE))
    return cast(dict[str, Parameter], encode(request_parameters(page)))


def _describe_mismatch(client: Client, error: UnreadableAnswerError) -> str:
    """Both versions and what cannot be read."""
    try:
        other = f"Dateline {client.status()['version']}"
    except (ClientError, KeyError):
        other = "a server of another version, or not Dateline"
    return (
        f"{client.url} is {other} and this is {version('dateline')};"
        f" the response cannot be read: {error}."
    )
