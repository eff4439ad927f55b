import csv
import json
import lzma
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.wire.dateline import Dateline, split_dateline
from archive.wire.dateline_parts import to_title_case
from archive.wire.story import read_body, read_story
from tests.source_tree import ROOT

SHARED = ROOT.parent / "shared"
CHECKED = Path(__file__).with_name("checked_datelines.tsv")
"""The datelines of 200 articles of a wire, read by a person; `-` for what is missing."""
LEAST_SHARE = 0.97

DATELINES = [
    ("Moscow, July 15 (EFE).- X", "Moscow", "EFE", (7, 15, None)),
    ("Madrid, 15 jul (EFE).- X", "Madrid", "EFE", (7, 15, None)),
    ("ANCHORAGE, Alaska (Reuters) - X", "Anchorage, Alaska", "Reuters", (None, None, None)),
    ("SAN FRANCISCO/NEW YORK (Reuters) - X", "San Francisco/New York", "Reuters", None),
    ("LONDON, Oct 20 (Reuters) - X", "London", "Reuters", (10, 20, None)),
    ("LONDON Oct 20 (Reuters) - X", "London", "Reuters", (10, 20, None)),
    ("PARIS (AP) — X", "Paris", "AP", None),
    ("Hamburg (dpa) - X", "Hamburg", "dpa", None),
    ("Berlin, 4. März (NOL) - X", "Berlin", "NOL", (3, 4, None)),
    ("Bruxelles, 4 mars (AFP) - X", "Bruxelles", "AFP", (3, 4, None)),
    ("Paris, 1er août (AFP) - X", "Paris", "AFP", (8, 1, None)),
    ("São Paulo, 4 de março (X) - X", "São Paulo", "X", (3, 4, None)),
    ("Roma, 4 dicembre 2020 (ANSA) - X", "Roma", "ANSA", (12, 4, 2020)),
    ("Ciudad de México, 3 de febrero de 2021 (NTX).- X", "Ciudad de México", "NTX", (2, 3, 2021)),
    ("WASHINGTON, Feb. 3, 2012 /PRNewswire/ -- X", "Washington", "PRNewswire", (2, 3, 2012)),
    ("(CNN) -- X", "", "CNN", None),
    ("CAIRO (Reuters) \u2013 X", "Cairo", "Reuters", None),
    ("Dec 6 (Reuters) - X", "", "Reuters", (12, 6, None)),
    ("(Reuters) X", "", "Reuters", None),
    ("SANTIAGO, Jan 2 - X", "Santiago", "", (1, 2, None)),
    ("LEIPZIG, Germany, Nov 14 - X", "Leipzig, Germany", "", (11, 14, None)),
    ("WASHINGTON, D.C. (AP) - X", "Washington, D.C.", "AP", None),
    ("ST. LOUIS (AP) -- X", "St. Louis", "AP", None),
    ("PORT-AU-PRINCE (AFP) - X", "Port-au-Prince", "AFP", None),
    ("The Hague (ANP), X", None, None, None),
    ("KABUL (Reuters) -\u201cX", "Kabul", "Reuters", None),
    ("Brenwick (Reino Unido), 2 mar (EFE).- X", "Brenwick, Reino Unido", "EFE", (3, 2, None)),
    ("Nueva York (EE.UU.), 2 mar (EFE).- X", "Nueva York, EE.UU.", "EFE", (3, 2, None)),
    ("Madrid, 2 mar (EFECOM).-X", "Madrid", "EFECOM", (3, 2, None)),
    ("Madrid, lunes 2 mar (EFE).- X", "Madrid", "EFE", (3, 2, None)),
    ("Redacci\u00f3n Internacional, 2 mar (EFE).- X", "", "EFE", (3, 2, None)),
    ("Redaccion deportes (EFE).- X", "", "EFE", None),
    ("MADRID, 2 (EUROPA PRESS) X", "Madrid", "EUROPA PRESS", (None, 2, None)),
    ("SEVILLA, 2 Mar. (EUROPA PRESS) - X", "Sevilla", "EUROPA PRESS", (3, 2, None)),
    ("La Habana, 2 mar (Prensa Latina) X", "La Habana", "Prensa Latina", (3, 2, None)),
    ("Buenos Aires, 2 de marzo (T\u00e9lam).- X", "Buenos Aires", "T\u00e9lam", (3, 2, None)),
    ("BUENOS AIRES, mar 2 (Xinhua) -- X", "Buenos Aires", "Xinhua", (3, 2, None)),
    ("BUENOS AIRES, Argentina (AP) _ X", "Buenos Aires, Argentina", "AP", None),
    ("LONDON, Ontario (AP) \u2014 X", "London, Ontario", "AP", None),
    ("ROMA, 02 MAR - X", "Roma", "", (3, 2, None)),
    ("(ANSA) - ROMA, 02 MAR - X", "Roma", "ANSA", (3, 2, None)),
    ("(AGI) - Roma, 2 mar. - X", "Roma", "AGI", (3, 2, None)),
    ("Roma, 2 mar. - (Adnkronos) - X", "Roma", "Adnkronos", (3, 2, None)),
    ("Roma, 2 mar. (askanews) - X", "Roma", "askanews", (3, 2, None)),
    ("ROMA (ITALPRESS) - X", "Roma", "ITALPRESS", None),
    ("Lisboa, 02 mar 2031 (Lusa) \u2014 X", "Lisboa", "Lusa", (3, 2, 2031)),
    ("Lisboa, 02 Mar (Lusa) - - X", "Lisboa", "Lusa", (3, 2, None)),
    ("S\u00c3O PAULO, SP (FOLHAPRESS) - X", "S\u00e3o Paulo, SP", "FOLHAPRESS", None),
    ("Bern, 02.03.2031 (sda) - X", "Bern", "sda", (3, 2, 2031)),
    ("BERLIN, Dienstag, 2. M\u00e4rz (dpa) - X", "Berlin", "dpa", (3, 2, None)),
    ("Frankfurt a.M. (epd). X", "Frankfurt a.M.", "epd", None),
    ("Vatikanstadt (KNA) X", "Vatikanstadt", "KNA", None),
    ("MONTR\u00c9AL, le 2 mars 2031 /CNW/ - X", "Montr\u00e9al", "CNW", (3, 2, 2031)),
    ("ALGER- X", "Alger", "", None),
    ("MOSCOW, March 2. /TASS/. X", "Moscow", "TASS", (3, 2, None)),
    ("Moscow. March 2. INTERFAX - X", "Moscow", "INTERFAX", (3, 2, None)),
    (
        "\u0412\u041e\u041b\u0413\u041e\u0413\u0420\u0410\u0414, 2 \u043c\u0430\u0440"
        " - \u0422\u0410\u0421\u0421. X",
        "\u0412\u043e\u043b\u0433\u043e\u0433\u0440\u0430\u0434",
        "\u0422\u0410\u0421\u0421",
        (3, 2, None),
    ),
    ("New Delhi [India], March 2 (ANI): X", "New Delhi, India", "ANI", (3, 2, None)),
    ("New Delhi, Mar 2 (PTI) X", "New Delhi", "PTI", (3, 2, None)),
    ("ABU DHABI, 2nd March, 2031 (WAM) -- X", "Abu Dhabi", "WAM", (3, 2, 2031)),
    ("Riyadh, March 2, 2031, SPA -- X", "Riyadh", "SPA", (3, 2, 2031)),
    ("NEW YORK--(BUSINESS WIRE)--X", "New York", "BUSINESS WIRE", None),
    ("TORONTO, ON--(Marketwired - March 2, 2031) - X", "Toronto, ON", "Marketwired", (3, 2, 2031)),
    ("/PRNewswire/ -- X", "", "PRNewswire", None),
    ("NEW YORK - (Reuters) - X", "New York", "Reuters", None),
    ("SYDNEY/TOKYO/FRANKFURT (Reuters) - X", "Sydney/Tokyo/Frankfurt", "Reuters", None),
    ("TURIN, July 8 Reuters) - X", "Turin", "Reuters", (7, 8, None)),
    ("TURIN, Feb 28 (Reuters - X", "Turin", "Reuters", (2, 28, None)),
    ("LONDON, Jul (Reuters) - X", "London", "Reuters", None),
    ("KYIV \u2014 X", "Kyiv", "", None),
    ("KYIV, Ukraine \u2014 X", "Kyiv, Ukraine", "", None),
    ("NEWTOWN, Conn. - X", "Newtown, Conn.", "", None),
    ("WASHINGTON, D.C. \u2014 X", "Washington, D.C.", "", None),
    ("BERLIN. - X", "Berlin", "", None),
    ("Tokyo, July 7 - X", "Tokyo", "", (7, 7, None)),
]

