"""Corrections: the query's language, words in use, words of one query together, and blanks."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.search.engine import SearchEngine
from index.text.misspelling import weigh_misspelling
from index.text.tokens import tokenize
from index.types.search import SearchRequest
from tests.fakes import make_article
from tests.index.library import Library

ENGLISH = (
    "The volcano near the harbour had an eruption of lava and ash.",
    "A vulcan statue was sold; corruption in the harbour office was denied.",
    "Corruption again: the office of the harbour is searched for letters.",
    "Watermelon prices rise in the market, and the ice cream is cheaper.",
    "A watermelon grower sells ice cream in the battery park.",
    "Satan came to the stain.",
    "Music from the statute book was played at the station.",
)
SPANISH = (
    "El gobierno responde a la huelga con una carta, y la batería cuesta más.",
    "La erupción del volcán cierra el aeropuerto, dice el gobierno de la isla.",
)
GERMAN = (
    "Die Antwort der Regierung auf den Vulkanausbruch kam gestern als Brief.",
    "Keine Antwort auf die Frage nach der Batterie, und der Musiker schweigt.",
)
ITALIAN = ("A Vulcano, un isolotto, apre una scuola.",)


@pytest.fixture(scope="module")
def spelt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    """Articles in four languages; the English ones are there five times each."""
    library = Library(tmp_path_factory.mktemp("spelt"))
    for language, bodies in (
        ("en", 5 * ENGLISH),
        ("es", 3 * SPANISH),
        ("de", 3 * GERMAN),
        ("it", ITALIAN),
    ):
        library.put(
            *(
                make_article(f"{language}-{n}", headline=f"Note {n}", body=body, language=language)
                for n, body in enumerate(bodies)
            )
        )
    library.reindex(lexical_only=True)
    yield library.engine()
    library.close()


def suggest(
    engine: SearchEngine, text: str, reader: str = "", languages: tuple[str, ...] = ()
) -> str:
    request = SearchRequest(text=text, mode="lexical", reader_language=reader, languages=languages)
    return engine.search(request).did_you_mean or ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vulcano erruption", "volcano eruption"),
        ("harbour corupption", "harbour corruption"),
        ("lava eruptoin", "lava eruption"),
        ("water melon prices", "watermelon prices"),
        ("Watermellon", "Watermelon"),
        ("icecream in the park", "ice cream in the park"),
        ("ICECREAM", "ICE CREAM"),
        ("el gobirno responde", "el gobierno responde"),
        ("die Antwrot der Regierung", "die Antwort der Regierung"),
    ],
)
def test_the_whole_query_becomes_likely(spelt: SearchEngine, typed: str, meant: str) -> None:
    assert suggest(spelt, typed) == meant


@pytest.mark.parametrize(
    ("typed", "reader", "filters"),
    [
        ("artwork found in the harbour", "", ()),
        ("artwork", "en", ()),
        ("antwort letters", "en", ()),
        ("gobierrno", "en", ()),
        ("gobierrno", "", ()),
        ("the gobierrno of the market", "es", ()),
        ("antwrot", "en", ("es",)),
        ("antwrot lang:es", "", ()),
        ("bakery in the market", "en", ()),
        ("satin", "en", ()),
    ],
)
def test_no_word_of_another_language_is_proposed(
    spelt: SearchEngine, typed: str, reader: str, filters: tuple[str, ...]
) -> None:
    assert suggest(spelt, typed, reader, filters) == ""


@pytest.mark.parametrize(
    ("typed", "reader", "filters", "meant"),
    [
        ("gobierrno", "es", (), "gobierno"),
        ("gobierrno", "en", ("es",), "gobierno"),
        ("antwrot lang:de", "en", (), "antwort lang:de"),
        ("watermelom", "", (), "watermelon"),
    ],
)
def test_the_reader_s_language_decides_where_no_word_does(
    spelt: SearchEngine, typed: str, reader: str, filters: tuple[str, ...], meant: str
) -> None:
    assert suggest(spelt, typed, reader, filters) == meant


@pytest.mark.parametrize("typed", ["statue", "statute", "vulcan", "ice cream", "battery", "note"])
def test_what_articles_use_is_not_questioned(spelt: SearchEngine, typed: str) -> None:
    assert suggest(spelt, typed, "en") == ""


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(" ".join(ENGLISH).split()), min_size=1, max_size=4))
def test_words_of_the_archive_are_never_replaced(spelt: SearchEngine, words: list[str]) -> None:
    typed = " ".join(words)
    suggestion = suggest(spelt, typed, "en") or typed
    joined = "".join(token.folded for token in tokenize(suggestion))
    assert joined == "".join(token.folded for token in tokenize(typed))


SLIPS = (
    ("volacno", "volcano", "valcono"),
    ("comittee", "committee", "committee's"),
    ("eruptiom", "eruption", "eruptioz"),
    ("fotograph", "photograph", "zotograph"),
    ("seperate", "separate", "sepwrate"),
    ("definately", "definitely", "defmnitely"),
)


@pytest.mark.parametrize(("typed", "meant", "other"), SLIPS)
def test_a_likely_slip_weighs_less(typed: str, meant: str, other: str) -> None:
    assert 0 < weigh_misspelling(typed, meant) < weigh_misspelling(other, meant)


@given(st.text(alphabet="abceh", max_size=8), st.text(alphabet="abceh", max_size=8))
def test_only_the_same_word_weighs_nothing(one: str, other: str) -> None:
    assert (weigh_misspelling(one, other) == 0) == (one == other)


@pytest.mark.parametrize("reader", ["", "en"])
def test_a_word_that_only_another_language_has_is_corrected_with_the_rest(
    spelt: SearchEngine, reader: str
) -> None:
    assert suggest(spelt, "vulcano harbour erruption", reader) == "volcano harbour eruption"
    assert suggest(spelt, "vulcano erruption", reader) == "volcano eruption"
    assert suggest(spelt, "vulcano", reader) == ""
    assert suggest(spelt, "vulcano isolotto", reader) == ""


def test_a_query_without_words_is_not_corrected(spelt: SearchEngine) -> None:
    assert suggest(spelt, "date:2031") == ""
