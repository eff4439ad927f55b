"""Why an index is built again, or not.

Responsibility: examine the live generation, and say why a reindex is needed.
Decision: a reason is a clause, the same in the terminal and in JSON. Damage is a reason too, so
that one command mends every index. What the system does not let us read may be intact, so that is
an error.
Must not depend on: how a generation is built.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archive.database.identity import Continuity
from archive.database.store import ArticleStore
from index.semantic.passages import PassageScheme
from index.storage.generation import (
    OTHER_VERSION,
    GenerationError,
    Manifest,
    UnreadableGenerationError,
    read_current_id,
    read_manifest,
    verify,
)
from index.storage.layout import FORMAT

_BROKEN_CONTINUITY: dict[Continuity, str] = {
    "other": "the index was built from another archive",
    "incomplete": "the archive lacks articles that are indexed",
}
"""Why everything is indexed again although the format is the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveGeneration:
    """The live generation as a reindex finds it.

    Attributes:
        manifest: None if there is none, or none that can be read.
        damage: Why it must be built again from the archive, as a clause; empty if it is intact.
    """

    manifest: Manifest | None = None
    damage: str = ""


class Reasons:
    """Compares the live generation with the archive, the program and the settings."""

    def __init__(
        self, home: Path, *, engine: str, model: str, passages: PassageScheme | None
    ) -> None:
        """Prepare to examine the index in `home`.

        Args:
            engine, model: The names of the lexical engine and of the model of the next generation.
            passages: Which passages it will embed; None for as many as before.
        """
        self._home = home
        self._engine = engine
        self._model = model
        self._passages = passages

    def examine(self, *, read_files: bool, force: bool) -> LiveGeneration:
        """The live generation; its files are verified with `read_files`.

        Raises:
            GenerationError: The system does not let this process read it, and `force` is not set.
        """
        manifest = None
        try:
            name = read_current_id(self._home)
            manifest = read_manifest(self._home, name) if name else None
            if manifest and read_files and self.is_compatible(manifest):
                verify(self._home, manifest)
        except GenerationError as error:
            if isinstance(error, UnreadableGenerationError) and not force:
                raise
            return LiveGeneration(manifest=manifest, damage=error.reason)
        return LiveGeneration(manifest=manifest)

    def find(self, store: ArticleStore, live: LiveGeneration, *, lexical_only: bool) -> str:
        """Why a reindex is needed; empty if it is not."""
        if live.damage:
            return live.damage
        if live.manifest is None:
            return "there is no index yet"
        reason = self.find_lexical(store, live.manifest)
        return reason if reason or lexical_only else self._find_embedding(live.manifest)

    def find_lexical(self, store: ArticleStore, live: Manifest) -> str:
        """Why articles must be indexed; empty if all of them are."""
        if not self.is_compatible(live):
            return OTHER_VERSION
        continuity = store.compare(live.checkpoint)
        if continuity != "same":
            return _BROKEN_CONTINUITY[continuity]
        pending = store.count_pending(live.sequence)
        if not pending:
            return _find_released(store, live)
        return f"{_count_articles(pending)} {'is' if pending == 1 else 'are'} new or changed"

    def _find_embedding(self, live: Manifest) -> str:
        if live.model != self._model:
            return f"the articles are not embedded with the model {self._model} yet"
        # A model that could not be loaded is not tried at every start, only on request.
        scheme, previous = self.choose_scheme(live), PassageScheme.from_name(live.scheme)
        if scheme != previous and (self._passages or not live.model_problem):
            if scheme.chunking != previous.chunking:
                return "articles are split into passages differently now"
            return f"embeddings now cover {scheme} of each article instead of {previous}"
        count = 0 if live.model_problem else sum(live.unread.values())
        if not count:
            return ""
        verb = "is" if count == 1 else "are"
        return f"{_count_articles(count)} {verb} not embedded with the model {live.model} yet"

    def choose_scheme(self, live: Manifest | None) -> PassageScheme:
        """Which passages to embed: those of the setting, otherwise as many as before."""
        if self._passages:
            return self._passages
        return PassageScheme(PassageScheme.from_name(live.scheme).limit if live else None)

    def is_compatible(self, live: Manifest) -> bool:
        """Whether the next generation can be built from this one."""
        return (live.format, live.engine) == (FORMAT, self._engine)

    def compare(self, store: ArticleStore, live: Manifest | None) -> Continuity | None:
        """How the archive follows on from a generation; None if that cannot be opened."""
        return store.compare(live.checkpoint) if live and self.is_compatible(live) else None


def count_released(store: ArticleStore, live: Manifest) -> int:
    """How many versions are not indexed whose embargo has ended."""
    now = datetime.now(UTC).isoformat()
    return store.count_released(live.released or now, now)


def _find_released(store: ArticleStore, live: Manifest) -> str:
    """Why articles must be indexed whose embargo has ended; empty if there are none."""
    count = count_released(store, live)
    return f"the embargo of {_count_articles(count)} has ended" if count else ""


def _count_articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count:,} articles"
