"""Hostile documents, to be refused or read within seconds and in bounded memory.

Responsibility: write documents that attack a reader: entities, bombs, depth, broken bytes, paths.
Decision: each document is made when it is written, from a name that says what it does, so that a
failure names the attack and no large file is kept.
Must not depend on: the code that reads them.
"""

import bz2
import gzip
import io
import json
import lzma
import os
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import zstandard

MIB = 1024 * 1024
DEPTH = 200_000

_ROOTS = {
    "nitf": "<nitf><head><title>{}</title></head><body><body.content><p>{}</p></body.content>"
    "</body></nitf>",
    "newsml-g2": '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="a"><contentMeta>'
    "<headline>{}</headline></contentMeta><contentSet><inlineData>{}</inlineData></contentSet>"
    "</newsItem>",
    "newsml": "<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>{}</HeadLine></NewsLines>"
    "<ContentItem><DataContent><p>{}</p></DataContent></ContentItem></NewsComponent></NewsItem>"
    "</NewsML>",
    "rss": '<rss version="2.0"><channel><item><title>{}</title><description>{}</description>'
    "</item></channel></rss>",
    "atom": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>{}</title><content>{}'
    "</content></entry></feed>",
    "xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{}</title></head><body>'
    "<p>{}</p></body></html>",
    "svg": '<svg xmlns="http://www.w3.org/2000/svg"><title>{}</title><text>{}</text></svg>',
    "other": "<stories><title>{}</title><text>{}</text></stories>",
}
_LEVELS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<!DOCTYPE x [<!ENTITY e0 "ha">{_LEVELS}<!ENTITY e "&e9;">]>'
"""A document type in which `&e;` is a billion words."""
_ENTITIES = {
    "file": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    "network": '<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:9/secret">]>',
    "public": '<!DOCTYPE x PUBLIC "-//X//EN" "http://127.0.0.1:9/x.dtd" '
    '[<!ENTITY e PUBLIC "x" "file:///etc/passwd">]>',
    "parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p; <!ENTITY e "%p;">]>',
    "laughs": LAUGHS,
    "quadratic": f'<!DOCTYPE x [<!ENTITY e "{"x" * 50_000}">]>',
    "loop": '<!DOCTYPE x [<!ENTITY e "&f;"><!ENTITY f "&e;">]>',
}
_COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lambda content: lzma.compress(content, preset=1),
    "zst": zstandard.compress,
}
_RECORD = json.dumps({"title": "Mill opens", "body": "It opens.", "date": "2031-03-02"})
_DOCUMENTS = {
    "a.jsonl": f"{_RECORD}\n" * 20,
    "a.json": f"[{','.join([_RECORD] * 20)}]",
    "a.csv": "title,body,date\n" + '"Mill, opens","It opens.",2031-03-02\n' * 20,
    "a.txt": "Mill opens\n\nOSLO, March 2 (HLY) - It opens.\n\nNNNN\n" * 20,
    "a.html": f"<!DOCTYPE html><html><body>{'<p>It opens.</p>' * 40}</body></html>",
    "a.eml": "From: a@b.example\nSubject: Mill opens\nMIME-Version: 1.0\n\n" + "It opens.\n" * 40,
    "a.mbox": "From a@b Sun Mar  2 09:00:00 2031\nSubject: Mill\n\nIt opens.\n\n" * 10,
    "a.sgm": "<DOC id='a'><HEADLINE>Mill</HEADLINE><TEXT><P>It.</P></TEXT></DOC>\n" * 10,
    "a.ris": "TY  - NEWS\nTI  - Mill opens\nAB  - It opens.\nER  - \n\n" * 10,
    "a.md": "---\ntitle: Mill opens\n---\n\nIt opens.\n" * 5,
    "a.xml": '<?xml version="1.0"?>' + _ROOTS["nitf"].format("Mill", "It opens. " * 40),
    "a.warc": "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 60\r\n\r\n" + "x" * 60,
}
_ENDINGS = ("txt", "json", "jsonl", "csv", "tsv", "xml", "html", "eml", "pdf", "docx", "zip",
            "tar", "gz", "bz2", "xz", "zst", "md", "warc")  # fmt: skip
