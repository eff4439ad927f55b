"""The words around the verbs of speech of a text.

Responsibility: find the subject of a verb, in front of it or behind it, and what makes it none.
Decision: the words next to the verb decide; helpers such as *has also* are passed over.
Must not depend on: quotation marks, or who a pronoun stands for.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from index.text.names import Mention
from index.text.quotes.lexicon import Lexicon
from index.text.quotes.nouns import BOUNDARIES, DASHES_AND_COMMA, Nouns, Subject, Word

_ANY = r"\w(?:[\w'’.&-]*\w)?|[,;:()–—]|(?<=\s)-(?=\s)"
_WORD = re.compile(_ANY)
_WORD_AFTER_ELISION = re.compile(
    r"[sSmMlL]['’](?:est|était|a|ont)\b|\b(?:[dlsnmjctDLSNMJCT]|[Qq]u|[Dd]ell|[Aa]ll|[Uu]n|[Nn]ell"
    rf"|[Ss]ull|[Dd]all)['’](?=\w)|{_ANY}"
)
_PRONOUN_BEHIND = re.compile(r"-(?:t-)?(ils?|elles?|on)\b")
"""French: *dit-il*."""
_REACH_BEFORE, _REACH_AFTER = 200, 160
"""Code points before and after a verb in which its subject is looked for."""
_REACH_OF_HELPERS = 40


class Clauses:
    """The words of one text around its verbs of speech."""

    def __init__(self, text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> None:
        self._text = text
        self._mentions = mentions
        self._starts = [mention.start for mention in mentions]
        self._lexicon = lexicon
        self._nouns = Nouns(text, lexicon)
        self._word = _WORD_AFTER_ELISION if lexicon.has_elisions else _WORD
        self._words_read: dict[tuple[int, int], list[Word]] = {}

    def find_before(self, start: int, end: int) -> Subject | None:
        """The subject in front of a verb at `end`, in a clause that begins at `start` or later."""
        words = self._read(max(start, end - _REACH_BEFORE), end)
        while words and words[-1].mention is None and words[-1].text in self._lexicon.helpers:
            words.pop()
        if words and words[-1].text == ")":
            words = _drop_brackets(words)
        return self._nouns.end_with(words) if words else None

    def find_after(self, start: int, end: int) -> Subject | None:
        """The subject behind a verb that ends at `start`: *said* X."""
        if match := _PRONOUN_BEHIND.match(self._text, start):
            is_one = match[1] in {"il", "elle"}
            return Subject("pronoun" if is_one else "unknown", match.start(1), match.end(1))
        words = self._read(start, min(end, start + _REACH_AFTER))
        while words and words[0].mention is None and words[0].text in self._lexicon.helpers:
            words = words[1:]
        if not words or words[0].text in BOUNDARIES:
            return None
        if words[0].text in self._lexicon.relatives:
            return Subject("unknown", words[0].start, words[0].end)
        if words[0].text in self._lexicon.pronouns - self._lexicon.articles:
            return Subject("pronoun", words[0].start, words[0].end)
        return self._nouns.begin_with(words, is_open=False)

    def find_first(self, start: int, end: int) -> Subject | None:
        """The subject of the sentence that begins at `start`, for a verb without its own."""
        words = self._read(start, end)
        if words and words[0].text.casefold() in self._lexicon.pronouns:
            return Subject("pronoun", words[0].start, words[0].end)
        return self._nouns.begin_with(words, is_open=True)

    def is_passive(self, start: int, end: int) -> bool:
        """Whether the verb at `end` has no subject that speaks: *was described*."""
        for word in reversed(self._read(max(start, end - _REACH_OF_HELPERS), end)):
            if word.text in self._lexicon.passive:
                return True
            if word.text not in self._lexicon.helpers:
                break
        return False

    def follows_comma(self, start: int, end: int) -> bool:
        """Whether a verb at `end` is the first word of its clause, but for its helpers."""
        words = self._read(start, end)
        while words and words[-1].text in self._lexicon.helpers:
            words.pop()
        return bool(words) and words[-1].text in DASHES_AND_COMMA

    def has_words(self, start: int, end: int) -> bool:
        """Whether there is any word between two places."""
        return any(word.text not in BOUNDARIES for word in self._read(start, end))

    def is_all_helpers(self, start: int, end: int) -> bool:
        """Whether only helpers of a verb, and signs, stand between two places."""
        words = self._read(start, end)
        return all(w.text in self._lexicon.helpers or w.text in BOUNDARIES for w in words)

    def list_between(self, start: int, end: int) -> Sequence[Mention]:
        """The names that begin from `start` on and before `end`."""
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _read(self, start: int, end: int) -> list[Word]:
        """The words between two places."""
        words = self._words_read.get((start, end))
        if words is None:
            words = self._words_read[start, end] = [
                Word(match[0], match.start(), match.end(), self._find_mention(match.start()))
                for match in self._word.finditer(self._text, start, end)
            ]
        return list(words)

    def _find_mention(self, place: int) -> Mention | None:
        """The name that a place is in."""
        number = bisect_right(self._starts, place) - 1
        mention = self._mentions[number] if number >= 0 else None
        return mention if mention is not None and place < mention.end else None


def _drop_brackets(words: list[Word]) -> list[Word]:
    """Words without the brackets at their end."""
    for number in range(len(words) - 1, -1, -1):
        if words[number].text == "(":
            return words[:number]
    return []
