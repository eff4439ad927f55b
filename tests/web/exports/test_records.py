"""Exports of complete articles, read back: CSV, JSON Lines, ninjs."""

import csv
import json
import re
from dataclasses import replace
from io import StringIO

import pytest
from flask.testing import FlaskClient
from hypothesis import given

from archive.article import Article
from archive.article_builder import build_article
from archive.ingest_types import Draft, IngestOptions, RawRecord
from tests.web import newsroom
from tests.web.exports.samples import ARTICLES, export_of, text_at
from web.exports.export import clean_article
from web.exports.table import write_csv


def test_csv_can_be_read_back(client: FlaskClient) -> None:
    table = csv.DictReader(StringIO(text_at(client, "/search.csv?q=ferries"), newline=""))
    row = next(table)
    assert row["headline"] == newsroom.BRIDGE_FERRY.headline
    assert row["body"] == newsroom.BRIDGE_FERRY.body
    assert row["first_created"] == "2023-07-12T09:15:00Z"
    assert (row["version"], row["urgency"]) == ("2", "")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r", "\n", "＝"])
def test_no_cell_of_a_csv_starts_a_formula(start: str) -> None:
    hostile = f'{start}cmd|"/c calc"!A1'
    article = replace(newsroom.WHALE, headline=hostile, by=hostile, subjects=(hostile,))
    row = list(csv.reader(StringIO("".join(write_csv(export_of(article))), newline="")))[1]
    assert row.count("'" + hostile) == 3


@given(ARTICLES)
def test_any_article_is_one_csv_row(article: Article) -> None:
    table = list(
        csv.reader(StringIO("".join(write_csv(export_of(article))), newline=""), strict=True)
    )
    assert len(table) == 2
    assert len(table[0]) == len(table[1])
    cleaned = clean_article(article)
    assert {cleaned.headline, "'" + cleaned.headline} & set(table[1])
    assert not any(cell.startswith(tuple("=+-@\t\r\n")) for cell in table[1])


@pytest.mark.parametrize("article", [newsroom.BRIDGE_FERRY, newsroom.ARABIC, newsroom.BRIDGE_ES])
def test_json_lines_can_be_ingested_again(client: FlaskClient, article: Article) -> None:
    lines = map(json.loads, text_at(client, "/search.jsonl?q=").splitlines())
    record = next(line for line in lines if line["id"] == article.uri)
    item = RawRecord(where="a:1", raw="", values=record)
    again = build_article(item, IngestOptions())
    assert isinstance(again, Draft)
    assert again.article == replace(article, version=1, raw="")


# ninjs 3.1: the properties used here, and their types.
_NINJS = {
    "uri": str, "type": str, "version": str, "firstCreated": str, "versionCreated": str,
    "pubStatus": str, "urgency": int, "edNote": str, "language": str, "headlines": list,
    "bodies": list, "by": str, "slugline": str, "located": str, "people": list,
    "organisations": list, "places": list, "subjects": list, "infoSources": list,
    "altIds": list, "standard": dict, "descriptions": list,
}  # fmt: skip


def test_ninjs_items_follow_the_standard(client: FlaskClient) -> None:
    items = json.loads(text_at(client, "/search.ninjs?q="))
    assert len(items) == 17
    for item in items:
        assert set(item) <= set(_NINJS)
        for name, value in item.items():
            assert isinstance(value, _NINJS[name]), name
        assert re.match("https?://|urn:", item["uri"])
        assert item["standard"]["version"] == "3.1"
    ferry = next(item for item in items if item["altIds"][0]["value"] == newsroom.BRIDGE_FERRY.uri)
    assert ferry["headlines"][0]["value"] == newsroom.BRIDGE_FERRY.headline
    assert ferry["versionCreated"] == "2023-07-12T14:05:00Z"
    assert ferry["infoSources"] == [{"name": "Harbour Times"}]
