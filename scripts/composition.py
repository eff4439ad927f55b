"""Composition: the engine, the models and the reindexer that the settings ask for.

Responsibility: create the parts of the application from settings.
Decision: every command gets them here, so that they are the same for all commands.
Must not depend on: the commands.
"""

from index.indexing.reindex import Reindexer
from index.lexical.engine import ArrayEngine
from index.lexical.plain_whoosh.engine import PlainWhooshEngine
from index.lexical.ports import LexicalEngine
from index.local.engine import open_engine, open_live_generation
from index.local.generation import OpenGeneration
from index.search.engine import SearchEngine
from index.semantic.models import SentenceModels
from index.semantic.passages import PassageScheme
from index.semantic.ports import Models
from scripts.settings.loader import LoadedSettings


def create_models(settings: LoadedSettings) -> Models:
    """Return the encoders of the configured model."""
    return SentenceModels(settings.home, settings.model)


def create_lexical_engine(settings: LoadedSettings) -> LexicalEngine:
    """Return the configured engine of keyword search; all of them search the same index."""
    return PlainWhooshEngine() if settings.lexical == "whoosh" else ArrayEngine()


def create_engine(settings: LoadedSettings) -> SearchEngine:
    """Return the search engine of the configured archive; the caller closes it."""
    lexical, models = create_lexical_engine(settings), create_models(settings)
    return open_engine(settings.home, lexical=lexical, models=models)


def open_generation(settings: LoadedSettings) -> OpenGeneration:
    """Return the live generation, for measurements of its parts."""
    lexical, models = create_lexical_engine(settings), create_models(settings)
    return open_live_generation(settings.home, lexical=lexical, models=models)


def create_reindexer(settings: LoadedSettings) -> Reindexer:
    """Return the reindexer of the configured archive."""
    return Reindexer(
        settings.home,
        lexical=ArrayEngine(),
        models=create_models(settings),
        passages=_parse_scheme(settings.passages),
    )


def _parse_scheme(passages: str | int) -> PassageScheme | None:
    """The passages to embed; None for as many as the current index."""
    if passages == "kept":
        return None
    return PassageScheme(
        {"all": None, "lead": 1}[passages] if isinstance(passages, str) else passages
    )
