"""The law of exclusion: no hit, in any mode, contains an excluded word."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article
from index.lexical.ports import LexicalEngine
from index.ports import SearchBackend
from index.text.analysis import to_term
from index.text.tokens import tokenize
from index.types.search import Mode, SearchRequest
from tests.fakes import make_article
from tests.index.library import MODES, Library

WORDS = ("ferry", "ferries", "radar", "strike", "strikes", "harbour", "bank", "C++", "naïve")
PASTED = "Storm hits coast -ferry halted, dozens wait"
HEADLINES = (
    *("Ferry radar", "Radar ferry", "Strike!", "Harbour bank strikes", "Naive bank", "C++ bank"),
    *("Ferry -radar", "Harbour ferry radar strike", "Harbour ferry bank strike", PASTED),
)
ARTICLES = tuple(
    make_article(f"a-{number}", headline=headline, body=body)
    for number, (headline, body) in enumerate(
        [(headline, "Boats and ships wait.") for headline in HEADLINES]
        + [("A headline", f"The {word} waits.") for word in WORDS]
    )
)
EXCLUSIONS = st.one_of(
    st.sampled_from(WORDS).map(lambda word: (f"-{word}", (word,))),
    st.sampled_from(WORDS).map(lambda word: (f"NOT {word.upper()}", (word,))),
    st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)).map(
        lambda pair: (f"-({pair[0]} OR {pair[1]})", pair)
    ),
)


@pytest.fixture(scope="module")
def backend(
    tmp_path_factory: pytest.TempPathFactory, lexical: LexicalEngine
) -> Iterator[SearchBackend]:
    library = Library(tmp_path_factory.mktemp("exclusion"), lexical=lexical)
    library.put(*ARTICLES).reindex()
    yield library.engine()
    library.close()


def forms(text: str) -> set[str]:
    """The words of an English text, folded and stemmed."""
    words = {token.folded for token in tokenize(text)}
    return words | {to_term(word, "en") for word in words}


def find(backend: SearchBackend, text: str, mode: Mode, **options: Any) -> list[Article]:
    request = SearchRequest(text=text, mode=mode, group="none", limit=99, weaker=True, **options)
    return [hit.article for group in backend.search(request).groups for hit in group.hits]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=5),
    st.lists(EXCLUSIONS, min_size=1, max_size=2),
    st.randoms(use_true_random=False),
    st.sampled_from(MODES),
)
def test_no_hit_contains_an_excluded_word(
    backend: SearchBackend,
    words: list[str],
    exclusions: list[tuple[str, tuple[str, ...]]],
    chance: Any,
    mode: Mode,
) -> None:
    clauses = [*words, *(clause for clause, _ in exclusions)]
    chance.shuffle(clauses)
    excluded = {form for _, some in exclusions for word in some for form in forms(word)}
    for article in find(backend, " ".join(clauses), mode):
        assert not excluded & forms(f"{article.headline} {article.body}")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("ferry -radar", "Ferry radar"),
        ("ferry -radar", "Ferry -radar"),
        ("harbour ferry -radar strike", "Harbour ferry radar strike"),
        ("-storm hits coast -ferry halted, dozens wait", PASTED),
        ('"storm hits" coast -ferry halted, dozens wait', PASTED),
        ("title:storm hits coast -ferry halted, dozens wait", PASTED),
        ("lang:en storm hits coast -ferry halted, dozens wait", PASTED),
    ],
)
def test_a_headline_of_the_query_s_words_is_no_exemption(
    backend: SearchBackend, text: str, headline: str, mode: Mode
) -> None:
    assert headline not in [article.headline for article in find(backend, text, mode)]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("text", [PASTED, f"  {PASTED.upper()} ", PASTED.replace(" ", "  ")])
def test_a_pasted_headline_comes_first_with_its_signs(
    backend: SearchBackend, text: str, mode: Mode
) -> None:
    assert find(backend, text, mode)[0].headline == PASTED
    assert find(backend, text, mode, sources=("Nobody",)) == []