OTHER_TEXTS = [
    "",
    "The city (Reuters) is quiet.",
    "John Smith (Labour) - The candidate spoke on Friday.",
    "Associated Press (AP) - The agency is a cooperative.",
    "The Associated Press (AP) - It is a cooperative.",
    "Apple (AAPL)-based funds fell.",
    "The minister (Conservative) - who left - returned.",
    "IBM Corp (IBM.N) - The company fell.",
    "In Moscow, July 15 (a Saturday) was - as ever - hot.",
    "On July 15 - Saturday - it rained.",
    "July 15 - Saturday - was hot.",
    "Paris - The city of light.",
    "He said (again) - Yes.",
    "BP (formerly British Petroleum) - The company fell.",
    "Moscow, July 15 was hot.",
    "Moscow, July 45 (Xyz) - It was hot.",
    "Prices rose 5 percent (AP) - The rise was the first.",
    "\u201cWe won (EFE).- \u201d",
    "UPDATE \u2014 The council met.",
    "BREAKING - The council met.",
    "NATO - The alliance met.",
    "Redacci\u00f3n (el equipo) - Los redactores.",
    "- Moscow was hot (as ever).",
    "Moscow, July 15 - as ever - was hot.",
]


@pytest.mark.parametrize(("text", "place", "agency", "days"), DATELINES)
def test_datelines_are_parsed(
    text: str, place: str | None, agency: str, days: tuple[int | None, ...] | None
) -> None:
    dateline, rest = split_dateline(text)
    if place is None:
        assert dateline is None
        return
    assert dateline is not None
    assert (dateline.located, dateline.agency) == (place, agency)
    assert (dateline.month, dateline.day, dateline.year) == (days or (None, None, None))
    assert rest.strip("\u201c") == "X"
    assert text.startswith(dateline.printed)


