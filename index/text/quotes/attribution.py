"""Who a sentence says speaks the quotation in it.

Responsibility: read what stands before and after a quotation, up to the subject of its verb.
Decision: the verb nearest to the quotation counts; what follows a quotation goes before what
precedes it where its signs say that the sentence goes on.
Must not depend on: other quotations, or who a pronoun stands for.
"""

import re
from typing import NamedTuple

from index.text.quotes.clauses import Clauses
from index.text.quotes.lexicon import Lexicon
from index.text.quotes.marks import Quotation
from index.text.quotes.nouns import Subject

REACH = 250
"""Code points between a verb of speech and its quotation."""
_PARTICIPLES = ("ing", "ndo", "ant")
"""Endings of verbs that go on with a sentence, behind a quotation: *adding*."""
_WITH_OBJECT = frozenset("called calls calling labelled labeled branded deemed".split())
"""Verbs that report only with something between them and the quotation: a ship *called* “Hope”."""


class Attribution(NamedTuple):
    """Who says a quotation, and where the words that tell it end."""

    subject: Subject
    end: int


class Attributions:
    """Reads the sentences of one text that have quotations."""

    def __init__(self, text: str, clauses: Clauses, lexicon: Lexicon) -> None:
        self._text = text
        self._clauses = clauses
        self._lexicon = lexicon

    def read_tail(self, quotation: Quotation, end: int, *, is_direct: bool) -> Attribution | None:
        """What the words after a quotation say about its speaker."""
        right = quotation.right
        for match in self._lexicon.verb.finditer(self._text, right, end):
            is_next = self._clauses.is_all_helpers(right, match.start())
            goes_on = match[0] in self._lexicon.naming or match[0].endswith(_PARTICIPLES)
            if goes_on or (match[0] == "so" and not is_next):
                continue
            if self._clauses.is_passive(right, match.start()):
                break
            subject = self._find_subject(right, match, end, is_next=is_next)
            if subject is None and is_next and is_direct:
                subject = Subject("unknown", match.start(), match.start())
            if subject is None:
                continue
            place = min(subject.start, match.start())
            if is_direct or is_next or "," in self._text[right:place]:
                return Attribution(subject, end)
        return self._read_source(right, end)

    def _find_subject(
        self, right: int, match: re.Match[str], end: int, *, is_next: bool
    ) -> Subject | None:
        """The subject of a verb after a quotation."""
        before = self._clauses.find_before(right, match.start())
        is_inverted = is_next and "-t-" not in self._text[right : match.start()]
        if not self._lexicon.is_english and self._clauses.follows_comma(right, match.start()):
            is_inverted = True
        if not is_inverted:
            return before
        after = self._clauses.find_after(match.end(), end)
        if after is None and self._lexicon.drops_subject:
            return Subject("pronoun", match.start(), match.start())
        return after or (None if is_next else before)

    def read_lead(self, lead: int, quotation: Quotation, *, is_joined: bool) -> Attribution | None:
        """What the words from `lead` to a quotation say about its speaker.

        Args:
            is_joined: Another quote is in the same sentence, whose speaker a verb without a
                subject goes on with.
        """
        left = quotation.left
        for match in reversed(list(self._lexicon.verb.finditer(self._text, lead, left))):
            if self._is_no_report(lead, match, left):
                continue
            subject = self._find_subject_before(lead, match, left, is_joined=is_joined)
            return None if subject is None else Attribution(subject, quotation.right)
        return self._read_source(lead, left, quotation.right)

    def _is_no_report(self, lead: int, match: re.Match[str], left: int) -> bool:
        """Whether a verb before a quotation says nothing about it."""
        if match[0] == "so" or left - match.end() > REACH:
            return True
        if match[0] in _WITH_OBJECT and not self._clauses.has_words(match.end(), left):
            return True
        is_quoted = match[0].startswith("quoted")
        return not is_quoted and self._clauses.is_passive(lead, match.start())

    def _find_subject_before(
        self, lead: int, match: re.Match[str], left: int, *, is_joined: bool
    ) -> Subject | None:
        """The subject of a verb before a quotation."""
        subject = self._clauses.find_before(lead, match.start())
        if subject is None and not self._lexicon.is_english:
            subject = self._clauses.find_after(match.end(), left)
            subject = None if subject is not None and subject.kind == "unknown" else subject
        if subject is not None or is_joined:
            return subject
        subject = self.find_reporter(lead, match.start())
        subject = subject or self._clauses.find_first(lead, match.start())
        if subject is None and self._lexicon.drops_subject:
            return Subject("pronoun", match.start(), match.start())
        return subject

    def find_reporter(self, start: int, end: int) -> Subject | None:
        """The last name or role that reports something between two places."""
        for match in reversed(list(self._lexicon.verb.finditer(self._text, start, end))):
            if self._clauses.is_passive(start, match.start()):
                continue
            subject = self._clauses.find_before(start, match.start())
            is_inverted = self._clauses.follows_comma(start, match.start())
            if (subject is None or is_inverted) and match[0] not in self._lexicon.naming:
                after = self._clauses.find_after(match.end(), end)
                subject = after if after is not None and after.kind == "name" else subject
            if subject is not None and subject.kind in {"name", "role"}:
                return subject
        return None

    def _read_source(self, start: int, end: int, told: int | None = None) -> Attribution | None:
        """The source that a clause names: *according to* X."""
        for match in self._lexicon.source.finditer(self._text, start, end):
            if match[0] == "zufolge":
                subject = self._clauses.find_before(start, match.start())
            else:
                subject = self._clauses.find_after(match.end(), end)
            if subject is not None and subject.kind != "pronoun":
                return Attribution(subject, end if told is None else told)
        return None
