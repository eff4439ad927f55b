"""Hostile and damaged XML: nothing is fetched or expanded, and what was read before is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.formats.xml.nitf import read_nitf
from archive.formats.xml.parsing import find_root
from archive.ingest_types import RawRecord, Rejection, Remark
from archive.limits import MAX_TREE_BYTES
from tests.archive.formats.samples import read_bytes, reasons, values

_GOOD = b"<nitf><body><body.content><p>One.</p></body.content></body></nitf>"


def _with_doctype(subset: str, text: str) -> bytes:
    return (
        f"<!DOCTYPE nitf [{subset}]><nitf><body><body.content><p>{text}</p></body.content></body>"
        "</nitf>"
    ).encode()


_LAUGHS = '<!ENTITY l0 "lol">' + "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)
)


@pytest.mark.parametrize(
    "content",
    [
        _with_doctype('<!ENTITY e SYSTEM "file:///etc/hostname">', "&e;"),
        _with_doctype('<!ENTITY e "text">', "&e;"),
        _with_doctype('<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;', "One."),
        _with_doctype(_LAUGHS, "&l9;"),
        _with_doctype(_LAUGHS, "One.").replace(b"<nitf>", b'<nitf a="&l9;">'),
    ],
)
def test_a_document_that_declares_entities_is_refused(content: bytes) -> None:
    items = read_bytes(read_nitf, content)
    assert values(items) == []
    assert len(reasons(items)) == 1
    assert "declares entities" in reasons(items)[0]


def test_a_dtd_is_not_fetched_and_its_references_are_characters() -> None:
    content = b'<!DOCTYPE nitf SYSTEM "http://127.0.0.1:9/nitf.dtd">' + _GOOD.replace(
        b"One.", b"caf&eacute;<em>&nbsp;&mdash;</em> &amp; bar &nosuch;"
    )
    [article] = values(read_bytes(read_nitf, content))
    assert article["body"] == "café — & bar &nosuch;"


def test_nothing_is_included() -> None:
    inclusion = b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/hostname"/>'
    [article] = values(read_bytes(read_nitf, _GOOD.replace(b"One.", b"One." + inclusion)))
    assert article["body"] == "One."


def test_a_document_that_is_not_well_formed_is_refused_with_its_line() -> None:
    items = read_bytes(read_nitf, b"<wire>\n" + _GOOD + b"\n<nitf>\n</p></wire>")
    assert [one["body"] for one in values(items)] == ["One."]
    [reason] = reasons(items)
    assert reason.startswith("x:4: NITF: not well-formed (Opening and ending tag mismatch")
    assert reason.endswith("what follows in the file was not read")


def test_the_line_is_counted_over_several_documents() -> None:
    declaration = b'<?xml version="1.0"?>\n'
    items = read_bytes(read_nitf, declaration + _GOOD + b"\n" + declaration + b"<nitf>\n<a")
    assert reasons(items)[0].startswith("x:5: NITF: not well-formed")


def test_nesting_is_limited() -> None:
    items = read_bytes(read_nitf, b"<nitf>" + b"<p>" * 200_000)
    assert "not well-formed (Excessive depth" in reasons(items)[0]


def test_a_long_item_is_refused_before_it_fills_the_memory() -> None:
    items = read_bytes(read_nitf, _GOOD[:-7] + b"<a/>" * (MAX_TREE_BYTES // 2))
    assert "one item is longer than 8 MiB" in reasons(items)[0]


def test_many_items_are_read_beyond_the_limit_of_one() -> None:
    count = 3 * MAX_TREE_BYTES // 20_000
    item = _GOOD.replace(b"One.", b"x" * 20_000)
    items = read_bytes(read_nitf, b"<wire>" + item * count + b"</wire>")
    assert len(values(items)) == count
    assert reasons(items) == []


@pytest.mark.parametrize("content", [b"", b" \n", b"<other/>", b"\xef\xbb\xbf"])
def test_a_file_without_an_article_says_so(content: bytes) -> None:
    assert reasons(read_bytes(read_nitf, content)) == ["x: NITF without an article: no <nitf>"]


@given(st.binary(max_size=300), st.integers(0, len(_GOOD)))
def test_any_bytes_are_items_or_rejections(noise: bytes, place: int) -> None:
    items = read_bytes(read_nitf, _GOOD[:place] + noise + _GOOD[place:])
    assert items
    assert all(isinstance(one, RawRecord | Rejection | Remark) for one in items)


@given(st.integers(1, 90), st.sampled_from(["", "<?xml version='1.0'?>", "\ufeff"]))
def test_where_the_head_ends_changes_nothing(size: int, start: str) -> None:
    content = start.encode() + _GOOD + b"\n<?xml version='1.0'?>" + _GOOD
    items = read_bytes(read_nitf, content, head_size=size)
    assert [one["body"] for one in values(items)] == ["One.", "One."]
    assert reasons(items) == []


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"<a>", "a"),
        (b"  <a/>", "a"),
        (b"<x:a-b.c >", "a-b.c"),
        (b"<?xml version='1.0'?><?pi x?><!-- <b> --> <!DOCTYPE a [<!ENTITY x '>'>]>\n<a>", "a"),
        (b"<!-- not closed <a>", ""),
        (b"<!DOCTYPE a [ not closed > <a>", ""),
        (b"text <a>", ""),
        (b"<1>", ""),
        (b"<!--" + b"--><!--" * 3000, ""),
        ("<a é='1'>".encode("utf-16-be"), ""),
        (b"\xfe\xff" + "<a é='1'>".encode("utf-16-be"), "a"),
        ("<?xml version='1.0'?><a>".encode("utf-16-le"), "a"),
    ],
)
def test_the_root_is_found_behind_what_may_precede_it(head: bytes, name: str) -> None:
    assert find_root(head) == name
