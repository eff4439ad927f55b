import pytest

from archive.formats.mail.furniture import strip_furniture
from archive.formats.mail.messages import is_mail, is_mbox, read_mail, read_mbox
from archive.ingest_types import Rejection, Remark
from tests.archive.formats.reading import FIXTURES, build_all, read_bytes, read_fixture, show


def test_a_newsletter_field_by_field() -> None:
    items = read_fixture(read_mail, "mail/newsletter.eml")
    first, attached = build_all(items)
    assert show(first) == {
        "id": "m1@halyard.example",
        "headline": "Mill opens in Brénwick, with a library",
        "body": "The old mill at Brénwick will open as a library in June, the council said.\n\n"
        "Read on about the cost.\n\n"
        '> "It is a good house," an earlier issue said. The council paid four million crowns for'
        " it, and the river pays the rest: a wheel in the cellar makes as much current as the lamps"
        " of the reading room need, and a little more in spring.",
        "source": "Halyard Daily",
        "first_created": "2031-03-02T08:00",
    }
    assert show(attached) == {
        "headline": "Rain",
        "body": "Rain stopped play.",
        "by": "Ana Roth",
        "first_created": "2031-03-01T10:00",
    }
    assert Remark(code="attachments", where="newsletter.eml", value="mill.png") in items
    assert "Unsubscribe" in first.raw
    assert "iVBORw0KGgo" not in first.raw


def test_a_post_of_a_news_group_field_by_field() -> None:
    (article,) = build_all(read_fixture(read_mail, "mail/post.txt"))
    assert show(article) == {
        "headline": "Re: Mill opens",
        "body": "In article <1@x.example> lind@x.example writes: > When does it open?\n\n"
        "In June, the council said.",
        "by": "Ana Roth",
        "source": "Halyard Institute",
        "subjects": ("rec.mills", "alt.books"),
    }


def test_a_mailbox_field_by_field() -> None:
    items = read_fixture(read_mbox, "mail/box.mbox")
    assert [item.where for item in items] == ["box.mbox:1", "box.mbox:10"]
    assert [show(one) for one in build_all(items)] == [
        {
            "headline": "Mill opens",
            "body": "The old mill at Brenwick will open as a library.\n\n"
            "From June on it is open daily. >From then on, too.",
            "by": "Ana Roth",
            "first_created": "2031-03-02T09:00",
        },
        {
            "headline": "Rain",
            "body": "Rain fell.",
            "by": "Edda Lind",
            "source": "Halyard Weekly",
            "first_created": "2031-03-02T09:30",
        },
    ]


HEADER = b"From: Ana Roth <ana@halyard.example>\nSubject: %s\nContent-Type: %s\n\n%s"


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (b"=?iso-8859-1?Q?Br=E9nwick?=", "Brénwick"),
        (b"=?koi8-r?B?7c/Ty9fB?=", "Москва"),
        (b"=?utf-8?Q?A?= =?utf-8?Q?B?=", "AB"),
        (b"=?utf-8?Q?A?= b", "A b"),
        ("Brénwick".encode(), "Brénwick"),
        (b"=?nonsense?Q?Mill?=", "Mill"),
        ("=?utf-8?Q?Mill’s?=".encode(), "Mill’s"),
        (b"=?utf-8?B?!!!?=", "=?utf-8?B?!!!?="),
    ],
)
def test_encoded_words(subject: bytes, expected: str) -> None:
    (article,) = build_all(read_bytes(read_mail, HEADER % (subject, b"text/plain", b"Text.")))
    assert article.headline == expected


@pytest.mark.parametrize(
    ("kind", "payload", "expected"),
    [
        (b"text/plain; charset=windows-1251", "Мельница открыта.".encode("cp1251"), "Мельница"),
        (b"text/plain; charset=gb2312", "磨坊开放。".encode("gb2312"), "磨坊"),
        (b"text/plain; charset=us-ascii", "Die Mühle öffnet.".encode(), "Mühle"),
        (b"text/html; charset=utf-8", b"<p>The <b>mill</b> opens.</p>", "The mill opens."),
    ],
)
def test_character_sets(kind: bytes, payload: bytes, expected: str) -> None:
    (article,) = build_all(read_bytes(read_mail, HEADER % (b"Mill", kind, payload)))
    assert expected in article.body


