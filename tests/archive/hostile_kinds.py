"""Hostile documents of single formats, which attack what their readers do with them.

Responsibility: write mail, text, feeds, pages, web archives, PDF and DOCX that attack their reader.
Decision: as in `tests.archive.hostile`, each document is made when it is written.
Must not depend on: the code that reads them.
"""

import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from functools import partial

from tests.archive.hostile import DEPTH, LAUGHS, MIB, Hostile, make_content, pack_zip

_Make = Callable[[], str | tuple[str, ...]]
_MAIL = "From: Ana <a@b.example>\nDate: Sun, 02 Mar 2031 09:00:00 +0000\nMIME-Version: 1.0\n"
_START = "From a@b Sun Mar  2 09:00:00 2031\n"
_PROSE = "The council said on Tuesday that the old mill would open as a library in June. " * 4
_PAGE = "<!DOCTYPE html><html><head>{}</head><body><article><h1>Mill</h1>{}</article></body></html>"
_G2 = (
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="a" {}><contentMeta>'
    "<headline>Mill</headline>{}</contentMeta><contentSet>{}</contentSet></newsItem>"
)
_NITF = "<nitf><head><title>Mill</title></head><body><body.content>{}</body.content></body></nitf>"
_RSS = '<rss version="2.0"><channel><title>Halyard</title>{}</channel></rss>'
_ITEM = "<item><title>Mill</title><description>{}</description></item>"
_CHARSETS = ("x-none", "rot13", "zlib", "unicode_escape", "idna", "undefined", "x" * 100_000)
LINED = {
    "a.eml": f"{_MAIL}Subject: Mill\n\nIt opens.\n",
    "a.mbox": f"{_START}Subject: Mill\n\nIt opens.\n\n{_START}Subject: Rain\n\nIt rains.\n",
    "nexis.txt": "   1 of 1 DOCUMENTS\n\n\nHalyard Press\n\nMarch 2, 2031 Sunday\n\nMill opens\n\n"
    "LENGTH: 4 words\n\n\nIt opens in June.\n\n\nLOAD-DATE: March 2, 2031\n",
    "factiva.txt": "HD Mill opens\nWC 4 words\nPD 2 March 2031\nSN Halyard\nLP\nIt opens.\n",
    "a.md": "---\ntitle: Mill\ndate: 2031-03-02\n---\n\nIt opens.\n",
    "a.ris": "TY  - NEWS\nTI  - Mill opens\nAB  - It opens.\nER  - \n",
    "a.sgm": "<DOC id='a'>\n<HEADLINE>\nMill\n</HEADLINE>\n<TEXT>\nIt.\n</TEXT>\n</DOC>\n",
    "a.csv": "title,body\nMill,It opens.\nRain,It rains.\n",
    "a.jsonl": '{"title":"Mill","body":"It opens."}\n' * 2,
    "wire.txt": "Mill opens\n\nOSLO, March 2 (HLY) - It opens.\n\nNNNN\n",
}


def list_hostile_kinds() -> list[Hostile]:
    """Return all documents, each with a name of its own."""
    made: list[Hostile] = []
    for family in (_mail, _texts, _markdown, _lined, _xml, _feeds, _pages, _archives, _pdfs, _docx):
        made += family()
    return [each._replace(name=f"k{number:03}-{each.name}") for number, each in enumerate(made)]


def _name_many(name: str, count: int) -> str:
    """Attributes with the same beginning of their names."""
    return " ".join(f'{name}{n}="x"' for n in range(count))


def _text(name: str, make: Callable[[], str]) -> Hostile:
    return make_content(name, lambda: make().encode("utf-8", "surrogateescape"))


def _fill(form: str, make: _Make) -> str:
    made = make()
    return form.format(*([made] if isinstance(made, str) else made))


def _repeat(start: str, part: str, count: int, end: str) -> str:
    return f"{start}{part * count}{end}"


