"""The quotes of an article.

Responsibility: say which quotations of a text are quotes, and who said each.
Decision: a quotation is a quote if a verb of speech or a source stands in its sentence, if it
follows one that has them, or if it is a complete sentence of its own. Titles, nicknames and single
words are none (docs/decisions/0034-quotes-by-rules.md).
Must not depend on: indexes or stories.
"""

import re
from dataclasses import dataclass

from archive.article import Article
from index.text.analysis import normalize_language
from index.text.names import ArticleNames, find_article_names
from index.text.quotes.attribution import REACH, Attribution, Attributions
from index.text.quotes.clauses import Clauses
from index.text.quotes.lexicon import Lexicon, get_lexicon
from index.text.quotes.marks import Quotation, Span, find_quotations
from index.text.quotes.nouns import Subject
from index.text.quotes.speakers import Speaker, Speakers
from index.text.sentences import find_end, find_start

_FULL_WORDS = 4
"""A quotation without a speaker is a quote from so many words on."""
_BESIDE = 25
"""Code points between a label and its speaker: *the new chief executive*."""
_LONGEST_LABEL = 40
_INNER = "'’”»“ "
_SENTENCE_END = re.compile(r"[.!?…]\s|\n")
_ENDS = frozenset(".!?…")
_GOES_ON = frozenset(",?!…—–-")


@dataclass(frozen=True, slots=True)
class Quote:
    """What an article quotes.

    Attributes:
        pieces: The spans of its paragraphs in the text, without quotation marks.
        text: Its words; paragraphs are separated by a blank.
        speaker: Who said it.
    """

    pieces: tuple[Span, ...]
    text: str
    speaker: Speaker


def find_quotes(article: Article, names: ArticleNames | None = None) -> list[Quote]:
    """The quotes in the body of an article, in order.

    Spans are those of the composed body: `index.text.normalizing.compose`.

    Args:
        names: Of the same article, if they are known already.
    """
    lexicon = get_lexicon(normalize_language(article.language))
    if lexicon is None:
        return []
    quotations = find_quotations(names.text if names else article.body)
    if not quotations:
        return []
    if names is None:
        names = find_article_names(article)
        quotations = find_quotations(names.text)
    return _Reading(names, quotations, lexicon).read()


