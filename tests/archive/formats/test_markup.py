import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.formats.markup import convert_markup, has_markup

CASES = {
    "<p>The mill.</p>\n<p>Bread &amp; roses&nbsp;sell.</p><script>x()</script>": (
        "The mill.\n\nBread & roses sell."
    ),
    "<p>One\n two</p><p>x\n\ny</p>": "One two\n\nx y",
    "First line<br>second line<br/><br>Next paragraph": "First line\nsecond line\n\nNext paragraph",
    "<div><div><p>a<div hidden>no</div>b<!-- c --></p></div></div>": "a\n\nb",
    '<p>seen<span style="display: none">not</span></p>': "seen",
    "<style>p { color: red }</style><p>Text</p><template><p>no</p></template>": "Text",
    "<ul><li>one<li>two</ul>after": "one\n\ntwo\n\nafter",
    "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>": "1 2\n\n3",
    "<figure><img src='a.jpg'><figcaption>Photo: Roth</figcaption></figure><p>Text</p>": "Text",
    "<pre>a\n b</pre><p>c</p>": "a\nb\n\nc",
    "<head><title>Page</title></head><body><p>Text</p></body>": "Text",
    "<![CDATA[<p>Text</p>]]>": "Text",
    "caf&eacute; &#8217; &#150; &lt;p&gt;": "café ’ – <p>",
    "<p>5 < 6, x<y and <ana@halyard.example></p>": "5 < 6, x<y and <ana@halyard.example>",
    "\ud800<p>a\x00b\x07c</p>": "abc",
    '<?xml version="1.0" encoding="latin-1"?><p>é</p>': "é",
    "<p>cut off <b>here": "cut off here",
    "": "",
}


@pytest.mark.parametrize(("html", "text"), CASES.items())
def test_visible_text(html: str, text: str) -> None:
    assert convert_markup(html) == text


def test_line_ends_count_where_no_element_does() -> None:
    html = 'First line,\nsecond <a href="x">line</a>.\n\nSecond <b>paragraph</b>.'
    assert convert_markup(html) == "First line,\nsecond line.\n\nSecond paragraph."


@pytest.mark.parametrize(
    "text",
    [
        "<p>Text",
        "a<br>b",
        "Text</b>",
        '<a href="x">y',
        "<!-- note -->a",
        "<DIV CLASS='x'>",
        "<hr/>",
    ],
)
def test_markup_is_recognised(text: str) -> None:
    assert has_markup(text)


@pytest.mark.parametrize(
    "text",
    ["", "a < b", "I <3 you", "<ana@halyard.example>", "Tom & Jerry &amp;", "a <b> c", "<name>"],
)
def test_plain_text_is_not_markup(text: str) -> None:
    assert not has_markup(text)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 200_000 + "text" + "</div>" * 200_000,
        "text" + "<b>" * 200_000,
        "text" + "<!--" * 100_000,
        "text<p " + 'a="1" ' * 100_000 + ">",
        "text<script>" + "<" * 100_000,
    ],
)
def test_hostile_html_gives_its_text(html: str) -> None:
    assert convert_markup(html).strip() == "text"


@given(st.text())
def test_any_text_is_converted(text: str) -> None:
    converted = convert_markup(text)
    assert "\n\n\n" not in converted
    assert converted == converted.strip()
    converted.encode()


@given(st.lists(st.text("ab <>&\"'é", min_size=1).map(str.split).map(" ".join).filter(bool)))
def test_escaped_paragraphs_come_back(paragraphs: list[str]) -> None:
    from html import escape

    html = "".join(f"<p>{escape(one)}</p>" for one in paragraphs)
    assert convert_markup(html) == "\n\n".join(paragraphs)