def _mail() -> Iterator[Hostile]:
    makers: dict[str, _Make] = {
        "subject": lambda: "Subject: " + "x" * MIB,
        "words": lambda: "Subject: " + "=?utf-8?q?x?= " * 80_000,
        "words-open": lambda: "Subject: " + "=?utf-8?q?" * 100_000,
        "words-lines": lambda: "Subject: x" + "\n =?utf-8?b?eA==?=" * 60_000,
        "words-charsets": lambda: "Subject: " + "".join(f"=?x{n}?q?x?= " for n in range(60_000)),
        "comments": lambda: "Subject: x\nReply-To: " + "(" * MIB,
        "angles": lambda: "Subject: x\nSender: " + "<" * MIB,
        "people": lambda: "Subject: x\nTo: " + "Ana <a@b.example>, " * 60_000,
        "groups": lambda: "Subject: x\nTo: " + "a:" * 300_000,
        "quotes": lambda: "Subject: x\nCc: " + '"' * MIB,
        "backslashes": lambda: "Subject: x\nCc: " + '"\\' * (MIB // 2),
        "day": lambda: "Subject: x\nDate: " + "1 " * (MIB // 2),
        "day-comments": lambda: "Subject: x\nDate: " + "(" * MIB,
        "parameters": lambda: (
            "Subject: x\nContent-Type: text/plain"
            + "".join(f';\n a*{n}*="x"' for n in range(60_000))
        ),
        "boundary": lambda: f'Subject: x\nContent-Type: multipart/mixed; boundary="{"b" * MIB}"',
        "base64": lambda: f"Subject: x\nContent-Transfer-Encoding: base64\n\n{'!AA=' * MIB}",
        "printable": lambda: (
            f"Subject: x\nContent-Transfer-Encoding: quoted-printable\n\n{'=' * 4 * MIB}"
        ),
        "html": lambda: f"Subject: x\nContent-Type: text/html\n\n{'<div>' * DEPTH}It opens.",
        "html-links": lambda: (
            f"Subject: x\nContent-Type: text/html\n\n{'<a href=x>y</a> ' * 200_000}"
        ),
        "parts": lambda: (
            "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n" + "--b\n\n" * DEPTH
        ),
        "same-boundary": lambda: (
            "Subject: x\n" + "Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 9999
        ),
        "messages": lambda: "Subject: x\n" + "Content-Type: message/rfc822\n\n" * 9999,
        "quoted": lambda: f"Subject: x\n\n{'>' * 2 * MIB}\n{'> ' * MIB}",
        "list": lambda: "Subject: x\nList-Id: " + "<" * 500_000 + ">" * 500_000,
        **{
            f"charset-{charset[:9]}": partial(
                "Subject: x\nContent-Type: text/plain; charset={}\n\nIt \xf6pens.".format, charset
            )
            for charset in _CHARSETS
        },
    }
    for name, make in makers.items():
        yield _text(f"mail-{name}.eml", partial(_fill, _MAIL + "{}\n\nIt opens.\n", make))
    yield _text("mail-endless.mbox", lambda: _START + "Subject: x\n\n" + "It opens.\n" * 4 * MIB)
    yield _text("mail-empty.mbox", lambda: _START * 300_000)
    yield _text("mail-starts.mbox", lambda: _START + "From \n" * MIB)


def _texts() -> Iterator[Hostile]:
    ris, nexis = "TY  - NEWS\nTI  - Mill\n", "   1 of 2 DOCUMENTS\n\nHalyard Press\n\n"
    factiva = "HD Mill\nWC 9 words\nPD 2 March 2031\nSN Halyard\nLP\n"
    for name, text in {
        "lines.ris": (ris, "AU  - x\n", 1_000_000, "ER  - \n"),
        "records.ris": ("", ris, 9_000, ""),
        "unknown.ris": (ris, "ZZ  - x\n", 1_000_000, ""),
        "folded.ris": (ris + "AB  - x\n", "y\n", 2_000_000, "ER  - \n"),
        "open.sgm": ("<DOC><TEXT>", "<P>It", DEPTH, ""),
        "docs.sgm": ("", "<DOC>\n", 500_000, ""),
        "texts.sgm": ("<DOC>", "<TEXT>It\n", DEPTH, "</DOC>"),
        "stories.sgm": ("", "<REUTERS ID='1'>", 300_000, ""),
        "brackets.sgm": ("<DOC><TEXT>", "<", 2_000_000, ""),
        "closing.sgm": ("<DOC><TEXT>", "</P>", 500_000, "</TEXT></DOC>"),
        "references.sgm": ("<DOC><TEXT>", "&amp", 500_000, "</TEXT></DOC>"),
        "attributes.sgm": ("<DOC ", "a='x' ", DEPTH, "><TEXT>It.</TEXT></DOC>"),
        "quote.sgm": ("<DOC id='", "<DOC id='", 300_000, "><TEXT>It.</TEXT></DOC>"),
        "comments.sgm": ("<DOC><TEXT>", "<!--", 500_000, "</TEXT></DOC>"),
        "documents-nexis.txt": ("", nexis, 100_000, ""),
        "labels-nexis.txt": (nexis, "BYLINE: Ana\n", 500_000, ""),
        "blank-nexis.txt": (nexis, "\n", 2_000_000, ""),
        "spaces-nexis.txt": (nexis, " ", 4_000_000, "x\n"),
        "heads-factiva.txt": ("", factiva, 100_000, ""),
        "paragraphs-factiva.txt": (factiva, "\n", 2_000_000, "x\n"),
        "codes-factiva.txt": (factiva, "CO x : y\n", 500_000, ""),
        "starts-iptc.txt": ("\x01hal062 4 i 211  hal 061\r\n", "\x01", 2_000_000, ""),
        "stories-iptc.txt": ("", "\x01hal062 4 i 211  hal 061\r\n\x02x\x03", 9_000, ""),
        "open-iptc.txt": ("\x01hal062 4 i 211  hal 061\r\n\x02", "It opens.\r\n", 2_000_000, ""),
        "syncs-anpa.tst": (
            "\x16\x16\x01W2870\x1f_halb-\nf l\x13\x11 BC\x02",
            "\x16",
            2_000_000,
            "",
        ),
        "stories-anpa.tst": (
            "",
            "\x16\x16\x01W2870\x1f_halb-\nf l\x13\x11 BC\x02x\x03",
            100_000,
            "",
        ),
        "lines-wire.txt": ("Mill\n\nOSLO, March 2 (HLY) - It.\n", "x\n\n", 2_000_000, ""),
        "stories-wire.txt": ("", "NNNN\n", 1_000_000, ""),
        "dateline-wire.txt": ("Mill\n\n", "OSLO, ", 300_000, "March 2 (HLY) - It.\n"),
        "brackets-wire.txt": ("Mill\n\nOSLO, March 2 (", "(", 1_000_000, "HLY) - It.\n"),
        "dashes-wire.txt": ("Mill\n\n", "- ", 1_000_000, "It.\n"),
    }.items():
        yield _text(f"text-{name}", partial(_repeat, *text))


def _markdown() -> Iterator[Hostile]:
    front = "---\ntitle: Mill\n---\n\nIt opens.\n\n"
    for name, part, count in (
        ("brackets", "[", 100_000),
        ("pictures", "![", 100_000),
        ("links", "[a](", 50_000),
        ("links-open", "[a](<b", 50_000),
        ("emphasis", "*a_ ", 50_000),
        ("stars", "*a**b", 50_000),
        ("ticks", "".join("`" * n + " " for n in range(1, 700)), 1),
        ("quotes", "> ", 100_000),
        ("lists", "- ", 100_000),
        ("angles", "<", 500_000),
        ("tags", "<a b='", 100_000),
        ("comments", "<!-- ", 100_000),
        ("sections", "<![CDATA[", 50_000),
        ("php", "<?", 100_000),
        ("pipes", "|", 300_000),
        ("rows", "a|b\n-|-\n", 60_000),
        ("rules", "***\n", 200_000),
        ("references", "&#", 300_000),
        ("backslashes", "\\", 500_000),
        ("titles", "# a\n", 100_000),
        ("definitions", "[a]: b 'c\n", 60_000),
        ("uses", "[a]: /b\n\n[a][a]", 40_000),
        ("indents", "".join(f"{' ' * n}- a\n" for n in range(1500)), 1),
        ("tildes", "~~", 200_000),
        ("underlines", "a\n=", 200_000),
        ("numbers", "1. a\n\n", 60_000),
        ("mails", "<a@", 100_000),
    ):
        yield _text(f"markdown-{name}.md", partial(_repeat, front, part, count, "\n"))
    for name, make in {
        "arrays": lambda: "a: " + "[" * 60_000,
        "objects": lambda: "a: " + "{a: " * 50_000,
        "lists": lambda: "- " * 60_000,
        "keys": lambda: "? " * 60_000,
        "indents": lambda: "".join(f"{' ' * n}a:\n" for n in range(600)),
        "python": lambda: "a: !!python/object/apply:os.system ['touch /tmp/x']",
        "merges": lambda: (
            "a0: &a0 {x: 1}\n"
            + "".join(f"a{n}: &a{n} {{<<: [{f'*a{n - 1},' * 10}]}}\n" for n in range(1, 9))
        ),
        "loop": lambda: "a: &a [*a]",
        "sixty": lambda: "a: 1" + ":59" * 60_000,
        "number": lambda: "a: " + "9" * 200_000,
        "float": lambda: "a: 1" + "_" * 200_000 + ".5",
        "day": lambda: "date: 20310-99-99T99:99:99",
        "year": lambda: "date: 0001-01-01T00:00:00+14:00",
        "open": lambda: "a: b\n" * 1_000_000,
        "binary": lambda: "a: !!binary " + "A" * 200_000,
        "anchors": lambda: "".join(f"a{n}: &a{n} x\n" for n in range(20_000)),
        "escapes": lambda: 'a: "' + "\\u0041" * 40_000 + '"',
        "control": lambda: "a: \x00\x07\x1b",
        "folded": lambda: "a: >\n" + "  x\n" * 60_000,
        "documents": lambda: "--- a\n" * 30_000,
    }.items():
        yield _text(f"yaml-{name}.md", partial(_fill, "---\ntitle: Mill\n{}\n---\n\nIt.\n", make))
    for name, make in {
        "arrays": lambda: "a = " + "[" * 60_000,
        "keys": lambda: "a" + ".a" * 60_000 + " = 1",
        "tables": lambda: "".join(f"[a{n}.b.c]\n" for n in range(20_000)),
        "number": lambda: "a = " + "9" * 200_000,
        "objects": lambda: "a = " + "{a=" * 50_000,
    }.items():
        yield _text(f"toml-{name}.md", partial(_fill, "+++\n{}\n+++\n\nIt.\n", make))


def _lined() -> Iterator[Hostile]:
    for name, text in LINED.items():
        for end, kind in (("\r", "cr"), ("\r\r\n", "crcrlf"), ("\n\r", "lfcr")):
            yield _text(f"lines-{kind}-{name}", partial(text.replace, "\n", end))


def _xml() -> Iterator[Hostile]:
    xhtml = (
        '<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body>{}</body></html></inlineXML>'
    )
    message = '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{}</itemSet></newsMessage>'
    for name, text in {
        "g2-attributes": lambda: _G2.format(_name_many("a", DEPTH), "", ""),
        "g2-namespaces": lambda: _G2.format(_name_many("xmlns:a", 50_000), "", ""),
        "g2-subjects": lambda: _G2.format(
            "", "<subject qcode='a:b'/>" * DEPTH, "<inlineData>It.</inlineData>"
        ),
        "g2-deep": lambda: _G2.format("", "", xhtml.format("<div>" * DEPTH + "It.")),
        "g2-links": lambda: _G2.format(
            "", "", xhtml.format("<p><a href='x'>y</a> It.</p>" * 60_000)
        ),
        "g2-remote": lambda: _G2.format(
            "", "", "<remoteContent href='file:///etc/passwd'/>" * 20_000
        ),
        "g2-items": lambda: message.format("<newsItem guid='a'/>" * DEPTH),
        "g2-messages": lambda: message.format("<itemSet>" * DEPTH),
        "newsml-components": lambda: "<NewsML><NewsItem>" + "<NewsComponent>" * DEPTH,
        "newsml-siblings": lambda: (
            f"<NewsML><NewsItem>{'<NewsComponent/>' * DEPTH}</NewsItem></NewsML>"
        ),
        "nitf-blocks": lambda: _NITF.format("<block>" * DEPTH + "It."),
        "nitf-paragraphs": lambda: _NITF.format("<p>It.</p>" * 300_000),
        "nitf-ends": lambda: _NITF.format("</p>" * DEPTH),
        "nitf-tables": lambda: _NITF.format("<table><tr><td>" * 60_000),
        "nitf-data": lambda: _NITF.format(f"<p><![CDATA[{'<p>' * 4 * MIB}]]></p>"),
        "nitf-comments": lambda: _NITF.format("<!--x-->" * 500_000 + "<p>It.</p>"),
        "nitf-instructions": lambda: _NITF.format("<?x y?>" * 500_000 + "<p>It.</p>"),
        "nitf-day": lambda: (
            f"<nitf><head><docdata><date.issue norm='{'1' * MIB}'/></docdata></head></nitf>"
        ),
        "nitf-many": lambda: "<x>" + _NITF.format("<p>It.</p>") * 9_000 + "</x>",
        "nitf-references": lambda: _NITF.format(f"<p>{'&#65;' * MIB}</p>"),
        "nitf-unknown": lambda: _NITF.format(f"<p>{'&e;' * 500_000}</p>"),
    }.items():
        yield _text(f"xml-{name}.xml", text)


def _feeds() -> Iterator[Hostile]:
    for name, text in {
        "tags": lambda: _RSS.format("<item>" + "<x>" * 350_000),
        "tags-closed": lambda: _RSS.format(_ITEM.format("<x>" * 350_000 + "</x>" * 350_000)),
        "divs": lambda: _RSS.format(_ITEM.format(f"<![CDATA[{'<div>' * DEPTH}It.]]>")),
        "escaped": lambda: _RSS.format(_ITEM.format("&lt;div>" * DEPTH)),
        "items": lambda: _RSS.format("<item/>" * DEPTH),
        "items-open": lambda: _RSS.format("<item>" * DEPTH),
        "channels": lambda: '<rss version="2.0">' + "<channel>" * DEPTH,
        "attributes": lambda: _RSS.format(
            f"<item {_name_many('a', DEPTH)}><title>a</title></item>"
        ),
        "namespaces": lambda: f"<rss {_name_many('xmlns:a', 50_000)}>{_RSS}",
        "title": lambda: _RSS.format("<item><title>" + "x" * 8 * MIB + "</title></item>"),
        "day": lambda: _RSS.format(f"<item><title>a</title><pubDate>{'1 ' * MIB}</pubDate></item>"),
        "enclosures": lambda: _RSS.format(f"<item>{'<enclosure url=x />' * 60_000}</item>"),
        "categories": lambda: _RSS.format(f"<item>{'<category>x</category>' * 60_000}</item>"),
        "references": lambda: _RSS.format(_ITEM.format("&amp;amp" * 500_000)),
        "unknown": lambda: _RSS.format(_ITEM.format("&nosuch;" * DEPTH)),
        "brackets": lambda: _RSS.format(_ITEM.format("<" * MIB)),
        "laughs": lambda: LAUGHS + _RSS.format(_ITEM.format("&e;")),
        "base": lambda: (
            '<feed xmlns="http://www.w3.org/2005/Atom">' + "<entry xml:base='a/'>" * 50_000
        ),
        "content": lambda: (
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml">'
            + "<div>" * DEPTH
        ),
        "base64": lambda: (
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="x/y">'
            + "AA!=" * 2 * MIB
            + "</content></entry></feed>"
        ),
        "utf16": lambda: '<?xml version="1.0" encoding="utf-16"?>' + _RSS.format("<item/>"),
        "codec": lambda: '<?xml version="1.0" encoding="zlib"?>' + _RSS.format("<item/>"),
        "comments": lambda: _RSS.format("<!-- " * DEPTH),
    }.items():
        yield _text(f"feed-{name}.xml", text)


def _declare(charset: str) -> tuple[str, str]:
    return f"<meta charset={charset}>", f"<p>{_PROSE}\xf6</p>" * 3


def _pages() -> Iterator[Hostile]:
    prose = f"<p>{_PROSE}</p>" * 3
    ld = '<script type="application/ld+json">{}</script>'
    makers: dict[str, _Make] = {
        "links": lambda: ("", "<a href=x>text is</a> " * 30_000 + prose),
        "spans": lambda: ("", "<p>" + "<span>a b <b>c</b></span>" * 12_000 + prose),
        "paragraphs": lambda: ("", "<p>It." * 500_000),
        "siblings": lambda: ("", f"<div>{prose}</div>" * 8_000),
        "breaks": lambda: ("", "<p>" + "It opens.<br>" * 35_000),
        "adoption": lambda: ("", "<b><i><a href=x>" * 60_000 + prose),
        "misnested": lambda: ("", "<a><table><b>" * 12_000 + prose),
        "titles": lambda: ("", "<h1>x</h1>" * 39_000 + prose),
        "items": lambda: ("", "<div itemprop=articleBody>" * 39_000 + prose),
        "articles": lambda: ("", "<article>" * 39_000 + prose),
        "ld-arrays": lambda: (ld.format("[" * 100_000), prose),
        "ld-objects": lambda: (ld.format('{"@graph":' * 50_000), prose),
        "ld-many": lambda: (
            ld.format(json.dumps({"@graph": [{"@type": "Article"}] * DEPTH})),
            prose,
        ),
        "ld-number": lambda: (
            ld.format('{"@type":"Article","datePublished":' + "9" * DEPTH + "}"),
            prose,
        ),
        "ld-body": lambda: (
            ld.format(json.dumps({"@type": "Article", "articleBody": "x " * MIB})),
            prose,
        ),
        "ld-scripts": lambda: (ld.format("{}") * 30_000, prose),
        "metas": lambda: ("<meta property='article:tag' content='x'>" * 39_000, prose),
        "meta-long": lambda: (f"<meta property='og:title' content='{'x | ' * MIB}'>", prose),
        "title": lambda: (f"<title>{'x - ' * MIB}</title>", prose),
        "script": lambda: ("<script>" + "x" * 8 * MIB, prose),
        "lists": lambda: ("", "<ul><li>" * 19_000 + prose),
        "cells": lambda: ("", "<table>" + "<tr><td>x<td>y" * 12_000 + prose),
        "references": lambda: ("", "<p>" + "&amp" * MIB + prose),
        "text": lambda: ("", "<p>" + "x " * 8 * MIB),
        "word": lambda: ("", "<p>" + "x" * 16 * MIB),
        "day": lambda: (f"<meta property='article:published_time' content='{'1' * MIB}'>", prose),
        **{f"charset-{one[:9]}": partial(_declare, one) for one in _CHARSETS},
    }
    for name, make in makers.items():
        yield _text(f"page-{name}.html", partial(_fill, _PAGE, make))


def _record(content: bytes, *, length: object = None, kind: str = "response") -> bytes:
    size = len(content) if length is None else length
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://x.example/a\r\n"
    fields = f"Content-Length: {size}\r\nContent-Type: application/http\r\n\r\n"
    return f"{head}{fields}".encode() + content + b"\r\n\r\n"


def _http(body: bytes, *headers: str) -> bytes:
    lines = "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/html", *headers])
    return f"{lines}\r\n\r\n".encode() + body


