"""Character references are decoded in text, and in nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Article
from archive.article_builder import build_article
from archive.ingest_types import Draft, IngestOptions, RawRecord
from archive.values.entities import decode_references


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Fish &amp; Chips", "Fish & Chips"),
        ("&quot;Stop&quot;, she said", '"Stop", she said'),
        ("caf&eacute; &#8211; &#x2014;", "café – —"),
        ("&amp;quot;twice&amp;quot;", '"twice"'),
        ("AT&T; R&D, ?a=1&copy=2 & more &nosuch;", "AT&T; R&D, ?a=1&copy=2 & more &nosuch;"),
    ],
)
def test_references_are_decoded(written: str, expected: str) -> None:
    assert decode_references(written) == expected
    assert decode_references({"a": [written, 3]}) == {"a": [expected, 3]}


@given(st.text(alphabet="ab &;\n", max_size=30))
def test_text_without_references_is_unchanged(text: str) -> None:
    assert decode_references(text) == text


def test_a_record_has_its_text_as_readers_see_it() -> None:
    values: dict[str, object] = {
        "title": "Fish &amp; chips",
        "text": "A shop called &quot;Fish &amp; Chips&quot; opened.",
        "keywords": ["food &amp; drink"],
    }
    draft = build_article(RawRecord(where="1", values=values, raw="{}"), IngestOptions())
    assert isinstance(draft, Draft)
    article: Article = draft.article
    assert article.headline == "Fish & chips"
    assert article.body == 'A shop called "Fish & Chips" opened.'
    assert article.subjects == ("food & drink",)
