"""A small archive in a folder, put, reindexed and searched in one line each; and its articles.

Decision: written by hand, so that a test can say which article answers a query and why.
Must not know what is asserted.
"""

import random
from pathlib import Path
from typing import get_args

from archive.article import Article
from archive.database.store import ArticleStore
from index.indexing.draft import Progress
from index.indexing.reindex import Reindexer, ReindexReport, ignore_progress
from index.lexical.engine import ArrayEngine
from index.lexical.ports import LexicalEngine
from index.local.engine import open_engine, open_live_generation
from index.local.generation import OpenGeneration
from index.search.engine import SearchEngine
from index.semantic.ports import Models
from index.types.search import Mode, SearchResults
from tests.fakes import FakeModels, make_article, on_day

MODES: tuple[Mode, ...] = get_args(Mode)


class Library:
    """One archive folder with the parts that index it; `engines` are closed by the fixture."""

    def __init__(
        self, home: Path, *, models: Models | None = None, lexical: LexicalEngine | None = None
    ) -> None:
        self.home = home
        self.models = models or FakeModels()
        self.lexical = lexical or ArrayEngine()
        self._engines: list[SearchEngine] = []

    def put(self, *articles: Article) -> "Library":
        """Store articles in this order."""
        with ArticleStore.open(self.home) as store:
            for article in articles:
                store.put(article)
        return self

    def reindexer(self) -> Reindexer:
        """A reindexer of this folder."""
        return Reindexer(self.home, lexical=self.lexical, models=self.models)

    def reindex(
        self,
        *,
        force: bool = False,
        lexical_only: bool = False,
        progress: Progress = ignore_progress,
    ) -> ReindexReport:
        """Reindex now."""
        return self.reindexer().run(force=force, lexical_only=lexical_only, progress=progress)

    def engine(self) -> SearchEngine:
        """A newly opened engine."""
        engine = open_engine(self.home, lexical=self.lexical, models=self.models)
        self._engines.append(engine)
        return engine

    def generation(self) -> OpenGeneration:
        """The live generation, newly opened."""
        return open_live_generation(self.home, lexical=self.lexical, models=self.models)

    def close(self) -> None:
        """Close every engine that was opened."""
        for engine in self._engines:
            engine.close()


def uris(results: SearchResults) -> list[str]:
    """Of every hit that is shown, in order."""
    return [hit.article.uri for group in results.groups for hit in group.hits]


FERRY_AGROUND = make_article(
    "ferry-1",
    headline="Ferry runs aground off Skerrow",
    body="A ferry with 214 passengers ran aground off Skerrow island in fog.\n\n"
    "Everyone was taken ashore by lifeboat, the coastguard said.",
    first_created=on_day(3),
    source="Halyard",
)
FERRY_LEAK = make_article(
    "ferry-2",
    headline="Skerrow ferry leaks fuel as coastguard waits for tug",
    body="Fuel leaked from the ferry that ran aground off Skerrow island.\n\n"
    "The coastguard kept passengers and other ships away.",
    first_created=on_day(4),
    source="Halyard",
)
FERRY_ES = make_article(
    "ferry-es",
    headline="El transbordador encallado en Skerrow pierde combustible",
    body="El transbordador encallado frente a la isla de Skerrow pierde combustible.",
    first_created=on_day(4),
    source="Salitre",
    language="es",
)
NURSES = make_article(
    "nurses-1",
    headline="Nurses begin strike at Toulouse hospital",
    body="Nurses at the Toulouse hospital began an open-ended strike over night shifts.\n\n"
    "Operations were put off.",
    first_created=on_day(5),
    source="Salitre",
    located="Garonde",
)
NURSES_END = make_article(
    "nurses-2",
    headline="Toulouse hospital nurses end strike",
    body="Nurses ended the strike at the Toulouse hospital after a deal on night shifts.",
    first_created=on_day(9),
    source="Halyard",
    located="Garonde",
)
WALKOUT = make_article(
    "dockers",
    headline="Dockers' walkout empties the port of Leixões",
    body="A walkout by crane drivers emptied the port; the minister asked for mediation.",
    first_created=on_day(20),
    source="Nordkap",
    located="Porto Vel",
)
SOLDIERS = make_article(
    "mercenaries",
    headline="Foreign mercenaries seen near Orvane border",
    body="Mercenaries from abroad are training soldiers of Orvane, villagers said.",
    first_created=on_day(30),
    source="Nordkap",
)
RATES = make_article(
    "rates",
    headline="Kestria raises interest rates",
    body="The central bank of Kestria raised interest rates by half a point.",
    first_created=on_day(12),
    source="Halyard",
)
UNDATED = make_article(
    "undated",
    headline="",
    body="A notebook about bees, found in the reading room, carries no date.",
    first_created=None,
    source="",
    language="und",
)
WITHHELD = make_article(
    "withheld", headline="Not yet", body="An embargoed ferry story.", pub_status="withheld"
)
CANCELED = make_article(
    "canceled", headline="KILL", body="A libel about a ferry.", pub_status="canceled"
)
SHELF = (
    FERRY_AGROUND,
    FERRY_LEAK,
    FERRY_ES,
    NURSES,
    NURSES_END,
    WALKOUT,
    SOLDIERS,
    RATES,
    UNDATED,
    WITHHELD,
    CANCELED,
)
"""Nine articles that are shown, and two that are not."""
SHOWN = tuple(article for article in SHELF if article.pub_status == "usable")

VOCABULARY = (
    "harbour ferry ferries captain strike strikes striking nurse nurses hospital bank banking "
    "rates rising rose minister ministers vote votes voting bridge bridges flood flooding rescue "
    "rescued miners mine valley storm storms railway fire fires blaze theatre orchestra violin"
).split()


def generated(count: int, *, seed: int, longest: int = 40) -> list[Article]:
    """Articles of common and of rare words, the same in every process."""
    chance = random.Random(seed)
    weights = [1 / (place + 1) for place in range(len(VOCABULARY))]

    def words(least: int, most: int) -> str:
        return " ".join(chance.choices(VOCABULARY, weights, k=chance.randint(least, most)))

    return [
        make_article(
            f"g-{number:03d}",
            headline=words(1, 5),
            body=words(1, longest),
            first_created=on_day(chance.randint(0, 60)),
            source=chance.choice(["Halyard", "Salitre", "Nordkap"]),
            language=chance.choice(["en", "en", "es"]),
        )
        for number in range(count)
    ]
