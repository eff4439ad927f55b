"""Articles and helpers for the tests of exports.

Responsibility: make articles with hostile texts, and fetch exports.
Decision: texts contain what breaks formats: markup, formulas, TeX, control characters.
Must not depend on: any format.
"""

from flask.testing import FlaskClient
from hypothesis import strategies as st

from archive.article import Article
from tests.web import newsroom
from web.exports.export import Export
from web.exports.formats import FORMATS

HERE = "https://archive.example/a"
FEEDS = [ending for ending, each in FORMATS.items() if each.feed]
# Markup, formulas, TeX, line breaks of every kind, control characters.
HOSTILE_TEXTS = st.text(
    st.one_of(
        st.sampled_from("<>&\"'\\{}%$#_^~@=+-;,\r\n\t\0\x0b\x0c\x1c\x85\u2028\ufffe\ud800]"),
        st.characters(),
    ),
    max_size=30,
)
ARTICLES = st.builds(
    Article,
    uri=HOSTILE_TEXTS.filter(bool),
    headline=HOSTILE_TEXTS,
    body=HOSTILE_TEXTS,
    by=HOSTILE_TEXTS,
    source=HOSTILE_TEXTS,
    located=HOSTILE_TEXTS,
    language=HOSTILE_TEXTS,
    url=HOSTILE_TEXTS,
    ed_note=HOSTILE_TEXTS,
    subjects=st.lists(HOSTILE_TEXTS, max_size=2).map(tuple),
    first_created=st.sampled_from([None, newsroom.at(3, 12)]),
)


def export_of(*articles: Article) -> Export:
    """An export of these articles, all with the URL `HERE`."""
    return Export(
        text="x",
        search="q=x",
        export_url="https://archive.example/search.atom?q=x",
        page_url="https://archive.example/search?q=x",
        article_url=lambda uri: HERE,
        articles=iter(articles),
    )


def text_at(client: FlaskClient, address: str) -> str:
    """The text of a response with status 200."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.text