def _cut_short(good: bytes, page: bytes, length: object) -> bytes:
    return good + _record(_http(page), length=length) + good


def _archives() -> Iterator[Hostile]:
    page = _PAGE.format("", f"<p>{_PROSE}</p>" * 3).encode()
    good = _record(_http(page))
    for length in (0, 10, -1, "x", "", 2**80, "9" * 5000):
        name = f"warc-length-{str(length)[:9]}.warc"
        yield make_content(name, partial(_cut_short, good, page, length))
    for name, make in {
        "no-uri": lambda: good + good.replace(b"WARC-Target-URI", b"X") + good,
        "short": lambda: good + _record(_http(page), length=len(page) * 9),
        "members": lambda: gzip.compress(good) * 3 + gzip.compress(good)[:-300],
        "members-junk": lambda: gzip.compress(good) + b"junk" * 9999 + gzip.compress(good),
        "chunks": lambda: _record(_http(b"ffffffff\r\nx\r\n", "Transfer-Encoding: chunked")),
        "chunks-bad": lambda: _record(_http(b"zz\r\nx" * DEPTH, "Transfer-Encoding: chunked")),
        "chunks-small": lambda: _record(_http(b"1\r\nx\r\n" * DEPTH, "Transfer-Encoding: chunked")),
        "coded": lambda: _record(
            _http(gzip.compress(b" " * 400 * MIB, 1), "Content-Encoding: gzip")
        ),
        "coded-bad": lambda: _record(_http(b"x" * MIB, "Content-Encoding: gzip")),
        "brotli": lambda: _record(_http(b"x" * MIB, "Content-Encoding: br")),
        "headers": lambda: _record(_http(page, *["X-A: b"] * DEPTH)),
        "header-long": lambda: _record(_http(page, "X-A: " + "b" * 8 * MIB)),
        "own-headers": lambda: b"WARC/1.0\r\n" + b"X-A: b\r\n" * 300_000 + good,
        "requests": lambda: _record(b"GET / HTTP/1.0\r\n\r\n", kind="request") * 30_000,
        "empty": lambda: b"WARC/1.0\r\n\r\n" * 100_000,
        "arc": lambda: b"filedesc://x 0.0.0.0 20310302 text/plain 99\n" * 60_000,
        "slow-page": lambda: (
            good
            + _record(_http(_PAGE.format("", "<a href=x>text is</a> " * 30_000).encode()))
            + good
        ),
    }.items():
        yield make_content(f"warc-{name}.warc", make, is_large=name == "coded")
    record = b'{"title":"Mill","body":"It opens."}\n'
    yield make_content("gzip-members.jsonl.gz", lambda: gzip.compress(record) * 20_000)
    yield make_content(
        "gzip-cut.jsonl.gz", lambda: gzip.compress(record) * 3 + gzip.compress(record)[:-20]
    )
    yield make_content("gzip-tail.jsonl.gz", lambda: gzip.compress(record) * 3 + b"junk" * MIB)
    yield make_content(
        "gzip-name.jsonl.gz", lambda: b"\x1f\x8b\x08\x08" + b"\0" * 6 + b"x" * 4 * MIB
    )


