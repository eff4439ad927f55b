"""The lexical engines that are tested alike."""

from collections.abc import Callable

from index.lexical.engine import ArrayEngine
from index.lexical.plain_whoosh.engine import PlainWhooshEngine
from index.lexical.ports import LexicalEngine
from tests.in_memory_lexical import InMemoryLexicalEngine

BM25_ENGINES: dict[str, Callable[[], LexicalEngine]] = {
    "arrays": ArrayEngine,
    "whoosh": PlainWhooshEngine,
}
"""Those that score by BM25F over the same files."""
ENGINES = {**BM25_ENGINES, "memory": InMemoryLexicalEngine}
