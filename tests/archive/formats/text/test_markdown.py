import pytest

from archive.formats.text.markdown import is_markdown, read_markdown, render_markdown
from archive.ingest_types import RawRecord, Rejection, Remark
from tests.archive.formats.reading import build_all, read_bytes, read_fixture, show


def test_hugo_field_by_field() -> None:
    items = read_fixture(read_markdown, "text/hugo.md")
    (article,) = build_all(items)
    assert show(article) == {
        "headline": "Mill opens",
        "body": "The old mill at Brenwick will open as a library in June, said A & B.\n\n"
        "First the roof\n\nthen the wheel\n\nYear Cost\n\n2030 4",
        "by": "Ana Roth, Edda Lind",
        "first_created": "2031-03-02T07:00",
        "version_created": "2031-03-03T00:00",
        "slugline": "mill-opens",
        "subjects": ("mill", "library", "culture"),
    }
    assert items[1:] == [Remark(code="unknown-fields", where="hugo.md", value="crossword")]


def test_jekyll_field_by_field() -> None:
    (article,) = build_all(read_fixture(read_markdown, "text/jekyll.md"))
    assert show(article) == {
        "headline": "Rain: the game is off",
        "body": "Rain fell.",
        "by": "Ana Roth",
        "first_created": "2031-03-02T08:00",
        "pub_status": "withheld",
        "subjects": ("sport",),
    }


def test_json_front_matter() -> None:
    text = b'{\n "title": "Mill opens",\n "date": "2031-03-02",\n "draft": false\n}\n\nIt opens.\n'
    assert is_markdown(text)
    (article,) = build_all(read_bytes(read_markdown, text))
    assert (article.headline, article.body) == ("Mill opens", "It opens.")


def test_markdown_without_front_matter() -> None:
    text = b"Mill *opens*\n===========\n\nIt opens in\nJune.\n"
    (article,) = build_all(read_bytes(read_markdown, text))
    assert (article.headline, article.body) == ("Mill opens", "It opens in June.")


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: [unclosed\n---\n",
        "---\na: &a [x]\ntitle: [*a, *a]\n---\n",
        "---\ntitle: !!python/object/apply:os.system ['id']\n---\n",
        "+++\ntitle = \n+++\n",
    ],
)
def test_front_matter_that_is_not_valid_is_rejected(front: str) -> None:
    (item,) = read_bytes(read_markdown, f"{front}Text.\n".encode())
    assert isinstance(item, Rejection)
    assert "front matter" in item.reason


def test_only_front_matter_shows_markdown() -> None:
    for text in (
        b"# Mill opens\n\nIt opens.",
        b"---\nMill opens\n---\n\nIt opens.",
        b"---\nnote: one\n---\n\nIt opens.",
        b'{\n "title": "a"\n}\n{\n "title": "b"\n}\n',
        b'{"title": "a"}\n',
    ):
        assert not is_markdown(text)


def test_html_and_nesting_within_markdown() -> None:
    assert render_markdown("a <script>x()</script> b\n\n<div>c</div>") == "a b\n\nc"
    assert render_markdown("> " * 3000 + "deep").endswith("deep")


def test_a_text_beyond_the_limit_is_rejected() -> None:
    (item,) = read_bytes(
        lambda *args, **more: read_markdown(*args, **more, limit=5), b"# long text"
    )
    assert isinstance(item, Rejection)
    (item,) = read_bytes(
        lambda *args, **more: read_markdown(*args, **more, limit=11), b"# long text"
    )
    assert isinstance(item, RawRecord)
