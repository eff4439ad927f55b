"""Small inputs of each arrangement of JSON and tables, kept beside the project."""

from pathlib import Path

import pytest

from archive.article import Article
from archive.article_builder import build_article
from archive.ingest_types import (
    Draft,
    FoundFile,
    IngestOptions,
    RawRecord,
    RawText,
    Rejection,
    Remark,
)
from archive.sources.reading import read_file

CASES = Path(__file__).parents[4] / "shared" / "cases" / "ingest"
FIRST = "The old mill at Brenwick will open as a library in June, the council said."
SECOND = "Work began two years ago and cost four million crowns."
BODY = f"{FIRST}\n\n{SECOND}"
PLAIN = FIRST.replace(",", "")
CUT = "The old mill at Brenwick will open as a library in…"
AT_8 = "2031-03-02T08:00"
DAY = "2031-03-02T00:00"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not CASES.exists(), reason="needs ../shared/cases"),
]


def _read(name: str) -> tuple[list[Article], list[Rejection], list[Remark]]:
    options = IngestOptions()
    articles, rejections, remarks = [], [], []
    for item in read_file(FoundFile(path=CASES / name, is_named=True), options):
        built = build_article(item, options) if isinstance(item, RawRecord | RawText) else item
        if isinstance(built, Draft):
            articles.append(built.article)
        elif isinstance(built, Rejection):
            rejections.append(built)
        elif isinstance(built, Remark):
            remarks.append(built)
    return articles, rejections, remarks