_PATHS = ("../../etc/x.txt", "/etc/x.txt", "C:\\x.txt", "a/../../x.txt", "x" * 5000 + ".txt",
          "..\\..\\x.txt", "a\x1b]0;b\x07.txt", ".")  # fmt: skip


class Hostile(NamedTuple):
    """One document.

    Attributes:
        name: What it does, as the beginning of its file's name.
        write: Writes it to a path.
        is_large: Making it takes more than a tenth of a second.
    """

    name: str
    write: Callable[[Path], object]
    is_large: bool = False


def list_hostile() -> list[Hostile]:
    """Return all documents, each with a name of its own."""
    made: list[Hostile] = []
    for family in (_entities, _bombs, _deep, _encodings, _paths, _truncated, _empty, _dense, _long):
        made += family()
    return [each._replace(name=f"{number:03}-{each.name}") for number, each in enumerate(made)]


def make_content(name: str, make: Callable[[], bytes], *, is_large: bool = False) -> Hostile:
    """Return a document of what `make` returns."""
    return Hostile(name, lambda path: path.write_bytes(make()), is_large)


def _fixed(name: str, content: bytes) -> Hostile:
    return Hostile(name, lambda path: path.write_bytes(content))


def _compress(compress: Callable[[bytes], bytes], make: Callable[[], bytes]) -> bytes:
    return compress(make())


def _entities() -> Iterator[Hostile]:
    for root, body in _ROOTS.items():
        for attack, doctype in _ENTITIES.items():
            inner = "&e;" * (20_000 if attack == "quadratic" else 1)
            text = f'<?xml version="1.0"?>{doctype}{body.format("Mill &e;", inner)}'
            yield make_content(f"{attack}-{root}.xml", text.encode)
        include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'
        yield make_content(f"include-{root}.xml", body.format("Mill", include).encode)


def _bombs() -> Iterator[Hostile]:
    contents: dict[str, Callable[[], bytes]] = {
        "zeros.jsonl": lambda: b"\0" * (300 * MIB),
        "string.jsonl": lambda: b'{"title": "' + b"x" * (300 * MIB) + b'"}',
        "array.json": lambda: b"[" + b'{"a":1},' * (30 * MIB),
        "lines.txt": lambda: b"\n" * (200 * MIB),
        "table.csv": lambda: b"title,body\n" + b'"' + b"x,\n" * (70 * MIB),
    }
    for ending, compress in _COMPRESSORS.items():
        for name, make in contents.items():
            bomb = partial(_compress, compress, make)
            yield make_content(f"bomb-{name}.{ending}", bomb, is_large=True)
    yield make_content("bomb.zip", lambda: pack_zip({"a.txt": b"\0" * (500 * MIB)}), is_large=True)
    yield make_content(
        "bomb.docx",
        lambda: pack_zip({"word/document.xml": b"<w>" + b" " * (500 * MIB)}),
        is_large=True,
    )
    yield make_content(
        "bomb-within.zip",
        lambda: pack_zip({f"{n}.gz": gzip.compress(b"x\n" * (30 * MIB)) for n in range(4)}),
        is_large=True,
    )
    yield make_content("bomb-overlapping.zip", _overlapping)
    yield make_content(
        "bomb-many.zip", lambda: pack_zip({f"{n}.txt": b"" for n in range(30_000)}), is_large=True
    )

    def nest() -> bytes:
        packed = pack_zip({"a.txt": b"x\n" * MIB})
        for _ in range(50):
            packed = pack_zip({"a.zip": packed, "b.zip": packed})
            if len(packed) > MIB:
                break
        return packed

    yield make_content("bomb-nested.zip", nest)


