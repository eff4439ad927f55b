"""Tests for the times of embargoes."""

from datetime import UTC, datetime

import pytest

from archive.wire.embargo import parse_embargo, read_embargo

NONE = read_embargo(None)
ONE_PAST = datetime(2031, 3, 3, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "note",
    [
        "EMBARGOED UNTIL 00:01 GMT, March 3, 2031",
        "EMBARGOED UNTIL 0001 GMT on 3 March 2031\n\nA report says",
        "(EMBARGO: 2031-03-03T00:01:00Z)",
        "(Embargoed until 00:01 3 March 2031)",
        "*** STRICTLY EMBARGOED UNTIL 2031-03-03 00:01 ***",
        "EMBARGADO HASTA las 00:01 del 3 de marzo de 2031",
        "EMBARGO JUSQU'AU 3 mars 2031 à 00h01",
        "SPERRFRIST: 3. März 2031, 00.01 Uhr",
        "EMBARGO FINO AL 3 marzo 2031, 00:01",
        "EMBARGOED FOR RELEASE AT 7:01 p.m. EST, March 2, 2031",
        "EMBARGOED UNTIL 12:01 a.m. GMT, March 3, 2031",
        "EMBARGOED UNTIL 00:01 GMT, March 3, 2031. Not for use before.",
    ],
)
def test_a_note_states_the_time(note: str) -> None:
    embargo = read_embargo(None, "Headline", note)
    assert (embargo.until, embargo.unread) == (ONE_PAST, "")


@pytest.mark.parametrize(
    "text",
    [
        "Embargo: oil from the Gulf is banned from 3 March 2031",
        "The embargo until 3 March 2031 hurt farmers.",
        "x" * 700 + "\nEMBARGOED UNTIL 3 March 2031",
        "",
    ],
)
def test_a_report_about_an_embargo_states_none(text: str) -> None:
    assert read_embargo(None, text) == NONE


def test_a_value_is_a_time_or_a_day() -> None:
    assert parse_embargo("2031-03-03T02:01:00+02:00") == ONE_PAST
    assert parse_embargo("3 March 2031") == datetime(2031, 3, 3, tzinfo=UTC)
    assert parse_embargo("soon") is None
    assert parse_embargo("7 p.m. EST, March 2, 2031") == datetime(2031, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "note",
    [
        "EMBARGOED UNTIL 6 a.m. EST",
        "EMBARGOED UNTIL FURTHER NOTICE",
        "EMBARGOED UNTIL 0001 GMT MONDAY",
        "EMBARGOED UNTIL 6 a.m. local time, March 3, 2031",
        "EMBARGOED UNTIL 6 p.m. IST, March 3, 2031",
        "EMBARGOED UNTIL March 3, 2031. The speech is at 1800 EST",
        "EMBARGOED UNTIL 13 p.m. GMT, March 3, 2031",
        "EMBARGOED UNTIL 03/04/2031",
        "EMBARGOED: delivery of the speech",
        "SPERRFRIST: Redebeginn",
        "(Embargoed until the end of the session)",
        "*** EMBARGOED ***",
    ],
)
def test_a_time_that_cannot_be_read_is_reported(note: str) -> None:
    embargo = read_embargo(None, "Headline", f"{note}\n\nText.")
    assert embargo.until is None
    assert embargo.unread.strip("(*) ")[:8] == note.strip("(*) ")[:8]


@pytest.mark.parametrize("value", [None, "", "none", False, "false", "0", [], "NaN"])
def test_a_value_that_says_nothing_leaves_it_to_the_note(value: object) -> None:
    assert read_embargo(value, "Text.") == NONE
    assert read_embargo(value, "EMBARGOED UNTIL 2031-03-03 00:01").until == ONE_PAST


@pytest.mark.parametrize("value", ["soon", True, "yes", "6 a.m. EST", "3 March 2031 18:00 IST"])
def test_a_value_that_cannot_be_read_counts(value: object) -> None:
    assert read_embargo(value, "EMBARGOED UNTIL 2031-03-03 00:01").until is None
    assert read_embargo(value).unread
