import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Article
from archive.values.identity import article_uri, canonical_url


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTP://Example.ORG:80/A?b=1#c", "http://example.org/A?b=1"),
        ("https://example.org:443", "https://example.org/"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("https://example.org/a?utm_source=x&id=2&utm_medium=y", "https://example.org/a?id=2"),
        ("https://example.org/a?utm_source=x", "https://example.org/a"),
        ("http://[::1]:80/a", "http://[::1]/a"),
        ("http://[bad/a", "http://[bad/a"),
        ("http://example.org:99999/", "http://example.org:99999/"),
        ("tag:example.org,2023:1", "tag:example.org,2023:1"),
        ("", ""),
    ],
)
def test_canonical_urls(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


def test_ids_come_first_then_urls_then_content() -> None:
    url = "https://example.org/#x"
    assert article_uri("7", url=url, headline="h", body="b") == "7"
    assert article_uri("", url=url, headline="h", body="b") == "https://example.org/"
    content = Article(uri="", headline="h", body="b").content_hash
    assert article_uri("", url="", headline="h", body="b") == f"hash:{content[:24]}"


def test_an_id_that_is_a_url_is_canonical() -> None:
    assert article_uri("HTTPS://A.org/#x", url="", headline="", body="b") == "https://a.org/"


@given(st.text())
def test_canonical_is_stable(url: str) -> None:
    assert canonical_url(canonical_url(url)) == canonical_url(url)
