import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.sources.kind import Kind
from archive.sources.kinds import KINDS, recognize

OBJECT = json.dumps({"title": "a", "body": "b"})


def _recognize(content: str | bytes, name: str = "a.txt", *, is_named: bool = True) -> str:
    head = content.encode() if isinstance(content, str) else content
    return recognize(head, name, is_named=is_named).name


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (OBJECT, "a.txt", "JSON Lines"),
        (f"{OBJECT}\n{OBJECT}\n", "a.csv", "JSON Lines"),
        (f'{{"title": "a\n{OBJECT}\n', "a.jsonl", "JSON Lines"),
        (json.dumps([{"title": "a"}], indent=2), "a.txt", "JSON"),
        (json.dumps({"title": "a", "body": "b"}, indent=2), "a", "JSON"),
        (f"// comment\n[{OBJECT}]", "a.json", "JSON"),
        ("title,body,date\na,b,2031\n", "a.txt", "table"),
        ("a\tb\n1\t2\n", "a.tsv", "table"),
        ("<!DOCTYPE html>\n<html><p>x</p>", "a.txt", "HTML page"),
        ('<?xml version="1.0"?>\n<!-- x -->\n<!DOCTYPE html><html>', "a.xml", "HTML page"),
        ('<?xml version="1.0"?><nitf><head/></nitf>', "a.txt", "NITF"),
        ('<?xml version="1.0"?>\n<NewsML Version="1.2">', "a.xml", "NewsML"),
        ('<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">', "a", "NewsML-G2"),
        ('<?xml version="1.0"?><a><b/></a>', "a.txt", "XML of an unknown kind"),
        ("Mill opens\n\nIt opens.", "a.txt", "wire text"),
        ("Mill opens\n\nIt opens.", "a.html", "wire text"),
        ("Mill opens, Roth says\n\nTitle, body and date were lost.", "a.txt", "wire text"),
        ("<AAPL.O> rose\n\nShares rose.", "a.txt", "wire text"),
        ("Id: x\nSource: Halyard\n\nMill opens", "a.txt", "wire text"),
        ("", "a.txt", "wire text"),
        (b"\x89PNG\r\n\x1a\n", "a.txt", "PNG picture"),
        (b"GIF89a\0\0", "a.json", "GIF picture"),
        (b"{\\rtf1\\ansi x}", "a.txt", "RTF document"),
        ("From: ana@x.example\nSubject: Mill\n\nText", "a.txt", "mail message"),
        ("From x@y Sun Mar  2 09:00:00 2031\nSubject: a\n", "a", "mailbox"),
        ("\x01hal062 4 i 211  hal 061\r\n", "a.txt", "IPTC 7901"),
        ("\x16\x16\x01W2870\x1f_halb-\nf l\x13\x11 BC-Mill     03-02 0120\n", "a.tst", "ANPA 1312"),
        ("   1 of 2 DOCUMENTS\n\nHalyard Press\n", "a.txt", "Nexis"),
        ("HD Mill\nWC 9 words\nPD 2 March 2031\nSN Halyard\nLP\n", "a.txt", "Factiva"),
        ("<DOC>\n<DOCNO>a</DOCNO>", "a.txt", "SGML"),
        ("---\ntitle: Mill\n---\nText", "a.txt", "Markdown"),
        ("# Mill\n\nText", "a.md", "Markdown"),
        ("# Mill\n\nText", "a.txt", "wire text"),
        ("TY  - NEWS\nTI  - Mill\n", "a.txt", "RIS"),
        (b"%PDF-1.7\n", "a.txt", "PDF"),
        (b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml", "a.zip", "Word document"),
        (b"\0\1\2\3" * 40, "a.csv", "binary file of an unknown kind"),
    ],
)
def test_content_decides_and_the_ending_only_where_it_is_open(
    content: str | bytes, name: str, kind: str
) -> None:
    assert _recognize(content, name) == kind


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_the_kind_is_the_same_in_every_encoding(encoding: str) -> None:
    assert _recognize(f"{OBJECT}\n{OBJECT}".encode(encoding)) == "JSON Lines"
    assert _recognize("Mill opens as a library\n\nIt opens.".encode(encoding)) == "wire text"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.txt", "wire text"), ("a", "wire text"), ("20ng.51234", "wire text"),
     ("a.py", "text of an unknown kind")],
)  # fmt: skip
def test_text_in_a_folder_is_wire_text_only_with_a_usual_ending(name: str, kind: str) -> None:
    assert _recognize("Mill opens\n\nIt opens.", name, is_named=False) == kind
    assert _recognize("Mill opens\n\nIt opens.", name) == "wire text"


def test_a_kind_that_is_not_read_says_what_to_do() -> None:
    assert [kind.name for kind in KINDS if not (kind.read or kind.unpack or kind.advice)] == []
    with pytest.raises(ValueError, match="is not read"):
        Kind(name="x").read_items(None, "a", head=b"", options=None)  # type: ignore[arg-type]


@settings(max_examples=300)
@given(head=st.binary(max_size=400), name=st.sampled_from(["a", "a.txt", "a.json", "a.x"]))
def test_any_content_has_a_kind(head: bytes, name: str) -> None:
    kind = recognize(head, name, is_named=True)
    assert kind.read or kind.unpack or kind.advice


@pytest.mark.parametrize(
    "hostile",
    [b"<!-- " * 800, b"<!--x-->" * 500, b"a: b\r\n" * 700, b"<a " * 1300, b"TY  -" * 800,
     b"{ " * 2000, b"[" * 4096, b"<?xml" * 800, b"From " * 800],
)  # fmt: skip
def test_tests_of_content_take_linear_time(hostile: bytes) -> None:
    # A test that backtracks without limit would not end.
    assert recognize(hostile, "a.txt", is_named=True).name


@pytest.mark.parametrize(
    "name",
    ["HTML page", "feed", "WARC", "PDF", "Word document", "mailbox", "mail message", "Markdown",
     "IPTC 7901"],
)  # fmt: skip
def test_what_a_library_can_hang_on_is_read_in_a_process_of_its_own(name: str) -> None:
    [kind] = [kind for kind in KINDS if kind.name == name]
    assert kind.is_isolated
