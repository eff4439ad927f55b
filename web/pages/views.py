"""Routes of the pages.

Responsibility: answer home, results, article, story, API and help.
Decision: a page loads what it shows from the backend; every choice of the reader is in its URL.
Must not depend on: how articles are retrieved.
"""

from collections.abc import Callable
from datetime import timedelta
from math import ceil

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from archive.article import Article
from index.ports import InvalidQueryError
from index.types.search import SearchRequest, SearchResults
from index.types.stories import StoriesRequest
from index.types.versions import Chain, make_chain
from web.api.openapi.document import answer_schemas
from web.api.openapi.json_schema import parameter_schema
from web.api.openapi.operations import OPERATIONS
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
    format_citation,
    format_ris,
    format_story_bibtex,
    format_story_citation,
    format_story_ris,
)
from web.http.parameters import declared, parse, whole_number
from web.i18n.formatting import format_notice
from web.i18n.translation import gettext
from web.pages import facets, search_options
from web.pages.archive_summary import summarize_archive
from web.pages.differences import compare_texts
from web.pages.histogram_bars import build_bars
from web.pages.place_map import list_map_points, read_outline
from web.pages.rendering import render_help
from web.pages.schema_org import describe_article
from web.pages.search_form import STORIES_PER_PAGE, SearchForm, read_form
from web.pages.sidebar import build_article_sidebar, build_story_sidebar
from web.pages.story_timeline import build_timeline
from web.pages.versions import find_item, list_versions

pages = Blueprint("pages", __name__)
_HOME_STORIES = 12
_TOP_STORIES, _TOP_DAYS = 4, 30
"""The top stories are those with most articles in the archive's last 30 days."""
_MAX_RELATED = 8
_DEVELOPMENTS_PER_PAGE = 60


@pages.get("/")
def home() -> ResponseReturnValue:
    """The search box and the latest stories; a URL with a query redirects to the results."""
    if "q" in request.args:
        return redirect(url_for("pages.search", **request.args.to_dict(flat=False)))  # type: ignore[arg-type]
    status = current_status()
    latest = current_backend().search(SearchRequest(limit=_HOME_STORIES))
    last = status.last_created
    since = last - timedelta(days=_TOP_DAYS - 1) if last else None
    period = StoriesRequest(date_from=since and since.date(), least=2, limit=_TOP_STORIES)
    last_days = None
    if since and latest.histogram.interval != "day":
        last_days = current_backend().search(SearchRequest(date_from=since.date(), limit=1))
    mode = search_options.select_default_mode(status)
    return render_template(
        "home.html",
        summary=summarize_archive(status, latest.histogram, last_days),
        last_days=last_days,
        status=status,
        results=latest,
        top_stories=current_backend().stories(period).stories if status.modes else (),
        since=since,
        form=SearchForm(),
        modes=search_options.list_modes(status, mode),
        unavailable_reason=search_options.explain_unavailable_modes(status),
    )


@pages.get("/search")
def search() -> ResponseReturnValue:
    """Results, or the form with its errors and status 400."""
    status = current_status()
    default_mode = search_options.select_default_mode(status)
    form = read_form(request.args, default_mode)
    results = _run_search(form)
    mode = results.mode if results else form.mode or default_mode
    page = render_template(
        "search.html",
        form=form,
        results=results,
        modes=search_options.list_modes(status, mode),
        unavailable_reason=search_options.explain_unavailable_modes(status),
        sources=facets.list_sources(results, form),
        languages=facets.list_languages(results, form),
        places=facets.list_places(results, form),
        map_points=list_map_points(results, form),
        map_outline=read_outline(),
        names=facets.list_names(results, form),
        years=facets.list_years(results, form),
        active_filters=search_options.list_active_filters(form),
        sorts=search_options.list_sorts(form),
        bars=build_bars(results.histogram) if results else (),
        last_page=_count_pages(results),
    )
    return page, 200 if results else 400


