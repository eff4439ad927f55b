"""Citations, read by parsers that reference managers use: rispy, bibtexparser."""

import re
from dataclasses import replace

import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given

from archive.article import Article
from tests.web import newsroom
from tests.web.exports.samples import ARTICLES, HERE
from web.exports.citations import format_bibtex, format_ris
from web.exports.export import clean_article


@given(ARTICLES)
def test_any_article_is_one_ris_record(article: Article) -> None:
    records = rispy.loads(format_ris(article, url=HERE))
    assert len(records) == 1
    assert records[0]["type_of_reference"] == "NEWS"
    assert records[0].get("id", "") == " ".join(clean_article(article).uri.split())


def test_ris_has_the_properties_of_an_article() -> None:
    article = replace(newsroom.BRIDGE_CLOSED, by="Jonas Hale and Ines Okafor", subjects=("roads",))
    (record,) = rispy.loads(format_ris(article, url=HERE))
    assert record == {
        "type_of_reference": "NEWS",
        "title": article.headline,
        "authors": ["Jonas Hale", "Ines Okafor"],
        "secondary_title": "Northern Wire",
        "year": "2023",
        "date": "2023/07/10/",
        "place_published": "Port Alder",
        "language": "en",
        "keywords": ["roads"],
        "urls": [article.url],
        "id": article.uri,
    }


@given(ARTICLES)
def test_any_article_is_one_bibtex_entry(article: Article) -> None:
    library = parse_string(format_bibtex(article, url=HERE) + "@misc{after, title={x}}")
    assert library.failed_blocks == []
    assert library.comments == []
    first, second = library.entries
    assert re.fullmatch("[a-z]+[0-9]*-[0-9a-f]{8}", first.key)
    assert second.key == "after"
    assert "title" in first.fields_dict


def test_bibtex_escapes_and_has_the_properties_of_an_article() -> None:
    headline = r"50% off: Fish & {chips} for $3 \input{x} #1_a ~ ^"
    article = replace(newsroom.BRIDGE_CLOSED, headline=headline)
    (entry,) = parse_string(format_bibtex(article, url=HERE)).entries
    values = {field.key: field.value for field in entry.fields}
    assert values["title"] == (
        r"{50\% off: Fish \& \textbraceleft{}chips\textbraceright{} for \$3"
        r" \textbackslash{}input\textbraceleft{}x\textbraceright{} \#1\_a"
        r" \textasciitilde{} \textasciicircum{}}"
    )
    assert (values["author"], values["journal"]) == ("Jonas Hale", "Northern Wire")
    assert (values["date"], values["url"]) == ("2023-07-10", article.url)