def _deep() -> Iterator[Hostile]:
    for name, left, right in (
        ("arrays", "[", "]"), ("objects", '{"a":', "}"), ("mixed", '[{"a":', "}]"),
        ("open", "[", ""), ("body", '{"title":"a","body":[', "]}"),
    ):  # fmt: skip
        text = left * DEPTH + "1" + right * DEPTH
        yield make_content(f"deep-{name}.json", text.encode)
        yield make_content(f"deep-{name}.jsonl", f"{_RECORD}\n{text}\n{_RECORD}".encode)
        yield make_content(f"deep-{name}-listed.json", f"[{_RECORD},{text},{_RECORD}]".encode)
    for name, tag in (("html", "div"), ("html", "table"), ("html", "b"), ("sgm", "DOC"),
                      ("xml", "nitf"), ("xml", "x")):  # fmt: skip
        start = "<!DOCTYPE html><html><body>" if name == "html" else ""
        text = f"{start}{f'<{tag}>' * DEPTH}It opens.{f'</{tag}>' * DEPTH}"
        yield make_content(f"deep-{tag}.{name}", text.encode)
        yield make_content(
            f"deep-open-{tag}.{name}", f"{start}{f'<{tag}>' * DEPTH}It opens.".encode
        )
    body = f"<div>{'<div>' * DEPTH}It opens."
    yield make_content("deep-field.jsonl", json.dumps({"title": "a", "body": body}).encode)
    yield _fixed("deep-rtf.rtf", (b"{\\rtf1" + b"{" * DEPTH))
    mime = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(5000)
    )
    yield make_content("deep-mail.eml", f"From: a@b\nSubject: x\nMIME-Version: 1.0\n{mime}".encode)


