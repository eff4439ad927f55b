"""The pages: home, results, article and story.

Decision: a page asks the backend for what it shows; every choice is in its address.
Must not know how anything is found, nor the JSON API.
"""

from collections.abc import Callable
from datetime import timedelta
from math import ceil

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from index.ports import InvalidQueryError
from index.types.search import Related, SearchRequest, SearchResults
from index.types.stories import StoriesRequest
from web.api.openapi.json_schema import parameter_schema
from web.api.openapi.operations import OPERATIONS
from web.api.openapi.schemas import SCHEMAS
from web.backend import (
    article_url,
    current_backend,
    current_status,
    load_story,
    load_versions,
    requested_version,
    select_version,
)
from web.exports.citations import bibtex, bibtex_story, plain, plain_story, ris, ris_story
from web.http.parameters import declared, parse, whole_number
from web.i18n.formatting import notice_line
from web.pages import facets, search_options
from web.pages.archive_summary import summarize_archive
from web.pages.help import manual
from web.pages.histogram_bars import bars
from web.pages.schema_org import news_article
from web.pages.search_form import STORIES_PER_PAGE, SearchForm, read_form
from web.pages.sidebar import article_sidebar, story_sidebar
from web.pages.story_timeline import timeline

pages = Blueprint("pages", __name__)
_FRONT_PAGE_STORIES = 12
_TOP_STORIES, _TOP_DAYS = 4, 30
"""Stories of the last month that is held with most articles."""
_RELATED_SHOWN = 8
_RELATED_ASKED = 20
"""Related articles start with the story's own, which has a box of its own: ask for more."""
_STORY_PAGE = 60


@pages.get("/")
def home() -> ResponseReturnValue:
    """The box, and the newest stories; a query goes on to the results."""
    if "q" in request.args:
        return redirect(url_for("pages.search", **request.args.to_dict(flat=False)))  # type: ignore[arg-type]
    status = current_status()
    newest = current_backend().search(SearchRequest(limit=_FRONT_PAGE_STORIES))
    latest = status.last_created
    since = latest - timedelta(days=_TOP_DAYS - 1) if latest else None
    period = StoriesRequest(date_from=since and since.date(), least=2, limit=_TOP_STORIES)
    last_days = None
    if since and newest.histogram.interval != "day":
        last_days = current_backend().search(SearchRequest(date_from=since.date(), limit=1))
    form = SearchForm()
    return render_template(
        "home.html",
        held=summarize_archive(status, newest.histogram, last_days),
        last_days=last_days,
        status=status,
        results=newest,
        top=current_backend().stories(period).stories if status.generation else (),
        since=since,
        form=form,
        modes=search_options.mode_choices(status, search_options.default_mode(status)),
        mode_gap=search_options.mode_gap(status),
    )


@pages.get("/search")
def search() -> ResponseReturnValue:
    """Results by story, or the form with what is wrong in it."""
    status = current_status()
    form = read_form(request.args, search_options.default_mode(status))
    results = _found(form)
    mode = results.mode if results else form.mode or search_options.default_mode(status)
    page = render_template(
        "search.html",
        form=form,
        results=results,
        modes=search_options.mode_choices(status, mode),
        mode_gap=search_options.mode_gap(status),
        sources=facets.sources(results, form),
        languages=facets.languages(results, form),
        places=facets.places(results, form),
        names=facets.names(results, form),
        years=facets.years(results, form),
        active=search_options.active_filters(form),
        sorts=search_options.sort_choices(form),
        bars=bars(results.histogram) if results else (),
        last_page=_last_page(results),
    )
    return page, 200 if results else 400


@pages.get("/article/<id:uri>")
def article(uri: str) -> ResponseReturnValue:
    """One article to read, with its versions, its story and what is near it."""
    versions = load_versions(uri)
    shown = select_version(versions, requested_version(request.args))
    view = current_backend().story_of(uri)
    others = view.articles if view else ()
    address = article_url(shown, request.args)
    older = shown.version if shown.version != versions[-1].version else None
    near = {other.uri for other in others} | {uri}
    return render_template(
        "article.html",
        article=shown,
        versions=versions,
        canonical=url_for("pages.article", uri=uri, _external=True),
        described=news_article(shown, address=address),
        citations=_citations(
            plain(shown, address=address),
            bibtex(shown, address=address),
            ris(shown, address=address),
            at=lambda ending: url_for("downloads.cite", ending=ending, uri=uri, version=older),
        ),
        view=view,
        others=others,
        related=_related(uri, near),
        beside=article_sidebar(shown, current_backend().names(uri)),
    )


@pages.get("/story/<id:story_id>")
def story(story_id: str) -> ResponseReturnValue:
    """One story, oldest article first."""
    view = load_story(story_id)
    if view.story.id != story_id:
        return redirect(url_for("pages.story", story_id=view.story.id), 301)
    canonical = url_for("pages.story", story_id=story_id, _external=True)
    told = view.line.developments
    last_page = max(1, ceil(len(told) / _STORY_PAGE))
    page = parse(whole_number(1, last_page), "page", request.args.get("page", "1"))
    return render_template(
        "story.html",
        view=view,
        developments=told[(page - 1) * _STORY_PAGE : page * _STORY_PAGE],
        first=(page - 1) * _STORY_PAGE + 1,
        beside=story_sidebar(view.line),
        steps=timeline(view),
        citations=_citations(
            plain_story(view, address=canonical),
            bibtex_story(view, address=canonical),
            ris_story(view, address=canonical),
            at=lambda ending: url_for("downloads.cite_story", ending=ending, story_id=story_id),
        ),
        canonical=canonical,
        feed=url_for("downloads.search", ending="atom", q=f"story:{view.story.id}"),
        per_page=_STORY_PAGE,
        page=page,
        last_page=last_page,
    )


@pages.get("/api")
def api() -> ResponseReturnValue:
    """The JSON API, described for people."""
    return render_template(
        "api.html",
        operations=OPERATIONS,
        declared=declared,
        schema_of=parameter_schema,
        schemas=SCHEMAS,
    )


@pages.get("/help")
def help() -> ResponseReturnValue:
    """What can be asked."""
    tongue, text = manual()
    return render_template("help.html", tongue=tongue, manual=text)


def _citations(
    text: str, bib: str, as_ris: str, *, at: Callable[[str], str]
) -> tuple[tuple[str, str, str], ...]:
    """Name, address of the file, and text of each way to cite something."""
    return (("Text", "", text), ("BibTeX", at("bib"), bib), ("RIS", at("ris"), as_ris))


def _found(form: SearchForm) -> SearchResults | None:
    """What was found; None where something in the form, or in the query itself, is wrong."""
    if form.request is None:
        return None
    try:
        return current_backend().search(form.request)
    except InvalidQueryError as error:
        form.refuse(notice_line(error.notice), error.span)
        return None


def _last_page(results: SearchResults | None) -> int:
    if results is None:
        return 1
    entries = results.totals.stories
    if results.request.group == "none":
        entries = results.totals.articles
    return max(1, ceil(entries / STORIES_PER_PAGE))


def _related(uri: str, beside: set[str]) -> tuple[Related, ...]:
    near = current_backend().related(uri, limit=_RELATED_ASKED)
    return tuple(each for each in near if each.article.uri not in beside)[:_RELATED_SHOWN]
