"""The window of a body that a snippet shows.

Responsibility: choose the sentence with the most of a query, and the window around it.
Decision: sentences are compared as the query's parts are found, so that reading ends at the first
sentence with all of them, and only sentences with some are looked at closely.
Must not depend on: articles, or how parts are found.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain, islice
from operator import or_

from index.search.furniture import is_furniture, skip_dateline
from index.search.query_marks import Occurrence, QueryParts
from index.text.sentences import REACH, find_end, find_start
from index.types.fields import Span

LENGTH = 280
"""Code points of the article: about four lines of a result list."""
_LEAD = LENGTH // 4
"""Code points before a match whose sentence begins too far before it."""
_ROOM = LENGTH * 5 // 8
"""Code points in which matches count together; with the lead they leave room for a word."""
_LEAST_REST = 24
"""A shorter beginning of the next sentence is left out."""
_MOST_PASSED_OVER = 40
"""Sentences of furniture."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a body, `[start, end)`, and whether it cuts a sentence at either end."""

    start: int
    end: int
    cuts_start: bool
    cuts_end: bool


@dataclass(slots=True)
class _Sentence:
    """A sentence with parts of the query; `parts` are all that it has.

    Attributes:
        start: None if it begins too far before them; found only for sentences that may be shown.
    """

    end: int
    found: list[Occurrence]
    parts: int = 0
    start: int | None = None


def choose_window(text: str, occurrences: Iterable[Occurrence], parts: QueryParts) -> Window | None:
    """The window around the sentence with the most of a query; None if no part of it is found."""
    sentences: list[_Sentence] = []
    for each in occurrences:
        if not sentences or each.start >= sentences[-1].end:
            sentences.append(_Sentence(_end_at(text, each.start), []))
        sentence = sentences[-1]
        sentence.found.append(each)
        sentence.parts |= each.parts
        if sentence.parts == parts.all and not _is_furniture(text, sentence):
            return _show(text, sentence, parts)
    return _show(text, _choose(text, sentences, parts), parts) if sentences else None


def choose_opening(text: str, place: int) -> Window:
    """The window at the sentence at `place`, or at the next one that is no furniture."""
    start = find_start(text, place)
    cuts_start = start is None or start < place - _LEAD
    first = place if start is None or cuts_start else start
    begin = first
    for _ in range(_MOST_PASSED_OVER):
        end = _end_at(text, begin)
        if begin < end and not is_furniture(text, begin, end):
            is_cut = cuts_start and begin == first
            return _extend(text, skip_dateline(text, begin), cuts_start=is_cut)
        begin = _skip_blanks(text, end)
        if begin >= len(text):
            break
    return _extend(text, _skip_blanks(text, first), cuts_start=cuts_start)


def _end_at(text: str, place: int) -> int:
    end = find_end(text, place)
    return min(place + REACH, len(text)) if end is None else end


def _is_furniture(text: str, sentence: _Sentence) -> bool:
    place = sentence.found[0].start
    sentence.start = find_start(text, place)
    return is_furniture(text, place if sentence.start is None else sentence.start, sentence.end)


def _choose(text: str, sentences: Sequence[_Sentence], parts: QueryParts) -> _Sentence:
    """The sentence with the most of the query, then with the most around it; the first of them."""
    values = [parts.weigh(sentence.parts) for sentence in sentences]
    most = max(values)
    order = [number for number, value in enumerate(values) if value == most]
    if len(order) > 1:
        order.sort(key=lambda number: _weigh_around(sentences, number, parts), reverse=True)
    others = sorted(range(len(values)), key=values.__getitem__, reverse=True)
    for number in islice(chain(order, others), _MOST_PASSED_OVER):
        if not _is_furniture(text, sentences[number]):
            return sentences[number]
    return sentences[order[0]]


def _weigh_around(sentences: Sequence[_Sentence], number: int, parts: QueryParts) -> int:
    """How much of the query a sentence and those that follow it closely have."""
    last = sentences[number].found[0].start + _ROOM
    around = 0
    while number < len(sentences) and sentences[number].found[0].start <= last:
        around |= sentences[number].parts
        number += 1
    return parts.weigh(around)


def _show(text: str, sentence: _Sentence, parts: QueryParts) -> Window:
    """The window around a sentence: from its beginning, or near the most of the query in it."""
    place, last = sentence.found[0].start, sentence.found[-1].spans[-1][1]
    start = begin = sentence.start
    if start is not None and (after_dateline := skip_dateline(text, start)) <= place:
        begin = after_dateline
    if begin is None or last > begin + _LEAD + _ROOM:
        place, last = _find_cluster(sentence.found, parts)
    if begin is not None and last <= begin + _LEAD + _ROOM:
        window = _extend(text, begin, cuts_start=False)
        return _precede(text, window) if begin == start else window
    first = max(begin or 0, place - _LEAD)
    blank = text.find(" ", first, place)
    cut = first if first == begin or blank < 0 else blank + 1
    return _extend(text, cut, cuts_start=cut != begin)


def _find_cluster(found: Sequence[Occurrence], parts: QueryParts) -> Span:
    """Where the most of the query begins and ends that is close together."""
    best, span = (0, 0), (0, 0)
    last = 0
    for first, occurrence in enumerate(found):
        while last < len(found) and found[last].spans[-1][1] <= occurrence.start + _ROOM:
            last += 1
        close = found[first : max(last, first + 1)]
        value = (parts.weigh(reduce(or_, (each.parts for each in close))), len(close))
        if value > best:
            best, span = value, (occurrence.start, close[-1].spans[-1][1])
    return span


def _extend(text: str, start: int, *, cuts_start: bool) -> Window:
    """The window from `start` on: complete sentences and the beginning of the next, if it fits."""
    limit = start + LENGTH
    end = find_end(text, start)
    if end is None or end > limit:
        blank = text.rfind(" ", start + LENGTH // 2, limit + 1)
        return Window(start, blank if blank >= 0 else _cut(text, limit), cuts_start, True)
    while (following := _skip_blanks(text, end)) < len(text):
        last = find_end(text, following)
        if is_furniture(text, following, following + REACH if last is None else last):
            break
        if last is None or last > limit:
            blank = text.rfind(" ", following + _LEAST_REST, limit + 1)
            return Window(start, max(blank, end), cuts_start, blank >= 0)
        end = last
    return Window(start, end, cuts_start, False)


def _precede(text: str, window: Window) -> Window:
    """The window with the sentences before it, where it would leave most of its room empty."""
    start = window.start
    while not window.cuts_start and window.end - start < LENGTH // 2:
        before = start
        while before and text[before - 1].isspace():
            before -= 1
        first = find_start(text, before - 1) if before else None
        if first is None or first >= before or window.end - first > LENGTH:
            break
        if is_furniture(text, first, before):
            break
        start = skip_dateline(text, first)
        if start != first:
            break
    return replace(window, start=start)


def _cut(text: str, place: int) -> int:
    """A place at or before this one that parts no letter from its marks."""
    while place > 0 and place < len(text) and unicodedata.combining(text[place]):
        place -= 1
    return min(place, len(text))


def _skip_blanks(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place