def test_html_is_read_if_the_plain_text_only_points_to_it() -> None:
    message = (
        b"From: a@x.example\nSubject: Mill\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
        b"Please see the web version.\n--b\nContent-Type: text/html\n\n<p>"
        + b"The mill opens. " * 20
        + b"</p>\n--b--\n"
    )
    (article,) = build_all(read_bytes(read_mail, message))
    assert article.body.startswith("The mill opens.")


def test_deep_nesting_and_truncation_do_not_stop_a_mailbox() -> None:
    line = b"From x@y Sun Mar  2 09:00:00 2031\n"
    deep = b"Subject: deep\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000)
    )
    cut = (
        b"Subject: cut\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain"
    )
    last = b"Subject: last\n\nText.\n"
    items = read_bytes(read_mbox, b"\n".join([line + deep, line + cut, line + last]))
    assert [one.headline for one in build_all(items)][-1] == "last"


def test_text_before_the_first_message_is_rejected() -> None:
    items = read_bytes(
        read_mbox, b"stray text\nFrom x@y Sun Mar  2 09:00:00 2031\nSubject: a\n\nb\n"
    )
    assert [type(item) is Rejection for item in items] == [True, False]


def test_signatures_notes_links_and_rules_are_removed() -> None:
    text = (
        "View this newsletter in your browser\n\nThe mill opens [https://x.example/t?1].\n\n"
        "=====\n\nYou can unsubscribe from this list\n\nHalyard Press, 3 Mill Lane\n"
    )
    assert strip_furniture(text) == "The mill opens."
    assert strip_furniture("One.\n\nTwo.\n-- \nAna Roth\nHalyard") == "One.\n\nTwo."
    assert strip_furniture("Unions say: unsubscribe.\n\n" + "A long text. " * 30).startswith(
        "A long"
    )
    long_rest = "\n".join(["One.", "-- ", *["line"] * 40])
    assert strip_furniture(long_rest) == long_rest


@pytest.mark.parametrize("run", [" \n", " ", "\n", "(http ", "[ ", "--\n", "a \n\n"])
def test_text_of_one_kind_takes_linear_time(run: str) -> None:
    # Removing links took the square of the length of blanks, hours for this text.
    assert len(strip_furniture(f"a{run * 400_000}b")) > 1


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"From: ana@x.example (Ana Roth)\nSubject: Mill\n\nText", True),
        (b"Received: by x\n\tfor y\nMessage-ID: <a>\nDate: x\n\n", True),
        (b"From: a\r\nSubject: b\r\n\r\nText", True),
        (b"Subject: Mill opens\n\nIt opens.", False),
        (b"Id: x\nSource: Halyard\nDate: 2031-03-02\n\nMill opens", False),
        (b"From: the council\nTo the people\n\nText", False),
        (b"Mill: it opens\n\nFrom: a\nSubject: b\n", False),
        (b"Date: 2031-03-02\nSubject: Mill\nSource: x\n\nText", False),
        (b"", False),
    ],
)
def test_the_header_of_a_message(head: bytes, *, expected: bool) -> None:
    assert is_mail(head) is expected


def test_the_first_line_of_a_mailbox() -> None:
    assert is_mbox((FIXTURES / "mail/box.mbox").read_bytes())
    assert is_mbox(b"From MAILER-DAEMON Sun Mar  2 09:00:00 2031\nFrom: x\n")
    assert not is_mbox(b"From Sivala it rained at 09:00 2031\n\nText")
    assert not is_mbox(b"From ana@x.example Sun Mar  2 09:00:00 2031\n\nText")
