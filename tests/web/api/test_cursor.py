import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.api.cursor import BadCursorError, read_cursor, write_cursor


@given(generation=st.text(max_size=50), offset=st.integers(0, 10**9))
def test_a_cursor_is_read_back(generation: str, offset: int) -> None:
    cursor = write_cursor(generation, offset)
    assert cursor.replace("-", "").replace("_", "").isalnum()
    assert read_cursor(cursor) == (generation, offset)


@given(st.text(max_size=60))
def test_other_text_is_rejected_or_is_a_cursor(text: str) -> None:
    try:
        generation, offset = read_cursor(text)
    except BadCursorError:
        return
    assert write_cursor(generation, offset) == text


@pytest.mark.parametrize(
    "text",
    [b'["g",-1]', b'["g",true]', b'["g",1.0]', b"[7,1]", b'["g"]', b"{}", b'["g", 1]', b"[" * 700],
)
def test_other_json_is_rejected(text: bytes) -> None:
    with pytest.raises(BadCursorError):
        read_cursor(base64.urlsafe_b64encode(text).rstrip(b"=").decode())


def test_a_padded_cursor_is_rejected() -> None:
    cursor = write_cursor("g", 10)
    with pytest.raises(BadCursorError):
        read_cursor(cursor + "=")
