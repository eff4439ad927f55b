"""The backend of the current application.

Responsibility: give each view its search backend, and load the article or story of a URL.
Decision: the newest version decides whether an article may be shown: once its source cancels or
withholds it, no earlier version is shown either. The backend is attached to the Flask application,
so that two applications in one process never share one.
Must not depend on: any implementation of a backend, or whether a page or the API is served.
"""

from typing import cast

from flask import Flask, current_app, g, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import Forbidden, Gone, NotFound

from archive.article import Article
from index.ports import SearchBackend, StoryGoneError
from index.types.status import Status
from index.types.stories import StoryView
from web.http.parameters import parse
from web.http.search_parameters import VersionNumber
from web.i18n.translation import gettext

_EXTENSION_KEY = "dateline"


def attach_backend(app: Flask, backend: SearchBackend) -> None:
    """Make `backend` the one that the views of `app` use."""
    app.extensions[_EXTENSION_KEY] = backend


def current_backend() -> SearchBackend:
    """The backend of the application that handles the current request."""
    return cast(SearchBackend, current_app.extensions[_EXTENSION_KEY])


def current_status() -> Status:
    """What the archive holds and can answer, read once for each request."""
    if "status" not in g:
        g.status = current_backend().status()
    return cast(Status, g.status)


def load_versions(uri: str) -> tuple[Article, ...]:
    """Every version of an article, oldest first; at least one.

    Raises:
        NotFound: The archive has no article with this id.
        Gone: Its source has withdrawn it.
        Forbidden: Its source withholds it.
    """
    versions = current_backend().versions(uri)
    if not versions:
        raise NotFound(gettext("The archive has no article with this id."))
    status = versions[-1].pub_status
    if status == "canceled":
        raise Gone(gettext("The source has withdrawn this article."))
    if status == "withheld":
        raise Forbidden(gettext("The source is withholding this article for now."))
    return versions


def requested_version(args: MultiDict[str, str]) -> int | None:
    """The parameter `version` of a page; None without it.

    Raises:
        ParameterError: It is not a version number.
    """
    number: int | None = None
    if "version" in args:
        number = parse(VersionNumber, "version", args["version"])
    return number


def select_version(versions: tuple[Article, ...], number: int | None) -> Article:
    """The version with this number; the newest for None.

    Raises:
        NotFound: The article has no such version.
    """
    if number is None:
        return versions[-1]
    for version in versions:
        if version.version == number:
            return version
    raise NotFound(gettext("This article has no version %(version)s.", version=number))


def article_url(article: Article, args: MultiDict[str, str]) -> str:
    """The absolute URL of an article's page; with its version if the request names one."""
    version = article.version if "version" in args else None
    return url_for("pages.article", uri=article.uri, version=version, _external=True)


def load_story(story_id: str) -> StoryView:
    """A story with its articles.

    Raises:
        NotFound: The archive has no story with this id.
        Gone: Every article of the story has been withdrawn.
    """
    try:
        view = current_backend().story(story_id)
    except StoryGoneError as error:
        raise Gone(gettext("All articles in this story have been withdrawn.")) from error
    if view is None:
        raise NotFound(gettext("The archive has no story with this id."))
    return view
