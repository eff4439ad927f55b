"""Fetches the article, version or story that an address names, or says why it cannot be read.

Decision: the newest version decides; once its source cancels or withholds an article, no older
version of it is shown either.
Must not know whether a page or the API asks.
"""

from flask import url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import Forbidden, Gone, NotFound

from archive.article import Article
from index.ports import StoryGoneError
from index.types.stories import StoryView
from web.backend import backend
from web.http.parameters import read_number
from web.i18n.translation import gettext

_MOST_VERSION = 10**6


def read_versions(uri: str) -> tuple[Article, ...]:
    """Every version of an article, oldest first; at least one.

    Raises:
        NotFound, Gone, Forbidden: It is not held, or not to be shown.
    """
    versions = backend().versions(uri)
    if not versions:
        raise NotFound(gettext("The archive holds no article with this id."))
    status = versions[-1].pub_status
    if status == "canceled":
        raise Gone(gettext("Its source has withdrawn this article."))
    if status == "withheld":
        raise Forbidden(gettext("Its source withholds this article for now."))
    return versions


def choose_version(versions: tuple[Article, ...], args: MultiDict[str, str]) -> Article:
    """The version that `version=` names, the newest without it.

    Raises:
        ParameterError: It is not a number.
        NotFound: The article has no such version.
    """
    if "version" not in args:
        return versions[-1]
    wanted = read_number("version", args["version"], most=_MOST_VERSION)
    for version in versions:
        if version.version == wanted:
            return version
    raise NotFound(gettext("This article has no version %(version)s.", version=wanted))


def permalink(article: Article, args: MultiDict[str, str]) -> str:
    """Where an article stands for good, absolute; with its version where one was asked for."""
    version = article.version if "version" in args else None
    return url_for("pages.article", uri=article.uri, version=version, _external=True)


def read_story(story_id: str) -> StoryView:
    """A story with its articles.

    Raises:
        NotFound, Gone: There is none of this id, or nothing is left of it.
    """
    try:
        view = backend().story(story_id)
    except StoryGoneError as error:
        raise Gone(gettext("Every article of this story has been withdrawn.")) from error
    if view is None:
        raise NotFound(gettext("The archive has no story with this id."))
    return view