def _pdf(*objects: str | bytes, trailer: str = "") -> bytes:
    parts, starts, size = [b"%PDF-1.7\n"], [], 9
    for number, one in enumerate(objects, start=1):
        content = one if isinstance(one, bytes) else one.encode("latin-1")
        starts.append(size)
        parts.append(f"{number} 0 obj\n".encode() + content + b"\nendobj\n")
        size += len(parts[-1])
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    parts.append(
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<</Root 1 0 R"
        f"/Size {len(objects) + 1}{trailer}>>\nstartxref\n{size}\n%%EOF".encode()
    )
    return b"".join(parts)


def _stream(content: bytes, entries: str = "") -> bytes:
    return f"<</Length {len(content)}{entries}>>stream\n".encode() + content + b"\nendstream"


def _paged(content: bytes, *more: str | bytes) -> bytes:
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    page = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    pages = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return _pdf("<</Type/Catalog/Pages 2 0 R>>", pages, page, content, font, *more)


def _pdfs() -> Iterator[Hostile]:
    text = b"BT /F 9 Tf (It opens.) Tj ET\n"
    catalog, flate = "<</Type/Catalog/Pages 2 0 R>>", "/Filter/FlateDecode"

    def flood(times: int) -> bytes:
        packed = b" " * 400 * MIB
        for _ in range(times):
            packed = zlib.compress(packed, 1)
        return _paged(_stream(packed, "/Filter[" + "/FlateDecode" * times + "]"))

    makers: dict[str, Callable[[], bytes]] = {
        "kids-loop": lambda: _pdf(
            catalog,
            "<</Type/Pages/Kids[3 0 R]/Count 9>>",
            "<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9/Parent 3 0 R>>",
        ),
        "kids-deep": lambda: _pdf(
            catalog, *(f"<</Type/Pages/Kids[{n} 0 R]/Count 1>>" for n in range(3, 20_000))
        ),
        "kids-same": lambda: _pdf(
            catalog,
            f"<</Type/Pages/Kids[{'3 0 R ' * 100_000}]/Count 9>>",
            "<</Type/Page/Parent 2 0 R>>",
        ),
        "kids-fan": lambda: _pdf(
            catalog,
            *(f"<</Type/Pages/Kids[{f'{n} 0 R ' * 10}]/Count 9>>" for n in range(3, 40)),
            "<</Type/Page>>",
        ),
        "count": lambda: _pdf(catalog, "<</Type/Pages/Kids[]/Count 999999999>>"),
        "length-loop": lambda: _paged(b"<</Length 4 0 R>>stream\nx\nendstream"),
        "reference-loop": lambda: _pdf(catalog, "3 0 R", "2 0 R"),
        "prev-loop": lambda: _pdf(catalog, "<</Type/Pages/Kids[]>>", trailer="/Prev 110"),
        "xref": lambda: (
            b"%PDF-1.4\nxref\n0 999999999\n"
            + b"0000000000 65535 f \n" * 300_000
            + b"trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF"
        ),
        "xref-stream": lambda: (
            b"%PDF-1.5\n"
            + b"1 0 obj\n"
            + _stream(zlib.compress(b"\0" * 60 * MIB), f"/Type/XRef/W[1 2 1]/Size 99999999{flate}")
            + b"\nendobj\nstartxref\n9\n%%EOF"
        ),
        "flood": partial(flood, 1),
        "flood-twice": partial(flood, 2),
        "operators": lambda: _paged(_stream(zlib.compress(text * 500_000), flate)),
        "arrays": lambda: _paged(_stream(b"[" * 100_000 + text)),
        "object-arrays": lambda: _pdf(catalog, "[" * 100_000),
        "objects": lambda: _pdf(catalog, "<</A" * 100_000),
        "string": lambda: _paged(_stream(b"BT (" + b"(" * MIB)),
        "unicode": lambda: _paged(
            _stream(text * 9),
            _stream(
                b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange"
                b" <00000000> <ffffffff> <0000> endbfrange"
            ),
        ),
        "unicode-many": lambda: _paged(
            _stream(text * 9),
            _stream(b"1 beginbfrange\n" + b"<0000> <ffff> <0000>\n" * 500 + b"endbfrange"),
        ),
        "predictor": lambda: _paged(
            _stream(zlib.compress(text), flate + "/DecodeParms<</Predictor 12/Columns 999999999>>")
        ),
        "lzw": lambda: _paged(_stream(b"\x80" * 4 * MIB, "/Filter/LZWDecode")),
        "runs": lambda: _paged(_stream(b"\x81 " * MIB, "/Filter/RunLengthDecode")),
        "ascii85": lambda: _paged(_stream(b"z" * 2 * MIB, "/Filter/ASCII85Decode")),
        "forms": lambda: _pdf(
            catalog,
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Contents 4 0 R/Resources 5 0 R>>",
            _stream(b"/X Do " * 9),
            "<</XObject<</X 6 0 R>>>>",
            _stream(b"/X Do " * 9, "/Type/XObject/Subtype/Form/Resources 5 0 R"),
        ),
        "encrypted": lambda: _pdf(
            catalog, "<</Type/Pages/Kids[]>>", trailer="/Encrypt<</Filter/X>>"
        ),
        "outline-loop": lambda: _pdf(
            "<</Type/Catalog/Pages 2 0 R/Outlines 3 0 R>>",
            "<</Type/Pages/Kids[]/Count 0>>",
            "<</First 3 0 R/Next 3 0 R>>",
        ),
        "names": lambda: _pdf(catalog, "<<" + "".join(f"/N{n} 1" for n in range(300_000)) + ">>"),
        "comments": lambda: b"%PDF-1.4\n" + b"%\n" * 2 * MIB,
    }
    for name, make in makers.items():
        yield make_content(f"pdf-{name}.pdf", make, is_large="flood" in name)