@pages.get("/article/<id:uri>")
def article(uri: str) -> ResponseReturnValue:
    """One article with its versions, its story, related articles, places and names."""
    versions = load_versions(uri)
    selected = select_version(versions, requested_version(request.args))
    chain = _load_chain(uri, versions, selected)
    items = list_versions(chain)
    view = current_backend().story_of(uri)
    neighbours = view.articles if view else ()
    url = article_url(selected, request.args)
    older = selected.version if selected.version != versions[-1].version else None
    return render_template(
        "article.html",
        article=selected,
        versions=items,
        current=find_item(items, selected),
        latest=chain.articles[-1],
        killed=chain.killed,
        canonical_url=url_for("pages.article", uri=uri, _external=True),
        schema_org=describe_article(selected, url=url),
        citations=_list_citations(
            format_citation(selected, url=url),
            format_bibtex(selected, url=url),
            format_ris(selected, url=url),
            file_url=lambda extension: url_for(
                "downloads.cite", extension=extension, uri=uri, version=older
            ),
        ),
        view=view,
        neighbours=neighbours,
        related=current_backend().related(
            uri, _MAX_RELATED, besides=[other.uri for other in neighbours]
        ),
        sidebar=build_article_sidebar(selected, current_backend().names(uri)),
    )


@pages.get("/changes/<id:uri>")
def changes(uri: str) -> ResponseReturnValue:
    """What a version changed in the version before it."""
    versions = load_versions(uri)
    selected = select_version(versions, requested_version(request.args))
    items = list_versions(_load_chain(uri, versions, selected))
    item = find_item(items, selected)
    if item is None or item.previous is None:
        raise NotFound(gettext("This is the first version: there is none before it to compare."))
    before = items[items.index(item) - 1]
    return render_template(
        "changes.html",
        item=item,
        before=before,
        following=items[items.index(item) + 1 :],
        headline=compare_texts([before.article.headline], [selected.headline]),
        body=compare_texts(before.article.paragraphs, selected.paragraphs),
    )


@pages.get("/story/<id:story_id>")
def story(story_id: str) -> ResponseReturnValue:
    """One story, oldest article first; a former id redirects to the current one."""
    view = load_story(story_id)
    if view.story.id != story_id:
        return redirect(url_for("pages.story", story_id=view.story.id), 301)
    url = url_for("pages.story", story_id=story_id, _external=True)
    developments = view.line.developments
    last_page = max(1, ceil(len(developments) / _DEVELOPMENTS_PER_PAGE))
    page = parse(whole_number(1, last_page), "page", request.args.get("page", "1"))
    start = (page - 1) * _DEVELOPMENTS_PER_PAGE
    return render_template(
        "story.html",
        view=view,
        developments=developments[start : start + _DEVELOPMENTS_PER_PAGE],
        first=start + 1,
        sidebar=build_story_sidebar(view.line),
        timeline=build_timeline(view),
        citations=_list_citations(
            format_story_citation(view, url=url),
            format_story_bibtex(view, url=url),
            format_story_ris(view, url=url),
            file_url=lambda extension: url_for(
                "downloads.cite_story", extension=extension, story_id=story_id
            ),
        ),
        canonical_url=url,
        feed_url=url_for("downloads.search", extension="atom", q=f"story:{view.story.id}"),
        per_page=_DEVELOPMENTS_PER_PAGE,
        page=page,
        last_page=last_page,
    )


@pages.get("/api")
def api() -> ResponseReturnValue:
    """The JSON API, described for readers."""
    return render_template(
        "api.html",
        operations=OPERATIONS,
        declared=declared,
        schema_of=parameter_schema,
        schemas=answer_schemas(),
    )


@pages.get("/help")
def help() -> ResponseReturnValue:
    """The search syntax."""
    language, text = render_help()
    return render_template("help.html", language=language, manual=text)


def _load_chain(uri: str, versions: tuple[Article, ...], selected: Article) -> Chain:
    """Every version of the text, oldest first; those of the article alone if one is not in it."""
    chain = current_backend().chain(uri)
    return chain if selected in chain.articles else make_chain(versions)


def _list_citations(
    text: str, bibtex: str, ris: str, *, file_url: Callable[[str], str]
) -> tuple[tuple[str, str, str], ...]:
    """Name, URL of the file (empty for none) and text of each citation format."""
    return (("Text", "", text), ("BibTeX", file_url("bib"), bibtex), ("RIS", file_url("ris"), ris))


def _run_search(form: SearchForm) -> SearchResults | None:
    """The results; None if the form, or the query itself, is invalid."""
    if form.request is None:
        return None
    try:
        return current_backend().search(form.request)
    except InvalidQueryError as error:
        form.add_query_error(format_notice(error.notice), error.span)
        return None


def _count_pages(results: SearchResults | None) -> int:
    if results is None:
        return 1
    entries = results.totals.stories
    if results.request.group == "none":
        entries = results.totals.articles
    return max(1, ceil(entries / STORIES_PER_PAGE))
