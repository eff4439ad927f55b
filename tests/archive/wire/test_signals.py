"""Tests for the signals before a headline."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.wire.signals import read_signals

HEADLINE = "Ferry runs aground off Skerrow"


@pytest.mark.parametrize(
    ("prefix", "kinds", "number"),
    [
        ("UPDATE 1-", ["update"], 1),
        ("UPDATE 12 - ", ["update"], 12),
        ("UPDATE2: ", ["update"], 2),
        ("Update 3: ", ["update"], 3),
        ("UPDATE: ", ["update"], 0),
        ("UPDATED: ", ["update"], 0),
        ("(UPDATE 2) ", ["update"], 2),
        ("[UPDATE] ", ["update"], 0),
        ("(2nd LD) ", ["update"], 2),
        ("3RD LEAD: ", ["update"], 3),
        ("CORRECTED-", ["correction"], 0),
        ("CORRECTED: ", ["correction"], 0),
        ("Correction: ", ["correction"], 0),
        ("(CORRECTED) ", ["correction"], 0),
        ("CORRECTED - UPDATE 2-", ["correction", "update"], 2),
        ("CORRECTED-(OFFICIAL)-UPDATE 1-", ["correction", "update"], 1),
        ("RPT-UPDATE 2-", ["repeat", "update"], 2),
        ("REFILE-UPDATE 1-", ["refile", "update"], 1),
        ("REFILE-", ["refile"], 0),
        ("REPEAT \u2013 ", ["repeat"], 0),
        ("WRAPUP 3-", ["wrapup"], 3),
        ("KILL-", ["kill"], 0),
        ("AP KILL: ", ["kill"], 0),
        ("WITHDRAWN: ", ["kill"], 0),
        ("BULLETIN KILL-", ["kill"], 0),
        ("ADVISORY-", ["advisory"], 0),
        ("EMBARGOED: ", ["embargo"], 0),
        ("ACTUALIZA 2-", ["update"], 2),
        ("ACTUALIZACIÓN: ", ["update"], 0),
        ("(AMPLIACIÓN) ", ["update"], 0),
        ("CORRECCIÓN: ", ["correction"], 0),
        ("REPETICIÓN-", ["repeat"], 0),
        ("ANULACIÓN: ", ["kill"], 0),
        ("RESUMEN 2-", ["wrapup"], 2),
        ("ATUALIZA 1-", ["update"], 1),
        ("CORREÇÃO: ", ["correction"], 0),
        ("ANULAÇÃO: ", ["kill"], 0),
        ("LEAD 1-", ["update"], 1),
        ("POINT 3-", ["wrapup"], 3),
        ("MISE À JOUR - ", ["update"], 0),
        ("RECTIFICATIF: ", ["correction"], 0),
        ("ANNULATION - ", ["kill"], 0),
        ("SOUS EMBARGO: ", ["embargo"], 0),
        ("AKTUALISIERT: ", ["update"], 0),
        ("KORREKTUR: ", ["correction"], 0),
        ("WDH: ", ["repeat"], 0),
        ("2. ZUSAMMENFASSUNG: ", ["wrapup"], 2),
        ("MELDUNG ZURÜCKGEZOGEN: ", ["kill"], 0),
        ("SPERRFRIST: ", ["embargo"], 0),
        ("AGGIORNAMENTO 2: ", ["update"], 2),
        ("RETTIFICA: ", ["correction"], 0),
        ("ANNULLAMENTO: ", ["kill"], 0),
    ],
)
def test_a_signal_is_read_and_removed(prefix: str, kinds: list[str], number: int) -> None:
    signals = read_signals(prefix + HEADLINE)
    assert (list(signals.kinds), signals.number) == (kinds, number)
    assert signals.headline == HEADLINE


@pytest.mark.parametrize(
    ("suffix", "kind", "number"),
    [(" (UPDATE 2)", "update", 2), (" - UPDATE 3", "update", 3), (" (CORRECTED)", "correction", 0)],
)
def test_a_signal_at_the_end_is_read_and_removed(suffix: str, kind: str, number: int) -> None:
    signals = read_signals(HEADLINE + suffix)
    assert (signals.kinds, signals.number, signals.headline) == ((kind,), number, HEADLINE)


@pytest.mark.parametrize(
    "headline",
    [
        HEADLINE,
        "",
        "UPDATE 1-",
        "KILL",
        "Killed: three hikers in an avalanche",
        "Update your software before Friday",
        "Lead: the metal that poisoned a town",
        "POINT - counterpoint: who owns the harbour?",
        "Kill Bill: a film returns",
        "TNK-BP says it has no plans to sell",
        "INSTANT VIEW 3-Norrand raises rates",
        "FACTBOX-Five facts about the strait",
        "Punto: el coche que vuelve",
        "Correction of the course of the Danube",
        "Repeat offender: the ferry that sank twice",
        "COVID-19: what we know",
        "2031 - a year of floods",
        "RETIRADA: EL EJÉRCITO DEJA LA CIUDAD",
        "Withdrawn: how a village lost its bus",
    ],
)
def test_the_words_of_a_headline_are_no_signals(headline: str) -> None:
    signals = read_signals(headline)
    assert (signals.kinds, signals.headline) == ((), headline)


def test_a_kill_in_capitals_is_read() -> None:
    assert read_signals("KILL-FERRY RUNS AGROUND").kinds == ("kill",)
    assert read_signals("AP KILL: FERRY RUNS AGROUND").kinds == ("kill",)


def test_an_advisory_that_a_story_is_withdrawn_is_a_kill() -> None:
    signals = read_signals("ADVISORY-Skerrow ferry story withdrawn")
    assert signals.kinds == ("advisory", "kill")
    assert read_signals("ADVISORY-Coverage of the ferry inquiry").kinds == ("advisory",)


@given(st.text(max_size=80))
def test_the_headline_is_the_end_or_the_beginning_of_what_was_read(text: str) -> None:
    signals = read_signals(text)
    assert signals.headline in text
    assert signals.kinds or signals.headline == text.strip()
    assert read_signals(text) == signals
