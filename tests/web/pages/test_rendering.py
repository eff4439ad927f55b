"""Snippets as HTML: marks and escaping."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from index.types.search import Snippet
from web.pages.rendering import render_snippet

_SPANS = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=6).map(tuple)
_TEXTS = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("<>&\"'/mark ")), max_size=50)


def test_matches_are_marked() -> None:
    snippet = Snippet(text="the bridge & the river", marks=((4, 10), (17, 22)))
    assert render_snippet(snippet) == "the <mark>bridge</mark> &amp; the <mark>river</mark>"


def test_markup_is_escaped_inside_and_outside_marks() -> None:
    snippet = Snippet(text="<b>hot</b>", marks=((0, 3),))
    assert render_snippet(snippet) == "<mark>&lt;b&gt;</mark>hot&lt;/b&gt;"


def test_spans_count_code_points() -> None:
    assert render_snippet(Snippet(text="🚢 ship", marks=((2, 6),))) == "🚢 <mark>ship</mark>"


@given(text=_TEXTS, marks=_SPANS)
def test_without_marks_the_result_is_the_escaped_text(
    text: str, marks: tuple[tuple[int, int], ...]
) -> None:
    rendered = str(render_snippet(Snippet(text=text, marks=marks)))
    without = rendered.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in without
    assert html.unescape(without) == html.unescape(html.escape(text))


@given(text=_TEXTS, marks=_SPANS)
def test_marks_never_nest(text: str, marks: tuple[tuple[int, int], ...]) -> None:
    tags = re.findall(r"</?mark>", str(render_snippet(Snippet(text=text, marks=marks))))
    assert tags == ["<mark>", "</mark>"] * (len(tags) // 2)
