import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.wire.dateline import split_dateline, to_title_case

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