@pytest.mark.parametrize("text", OTHER_TEXTS)
def test_other_sentences_are_unchanged(text: str) -> None:
    assert split_dateline(text) == (None, text)


@pytest.mark.parametrize(
    ("text", "by", "place"),
    [
        ("By Jo Doe NEW YORK (Reuters) - X", "Jo Doe", "New York"),
        ("By Jo Doe and Ann Roe TOKYO Dec 6 (Reuters) - X", "Jo Doe and Ann Roe", "Tokyo"),
    ],
)
def test_a_byline_may_precede_the_dateline_on_its_line(text: str, by: str, place: str) -> None:
    dateline, rest = split_dateline(text)
    assert dateline is not None
    assert (dateline.by, dateline.located, rest) == (by, place, "X")


@pytest.mark.parametrize(
    ("place", "cased"),
    [
        ("RIO DE JANEIRO", "Rio de Janeiro"),
        ("LA PAZ", "La Paz"),
        ("McLEAN, Va.", "McLEAN, Va."),
        ("UNITED NATIONS", "United Nations"),
        ("ÖREBRO", "Örebro"),
        ("MANAMA/ LOS ANGELES", "Manama/Los Angeles"),
        ("", ""),
    ],
)
def test_capitals_become_title_case(place: str, cased: str) -> None:
    assert to_title_case(place) == cased


@given(st.text(max_size=300))
def test_any_text_is_split_without_an_error(text: str) -> None:
    dateline, rest = split_dateline(text)
    assert text.endswith(rest) or dateline is not None
    assert dateline is not None or rest == text


@given(st.text(alphabet="AB ab,.()/-–—July 15EFReuters", max_size=120))
def test_text_like_a_dateline_is_split_without_an_error(text: str) -> None:
    dateline, rest = split_dateline(text)
    assert dateline is None or len(rest) < len(text)


@pytest.mark.parametrize("signs", ["- ", "*", ". "])
def test_stray_signs_before_a_certain_dateline_are_removed(signs: str) -> None:
    dateline, rest = split_dateline(f"{signs}WASHINGTON (Reuters) - X")
    assert dateline is not None
    assert (dateline.located, dateline.printed, rest) == (
        "Washington",
        "WASHINGTON (Reuters) -",
        "X",
    )


def test_a_lower_case_name_may_follow_a_certain_dateline() -> None:
    dateline, rest = split_dateline("NEW YORK (Reuters) - eBay X")
    assert dateline is not None
    assert (dateline.located, rest) == ("New York", "eBay X")


def _read_wire() -> dict[str, str]:
    path = SHARED / "data/reuters_wire/articles.jsonl.xz"
    if not path.is_file():
        pytest.skip(f"{path} is not on this machine")
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        records = map(json.loads, lines)
        return {record["id"]: (record["body"] or "")[:1500] for record in records}


@pytest.mark.shared
def test_the_datelines_of_a_wire_are_parsed() -> None:
    bodies = _read_wire()
    with CHECKED.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    wrong = [row for row in rows if row | _describe(bodies[row["article"]]) != row]
    assert len(rows) == 200
    assert len(wrong) <= (1 - LEAST_SHARE) * len(rows), wrong
    signed = [body for body in bodies.values() if "(Reuters)" in body[:120]]
    missed = sum(read_body(body, language="en").dateline is None for body in signed)
    assert len(signed) > 100_000
    assert missed <= (1 - LEAST_SHARE) * len(signed)


def _describe(body: str) -> dict[str, str]:
    dateline = read_body(body, language="en").dateline or Dateline(printed="")
    values = (dateline.located, dateline.agency, dateline.month, dateline.day)
    printed = (str(value or "-") for value in values)
    return dict(zip(("place", "agency", "month", "day"), printed, strict=True))


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "place", "agency", "days", "begins"),
    [
        ("t06_anpa_underscore.txt", "Brenwick, England", "AP", (None, None), "The old mill"),
        ("t15_efe.txt", "Brenwick, Reino Unido", "EFE", (3, 2), "El viejo molino"),
    ],
)
def test_the_datelines_of_the_cases(
    name: str, place: str, agency: str, days: tuple[int | None, ...], begins: str
) -> None:
    path = SHARED / "cases/ingest" / name
    if not path.is_file():
        pytest.skip(f"{path} is not on this machine")
    story = read_story(path.read_text(encoding="utf-8"))
    assert story.dateline is not None
    assert (story.dateline.located, story.dateline.agency) == (place, agency)
    assert (story.dateline.month, story.dateline.day) == days
    assert begins in story.body
