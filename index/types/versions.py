"""Versions of one text, as other packages see them.

Responsibility: a chain, its versions with their signals, and whether it is killed.
Decision: a version carries the signal as printed, since readers know it as UPDATE 2 or CORRECTED.
Must not depend on: how chains are found or shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.article import Article
from archive.wire.signals import print_signal, read_signals


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a text.

    Attributes:
        signal: As printed before its headline, such as `UPDATE 2`; empty without one.
    """

    article: Article
    signal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The versions of one text, oldest first.

    Attributes:
        killed: Whether the last version withdraws the others.
    """

    versions: tuple[Version, ...]
    killed: bool

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles, oldest first."""
        return tuple(version.article for version in self.versions)


def make_version(article: Article) -> Version:
    """A version with its signal."""
    return Version(article=article, signal=print_signal(article.headline))


def make_chain(articles: Iterable[Article]) -> Chain:
    """A chain of articles, oldest first."""
    versions = tuple(map(make_version, articles))
    killed = len(versions) > 1 and "kill" in read_signals(versions[-1].article.headline).kinds
    return Chain(versions=versions, killed=killed)
