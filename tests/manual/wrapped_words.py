"""Count broken words that come back: `python -m tests.manual.wrapped_words`.

Responsibility: break the words of articles as a typesetter would, read them back and count.
Decision: a word of six letters or more is broken before a consonant that a vowel follows, which is
the rule that the six languages share; a word with a hyphen only at the hyphen.
Must not depend on: how broken words are recognised.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from archive.article import Article
from archive.article_builder import build_article
from archive.ingest_types import Draft, FoundFile, IngestOptions, RawRecord, RawText
from archive.sources.discovery import find_files
from archive.sources.reading import read_file
from archive.wire.story import read_body

COLUMNS = 40
SAMPLE = Path(__file__).parents[2] / "archive/sample"
_VOWELS = "aeiouyáéíóúàèìòùâêîôûäëïöüãõ"
_BREAK = re.compile(rf"(?<=[{_VOWELS}])(?=[^\W\d_{_VOWELS}][{_VOWELS}])", re.I)


def wrap(paragraph: str, columns: int) -> Iterator[str]:
    """Yield the lines of a paragraph, with words broken where that fills a line better."""
    line = ""
    for word in paragraph.split():
        line = f"{line} {word}" if line else word
        while len(line) > columns and (place := _find_break(line, columns, len(word))):
            head, line = line[:place], line[place:]
            yield head if head.endswith("-") else f"{head}-"
        if len(line) > columns and " " in line:
            head, _, line = line.rpartition(" ")
            yield head
    yield line


def _find_break(line: str, columns: int, length: int) -> int:
    """Where to break the last word of a line; 0 for nowhere."""
    start = len(line) - length
    word = line[start:]
    if "-" in word.strip("-"):
        places = [match.end() for match in re.finditer(r"(?<=\w)-(?=\w)", word)]
    elif re.fullmatch(r"[^\W\d_]{6,}[.,;:?!»”)]*", word):
        places = [m.start() for m in _BREAK.finditer(word) if 2 <= m.start() <= len(word) - 3]
    else:
        places = []
    return max((start + place for place in places if start + place < columns), default=0)


def count(articles: list[Article], columns: int = COLUMNS) -> dict[str, Counter[str]]:
    """Count the broken words of each language: `restored`, `left` as they were, and `wrong`."""
    counts: dict[str, Counter[str]] = {}
    for article in articles:
        counter = counts.setdefault(article.language[:2], Counter())
        text = "\n\n".join("\n".join(wrap(one, columns)) for one in article.paragraphs)
        wrapped = [line for line in text.split("\n") if re.search(r"\w-$", line)]
        restored = read_body(text, language=article.language).body
        lost = set(article.body.split()) - set(restored.split())
        new = set(restored.split()) - set(article.body.split())
        left = {word for word in new if word.endswith("-")}
        counter["broken"] += len(wrapped)
        counter["left"] += len(left)
        counter["wrong"] += len(lost) - len(left)
    return counts


def read_articles(path: Path) -> list[Article]:
    """Read the articles of a file or folder."""
    items = (
        item
        for file in find_files([path])
        if isinstance(file, FoundFile)
        for item in read_file(file, IngestOptions())
    )
    built = (
        build_article(item, IngestOptions())
        for item in items
        if isinstance(item, RawRecord | RawText)
    )
    return [draft.article for draft in built if isinstance(draft, Draft)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path, nargs="?", default=SAMPLE, help="articles")
    for language, counter in sorted(count(read_articles(parser.parse_args().path)).items()):
        print(language, dict(counter))