def _encodings() -> Iterator[Hostile]:
    for name in ("a.txt", "a.jsonl", "a.csv", "a.html", "a.xml", "a.eml"):
        good = _DOCUMENTS[name].replace("opens", "öpens")
        stem, ending = name.split(".")
        utf16 = good.encode("utf-16")
        for attack, content in {
            "stray": good.encode().replace(b"It", b"\xff\xfeIt\xc3"),
            "odd-utf16": utf16[:-1],
            "half-utf16": utf16[: len(utf16) // 2] + good.encode(),
            "surrogates": good.encode("utf-16-le").replace(b"I\0", b"\0\xd8"),
            "utf7": good.encode("utf-7"),
            "ebcdic": good.encode("cp500"),
            "mixed": good.encode() + good.encode("latin-1") + good.encode("cp1251", "replace"),
            "two-marks": b"\xef\xbb\xbf\xff\xfe" + good.encode(),
        }.items():
            yield _fixed(f"{attack}-{stem}.{ending}", content)


def _paths() -> Iterator[Hostile]:
    for number, path in enumerate(_PATHS):
        yield _fixed(f"path-{number}.zip", pack_zip({path: b"Mill\n\nIt opens."}))
        yield _fixed(f"path-{number}.tar", _tar(path))
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
        yield _fixed(f"path-link-{kind.decode()}.tar", _tar("a", kind))


def _truncated() -> Iterator[Hostile]:
    for name, text in _DOCUMENTS.items():
        for share in (0.3, 0.7, 0.99):
            content = text.encode()[: int(share * len(text))]
            stem, ending = name.split(".")
            yield _fixed(f"cut-{share}-{stem}.{ending}", content)
    for ending, pack in (_COMPRESSORS | {"zip": lambda c: pack_zip({"a.txt": c})}).items():
        packed = pack(os.urandom(100_000))
        yield _fixed(f"cut.{ending}", packed[:50_000])


def _empty() -> Iterator[Hostile]:
    for ending in _ENDINGS:
        yield make_content(f"empty.{ending}", lambda: b"")
        yield make_content(f"nul.{ending}", lambda: b"\0" * 10_000)
    for name, content in {"mark": b"\xef\xbb\xbf", "mark16": b"\xff\xfe", "blank": b" \n" * 9000,
                          "gz": gzip.compress(b""), "magic": b"PK\x03\x04"}.items():  # fmt: skip
        yield _fixed(f"empty-{name}.txt", content)


def _dense() -> Iterator[Hostile]:
    many = " ".join(f'a{n}="x"' for n in range(200_000))
    yield make_content("attributes.html", f"<!DOCTYPE html><html><body {many}><p>It.".encode)
    yield make_content("attributes.xml", f"<nitf {many}><body/></nitf>".encode)
    names = ",".join(f'"n{n}":1' for n in range(500_000))
    yield make_content("names.json", f'{{"title":"a","body":"b",{names}}}'.encode)
    yield make_content("columns.csv", f"title,body,{'c,' * 300_000}\na,b\n".encode)
    yield make_content("commas.csv", f"title,body\n{',' * 2_000_000}\n".encode)
    yield make_content("headers.eml", ("From: a@b\nSubject: x\n" + "X-A: b\n" * 200_000).encode)
    yield make_content("folded.eml", ("From: a@b\nSubject: x" + "\n  y" * 300_000).encode)
    yield make_content("number.jsonl", f'{{"title":"a","id":{"9" * 100_000}}}'.encode)
    yield _fixed("exponent.jsonl", b'{"title":"a","date":1e999999,"id":-1e400}')
    yield make_content("spaces.txt", ("Mill\n\nIt" + " " * 2_000_000 + "opens.").encode)
    yield _fixed("opening.html", b"<!DOCTYPE html>" + b"<" * 2_000_000)
    yield _fixed("comments.html", b"<!DOCTYPE html>" + b"<!--" * 500_000)
    yield make_content(
        "references.jsonl", json.dumps({"title": "a", "body": "&amp" * 500_000}).encode
    )
    yield make_content("quotes.csv", ("title,body\n" + '"' * 1_000_001).encode)
    yield make_content("backslashes.json", ('{"title":"' + "\\" * 1_000_001).encode)
    yield make_content("alias.md", _yaml_laughs().encode)
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]"
    yield _fixed("loop.pdf", pdf + b"/Count 1>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF")
    yield _fixed("junk.pdf", b"%PDF-1.7\n" + b"1 0 obj<<" * 200_000)
    yield _fixed("junk.docx", pack_zip({"word/document.xml": b"<w:document>" + b"<w:p>" * DEPTH}))
    yield _fixed("length.warc", b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\nx")
    yield _fixed("size.gz", b"\x1f\x8b\x08\0" + os.urandom(100_000))
    yield Hostile("idle.pipe", os.mkfifo)
    yield Hostile("idle.jsonl", os.mkfifo)


def _long() -> Iterator[Hostile]:
    for name, start, end in (
        ("a.txt", "", ""), ("a.jsonl", '{"title":"', '"}'), ("a.json", '[{"title":"', '"}]'),
        ("a.csv", 'title,body\na,"', '"\n'), ("b.csv", "title,body\na,", "\n"),
        ("a.html", "<!DOCTYPE html><p>", "</p>"), ("a.xml", "<nitf><p>", "</p></nitf>"),
        ("a.eml", "From: a@b\nSubject: x\n\n", ""), ("a.md", "---\ntitle: x\n---\n", ""),
        ("a.ris", "TY  - NEWS\nTI  - ", "\nER  - "), ("a.sgm", "<DOC><TEXT>", "</TEXT></DOC>"),
    ):  # fmt: skip
        make = partial(_enclose, start, end)
        yield make_content(f"line-{name}", make, is_large=True)


def _enclose(start: str, end: str) -> bytes:
    return f"{start}{'x' * (100 * MIB)}{end}".encode()


def pack_zip(files: Mapping[str, bytes | str]) -> bytes:
    """Return a zip archive of files with these names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _tar(name: str, kind: bytes = tarfile.REGTYPE) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
        member = tarfile.TarInfo(name)
        content = b"Mill\n\nIt opens." if kind == tarfile.REGTYPE else b""
        member.type, member.size, member.linkname = kind, len(content), "/etc/passwd"
        archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()


def _overlapping() -> bytes:
    """A zip archive in which two thousand names share the bytes of one member."""
    packed = pack_zip({"a.txt": b"x\n" * (2 * MIB)})
    start = packed.index(b"PK\x01\x02")
    end = packed.index(b"PK\x05\x06")
    entries = packed[start:end] * 2000
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 2000, 2000, len(entries), start, 0)
    return packed[:start] + entries + tail


def _yaml_laughs() -> str:
    lines = ["a0: &a0 ha"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    return "---\ntitle: x\n" + "\n".join(lines) + "\n---\n\nIt opens.\n"
