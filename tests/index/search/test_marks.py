"""Every article that matches by its words shows a mark, whatever kind of clause it matches."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.query import parse
from index.query.patterns import compile_pattern
from index.search.engine import SearchEngine
from index.text.analysis import LANGUAGES, to_terms
from index.text.tokens import tokenize
from index.types.search import Hit, SearchRequest
from tests.fakes import make_article
from tests.index.library import VOCABULARY, Library, generated

LONG = "Nothing of note was said on that day, and nobody wrote it down. " * 160
WORDS = st.sampled_from(
    [*VOCABULARY, "Skerrow", "Halloran", "the", "of", "die", "okafor", "budget"]
)
PLAIN = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
QUERIES = st.one_of(
    PLAIN,
    WORDS.map(lambda word: f"{word[:4]}*"),
    WORDS.map(lambda word: f"{word[:2]}?{word[3:]}" if len(word) > 3 else word),
    WORDS.map(lambda word: f"{word}~"),
    WORDS.map(lambda word: f"title:{word}"),
    WORDS.map(lambda word: f"body:{word}"),
    PLAIN.map(lambda words: f'"{words}"'),
    PLAIN.map(lambda words: f'"{words}"~4'),
    st.tuples(PLAIN, WORDS).map(lambda pair: f'"{pair[0]}" OR {pair[1]}'),
    st.tuples(WORDS, WORDS).map(lambda pair: f"{pair[0]} -{pair[1]}"),
    st.tuples(WORDS, WORDS).map(lambda pair: f"{pair[0]} name:{pair[1]}"),
)


@pytest.fixture(scope="module")
def marked_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    """Generated articles in two languages, long ones, and ones that match by a label alone."""
    library = Library(tmp_path_factory.mktemp("marks"))
    library.put(
        *generated(80, seed=12),
        make_article("long", body=f"{LONG}Then Mary Halloran of Skerrow saw the harbour. {LONG}"),
        make_article(
            "phrase", body=f"A ferry of fire. {LONG}The ferry captain of the harbour won."
        ),
        make_article("german", body="Die Fähre liegt im Hafen.", language="de"),
        make_article("label", by="Ines Okafor", subjects=("budget",), slugline="STORM-FLOOD"),
        make_article(
            "link", body=f"The storm is over. {LONG}\n\nRelated articles\n\nHospital fire"
        ),
    ).reindex(lexical_only=True)
    yield library.engine()
    library.close()


@settings(max_examples=80, deadline=None)
@given(QUERIES)
def test_every_hit_shows_a_mark(marked_engine: SearchEngine, text: str) -> None:
    request = SearchRequest(text=text, mode="lexical", group="none", limit=100)
    for group in marked_engine.search(request).groups:
        for hit in group.hits:
            marks = (*hit.headline.marks, *hit.snippet.marks)
            assert marks or hit.lexical is None, (text, hit.article.uri)
            check_marks(hit, text)


def check_marks(hit: Hit, text: str) -> None:
    """Every mark is a word of the query, and the texts are those of the article."""
    query = parse(text)
    words = [form for token in tokenize(text) for form in (token.folded, *token.also)]
    forms = {term for form in words for term in to_terms(form, LANGUAGES)}
    accepts = [compile_pattern(pattern) for pattern in query.patterns]
    for snippet in (hit.headline, hit.snippet):
        last_end = 0
        for start, end in snippet.marks:
            assert last_end <= start < end <= len(snippet.text)
            last_end = end
            marked = [t for t in tokenize(snippet.text) if start <= t.start and t.end <= end]
            assert marked
            for token in marked:
                own = {token.folded, *token.also}
                is_form = forms & {term for form in own for term in to_terms(form, LANGUAGES)}
                assert is_form or any(accept(form) for accept in accepts for form in own)
    label, _, shown = hit.snippet.text.rpartition(" · ")
    article = hit.matched.article if hit.matched else hit.article
    flat = "".join(" " if char.isspace() else char for char in article.body)
    assert shown.removeprefix("…").removesuffix("…") in flat
    assert label in ("", article.by, article.slugline, *article.subjects)
