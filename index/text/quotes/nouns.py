"""The noun that some words of a sentence end or begin with: a name, a pronoun or a role.

Responsibility: say who the subject of a verb of speech is, from the words on one side of it.
Decision: no parse of the sentence: commas, prepositions and articles decide, and what they leave
open has no subject.
Must not depend on: verbs, or who a pronoun stands for.
"""

from typing import Literal, NamedTuple

from index.text.folding import fold
from index.text.names import Mention, is_title
from index.text.quotes.lexicon import Lexicon

SubjectKind = Literal["name", "pronoun", "role", "unknown"]

BOUNDARIES = frozenset(",;:()–—-")
"""Signs at which a noun ends."""
DASHES_AND_COMMA = frozenset(",–—-")
_RELATIVE = frozenset("who qui que quien che die der".split())
_MOST_CHUNKS, _MOST_OF_A_ROLE = 4, 9
_LONGEST_ROLE = 60


class Subject(NamedTuple):
    """Who speaks, as a sentence says it.

    Attributes:
        start, end: Its span; empty if the sentence has none.
        mention: The name, if it is one.
        is_definite: Whether a role is of somebody known: *the* minister.
    """

    kind: SubjectKind
    start: int
    end: int
    mention: Mention | None = None
    is_definite: bool = False


class Word(NamedTuple):
    """A word or a sign of a text, with the name that it is part of."""

    text: str
    start: int
    end: int
    mention: Mention | None