class _Reading:
    """Reads the quotations of one text, in order."""

    def __init__(self, names: ArticleNames, quotations: list[Quotation], lexicon: Lexicon) -> None:
        self._text = names.text
        self._quotations = quotations
        self._spans = [(each.left, each.right) for each in quotations]
        self._lexicon = lexicon
        self._clauses = Clauses(names.text, names.mentions, lexicon)
        self._sentences = Attributions(names.text, self._clauses, lexicon)
        self._speakers = Speakers(names.text, names.counts, self._clauses, lexicon)
        self._last = Speaker()
        """Who spoke last, as far as it is known."""
        self._telling = Speaker()
        """Who says what is being read."""
        self._told_until = -1
        """Where the last attribution ends; what follows directly has the same speaker."""

    def read(self) -> list[Quote]:
        quotes = []
        for number, quotation in enumerate(self._quotations):
            speaker = self._find_speaker(number)
            if speaker is None:
                continue
            if speaker.name:
                self._last = speaker
            pieces = quotation.pieces
            words = " ".join(" ".join(self._text[slice(*piece)].split()) for piece in pieces)
            quotes.append(Quote(pieces, words, speaker))
        return quotes

    def _find_speaker(self, number: int) -> Speaker | None:
        """Who says a quotation; None if it is no quote."""
        quotation = self._quotations[number]
        words = self._text[quotation.pieces[0][0] : quotation.pieces[-1][1]]
        start = find_start(self._text, quotation.left)
        before = self._find_last_quote(number)
        lead = max(before, quotation.left - REACH if start is None else start)
        tail = self._find_tail_end(number)
        is_direct = self._is_direct(words, quotation)
        is_complete = self._is_complete(words, lead, quotation)
        if not is_complete and self._is_label(words):
            found = (
                self._sentences.read_tail(quotation, tail, is_direct=False) if is_direct else None
            )
            if found is None or not self._is_beside(quotation.right, found.subject):
                return None
        else:
            found = self._attribute(quotation, lead, tail, is_direct=is_direct, words=words)
            found = None if found and self._is_other(found, number, is_complete) else found
        if found is not None:
            self._telling = self._resolve(found.subject, number)
            self._told_until = max(found.end, quotation.right)
            return self._telling
        if self._follows(number, is_complete):
            self._told_until = quotation.right
            return self._telling
        self._told_until = -1
        if not is_complete or len(words.split()) < _FULL_WORDS:
            return None
        self._telling = self._find_speaker_before(quotation, before) or Speaker()
        self._told_until = quotation.right
        return self._telling

    def _is_other(self, found: Attribution, number: int, is_complete: bool) -> bool:
        """Whether the words behind a complete sentence are another one: *What now?* Two said."""
        right = self._quotations[number].right
        return (
            is_complete
            and found.subject.start > right + _BESIDE
            and self._told_until >= 0
            and not self._text[self._told_until : self._quotations[number].left].strip()
        )

    def _resolve(self, subject: Subject, number: int) -> Speaker:
        """The speaker that a subject stands for; a pronoun first for who spoke just before it."""
        quotation = self._quotations[number]
        if subject.kind == "pronoun":
            end = min(subject.start, quotation.left)
            start = max(end - REACH, self._find_last_quote(number), self._told_until)
            told = self._sentences.find_reporter(start, end)
            if told is not None:
                speaker = self._speakers.resolve(told, (), self._last)
                if speaker.kind == "person":
                    return speaker._replace(start=subject.start, end=subject.end)
        return self._speakers.resolve(subject, self._spans[: number + 1], self._last)

    def _find_speaker_before(self, quotation: Quotation, before: int) -> Speaker | None:
        """Who speaks in the sentence before a quotation that is a sentence of its own."""
        left = quotation.left
        end = len(self._text[:left].rstrip())
        if "\n" in self._text[end:left] or end <= before:
            return None
        start = find_start(self._text, end - 1)
        told = self._sentences.find_reporter(
            max(before, end - REACH if start is None else start), end
        )
        speaker = self._speakers.resolve(told, (), self._last) if told is not None else Speaker()
        return speaker if speaker.name else None

    def _find_last_quote(self, number: int) -> int:
        """Where the quotation before ends; labels are part of the sentence around them."""
        for quotation in reversed(self._quotations[:number]):
            if quotation.right - quotation.left > _LONGEST_LABEL or (
                quotation.right <= self._told_until
            ):
                return quotation.right
        return 0

    def _is_label(self, words: str) -> bool:
        """Whether words in quotation marks are a title or a nickname, or too few to be speech."""
        if len(words) > _LONGEST_LABEL * 2:
            return False
        parts = re.findall(r"[^\W_][\w'’-]*", words)
        if len(parts) < 2:
            return True
        small = self._lexicon.small
        return all(not part[0].islower() for part in parts if part not in small)

    def _is_beside(self, place: int, subject: Subject) -> bool:
        """Whether the speaker is named directly behind a quotation."""
        between = self._text[place : subject.start].strip(" ,")
        return len(between) < _BESIDE and not re.search(r"[.,;:]", between)

    def _find_tail_end(self, number: int) -> int:
        """Where the sentence of a quotation ends, or the next quotation begins."""
        right = self._quotations[number].right
        end = find_end(self._text, right)
        end = right + REACH if end is None else min(end, right + REACH)
        if number + 1 < len(self._quotations):
            end = min(end, self._quotations[number + 1].left)
        return end

    def _is_direct(self, words: str, quotation: Quotation) -> bool:
        """Whether what follows a quotation may say whose it is, as its signs show."""
        last, after = words.rstrip(_INNER)[-1:], self._text[quotation.right : quotation.right + 1]
        return last in _GOES_ON or (after == "," and (last in _ENDS or words[0].isupper()))

    def _is_complete(self, words: str, lead: int, quotation: Quotation) -> bool:
        """Whether a quotation is a sentence of its own."""
        before = self._text[lead : quotation.left].strip()
        is_free = not before or before[-1] == ":"
        return is_free and words.rstrip(_INNER)[-1:] in _ENDS and not words[0].islower()

    def _attribute(
        self, quotation: Quotation, lead: int, tail: int, *, is_direct: bool, words: str
    ) -> Attribution | None:
        before = self._text[lead : quotation.left].rstrip()
        is_announced = before.endswith(":") and words[-1] != ","
        if is_direct and not is_announced:
            return self._sentences.read_tail(quotation, tail, is_direct=True) or self._read_lead(
                lead, quotation
            )
        found = self._read_lead(lead, quotation)
        if found is None and (
            words.rstrip(_INNER)[-1:] != "." or not self._starts_sentence(quotation.right)
        ):
            found = self._sentences.read_tail(quotation, tail, is_direct=is_direct)
        return found

    def _read_lead(self, lead: int, quotation: Quotation) -> Attribution | None:
        is_joined = lead <= self._told_until
        return self._sentences.read_lead(lead, quotation, is_joined=is_joined)

    def _starts_sentence(self, place: int) -> bool:
        after = self._text[place : place + 3].lstrip()
        return not after or after[0].isupper()

    def _follows(self, number: int, is_complete: bool) -> bool:
        """Whether a quotation goes on with what the last speaker says."""
        if self._told_until < 0:
            return False
        left = self._quotations[number].left
        between = self._text[self._told_until : left]
        if not between.strip(" \n.,"):
            return is_complete or not between.strip()
        between = self._text[self._quotations[number - 1].right : left]
        return len(between) < REACH and not _SENTENCE_END.search(between)