def _word(document: str, **parts: str) -> bytes:
    space = "http://schemas.openxmlformats.org/"
    office = f"{space}officeDocument/2006/relationships/officeDocument"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    return pack_zip(
        {
            "[Content_Types].xml": f'<Types xmlns="{space}package/2006/content-types"><Default '
            'Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
            f'PartName="/word/document.xml" ContentType="{kind}.document.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{space}package/2006/relationships">'
            f'<Relationship Id="a" Type="{office}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": document,
            **parts,
        }
    )


def _docx() -> Iterator[Hostile]:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    form = "<w:document " + space + "{}><w:body>{}</w:body></w:document>"
    line = "<w:p><w:r><w:t>It opens.</w:t></w:r></w:p>"
    secret = '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="b" Type="http://x/image" Target="{}" {}/></Relationships>'
    )
    rels_name = "word/_rels/document.xml.rels"
    for name, make in {
        "entity": lambda: _word(secret + form.format("", line.replace("It", "&e;"))),
        "laughs": lambda: _word(LAUGHS + form.format("", line.replace("It", "&e;"))),
        "lines": lambda: _word(form.format("", line * 300_000)),
        "tables": lambda: _word(form.format("", "<w:tbl><w:tr><w:tc>" * 60_000 + line)),
        "deep": lambda: _word(form.format("", "<w:sdt>" * DEPTH + line + "</w:sdt>" * DEPTH)),
        "attributes": lambda: _word(form.format(" " + _name_many("a", DEPTH), line)),
        "runs": lambda: _word(form.format("", f"<w:p>{'<w:r><w:t>x</w:t></w:r>' * 300_000}</w:p>")),
        "text": lambda: _word(form.format("", line.replace("opens", "x" * 40 * MIB))),
        "external": lambda: _word(
            form.format("", line),
            **{rels_name: rels.format("http://127.0.0.1:9/x", 'TargetMode="External"')},
        ),
        "outside": lambda: _word(
            form.format("", line), **{rels_name: rels.format("../../../etc/passwd", "")}
        ),
        "loop": lambda: _word(
            form.format("", line), **{rels_name: rels.format("document.xml", "")}
        ),
        "bomb-inside": lambda: _word(form.format("", line), **{"word/x.bin": "x" * 400 * MIB}),
        "no-types": lambda: pack_zip({"word/document.xml": form.format("", line)}),
        "empty-types": lambda: pack_zip({"[Content_Types].xml": "", "word/document.xml": ""}),
        "core": lambda: _word(
            form.format("", line), **{"docProps/core.xml": secret + "<a>&e;</a>"}
        ),
    }.items():
        yield make_content(f"docx-{name}.docx", make, is_large=name in ("bomb-inside", "text"))
