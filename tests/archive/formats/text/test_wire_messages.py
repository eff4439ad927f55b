from archive.formats.text.anpa import is_anpa, read_anpa
from archive.formats.text.iptc7901 import is_iptc7901, read_iptc7901
from archive.formats.text.takes import parse_take, strip_take
from archive.ingest_types import Rejection
from tests.archive.formats.reading import FIXTURES, build_all, read_bytes, read_fixture, show


def test_iptc_7901_field_by_field() -> None:
    first, second = build_all(read_fixture(read_iptc7901, "text/iptc7901.txt"))
    assert show(first) == {
        "id": "hal062-20310302",
        "headline": "Mill at Brenwick opens as library",
        "body": "The old mill at Brenwick will open as a library in June, the council said.\n\n"
        "Work began two years ago and cost four million crowns.\n\n"
        "The first readers came by boat.",
        "by": "Ana Roth, dpa",
        "dateline": "Brenwick (dpa) -",
        "located": "Brenwick",
        "source": "dpa",
        "first_created": "2031-03-02T09:00",
        "urgency": 2,
        "slugline": "Britain-culture/",
        "ed_note": "1ST LEAD",
        "subjects": ("international",),
    }
    assert "not intended for publication" in first.raw
    assert show(second) == {
        "id": "hal063-20310302",
        "headline": "Rain stops play",
        "body": "The final was put off.",
        "dateline": "Sivala (dpa) -",
        "located": "Sivala",
        "source": "dpa",
        "first_created": "2031-03-02T10:10",
        "urgency": 4,
        "slugline": "Tennis/Rain/",
        "subjects": ("sports",),
    }


def test_anpa_1312_field_by_field() -> None:
    first, second = build_all(read_fixture(read_anpa, "text/anpa.txt"))
    assert show(first) == {
        "id": "W2870-20310302",
        "headline": "Mill at Brenwick opens as library",
        "body": "The old mill at Brenwick — shut since 2019 — will open as a library in June, the"
        ' council said.\n\n"It is a good house," said Ana Roth.\n\nWHAT IT COST\n\n'
        "Work began two years ago.\n\nThe first readers came by boat.",
        "by": "ANA ROTH",
        "dateline": "BRENWICK, England (AP) —",
        "located": "Brenwick, England",
        "source": "AP",
        "first_created": "2031-03-02T09:00",
        "urgency": 1,
        "slugline": "EU--Mill",
        "ed_note": "1st Ld-Writethru Adds cost.",
        "subjects": ("lifestyle",),
    }
    assert show(second) == {
        "id": "W2871-20310302",
        "headline": "Rain stops play",
        "body": "The final was put off.",
        "dateline": "SIVALA (AP) —",
        "located": "Sivala",
        "source": "AP",
        "first_created": "2031-03-02T09:05",
        "urgency": 3,
        "slugline": "EU--Rain",
        "subjects": ("sports",),
    }


def test_what_is_outside_of_messages_is_rejected() -> None:
    last = read_fixture(read_iptc7901, "text/iptc7901.txt")[-1]
    assert isinstance(last, Rejection)
    assert last.where == "iptc7901.txt:43"
    data = (FIXTURES / "text/anpa.txt").read_bytes() + b"More text.\n"
    assert [type(item) for item in read_bytes(read_anpa, data)][-1] is Rejection


def test_a_take_is_an_article_of_its_own_if_the_file_has_no_first_one() -> None:
    data = (FIXTURES / "text/anpa.txt").read_bytes()
    messages = data.split(b"\x04\r\n")
    articles = build_all(read_bytes(read_anpa, b"\x04\r\n".join(messages[1:])))
    assert [one.slugline for one in articles] == ["EU--Rain", "EU--Mill"]
    assert articles[1].body == "The first readers came by boat."


def test_anpa_without_control_characters_and_without_headline() -> None:
    data = (
        b"W1645asian\nb a BC-US--Alert     06-29 0358\n^BC-US--Alert,17<\n"
        b"\t   SIVALA (AP) _ The bridge is open.\n\n\t   AP-WF-06-29-31 2350GMT<\n\n"
    )
    assert is_anpa(data)
    (article,) = build_all(read_bytes(read_anpa, data))
    assert (article.headline, article.body, article.urgency) == ("", "The bridge is open.", 2)


def test_an_anpa_table_keeps_its_rows() -> None:
    data = (
        b"\x16\x16\x01s0284\x1f_-----\nr s\x14\x12 BC-Table     08-18 \n\x02^BC-Table<\n"
        b"^Standings=\n^EAST=\n"
        b"\x08New\x10Sivala\x1f\x1e\x1e 73\x1e\x1e 52\n\x08Brenwick\x1f\x1e 51\n"
        b"\t   ___=\n\t   \x03AP-WF-08-18-31 2017GMT<\n\x04"
    )
    (article,) = build_all(read_bytes(read_anpa, data))
    assert article.headline == "Standings"
    assert article.body == "New Sivala 73 52\n\nBrenwick 51"


def test_takes() -> None:
    keys = ("1st Add", "2nd take", "Take 3", "1st Ld, 2nd Add", "1st Ld-Writethru", "take 1", "")
    assert [parse_take(key) for key in keys] == [2, 2, 3, 3, 0, 0, 0]
    assert strip_take("1st Ld, 2nd Add") == "1st Ld"


def test_wire_text_is_no_message() -> None:
    for text in (
        b"Mill opens\n\nIt opens.\n",
        b"W1645 asian\nb a\n",
        b"hal062 4 i 211 hal 061\n",
        b"",
    ):
        assert not is_iptc7901(text)
        assert not is_anpa(text)
    assert is_iptc7901((FIXTURES / "text/iptc7901.txt").read_bytes()[:30])
    assert is_anpa((FIXTURES / "text/anpa.txt").read_bytes()[:60])
