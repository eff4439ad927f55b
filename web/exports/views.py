"""The addresses under which a search can be taken along: `/search.csv` and the others.

Decision: the same parameters as the results page, read the same way; what is wrong with them is
told before the first byte, and the rest is streamed.
Must not know what any format looks like.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from flask import Blueprint, Response, request, stream_with_context, url_for
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
from web.exports.citations import bibtex, bibtex_story, ris, ris_story
from web.exports.export import Export
from web.exports.feeds import FEED_LENGTH
from web.exports.formats import FORMATS, Format
from web.http.parameters import ParameterError
from web.pages.search_form import SearchForm, read_form
from web.pages.search_options import default_mode

downloads = Blueprint("downloads", __name__)
_LONGEST_NAME = 40


@downloads.get("/search.<ending>")
def search(ending: str) -> Response:
    """Every article that answers, or the newest of them as a feed."""
    if ending not in FORMATS:
        raise NotFound(f"There is no format “{ending}”; there are {', '.join(FORMATS)}.")
    chosen = FORMATS[ending]
    form = read_form(request.args, default_mode(current_status()))
    if form.request is None:
        raise ParameterError(*next(iter(form.errors.items())))
    export = _export(form, _articles(form.request, chosen), ending)
    answer = Response(stream_with_context(chosen.write(export)))
    answer.headers["Content-Type"] = f"{chosen.content_type}; charset=utf-8"
    if not chosen.feed:
        answer.headers["Content-Disposition"] = f'attachment; filename="{_name(form.text, ending)}"'
    return answer


@downloads.get("/cite/<ending>/<id:uri>")
def cite(ending: str, uri: str) -> Response:
    """One article for a reference manager."""
    writers = {"ris": ris, "bib": bibtex}
    if ending not in writers:
        raise NotFound(f"There is no citation as “{ending}”; there are ris and bib.")
    shown = select_version(load_versions(uri), requested_version(request.args))
    return _citation(writers[ending](shown, address=article_url(shown, request.args)), ending)


@downloads.get("/cite/story/<ending>/<id:story_id>")
def cite_story(ending: str, story_id: str) -> Response:
    """One story for a reference manager."""
    writers = {"ris": ris_story, "bib": bibtex_story}
    if ending not in writers:
        raise NotFound(f"There is no citation as “{ending}”; there are ris and bib.")
    view = load_story(story_id)
    address = url_for("pages.story", story_id=view.story.id, _external=True)
    return _citation(writers[ending](view, address=address), ending)


def _citation(text: str, ending: str) -> Response:
    answer = Response(text, content_type=f"{FORMATS[ending].content_type}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{_name("", ending)}"'
    return answer


def _articles(asked: SearchRequest, chosen: Format) -> Iterator[Article]:
    asked = replace(asked, offset=0)
    if chosen.feed:
        return islice(current_backend().matches(replace(asked, sort="newest")), FEED_LENGTH)
    return current_backend().matches(asked)


def _export(form: SearchForm, articles: Iterator[Article], ending: str) -> Export:
    address: dict[str, Any] = {**form.address()}
    return Export(
        text=form.text,
        search=url_for("pages.search", _external=False, **address).partition("?")[2],
        own_address=url_for("downloads.search", ending=ending, _external=True, **address),
        page_address=url_for("pages.search", _external=True, **address),
        address_of=lambda uri: url_for("pages.article", uri=uri, _external=True),
        articles=articles,
    )


def _name(text: str, ending: str) -> str:
    """A file's name in plain letters, from the query."""
    words = re.sub("[^a-z0-9]+", "-", text.lower())[:_LONGEST_NAME].strip("-")
    extension = "ninjs.json" if ending == "ninjs" else ending
    return f"dateline-{words or 'articles'}.{extension}"
