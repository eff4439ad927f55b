"""Articles in several languages: each with the stems of its own, each word with one weight."""

from pathlib import Path

import numpy as np

from index.lexical.ports import LexicalEngine
from index.query import Word, parse
from index.storage.segments import Segment
from index.text.analysis import stem
from tests.fakes import make_article
from tests.index.lexical.indexed import EVERY, index_of, search
from tests.index.library import generated


def test_each_article_is_analysed_in_its_own_language(
    engine: LexicalEngine, tmp_path: Path
) -> None:
    indexed = index_of(
        engine,
        tmp_path,
        make_article("en", headline="", body="strikes", language="en"),
        make_article("es", headline="", body="las huelgas", language="es-AR"),
        make_article("xx", headline="", body="huelga strike", language="xx"),
        languages=("en", "es"),
    )
    assert indexed.rows("huelga") == {1, 2}
    assert indexed.rows("striking") == {0}
    assert indexed.rows("strike") == {0, 2}


def test_stems_of_two_languages_stay_separate(engine: LexicalEngine, tmp_path: Path) -> None:
    indexed = index_of(
        engine,
        tmp_path,
        make_article("en", headline="Policy", body="Policies changed", language="en"),
        make_article("es", headline="Policía", body="Las policías", language="es"),
        make_article("xx", headline="", body="policy polici", language="xx"),
        languages=("en", "es"),
    )
    assert stem("policy", "en") == stem("policia", "es") == "polici"
    assert indexed.rows("policy") == {0, 2}
    assert indexed.rows("policía") == {1}
    assert indexed.rows("title:policy") == {0}
    assert indexed.rows("body:policia") == {1}
    assert indexed.index.count_articles(Word("policy", (0, 0))) == 2


def test_a_word_is_found_in_every_language_by_its_stems_there(
    engine: LexicalEngine, tmp_path: Path
) -> None:
    indexed = index_of(
        engine,
        tmp_path,
        make_article("en", headline="", body="two hospitals", language="en"),
        make_article("es", headline="", body="los hospitales", language="es"),
        make_article("fr", headline="", body="le hospital", language="fr"),
        make_article("xx", headline="", body="ett hospital", language="xx"),
        make_article("und", headline="", body="hospitals", language="und"),
        languages=("en", "es", "fr"),
    )
    assert indexed.rows("hospital") == {0, 1, 2, 3}
    assert indexed.rows("hospitals") == {0, 2, 4}
    assert indexed.rows("hospitales") == {1, 2}


def test_a_word_has_the_same_weight_in_each_language_that_has_it(
    engine: LexicalEngine, tmp_path: Path
) -> None:
    """A loan word that Spanish has once is no rarer than the English word."""
    many = [
        make_article(f"en-{n}", headline="", body="software x", language="en") for n in range(9)
    ]
    once = make_article("es-1", headline="", body="software x", language="es")
    rest = [
        make_article(f"es-{n}", headline="", body="barco y", language="es") for n in range(2, 9)
    ]
    indexed = index_of(engine, tmp_path, *many, once, *rest, languages=("en", "es"))
    scores = search(indexed.index, parse("software"), None, enough=0)
    assert scores.rows.tolist() == list(range(10))
    assert np.ptp(scores.values) == 0


def test_more_analyzer_languages_do_not_change_the_scores_of_one_language(
    engine: LexicalEngine, tmp_path: Path
) -> None:
    articles = [a for a in generated(40, seed=9) if a.language == "en"]
    engine.build(tmp_path, articles)
    query = parse("ferry strikes nurse")
    alone, among = (
        search(engine.open([Segment(tmp_path)], languages), query, enough=EVERY)
        for languages in (("en",), ("en", "es", "it"))
    )
    assert alone.rows.tolist() == among.rows.tolist()
    assert alone.values.tolist() == among.values.tolist()


def test_a_name_in_two_languages_is_one_column_of_the_term_matrix(
    engine: LexicalEngine, tmp_path: Path
) -> None:
    indexed = index_of(
        engine,
        tmp_path,
        make_article("en", headline="", body="Skerrow", language="en"),
        make_article("es", headline="", body="Skerrow", language="es"),
        languages=("en", "es"),
    )
    assert indexed.index.term_matrix().toarray().tolist() == [[1.0], [1.0]]
