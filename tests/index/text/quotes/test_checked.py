"""Precision and recall of quotes: on the sample, labelled by hand, and on a newswire."""

import hashlib
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from archive.article import Article
from archive.article_builder import build_article
from archive.ingest_types import Draft, IngestOptions, RawRecord
from index.evaluation.labelled_folder import read_records
from index.text.quotes import find_quotes
from tests.manual.wrapped_words import SAMPLE, read_articles

HERE = Path(__file__).parent
ROOT = HERE.parents[3]
WIRE = ROOT.parent / "shared" / "data" / "reuters_wire"


def test_nine_quotes_in_ten_of_the_sample_have_the_right_speaker() -> None:
    labels: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for uri, words, speaker in json.loads((HERE / "sample.json").read_text()):
        labels[uri].add((words, speaker))
    articles = {article.uri: article for article in read_articles(SAMPLE)}
    figures = {}
    for language in ("en", "es", "fr", "de", "pt", "it"):
        right = found = labelled = 0
        for article in articles.values():
            if article.language.partition("-")[0] != language:
                continue
            quotes = {(_begin(quote.text), quote.speaker.name) for quote in find_quotes(article)}
            right += len(quotes & labels[article.uri])
            found += len(quotes)
            labelled += len(labels[article.uri])
        figures[language] = (round(right / found, 3), round(right / labelled, 3))
    assert all(min(pair) >= 0.9 for pair in figures.values()), figures


@pytest.mark.shared
def test_nine_of_the_checked_quotes_in_ten_are_right() -> None:
    if not WIRE.is_dir():
        pytest.skip(f"{WIRE} is not on this machine")
    lines = (HERE / "checked.tsv").read_text().splitlines()
    verdicts = {tuple(fields): verdict for *fields, verdict in (x.split("\t") for x in lines)}
    uris = {uri for uri, _, _ in verdicts}
    found = {
        (article.uri, _hash(quote.text), _hash(quote.speaker.name))
        for article in map(_build, (r for r in read_records(WIRE) if r["id"] in uris))
        if article is not None
        for quote in find_quotes(article)
    }
    judged = [verdict for key, verdict in verdicts.items() if key in found]
    assert len(judged) >= 180
    assert judged.count("right") / len(judged) >= 0.9


def _build(values: dict[str, Any]) -> Article | None:
    record = RawRecord(where="", values=values, raw="")
    draft = build_article(record, IngestOptions())
    return draft.article if isinstance(draft, Draft) else None


def _begin(text: str) -> str:
    return " ".join(text.split()[:4])


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
