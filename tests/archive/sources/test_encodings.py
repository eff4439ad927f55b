import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.sources.encodings import UnknownEncodingError, decode_text

TEXTS = [
    ("windows-1252", "El niño de Málaga compró pan. La señora Peña llegó mañana."),
    ("windows-1252", "He said “no” and the café closed – it’s over."),
    ("windows-1252", "The café closed at noon on Wednesday, the council said in a statement."),
    ("windows-1252", "Die Mühle öffnet im Juni für alle, sagte Jürgen Groß."),
    ("windows-1252", "L’été dernier, le maire a ouvert la bibliothèque à côté du moulin."),
    ("windows-1252", "O velho moinho abrirá em junho, informação da câmara. Não há razões."),
    ("windows-1252", "Den gamla kvarnen i Brenwick öppnar som bibliotek på lördag."),
    ("windows-1250", "Stary młyn będzie biblioteką, powiedział minister. Źródło wody."),
    ("windows-1250", "Příliš žluťoučký kůň. Starý mlýn bude knihovnou."),
    ("windows-1250", "A régi malom könyvtár lesz, mondta a polgármester. Őszi esők jöttek."),
    ("iso8859-2", "Stary młyn będzie biblioteką. Młyn otworzy się w czerwcu."),
    ("windows-1254", "Eski değirmen kütüphane olacak, dedi başkan. Şehir için iyi."),
    ("windows-1251", "Старая мельница откроется в июне, сообщил совет."),
    ("koi8-r", "Старая мельница откроется в июне, сообщил совет."),
    ("cp866", "Старая мельница откроется в июне, сообщил совет."),
    ("windows-1251", "Старий млин відкриється у червні, повідомила рада міста."),
    ("windows-1253", "Ο παλιός μύλος θα γίνει βιβλιοθήκη, είπε ο δήμαρχος."),
    ("windows-1256", "ستفتح المطحنة القديمة كمكتبة في يونيو، قال المجلس."),
    ("windows-1255", "הטחנה הישנה תיפתח כספרייה ביוני, אמרה המועצה."),
    ("cp874", "โรงสีเก่าจะเปิดเป็นห้องสมุดในเดือนมิถุนายน สภากล่าว"),
    ("gb18030", "市议会说磨坊将在六月开放为图书馆。"),
    ("big5", "老磨坊將成為圖書館,市議會表示工程將於六月完成。"),
    ("cp932", "古い水車小屋が図書館として六月に開館すると市議会が発表した。"),
    ("euc-jp", "古い水車小屋が図書館として六月に開館すると市議会が発表した。"),
    ("cp949", "오래된 방앗간이 도서관으로 문을 연다고 시의회가 밝혔다."),
]


def _encode(text: str, encoding: str) -> bytes:
    return text.encode(encoding.replace("windows-", "cp"))


@pytest.mark.parametrize(("encoding", "text"), TEXTS)
def test_a_text_is_read_in_the_encoding_that_it_is_in(encoding: str, text: str) -> None:
    decoded = decode_text(_encode(text, encoding))
    assert (decoded.text, decoded.encoding, decoded.is_guessed) == (text, encoding, True)


@pytest.mark.parametrize(("encoding", "text"), TEXTS)
def test_a_declared_encoding_is_not_a_guess(encoding: str, text: str) -> None:
    decoded = decode_text(_encode(text, encoding), declared=f" '{encoding}' ")
    assert (decoded.text, decoded.is_guessed) == (text, False)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_the_encoding(encoding: str) -> None:
    decoded = decode_text("Señal ab 古".encode(encoding), declared="latin-1")
    assert (decoded.text, decoded.is_guessed) == ("Señal ab 古", False)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_zeros_tell_utf_16_without_a_mark(encoding: str) -> None:
    text = "The old mill will open as a library, said José Peña."
    assert decode_text(text.encode(encoding)).text == text


def test_utf_8_wins_over_a_wrong_declaration() -> None:
    decoded = decode_text("El niño".encode(), declared="iso-8859-1")
    assert (decoded.text, decoded.encoding, decoded.is_guessed) == ("El niño", "utf-8", False)


@pytest.mark.parametrize("declared", ["no such thing", "base64", "rot13", "\0", "utf-16"])
def test_a_declaration_that_does_not_fit_is_ignored(declared: str) -> None:
    assert decode_text("El niño".encode(), declared=declared).text == "El niño"


def test_latin_1_is_windows_1252_in_practice() -> None:
    assert decode_text(b"\x93no\x94", declared="ISO-8859-1").text == "“no”"


def test_japanese_mail_is_recognised_by_its_escapes() -> None:
    text = "古い水車小屋が開館する。"
    assert decode_text(text.encode("iso2022_jp")).text == text


def test_a_few_other_bytes_in_utf_8_are_windows_1252() -> None:
    data = "señora, año, mañana y ".encode() + b"\x93ni\xf1o\x94" + " – más, día, él, así".encode()
    decoded = decode_text(data)
    assert decoded.text == "señora, año, mañana y “niño” – más, día, él, así"
    assert decoded.is_guessed


def test_a_letter_that_is_cut_at_the_end_is_dropped() -> None:
    assert decode_text("señora, mañana é".encode()[:-1]).text == "señora, mañana "


@pytest.mark.parametrize("data", [bytes(range(128, 256)) * 3, b"\xff\xc0\x81" * 40])
def test_unclear_bytes_are_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(UnknownEncodingError, match="--encoding"):
        decode_text(data)


@given(st.text())
def test_utf_8_is_never_guessed(text: str) -> None:
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return
    if text and not text.startswith("\ufeff") and "\0" not in text and "\x1b" not in text:
        decoded = decode_text(data)
        assert (decoded.text, decoded.encoding, decoded.is_guessed) == (text, "utf-8", False)


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        decode_text(data).text.encode(errors="surrogatepass")
    except UnknownEncodingError:
        return


@pytest.mark.parametrize(
    "declared", ["idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "rot13"]
)
def test_what_is_no_charset_is_not_believed(declared: str) -> None:
    text = "It \u00f6pens in \\u0041."
    assert decode_text(text.encode(), declared=declared).text == text
