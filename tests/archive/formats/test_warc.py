import gzip

import pytest

from archive.formats.web.warc import is_warc, read_warc
from tests.archive.formats.samples import (
    FIXTURES,
    places,
    read_bytes,
    reasons,
    remarks,
    values,
)

_TEXT = (FIXTURES / "page_meta.html").read_text(encoding="utf-8")
_PAGE = _TEXT.replace("og:url", "og:other").encode("latin-1")


def _record(kind: str, headers: dict[str, str], content: bytes) -> bytes:
    stated = {"WARC-Type": kind, "WARC-Date": "2031-03-05T10:00:00Z"} | headers
    stated |= {"WARC-Record-ID": "<urn:uuid:1>", "Content-Length": str(len(content))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in stated.items())
    return f"WARC/1.0\r\n{lines}\r\n".encode() + content + b"\r\n\r\n"


def _capture(kind: str, page: bytes) -> bytes:
    """A record of a request for a page, or of what a server answered."""
    content_type = "image/png" if kind == "png" else "text/html; charset=iso-8859-1"
    lines = [f"HTTP/1.1 {'404 Not Found' if kind == 'missing' else '200 OK'}"]
    lines.append(f"Content-Type: {content_type}")
    if kind == "packed":
        lines.append("Content-Encoding: gzip")
        page = gzip.compress(page)
    content = "\r\n".join([*lines, "", ""]).encode() + page
    record_type = kind if kind in ("request", "revisit") else "response"
    application = f"application/http; msgtype={'request' if kind == 'request' else 'response'}"
    headers = {"WARC-Target-URI": f"https://slt.example/{kind}", "Content-Type": application}
    return _record(record_type, headers, content)


def _write(
    *, compressed: bool = False, kinds: tuple[str, ...] = ("html",), page: bytes = _PAGE
) -> bytes:
    """A WARC file with one record of each kind, each compressed by itself."""
    opening = _record("warcinfo", {"Content-Type": "application/warc-fields"}, b"software: x\r\n")
    records = [opening, *(_capture(kind, page) for kind in kinds)]
    return b"".join(gzip.compress(one) if compressed else one for one in records)


@pytest.mark.parametrize("compressed", [False, True])
def test_each_page_is_an_article_with_its_address_and_time(compressed: bool) -> None:
    items = read_bytes(read_warc, _write(compressed=compressed, kinds=("html", "packed")))
    assert [one["url"] for one in values(items)] == [
        "https://slt.example/html",
        "https://slt.example/packed",
    ]
    for article in values(items):
        assert article["headline"] == "El molino de Brenwick abre"
        assert article["first_created"] == "2031-03-02T08:00:00+01:00"
        assert "informó el concejo" in article["body"]
    assert places(items) == ["x#2", "x#3"]
    assert reasons(items) == []


def test_the_time_of_the_capture_counts_if_the_page_states_none() -> None:
    page = _PAGE.replace(b"published_time", b"x").replace(b"modified_time", b"y")
    [article] = values(read_bytes(read_warc, _write(page=page)))
    assert article["first_created"] == article["version_created"] == "2031-03-05T10:00:00Z"


def test_what_is_no_page_is_counted_in_one_remark() -> None:
    kinds = ("png", "png", "request", "revisit", "missing", "html")
    items = read_bytes(read_warc, _write(kinds=kinds))
    assert len(values(items)) == 1
    assert reasons(items) == []
    assert remarks(items) == [
        (
            "skipped-records",
            "2 image/png, 1 warcinfo, 1 request, 1 revisit, 1 page with status 404",
        )
    ]


def test_a_page_without_an_article_is_refused_with_its_number() -> None:
    [reason] = reasons(read_bytes(read_warc, _write(page=b"<html><p>x</p></html>")))
    assert reason.startswith("x#2: an HTML page without an article")


@pytest.mark.parametrize("compressed", [False, True])
def test_a_truncated_file_costs_only_its_end(compressed: bool) -> None:
    content = _write(compressed=compressed, kinds=("html", "other"))
    items = read_bytes(read_warc, content[:-300])
    assert [one["url"] for one in values(items)] == ["https://slt.example/html"]
    assert reasons(items)[0].startswith("x#3: the WARC file is damaged or truncated here")


def test_a_file_that_is_no_warc_is_refused() -> None:
    [reason] = reasons(read_bytes(read_warc, b"WARC/1.0\r\nnonsense" + b"\0" * 500))
    assert reason == "x: a WARC file without an HTML page: 1 record of an unknown type"


@pytest.mark.parametrize(
    ("head", "is_one"),
    [(b"WARC/1.0\r\n", True), (b"WARC/1.1\r\n", True), (b"filedesc://x", True), (b"WAR", False),
     (b"The WARC/1.0 format", False)],
)  # fmt: skip
def test_it_is_recognised_by_content(head: bytes, is_one: bool) -> None:
    assert is_warc(head) is is_one


def test_a_record_without_an_address_costs_only_what_follows() -> None:
    content = _write(kinds=("html",)) + _write().replace(b"WARC-Target-URI", b"X-Address")
    items = read_bytes(read_warc, content)
    assert [one["url"] for one in values(items)] == ["https://slt.example/html"]
    [reason] = reasons(items)
    assert "a record of a page has no WARC-Target-URI" in reason


def test_a_page_in_an_unknown_compression_costs_only_itself() -> None:
    page = _capture("html", _PAGE)
    headers = {"WARC-Target-URI": "https://slt.example/br", "Content-Type": "application/http"}
    answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\nx"
    content = _record("response", headers, answer.encode())
    items = read_bytes(read_warc, content + page)
    assert [one["url"] for one in values(items)] == ["https://slt.example/html"]
    assert reasons(items) == ["x#1: the page is compressed as br, which is not read"]