# For each file, the fields of each article; a date is compared as far as it is given.
EXPECTED: dict[str, list[dict[str, object]]] = {
    "j01_ninjs2_body_html.json": [
        {"headline": "Mill opens as library", "body": BODY, "source": "Halyard Press",
         "subjects": ("culture",), "by": "Ana Roth", "located": "Brenwick", "ed_note": "Adds cost",
         "first_created": AT_8, "version_created": "2031-03-02T09:10:11", "language": "en-GB",
         "slugline": "MILL-LIBRARY"}
    ],
    "j02_ninjs3.json": [
        {"headline": "Mill opens as library", "body": BODY, "source": "Halyard Press",
         "subjects": ("culture",), "by": "Ana Roth", "first_created": AT_8}
    ],
    "j03_newsplease.json": [
        {"headline": "Mill opens as library", "body": BODY, "source": "halyard.example",
         "first_created": AT_8, "url": "https://halyard.example/mill"}
    ],
    **{
        name: [
            {"headline": f"Mill opens {number}", "body": CUT, "source": "Halyard", "by": "Ana Roth",
             "first_created": AT_8}
            for number in (1, 2)
        ]
        for name in ("j04_newsapi_envelope.json", "j04b_newsapi_envelope_oneline.json",
                     "j05_newsapi_array.json")
    },
    "j06_es_search.json": [{"uri": "a1", "headline": "Mill opens", "body": BODY,
                            "source": "Halyard", "first_created": AT_8}],
    "j07_es_bulk.ndjson": [{"uri": "a1", "headline": "Mill opens"},
                           {"uri": "a2", "headline": "Other"}],
    "j08_elasticdump.jsonl": [{"uri": "a1", "headline": "Mill opens", "body": BODY}],
    "j09_mongoexport.jsonl": [{"uri": "5f43a1", "body": BODY, "first_created": AT_8}],
    "j10_trec_wapo.jsonl": [
        {"headline": "Mill opens", "body": f"{BODY} More", "first_created": AT_8,
         "url": "https://halyard.example/mill", "subjects": ("Local",)}
    ],
    "j11_webz.json": [
        {"headline": "Mill opens", "body": BODY, "source": "halyard.example", "language": "en",
         "first_created": "2031-03-02T06:00", "people": ("Ana Roth",)}
    ],
    "j12_eventregistry.json": [{"body": BODY, "source": "Halyard", "first_created": AT_8}],
    "j12b_eventregistry_line.jsonl": [{"body": BODY, "source": "Halyard", "first_created": AT_8}],
    "j13_guardian.json": [
        {"headline": "Mill opens", "body": FIRST, "by": "Ana Roth", "first_created": AT_8,
         "url": "https://halyard.example/mill", "subjects": ("UK",)}
    ],
    "j14_nyt.json": [
        {"headline": "Mill opens", "body": FIRST, "by": "Ana Roth", "first_created": AT_8,
         "places": ("Brenwick",), "source": "Halyard"}
    ],
    "j15_html_body.jsonl": [
        {"headline": "AT&T buys mill’s lease", "body": f"{FIRST}\n\nBread & roses sell."}
    ],
    "j16_keyed.json": [{"uri": "a1", "body": BODY}, {"uri": "a2", "headline": "Other"}],
    "j17_pandas_columns.json": [{"headline": "Mill opens", "body": FIRST},
                                {"headline": "Other", "body": SECOND}],
    "j18_nan.jsonl": [{"by": "", "source": "", "first_created": ""}],
    "j19_utf16.json": [{"headline": "Señal", "body": FIRST}],
    "j20_bom_pretty.json": [{"uri": "u1", "body": FIRST}],
    "j22_listrepr.jsonl": [{"by": "Ana Roth, Jo Vell", "subjects": ("mill", "library")}],
    "j23_jsonfeed.json": [{"headline": "Mill opens", "body": BODY, "by": "Ana Roth",
                           "first_created": AT_8}],
    "j24_gdelt_artlist.json": [{"headline": "Mill opens", "source": "halyard.example",
                                "first_created": AT_8, "language": "en"}],
    "j25_jsonld.json": [{"headline": "Mill opens", "body": BODY, "source": "Halyard",
                         "by": "Ana Roth", "first_created": "2031-03-02T07:00"}],
    "j26_wp_rest.json": [{"headline": "Mill opens – at last", "body": BODY, "first_created": AT_8,
                          "version_created": "2031-03-02T08:30"}],
    "j27_comment.json": [{"uri": "u1", "body": FIRST}],
    "j28_concat_arrays.json": [{"uri": "u1"}, {"uri": "u2"}],
    "j29_trailing_comma.json": [{"uri": "u1"}, {"uri": "u2"}],
    "j30_bad_middle.json": [{"uri": "u1"}, {"uri": "u3"}],
    "j31_zotero_csl.json": [{"headline": "Mill opens", "body": FIRST, "by": "Ana Roth",
                             "source": "Halyard", "first_created": DAY}],
    "j32_hf_rows.json": [{"headline": "Mill opens", "body": FIRST}],
    "j33_authors_family.jsonl": [{"by": "Ana Roth", "source": "Halyard"}],
    "j34_null_strings.jsonl": [{"by": "", "source": "", "language": "en", "url": ""}],
    "d01_embedded_newline.csv": [{"body": BODY, "source": "Halyard", "first_created": DAY}],
    "d02_tab_in_csv.csv": [{"uri": "e1", "headline": "Mill opens", "body": PLAIN}],
    "d03_pipe.csv": [{"uri": "e1", "headline": "Mill opens", "body": PLAIN}],
    "d04_no_header_agnews.csv": [],
    "d05_cr_only.csv": [{"uri": "e1", "body": "One text"}, {"uri": "e2", "body": "Two text"}],
    "d06_utf16_excel.csv": [{"headline": "Señal", "body": "Más texto", "source": "Halyard"}],
    "d07_gbk.csv": [{"headline": "古老磨坊变成图书馆", "source": "Halyard"}],
    "d08_cp1251.csv": [{"headline": "Старая мельница стала библиотекой"}],
    "d09_latin2.csv": [{"headline": "Stary młyn będzie biblioteką"}],
    "d10_backslash_quotes.csv": [
        {"headline": 'He said "no", twice', "body": 'Body "one", text'}, {"headline": "Plain"}
    ],
    "d11_unclosed_quote.csv": [{"headline": one} for one in ("Rain", "Wind", "Snow")],
    "d12_nul.csv": [{"headline": "Mill", "body": "Body"}, {"headline": "Rain"}],
    "d13_repeated_header.csv": [{"uri": "a1"}, {"uri": "a2"}],
    "d14_sep_line.csv": [{"uri": "a1", "headline": "Mill", "body": "Body one"}],
    "d15_trailing_comma.csv": [{"uri": "a1", "body": "Body one"}, {"uri": "a2"}],
    "d16_blank_first.csv": [{"uri": "a1"}],
    "d17_comment_top.csv": [{"uri": "a1"}],
    "d18_html_body.csv": [{"headline": "Mill & river", "body": 'Body "one"\n\nTwo'}],
    "d19_mediacloud_old.csv": [{"source": "Halyard", "first_created": AT_8}],
    "d20_mediacloud_new.csv": [{"uri": "abc9", "source": "halyard.example", "first_created": DAY}],
    "d21_all_the_news.csv": [{"source": "Halyard", "by": "Ana Roth", "first_created": DAY,
                              "body": FIRST}],
    "d22_agnews_header.csv": [{"headline": "Mill opens", "body": PLAIN}],
    "d23_newspaper3k.csv": [{"by": "Ana Roth, Jo Vell", "first_created": AT_8, "body": PLAIN}],
    "d24_published_at.csv": [{"body": PLAIN, "first_created": AT_8, "source": "Halyard"}],
    "d26_null_strings.csv": [{"by": "", "source": "", "first_created": ""}],
    "d27_text_and_article.csv": [{"headline": "Mill opens", "body": PLAIN, "subjects": ("local",)}],
    "d28_news_header.csv": [{"body": PLAIN, "url": "https://halyard.example/mill"}],
    "d29_mind.tsv": [],
    "d30_quote_mid.tsv": [{"headline": one} for one in ('"Mill" opens', '"Rain', "Wind")],
    "d31_spanish.csv": [{"headline": "El molino abre", "body": "El viejo molino abre en junio.",
                         "source": "Halyard", "by": "Ana Roth"}],
    "d32_spanish2.csv": [{"headline": "El molino abre", "first_created": DAY}],
    "d33_german.csv": [{"headline": "Die Mühle öffnet", "body": "Die alte Mühle öffnet im Juni.",
                        "source": "Halyard", "first_created": DAY}],
    "t01_utf16.txt": [{"headline": "Mill opens as library", "body": FIRST, "located": "Brenwick"}],
    "t02_cp1251.txt": [{"headline": "Старая мельница стала библиотекой"}],
    "t03_gbk.txt": [{"headline": "古老磨坊变成图书馆"}],
    "t04_sjis.txt": [{"headline": "古い水車小屋が図書館に"}],
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_each_case_becomes_its_articles(name: str) -> None:
    articles, _, _ = _read(name)
    read = []
    for article, expected in zip(articles, EXPECTED[name], strict=True):
        fields = {field: getattr(article, field) for field in expected}
        for field, value in expected.items():
            if field in ("first_created", "version_created"):
                fields[field] = (
                    fields[field].isoformat()[: len(str(value))] if fields[field] else ""
                )
        read.append(fields)
    assert read == EXPECTED[name]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("d04_no_header_agnews.csv", "--columns"),
        ("d29_mind.tsv", "--columns"),
        ("d11_unclosed_quote.csv", "quotation mark"),
        ("j30_bad_middle.json", "not valid JSON"),
    ],
)
def test_what_is_rejected_says_what_to_do(name: str, reason: str) -> None:
    _, [rejection], _ = _read(name)
    assert reason in rejection.reason


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("d07_gbk.csv", "gb18030"),
        ("d08_cp1251.csv", "windows-1251"),
        ("d09_latin2.csv", "iso8859-2"),
        ("t02_cp1251.txt", "windows-1251"),
        ("t03_gbk.txt", "gb18030"),
        ("t04_sjis.txt", "cp932"),
    ],
)
def test_a_guessed_encoding_is_remarked_on(name: str, encoding: str) -> None:
    _, _, remarks = _read(name)
    assert [remark.value for remark in remarks if remark.code == "encoding-guessed"] == [encoding]


def test_bare_numbers_are_not_ids_across_files() -> None:
    [first], [second] = (_read(f"d25{letter}_ids.csv")[0] for letter in "ab")
    assert first.uri != second.uri
    assert [article.uri for article in _read("j21_float_ids.jsonl")[0]] == [
        "1@Halyard",
        "1@Nordkante",
    ]
    numbers = _read("more/floatid.csv")[0] + _read("more/floatid2.csv")[0]
    assert len({article.uri for article in numbers}) == 3
