import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Article
from archive.values.identity import canonicalize_url, derive_uri


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
    assert canonicalize_url(url) == canonical


def test_the_uri_is_the_id_else_the_url_else_a_content_hash() -> None:
    url = "https://example.org/#x"
    assert derive_uri("a7", url=url, headline="h", body="b") == "a7"
    assert derive_uri("", url=url, headline="h", body="b") == "https://example.org/"
    content = Article(uri="", headline="h", body="b").content_hash
    assert derive_uri("", url="", headline="h", body="b") == f"hash:{content[:24]}"


@pytest.mark.parametrize("number", ["7", "7.0", " 7 "])
def test_a_bare_number_belongs_to_its_source(number: str) -> None:
    texts = {"headline": "h", "body": "b"}
    assert derive_uri(number, url="https://a.org/x", source="EFE", **texts) == "7@EFE"
    assert derive_uri(number, url="https://a.org/x", **texts) == "https://a.org/x"
    alone = derive_uri(number, url="", **texts)
    assert alone.startswith("7@hash:")
    assert alone == derive_uri("7", url="", headline="h", body="Corrected.")
    assert alone != derive_uri("7", url="", headline="another", body="b")


def test_an_id_that_is_a_url_is_canonical() -> None:
    assert derive_uri("HTTPS://A.org/#x", url="", headline="", body="b") == "https://a.org/"


@given(st.text())
def test_a_canonical_url_does_not_change(url: str) -> None:
    assert canonicalize_url(canonicalize_url(url)) == canonicalize_url(url)
