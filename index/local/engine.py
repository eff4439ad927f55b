"""The search engine over the index of one machine.

Responsibility: put the shared search engine and the local index together.
Decision: callers name only the folder, the lexical engine and the models.
Must not depend on: settings, HTTP or pages.
"""

from pathlib import Path

from index.lexical.ports import LexicalEngine
from index.local.generation import OpenGeneration
from index.local.live import LocalIndex
from index.ports import NoGenerationError
from index.search.engine import SearchEngine
from index.semantic.ports import Models


def open_engine(home: Path, *, lexical: LexicalEngine, models: Models) -> SearchEngine:
    """The search engine over the archive and index in `home`; opens nothing until it is asked."""
    return SearchEngine(home, LocalIndex(home, lexical=lexical, models=models))


def open_live_generation(home: Path, *, lexical: LexicalEngine, models: Models) -> OpenGeneration:
    """The live generation itself, for measurements of what it is made of.

    Raises:
        NoGenerationError: Nothing is indexed yet.
        GenerationError: It cannot be opened.
    """
    snapshot = LocalIndex(home, lexical=lexical, models=models).snapshot()
    if snapshot is None:
        raise NoGenerationError(home)
    return snapshot.generation
