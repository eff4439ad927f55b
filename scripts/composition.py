"""Puts the rooms together: the engine, its models and the reindexer that the settings ask for.

Decision: every command takes them from here, so that they cannot differ between commands.
Must not know what the commands do.
"""

from index.indexing.reindex import Reindexer
from index.lexical.engine import WhooshEngine
from index.local.engine import open_engine, open_live_generation
from index.local.generation import OpenGeneration
from index.search.engine import SearchEngine
from index.semantic.models import SentenceModels
from index.semantic.passages import PassageScheme
from index.semantic.ports import Models
from scripts.settings.loader import LoadedSettings


def models(settings: LoadedSettings) -> Models:
    """The encoders of the model in force."""
    return SentenceModels(settings.home, settings.model)


def engine(settings: LoadedSettings) -> SearchEngine:
    """The search engine over the archive in force."""
    return open_engine(settings.home, lexical=WhooshEngine(), models=models(settings))


def live_generation(settings: LoadedSettings) -> OpenGeneration:
    """The live generation itself, for measurements of what it is made of."""
    return open_live_generation(settings.home, lexical=WhooshEngine(), models=models(settings))


def reindexer(settings: LoadedSettings) -> Reindexer:
    """The reindexer of the archive in force."""
    return Reindexer(
        settings.home,
        lexical=WhooshEngine(),
        models=models(settings),
        passages=_scheme(settings.passages),
    )


def _scheme(told: str | int) -> PassageScheme | None:
    """The passages that are told; None for those that the index has."""
    if told == "kept":
        return None
    return PassageScheme({"all": None, "lead": 1}[told] if isinstance(told, str) else told)
