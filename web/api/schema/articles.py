"""Articles in the API: in a list, in a search result, complete, and near another one.

Responsibility: the shape of an article in each place, and how it is made from `Article`.
Decision: an article is converted by the names of its attributes; only its id has another name.
Must not depend on: Flask, requests or routes.
"""

from collections.abc import Iterable
from typing import Self

from msgspec import UNSET, UnsetType, field

import index.types.stories as values
from archive.article import Article as ArchivedArticle
from archive.article import PubStatus
from index.types.fields import Moment, Ordinal
from index.types.search import Story
from index.types.versions import Chain, Version, make_chain
from web.api.schema.answer import Answer, Json, attributes, converted, encode


class ArticleSummary(Answer, frozen=True, kw_only=True):
    """An article in a list.

    Attributes:
        id: The source's own id or canonical URL, or a hash of the content.
        dateline: As printed, such as `Moscow, July 15 (EFE).-`; empty if there is none.
        located: The place of the dateline.
        first_created: Midnight if only the day is known; null if the date is unknown.
        date_inferred: Whether part of the date, usually the year, is not in the text.
        language: BCP 47; `und` if unknown.
        by: Byline, without "By".
    """

    uri: str = field(name="id")
    version: Ordinal
    headline: str
    source: str
    dateline: str
    located: str
    first_created: Moment | None
    date_inferred: bool
    language: str
    by: str
    url: str
    slugline: str


class VersionEntry(Answer, frozen=True, kw_only=True):
    """A version in the list of an article's versions."""

    version: Ordinal
    version_created: Moment | None
    headline: str


class ChainEntry(VersionEntry, frozen=True, kw_only=True):
    """A version in the chain of an article, under its own id.

    Attributes:
        first_created: Midnight if only the day is known; null if the date is unknown.
        signal: As printed before the headline, such as `UPDATE 2`; empty without one.
    """

    uri: str = field(name="id")
    first_created: Moment | None
    signal: str

    @classmethod
    def from_version(cls, version: Version) -> Self:
        """A version."""
        article = version.article
        return cls(
            uri=article.uri,
            version=article.version,
            version_created=article.version_created,
            headline=article.headline,
            first_created=article.first_created,
            signal=version.signal,
        )

    def to_version(self) -> Version:
        """The version, as far as a search result names it."""
        shown = attributes(self)
        signal = shown.pop("signal")
        return Version(article=ArchivedArticle(**shown, body=""), signal=signal)


class ArticleHit(ArticleSummary, frozen=True, kw_only=True):
    """An article in a search result.

    Attributes:
        versions: Only with `versions=list`; oldest first.
    """

    versions: tuple[VersionEntry, ...] | UnsetType = UNSET

    def to_article(self) -> ArchivedArticle:
        """The article, as far as a search result shows it; without a body."""
        shown = attributes(self)
        del shown["versions"]
        return ArchivedArticle(**shown, body="")


class ArticleVersion(ArticleSummary, frozen=True, kw_only=True):
    """One version of an article, with its text.

    Attributes:
        version_created: When this version was filed; null if unknown.
        embargoed: Until when its source forbade to show it, which is over; null without an embargo.
        pub_status: `canceled` if the source has withdrawn the article.
        ed_note: The source's note to editors, such as a correction.
        urgency: As the source states it; null if it does not.
        paragraphs: The body's paragraphs, in order.
        body: Paragraphs separated by a blank line.
    """

    version_created: Moment | None
    embargoed: Moment | None
    pub_status: PubStatus
    ed_note: str
    urgency: int | None
    subjects: tuple[str, ...]
    people: tuple[str, ...]
    places: tuple[str, ...]
    organisations: tuple[str, ...]
    paragraphs: tuple[str, ...]
    body: str


class Article(ArticleVersion, frozen=True, kw_only=True):
    """An article, with the list of its versions and the story that it belongs to.

    Attributes:
        versions: Oldest first.
        chain: Every version of the text, oldest first, also those under other ids that this
            article replaces or that replace it.
        killed: Whether the source has withdrawn the text by a later filing under another id.
    """

    versions: tuple[VersionEntry, ...]
    chain: tuple[ChainEntry, ...]
    killed: bool
    story: Story | None

    @classmethod
    def from_version(
        cls,
        article: ArchivedArticle,
        versions: Iterable[ArchivedArticle],
        story: Story | None = None,
        *,
        chain: Chain | None = None,
    ) -> Self:
        """One version, with the list of all of them; `chain` only where it has more."""
        shown = attributes(converted(ArticleVersion, article))
        versions = tuple(versions)
        chain = chain or make_chain(versions)
        return cls(
            **shown,
            versions=version_entries(versions),
            chain=tuple(map(ChainEntry.from_version, chain.versions)),
            killed=chain.killed,
            story=story,
        )


class Versions(Answer, frozen=True, kw_only=True):
    """Every version of an article, oldest first."""

    versions: tuple[ArticleVersion, ...]

    @classmethod
    def from_versions(cls, versions: Iterable[ArchivedArticle]) -> Self:
        """All versions, in the order given."""
        return cls(versions=tuple(converted(ArticleVersion, version) for version in versions))


class Related(Answer, frozen=True, kw_only=True):
    """An article near another one.

    Attributes:
        similarity: A cosine; lexical overlap if there is no model.
        same_story: Whether both belong to the same story.
    """

    article: ArticleSummary
    similarity: float
    same_story: bool


class RelatedList(Answer, frozen=True, kw_only=True):
    """Articles near one, those of its own story first."""

    results: tuple[Related, ...]

    @classmethod
    def from_related(cls, related: Iterable[values.Related]) -> Self:
        """Related articles, in the order given."""
        return cls(results=tuple(converted(Related, each) for each in related))


def version_json(article: ArchivedArticle) -> Json:
    """One version of an article as JSON, with its text."""
    return encode(converted(ArticleVersion, article))


def version_entries(versions: Iterable[ArchivedArticle]) -> tuple[VersionEntry, ...]:
    """The list of an article's versions, in the order given."""
    return tuple(converted(VersionEntry, version) for version in versions)
