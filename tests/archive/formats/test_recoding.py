import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.formats.mail.messages import read_mail
from archive.formats.recoding import recode
from archive.formats.text.nexis import read_nexis
from tests.archive.formats.reading import FIXTURES, build_all, read_bytes


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_formats_are_read_in_wide_encodings(encoding: str) -> None:
    text = (FIXTURES / "text/nexis.txt").read_text("utf-8")
    articles = build_all(read_bytes(read_nexis, text.encode(encoding)))
    assert [one.headline[:10] for one in articles] == ["Mill opens", "Regen"]
    text = (FIXTURES / "mail/post.txt").read_text("utf-8")
    (article,) = build_all(read_bytes(read_mail, text.encode(encoding)))
    assert article.headline == "Re: Mill opens"


@given(st.text(st.characters(codec="utf-16", exclude_characters="\0")), st.integers(0, 64))
def test_nothing_is_lost_wherever_the_head_ends(text: str, cut: int) -> None:
    text = f"The mill opens. {text}"
    data = text.encode("utf-16")
    place = max(32, cut)
    stream, head = recode(io.BytesIO(data[place:]), data[:place])
    assert (head + stream.read()).decode() == text.removeprefix("\ufeff")


@given(st.binary(max_size=200))
def test_other_bytes_stay(data: bytes) -> None:
    data = data.replace(b"\0", b"") or b"x"
    stream, head = recode(io.BytesIO(data[10:]), data[:10])
    assert data.removeprefix(b"\xef\xbb\xbf") == head + stream.read()
