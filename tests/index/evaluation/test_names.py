"""Names in labelled sentences: how sentences are read and measured, and what the rules reach."""

from collections import Counter
from pathlib import Path

import pytest

from index.evaluation.labelled_folder import EvaluationError
from index.evaluation.names import HELD_OUT, TUNING, measure_names, read_sentences

MEASURES = ("precision", "recall", "precision_with_kind", "recall_with_kind")


def test_the_sentences_are_of_six_languages_and_a_third_is_held_out() -> None:
    sentences = read_sentences()
    assert Counter(s.language for s in sentences) == dict.fromkeys("de en es fr it pt".split(), 50)
    assert Counter(s.split for s in sentences) == {HELD_OUT: 100, TUNING: 200}
    assert all("[" not in s.text and s.names for s in sentences if "|" in s.text or s.names)
    assert len({s.text for s in sentences}) == 300


def test_the_rules_find_nine_names_in_ten_that_they_were_not_written_for() -> None:
    results = measure_names(read_sentences())
    held_out = results[HELD_OUT]
    assert all(held_out[measure] >= 0.9 for measure in MEASURES), held_out
    languages = [results[f"{HELD_OUT}, {tag}"] for tag in "de en es fr it pt".split()]
    assert all(values["precision"] >= 0.85 and values["recall"] >= 0.85 for values in languages)


def test_a_name_counts_if_both_ends_are_right_and_its_kind_apart(tmp_path: Path) -> None:
    lines = (
        "  They met [Edda Lind|p] in [Denmark|p].",
        "+ In [Port Alder|l] they met [Ada|p] Reay.",
    )
    (tmp_path / "en.txt").write_text("\n".join(lines))
    results = measure_names(read_sentences(tmp_path))
    assert [results[TUNING][measure] for measure in MEASURES] == [1.0, 1.0, 0.5, 0.5]
    assert [results[HELD_OUT][measure] for measure in MEASURES] == [0.5, 0.5, 0.5, 0.5]
    assert results["tuning, en"]["sentences"] == 1


def test_sentences_that_cannot_be_read_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"no sentences"):
        read_sentences(tmp_path)
    (tmp_path / "en.txt").write_text("  Fine.\nNot fine.")
    with pytest.raises(EvaluationError, match=r"en\.txt, line 2"):
        read_sentences(tmp_path)
