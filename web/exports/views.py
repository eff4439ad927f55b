"""Routes of exports and citations.

Responsibility: answer `/search.csv`, `/cite/ris/...` and so on.
Decision: the parameters are those of the results page, read the same way; errors are raised before
the first byte, and the rest is streamed.
Must not depend on: what any format looks like.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from flask import Blueprint, Response, request, stream_with_context, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from archive.article import Article
from index.types.search import SearchRequest
from web.backend import (
    article_url,
    current_backend,
    current_status,
    load_story,
    load_versions,
    requested_version,
    select_version,
)
from web.exports.citations import (
    format_bibtex,
    format_ris,
    format_story_bibtex,
    format_story_ris,
)
from web.exports.export import Export
from web.exports.feeds import FEED_LENGTH
from web.exports.formats import FORMATS, Format
from web.http.misnomers import find_meant_name
from web.http.parameters import ParameterError, declared, parse, unknown_parameter
from web.http.search_parameters import SearchParameters
from web.pages.search_form import SearchForm, read_form
from web.pages.search_options import select_default_mode

downloads = Blueprint("downloads", __name__)
_MAX_NAME_LENGTH = 40
_BYTE_ORDER_MARK = "\ufeff"


@downloads.get("/search.<extension>")
def search(extension: str) -> Response:
    """Every article that matches, or the newest of them as a feed."""
    if extension not in FORMATS:
        raise NotFound(f"Unknown export format “{extension}”. Use one of {', '.join(FORMATS)}.")
    selected = FORMATS[extension]
    _check_names(request.args)
    with_mark = _wants_byte_order_mark(extension)
    form = read_form(request.args, select_default_mode(current_status()))
    if form.request is None:
        raise ParameterError(*next(iter(form.errors.items())))
    export = _prepare_export(form, _load_articles(form.request, selected), extension)
    pieces = chain([_BYTE_ORDER_MARK] if with_mark else [], selected.write(export))
    response = Response(stream_with_context(pieces))
    response.headers["Content-Type"] = f"{selected.content_type}; charset=utf-8"
    if not selected.feed:
        name = _file_name(form.text, extension)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@downloads.get("/cite/<extension>/<id:uri>")
def cite(extension: str, uri: str) -> Response:
    """One article as a file for a reference manager."""
    formats = {"ris": format_ris, "bib": format_bibtex}
    _check_citation_format(extension)
    article = select_version(load_versions(uri), requested_version(request.args))
    text = formats[extension](article, url=article_url(article, request.args))
    return _citation_response(text, extension)


@downloads.get("/cite/story/<extension>/<id:story_id>")
def cite_story(extension: str, story_id: str) -> Response:
    """One story as a file for a reference manager."""
    formats = {"ris": format_story_ris, "bib": format_story_bibtex}
    _check_citation_format(extension)
    view = load_story(story_id)
    url = url_for("pages.story", story_id=view.story.id, _external=True)
    return _citation_response(formats[extension](view, url=url), extension)


def _check_citation_format(extension: str) -> None:
    if extension not in {"ris", "bib"}:
        raise NotFound(f"Unknown citation format “{extension}”. Use ris or bib.")


def _citation_response(text: str, extension: str) -> Response:
    response = Response(text, content_type=f"{FORMATS[extension].content_type}; charset=utf-8")
    name = _file_name("", extension)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _check_names(args: MultiDict[str, str]) -> None:
    """Refuse a parameter with the name that another program has for one of a search.

    Others are ignored, as on the page. But `language` for `lang` would export other articles.
    """
    known = {each.name for each in declared(SearchParameters)}
    for name in args:
        if name not in known and find_meant_name(name, known):
            raise unknown_parameter(name, known)


def _wants_byte_order_mark(extension: str) -> bool:
    """Whether the file begins with a byte order mark, without which Excel misreads accents."""
    wanted = bool(parse(bool, "bom", request.args.get("bom", "0")))
    if wanted and extension != "csv":
        raise ParameterError("bom", "Only CSV can begin with a byte order mark.")
    return wanted


def _load_articles(search_request: SearchRequest, selected: Format) -> Iterator[Article]:
    search_request = replace(search_request, offset=0)
    if selected.feed:
        newest = current_backend().matches(replace(search_request, sort="newest"))
        return islice(newest, FEED_LENGTH)
    return current_backend().matches(search_request)


def _prepare_export(form: SearchForm, articles: Iterator[Article], extension: str) -> Export:
    parameters: dict[str, Any] = {**form.parameters()}
    return Export(
        text=form.text,
        search=url_for("pages.search", _external=False, **parameters).partition("?")[2],
        export_url=url_for("downloads.search", extension=extension, _external=True, **parameters),
        page_url=url_for("pages.search", _external=True, **parameters),
        article_url=lambda uri: url_for("pages.article", uri=uri, _external=True),
        articles=articles,
    )


def _file_name(text: str, extension: str) -> str:
    """A file name from the query, in ASCII letters and digits."""
    words = re.sub("[^a-z0-9]+", "-", text.lower())[:_MAX_NAME_LENGTH].strip("-")
    suffix = "ninjs.json" if extension == "ninjs" else extension
    return f"dateline-{words or 'articles'}.{suffix}"
