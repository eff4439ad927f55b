"""From the subject of a verb of speech to a speaker.

Responsibility: give a name its complete form, and say whom a pronoun or a role stands for.
Decision: a pronoun stands for the only person of its surroundings, or else for who spoke last; if
both leave it open, nobody is named.
Must not depend on: quotation marks, or how a subject is found.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from index.text.folding import fold
from index.text.names import Mention, Name, NameKind, is_title
from index.text.quotes.clauses import Clauses
from index.text.quotes.lexicon import Lexicon
from index.text.quotes.nouns import Subject

_NEAR, _FAR = 300, 1_500
"""Code points before a pronoun in which the person that it stands for is named."""
_REACH = 45
_BEGINNING = re.compile(r"""(?:\A|\n|[.!?…]["”»]?\s)[^.!?\n]{0,30}\Z""")
_BESIDE = 50
"""Code points between a name and the role that an article gives with it."""
_SHOUT = re.compile(r"[A-Z]{3,} ")
"""A headline in capitals that runs into a text: *BIG RISE Sales*."""
_WORD = re.compile(r"\w{4,}")
_TITLE = re.compile(
    r"\A(?:\w+er )?[\w-]*(?:[iy]stin|erin|[lg]ogin|eurin|orin|ständin|frau|mann|schef|tor)"
    r" (?=[^\W\d_]\S* \S)"
)
"""A German role before a full name, which no list has: *Kreisarchäologin* Britta Hummel."""


class Speaker(NamedTuple):
    """Who said something.

    Attributes:
        name: A name in its most complete form, or a role as the article has it; "" if unknown.
        kind: What it is the name of; "role" if it is none; "" if unknown.
        start, end: Where the article names the speaker, by name, pronoun or role; empty if nowhere.
    """

    name: str = ""
    kind: NameKind | str = ""
    start: int = 0
    end: int = 0


class Speakers:
    """The speakers of one text."""

    def __init__(self, text: str, names: Counter[Name], clauses: Clauses, lexicon: Lexicon) -> None:
        self._text = text
        self._lexicon = lexicon
        self._clauses = clauses
        self._names = {form: name for name in names for form in (*name.aliases, name.text)}
        endings: dict[str, set[Name]] = {}
        for name in names:
            if name.kind != "place":
                endings.setdefault(name.text.rpartition(" ")[2], set()).add(name)
        self._endings = endings

    def resolve(
        self, subject: Subject, quoted: Sequence[tuple[int, int]], last: Speaker
    ) -> Speaker:
        """The speaker that a subject stands for.

        Args:
            quoted: The spans of quotations, in which nobody is named as a speaker.
            last: Who spoke before.
        """
        if subject.mention is not None:
            named = self._complete(subject.mention)
            return Speaker(_TITLE.sub("", named.text), named.kind, subject.start, subject.end)
        if subject.kind == "role":
            return self._resolve_role(subject)
        if subject.kind == "unknown":
            is_body = last.kind == "organisation" and subject.start - last.end < _NEAR
            name, kind = (
                (last.name, last.kind) if is_body and subject.end > subject.start else ("", "")
            )
            return Speaker(name, kind, subject.start, subject.end)
        person = self._find_person(subject.start, quoted, last)
        return Speaker(*person, subject.start, subject.end)

    def _complete(self, mention: Mention) -> Name:
        """The name that a mention is a form of."""
        name = self._names.get(mention.name)
        if name is None or " " not in name.text:
            longer = self._endings.get(mention.name, set()) - {name}
            if len(longer) == 1:
                return next(iter(longer))
        return name or Name(mention.name, mention.kind)

    def _resolve_role(self, subject: Subject) -> Speaker:
        role = self._text[subject.start : subject.end]
        found = self._find_holder(role) if subject.is_definite else None
        if found is not None:
            return Speaker(found.text, found.kind, subject.start, subject.end)
        is_name = role[0].isupper() and not self._lexicon.is_german and not subject.is_definite
        kind = "organisation" if is_name else "role"
        return Speaker(" ".join(role.split()), kind, subject.start, subject.end)

    def _find_holder(self, role: str) -> Name | None:
        """The only person whom the text gives a role: *Foreign Minister* Quist."""
        words = _WORD.findall(fold(role))
        if not any(map(is_title, words)):
            return None
        holders: dict[str, Name] = {}
        for mention in self._clauses.list_between(0, len(self._text)):
            name = self._complete(mention)
            if name.kind != "person" or name.text in holders:
                continue
            before = self._text[max(0, mention.start - _BESIDE) : mention.start]
            before = re.split(r"[.!?:;\"“”«»\n]", before)[-1]
            after = self._text[mention.end : mention.end + _BESIDE]
            after = after[1:].split(",")[0] if after.startswith(",") else ""
            around = fold(f"{before} {after}")
            if all(re.search(rf"\b{re.escape(word)}\b", around) for word in words):
                holders[name.text] = name
        return next(iter(holders.values())) if len(holders) == 1 else None

    def _find_person(
        self, place: int, quoted: Sequence[tuple[int, int]], last: Speaker
    ) -> tuple[str, str]:
        """The person that a pronoun at a place stands for, with the kind; ("", "") if unsafe."""
        start = max(last.end, place - _NEAR)
        since = self._list_people(start, place, quoted, are_subjects=True)
        if len(since) == 1 and since[0].count(" ") < 2:
            return since[0], "person"
        near = self._list_people(place - _NEAR, place, quoted)
        if last.kind == "person" and place - last.end < _FAR and (not near or last.name in near):
            return last.name, last.kind
        if not near:
            near = self._list_people(place - _FAR, place, quoted)
        return (near[0], "person") if len(near) == 1 else ("", "")

    def _list_people(
        self,
        start: int,
        end: int,
        quoted: Sequence[tuple[int, int]],
        *,
        are_subjects: bool = False,
    ) -> list[str]:
        """The people that the text names between two places, outside quotations.

        Args:
            are_subjects: Only those that sentences begin with.
        """
        found: dict[str, None] = {}
        for mention in self._clauses.list_between(max(0, start), end):
            if any(left <= mention.start < right for left, right in quoted):
                continue
            if are_subjects and not self._is_subject(mention):
                continue
            name = self._complete(mention)
            if name.kind == "person" and not _SHOUT.match(name.text):
                found[name.text] = None
        return list(found)

    def _is_subject(self, mention: Mention) -> bool:
        """Whether a name stands where a sentence begins, behind no preposition."""
        before = self._text[max(0, mention.start - _REACH) : mention.start]
        last = before.split()[-1:]
        is_governed = bool(last) and last[0].casefold() in self._lexicon.prepositions
        return not is_governed and _BEGINNING.search(before) is not None
