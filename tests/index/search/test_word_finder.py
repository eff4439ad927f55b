"""Words found run by run equal those found token by token, in any text."""

from collections.abc import Sequence, Set

from hypothesis import example, given
from hypothesis import strategies as st

from index.search.words.word_finder import WordFinder
from index.text.analysis import to_term, to_terms
from index.text.folding import fold
from index.text.tokens import Token, tokenize

TEXTS = st.one_of(
    st.text(alphabet="ab ABé.'’,-+#1\n\t\x1f\u2003_US🚢", max_size=80),
    st.text(alphabet=st.characters(), max_size=60),
    st.text(alphabet="abé 。，、，カガがぁ图书馆บก์าводаёйΣςאبّ٢\u0301’-", min_size=2, max_size=80),
    st.lists(st.sampled_from("ferry Ferry, (ferry) ferry's the-ferry fog U.S. a".split())).map(
        " ".join
    ),
)
LANGUAGES = ("en", "es", "und")
WORDS = st.sets(
    st.sampled_from(
        "a b é us ferry ferries ferrys s ab 图 图书馆 カ ガ вода й бё ς Σα אב بب ٢".split()
    ),
    max_size=3,
)


def one_by_one(text: str, wanted: Set[str], language: str, starts: Sequence[str]) -> list[Token]:
    return [
        token
        for token in tokenize(text, language)
        for forms in [(token.folded, *token.also)]
        if {*forms, *(to_term(form, language) for form in forms)} & wanted
        or token.folded.startswith(tuple(starts))
    ]


@given(TEXTS, WORDS, st.sampled_from(LANGUAGES), st.sampled_from([(), ("f",), ("en", "a")]))
@example("a ab a,a a\u2003a a", {"a"}, "en", ())
@example("x" * 90 + " ax" * 3 + "’", {"ax"}, "und", ())
@example("“ferries” ferry's ferry’ (ferrys). ͺ ͺͺ 'ferry", {"ferry"}, "en", ())
def test_any_texts_words_are_found_as_one_by_one(
    text: str, words: set[str], language: str, starts: tuple[str, ...]
) -> None:
    wanted = frozenset(form for word in words for form in to_terms(fold(word), LANGUAGES))
    patterns = [lambda word: word.startswith(starts)] if starts else []
    finder = WordFinder(wanted, language, patterns, starts)
    assert finder.find(text) == one_by_one(text, wanted, language, starts)
    assert finder.find(text[::-1]) == one_by_one(text[::-1], wanted, language, starts)


@given(TEXTS)
def test_any_words_at_all_are_found(text: str) -> None:
    finder = WordFinder({token.folded for token in tokenize(text, "en")}, "en")
    assert finder.find(text) == list(tokenize(text, "en"))


def test_every_form_is_found_where_it_stands() -> None:
    finder = WordFinder({"en:ferri"}, "en")
    text = "A ferry, the ferries (Ferry) and a FERRY’s fog; a ferryman."
    assert [text[token.start : token.end] for token in finder.find(text)] == [
        "ferry",
        "ferries",
        "Ferry",
        "FERRY’s",
    ]


def test_a_stretch_is_found_only_where_it_stands_alone() -> None:
    finder = WordFinder({"a"}, "und")
    assert [token.start for token in finder.find("a aa a-a ba a a’s")] == [0, 5, 7, 12, 14]


CHANGED = {
    "en": "dying lying tying skies sky dies happily O'Neill U.S. 1,500.75 naïve",
    "de": "Aerzte Ärzte oesterreichisch Überfälle Ueberfälle Straße STRASSE quälen",
    "es": "yendo huyó huelgas ÁNGEL",
    "fr": "yeux ayons qu'une l'eau œuvre Œuvres",
    "pt": "ações AÇÃO ímãs",
    "it": "l'acqua dell'Île quello",
    "nl": "gewerkt werk geëvacueerd open agendapunten",
    "tr": "abi adı ad",
    "et": "loen lugema",
    "id": "membaca baca pembacaan",
    "ar": "المدرسة مدرسة والمدرسة",
    "ga": "bpáirc páirc gcathair cathair",
    "eo": "cxevalo ĉevalo ĜARDENO",
    "sr": "школа škola Чешка djak",
    "el": "αγα ηκα",
}
"""Words whose stem, folding or writing changes how they begin."""


@given(st.data())
def test_a_word_is_found_in_any_writing_by_any_of_its_forms(data: st.DataObject) -> None:
    language = data.draw(st.sampled_from(sorted(CHANGED)))
    asked = data.draw(st.sampled_from(CHANGED[language].split()))
    wanted = frozenset(f for token in tokenize(asked) for f in to_terms(token.folded, (language,)))
    before = data.draw(st.sampled_from(["", " ", "“", "(", "-", "x", "é"]))
    writings = [asked, asked.lower(), asked.upper(), asked.title()]
    text = f"{before}{data.draw(st.sampled_from(writings))}, {CHANGED[language]}"
    assert WordFinder(wanted, language).find(text) == one_by_one(text, wanted, language, ())