class Nouns:
    """Reads nouns from the words of one text."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text = text
        self._lexicon = lexicon

    def end_with(self, words: list[Word], *, is_governed: bool = False) -> Subject | None:
        """The noun that ends with the last of some words.

        Args:
            is_governed: It may depend on a preposition, since a relative clause is about it.
        """
        last = words[-1]
        if last.mention is not None:
            return self._judge_name(words, is_governed=is_governed)
        if last.text in DASHES_AND_COMMA:
            return self._search_apposition(words[:-1])
        folded = last.text.casefold()
        if folded in self._lexicon.pronouns or folded.endswith(("-il", "-elle")):
            return Subject("pronoun", last.start, last.end)
        if folded in _RELATIVE & self._lexicon.others:
            rest = words[:-1]
            while rest and rest[-1].text in DASHES_AND_COMMA:
                rest = rest[:-1]
            return self.end_with(rest, is_governed=True) if rest else None
        if folded in self._lexicon.others:
            return Subject("unknown", last.start, last.end)
        if folded in self._lexicon.joints | self._lexicon.prepositions | BOUNDARIES:
            return None
        return self._read_role(words, is_governed=is_governed)

    def _judge_name(self, words: list[Word], *, is_governed: bool = False) -> Subject | None:
        """The name at the end of some words, or the noun that it depends on."""
        mention = words[-1].mention
        assert mention is not None
        first = next(n for n, word in enumerate(words) if word.mention is mention)
        before = words[:first]
        if before and _is_title(before[-1]):
            before = self._drop_office(before)
        while before and before[-1].text.casefold() in self._lexicon.articles:
            before = before[:-1]
        is_free = is_governed or not before
        governors = self._lexicon.prepositions - self._lexicon.joints
        if not is_free and before[-1].text.casefold() in governors:
            rest = before[:-1]
            return self.end_with(rest) if rest else None
        if self._text.startswith(("'s", "’s"), mention.end) and words[-1].end > mention.end:
            return None
        return Subject("name", mention.start, mention.end, mention)

    def _drop_office(self, words: list[Word]) -> list[Word]:
        """Words without the office at their end: *EU foreign policy chief*."""
        for number in range(len(words) - 1, max(-1, len(words) - 7), -1):
            folded = words[number].text.casefold()
            if folded in self._lexicon.small or folded in BOUNDARIES:
                return words[: number + 1]
        return []

    def _search_apposition(self, words: list[Word]) -> Subject | None:
        """The name before a clause between commas: *Ramallo, manager of Norte,* told."""
        chunk: list[Word] = []
        first = chunk
        chunks = 0
        for word in [*reversed(words), Word(",", 0, 0, None)]:
            if word.text not in DASHES_AND_COMMA:
                chunk.insert(0, word)
                continue
            if self._is_clause(chunk):
                return None
            mention = chunk[-1].mention if chunk else None
            is_last = not word.end
            if mention and (mention.kind != "place" or is_last) and self._is_bare(chunk):
                return self._judge_name(chunk)
            chunks += 1
            if chunks == _MOST_CHUNKS:
                return None
            first, chunk = chunk or first, []
        return self.end_with(first) if 0 < len(first) <= _MOST_OF_A_ROLE else None

    def _is_clause(self, chunk: list[Word]) -> bool:
        """Whether a chunk between commas has a verb of its own, and is no relative clause."""
        if not chunk or chunk[0].text.casefold() in self._lexicon.relatives:
            return False
        return any(self._lexicon.verb.fullmatch(word.text) for word in chunk)

    def _is_bare(self, chunk: list[Word]) -> bool:
        """Whether a chunk between commas is a name, with no more than titles in front of it."""
        mention = chunk[-1].mention
        head = [word for word in chunk if word.mention is not mention]
        starts_clause = head and head[0].text.casefold() in (
            self._lexicon.joints | self._lexicon.others
        )
        governed = any(word.text.casefold() in self._lexicon.prepositions for word in head[-3:])
        return not starts_clause and not governed and len(head) <= _MOST_OF_A_ROLE

    def _read_role(self, words: list[Word], *, is_governed: bool) -> Subject | None:
        """The noun without a name that some words end with: *a company spokesman*."""
        first = len(words)
        for number in range(len(words) - 1, max(-1, len(words) - 1 - _MOST_OF_A_ROLE), -1):
            word = words[number]
            folded = word.text.casefold()
            if word.text in BOUNDARIES or folded in self._lexicon.joints:
                break
            if folded in self._lexicon.passive or folded in self._lexicon.others - {"that"}:
                return None
            first = number
            if folded in self._lexicon.articles:
                before = words[number - 1].text.casefold() if number else ""
                if is_governed or before not in self._lexicon.prepositions:
                    break
        else:
            if first:
                return None
        return self._make_role(words[first:])

    def _make_role(self, words: list[Word]) -> Subject | None:
        """A role of these words, without its article and what depends on it by a preposition."""
        is_definite = bool(words) and words[0].text.casefold() in self._lexicon.definite
        while words and words[0].text.casefold() in self._lexicon.articles:
            words = words[1:]
        if not words or words[0].text.casefold() in self._lexicon.prepositions:
            return None
        if self._lexicon.verb.fullmatch(words[0].text):
            return None
        start, end = words[0].start, words[-1].end
        if end - start > _LONGEST_ROLE or not words[-1].text[0].isalpha():
            return None
        return Subject("role", start, end, None, is_definite)

    def begin_with(self, words: list[Word], *, is_open: bool) -> Subject | None:
        """The first noun of some words that depends on no preposition.

        Args:
            is_open: A sentence begins with the words, so that names behind commas count too.
        """
        governed, role, is_closed = False, list[Word](), False
        for number, word in enumerate(words):
            if word.text in BOUNDARIES:
                if not is_open:
                    return self._find_named_role(role, words[number:])
                governed = False
            elif word.mention is not None:
                if not governed and self._may_speak(words[number:]):
                    return Subject("name", word.mention.start, word.mention.end, word.mention)
                governed = governed and not self._ends_name(words[number : number + 2])
            elif word.text.casefold() in self._lexicon.joints | self._lexicon.relatives:
                break
            elif self._is_preposition(words[number : number + 2]):
                governed, is_closed = True, bool(role)
            elif not governed and not is_closed:
                role.append(word)
        has_article = role and role[0].text.casefold() in self._lexicon.small
        if not role or is_open or not (self._lexicon.may_be_bare or has_article):
            return None
        return self._make_role(role[:_MOST_OF_A_ROLE])

    def _ends_name(self, words: list[Word]) -> bool:
        """Whether another name, or a title, follows a name that depends on a preposition."""
        mention, following = words[0].mention, words[-1]
        return following.mention is not mention and (
            following.mention is not None or _is_title(following)
        )

    def _is_preposition(self, words: list[Word]) -> bool:
        """Whether a name depends on the first word; not on that of *editor in chief*."""
        folded = words[0].text.casefold()
        return folded in self._lexicon.prepositions and words[-1].text != "chief"

    def _may_speak(self, words: list[Word]) -> bool:
        """Whether the name that some words begin with is a subject, and not part of one."""
        mention = words[0].mention
        assert mention is not None
        is_possessive = self._text.startswith(("'s", "’s"), mention.end)
        return not is_possessive and not self._names_holder(words)

    def _names_holder(self, words: list[Word]) -> bool:
        """Whether a name only says whose role the next one has: *UBS* analyst Ben Schachter."""
        mention = words[0].mention
        following = [word for word in words if word.mention is not mention][:4]
        for number, word in enumerate(following):
            if word.mention is not None:
                return number > 0 or not word.text.islower()
            if word.text in BOUNDARIES or word.text.casefold() in self._lexicon.small:
                return False
        return False

    def _find_named_role(self, role: list[Word], rest: list[Word]) -> Subject | None:
        """The name that a comma puts behind a role: *el presidente, Lorenzo Agramunt*."""
        for number, word in enumerate(rest[1:8] if rest[0].text == "," else ()):
            if word.mention is not None:
                return Subject("name", word.mention.start, word.mention.end, word.mention)
            if not _is_title(word) and (number > 2 or word.text.casefold() in self._lexicon.small):
                break
        return self._make_role(role)


def _is_title(word: Word) -> bool:
    return word.mention is None and is_title(fold(word.text))
