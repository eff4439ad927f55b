"""The versions of a text as a page lists them.

Responsibility: number and name the versions of a chain, and find the one before another.
Decision: versions are numbered along the chain, whatever their ids, and keep the signal of their
headline, since readers know them as UPDATE 2 or CORRECTED.
Must not depend on: Flask, or how chains are found.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.article import Article
from index.types.versions import Chain, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionItem:
    """One version of a list.

    Attributes:
        number: Its place in the chain, from 1; of an article alone the number of its version.
        previous: The version before it; None for the first one.
    """

    version: Version
    number: int
    previous: Version | None

    @property
    def article(self) -> Article:
        """The article in this version."""
        return self.version.article

    @property
    def signal(self) -> str:
        """As printed before its headline; empty without one."""
        return self.version.signal


def list_versions(chain: Chain) -> tuple[VersionItem, ...]:
    """The versions of a chain, oldest first."""
    is_one_article = len({version.article.uri for version in chain.versions}) == 1
    return tuple(
        VersionItem(
            version=version,
            number=version.article.version if is_one_article else place + 1,
            previous=chain.versions[place - 1] if place else None,
        )
        for place, version in enumerate(chain.versions)
    )


def find_item(items: Sequence[VersionItem], article: Article) -> VersionItem | None:
    """The item of one version; None if the chain does not have it."""
    return next((item for item in items if item.article == article), None)
