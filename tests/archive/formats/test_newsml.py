import pytest

from archive.formats.xml.newsml import is_newsml, read_newsml
from archive.formats.xml.newsml_g2 import is_newsml_g2, read_newsml_g2
from tests.archive.formats.samples import (
    places,
    read_bytes,
    read_fixture,
    reasons,
    remarks,
    values,
)

_G2 = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'


def test_every_element_of_a_g2_item_that_is_mapped() -> None:
    [article] = values(read_fixture(read_newsml_g2, "newsml_g2_item.xml"))
    assert article == {
        "uri": "urn:newsml:halyard.example:20310302:mill",
        "headline": "Mill at Brenwick opens",
        "body": "The old mill & its river.\n\nIt will open in June.",
        "by": "Ana Roth",
        "dateline": "BRENWICK, March 2 (HAL) -",
        "located": "Brenwick",
        "source": "Halyard Press",
        "first_created": "2031-03-02T09:00:00+01:00",
        "version_created": "2031-03-02T11:15:00+01:00",
        "language": "en",
        "pub_status": "usable",
        "urgency": "4",
        "slugline": "mill-library",
        "ed_note": "Adds the cost.",
        "subjects": ["library", "sport", "mill"],
        "people": ["Jo Lind"],
        "places": ["Northshire", "Brenwick", "England"],
        "organisations": ["Brenwick Council"],
        "url": "https://halyard.example/mill",
    }


def test_each_text_of_a_g2_message_is_an_article() -> None:
    items = read_fixture(read_newsml_g2, "newsml_g2_message.xml")
    nitf, plain, flash, killed = values(items)
    assert (nitf["headline"], nitf["body"], nitf["by"]) == (
        "Inline NITF",
        "One.\n\nTwo.",
        "By Ana Roth",
    )
    assert (plain["headline"], plain["body"], plain["language"]) == (
        "Plain data",
        "Uno.\n\nDue.",
        "it",
    )
    assert flash["headline"] == "FLASH: Mill opens"
    assert (killed["uri"], killed["pub_status"]) == ("urn:hal:killed", "canceled")
    assert places(items) == ["x:6", "x:16", "x:21", "x:25"]
    assert remarks(items) == [("skipped-records", "1 packageItem, 1 picture")]
    assert reasons(items) == []


def test_a_package_alone_has_no_article() -> None:
    items = read_fixture(read_newsml_g2, "newsml_g2_package.xml")
    assert reasons(items) == ["x: NewsML-G2 without an article: 1 packageItem"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ('qcode="stat:withheld"', "withheld"),
        ('qcode="stat:canceled"', "canceled"),
        ('uri="http://cv.iptc.org/newscodes/pubstatusg2/withheld"', "withheld"),
    ],
)
def test_the_publication_status_of_a_g2_item(status: str, expected: str) -> None:
    content = (
        f'<newsItem {_G2} guid="g"><itemMeta><pubStatus {status}/></itemMeta>'
        "<contentMeta><headline>H</headline></contentMeta></newsItem>"
    )
    [article] = values(read_bytes(read_newsml_g2, content.encode()))
    assert article["pub_status"] == expected


def test_every_element_of_a_newsml_item_that_is_mapped() -> None:
    items = read_fixture(read_newsml, "newsml_1.xml")
    article, html, deleted = values(items)
    assert article == {
        "uri": "urn:newsml:halyard.example:20310302:MILL1",
        "headline": "Le moulin de Brenwick rouvre",
        "body": "Le vieux moulin rouvre.\n\nLes travaux ont duré deux ans.",
        "by": "Par Ana Roth",
        "dateline": "Brenwick, 2 mars 2031 (AFP) -",
        "located": "Brenwick",
        "source": "AFP",
        "first_created": "20310302T125902Z",
        "version_created": "20310302T134900Z",
        "language": "fr",
        "pub_status": "usable",
        "urgency": "3",
        "slugline": "moulin-culture",
        "ed_note": "Ajoute le coût.",
        "subjects": ["Bibliothèque", "sport", "moulin"],
        "people": ["Jo Lind"],
        "places": ["Brenwick"],
        "organisations": ["Moulins SA"],
    }
    assert html["uri"] == "urn:newsml:halyard.example:20310302:MILL2"
    assert (html["body"], html["pub_status"]) == ("One & only.\n\nTwo.", "embargoed")
    assert (deleted["uri"], deleted["pub_status"]) == (
        "urn:newsml:halyard.example:20310302:MILL3",
        "canceled",
    )
    assert remarks(items) == [("skipped-records", "1 photo")]


@pytest.mark.parametrize(
    ("head", "is_g2", "is_1"),
    [
        (f"<newsItem {_G2}>".encode(), True, False),
        (b'<?xml version="1.0"?>\n<!-- SUMMARY -->\n<newsMessage>', True, False),
        (f"<n:packageItem xmlns:n={_G2[6:]}>".encode(), True, False),
        (b'<!DOCTYPE NewsML PUBLIC "urn:x" "NewsML_1.2.dtd">\n<NewsML Version="1.2">', False, True),
        (b"<NewsML", False, False),
        (b"<news>", False, False),
        (b"newsItem", False, False),
    ],
)
def test_they_are_recognised_by_content(head: bytes, is_g2: bool, is_1: bool) -> None:
    assert is_newsml_g2(head) is is_g2
    assert is_newsml(head) is is_1


@pytest.mark.parametrize(
    ("element", "embargoed"),
    [
        ("<embargoed>2031-03-03T06:00:00Z</embargoed>", "2031-03-03T06:00:00Z"),
        ("<embargoed/>", "until further notice"),
        ("", None),
    ],
)
def test_the_embargo_of_a_g2_item(element: str, embargoed: str | None) -> None:
    item = (
        f'<newsItem {_G2} guid="x"><itemMeta>{element}</itemMeta><contentMeta><headline>Mill'
        "</headline></contentMeta></newsItem>"
    )
    [article] = values(read_bytes(read_newsml_g2, item.encode()))
    assert article.get("embargoed") == embargoed


def test_the_embargo_of_newsml_1_ends_when_its_status_changes() -> None:
    item = (
        "<NewsML><NewsItem><Identification><NameLabel>Mill</NameLabel></Identification>"
        '<NewsManagement><Status FormalName="Embargoed"/><StatusWillChange>'
        '<FutureStatus FormalName="Usable"/><DateAndTime>20310303T060000Z</DateAndTime>'
        "</StatusWillChange></NewsManagement></NewsItem></NewsML>"
    )
    [article] = values(read_bytes(read_newsml, item.encode()))
    assert (article["embargoed"], article["pub_status"]) == ("20310303T060000Z", "embargoed")
