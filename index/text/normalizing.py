"""Normalizing: one spelling for texts that look alike, with the way back to the original.

Responsibility: compose letters, remove invisible characters, and unify apostrophes and widths.
Decision: articles, queries, names and snippets all pass through here, before tokens. The normalized
text is never shown: its offsets lead back to the text as it was written.
Must not depend on: tokens, queries or articles.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.text.characters import (
    APOSTROPHES,
    HEBREW,
    INVISIBLE,
    JOINED_SCRIPTS,
    JOINERS,
    OPTIONAL_MARKS,
    list_marks,
)

Span = tuple[int, int]
POINT_GROUPS = frozenset(
    "da de el es eu fo fy gl hr id is it ca lt mk ms nb nl nn no pt ro sl sq sr tr uk vi".split()
)
"""Languages that write 2.400 for two thousand four hundred, and 2,4 for two and four tenths."""
_SPACES = " \u00a0\u2007\u2009\u202f"
_NARROW = _SPACES[1:]
_WIDTHS = "\uff01-\uff5e\uff65\uffa0-\uffdc\uffe0-\uffe6\u3000"
_SINGLETONS = "\u0340\u0341\u0374\u037e\u0387\u1f71-\u1ffd\u2126\u212a\u212b\uf900-\ufaff"
_SPACED_INITIAL = (
    rf"[{_SPACES}](?=[^\W\d_]\.(?![^\W_]))(?<=[^\W\d_]\.[{_SPACES}])(?<![\w.][^\W\d_]\.[{_SPACES}])"
)
"""The space in J. K. Tarrow, who is also J.K. Tarrow."""
_GROUP_SPACE = rf"(?<=\d)[{_NARROW}](?=\d\d\d(?!\d))"
_POINT_NUMBER = r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.]?\d)(?:,\d+)?|(?<![\d.,])\d+,\d+(?![.,]?\d)"
_HEBREW_MARK = f'(?<=[{HEBREW}])["\u201c\u201d\u201e\u05f4](?=[{HEBREW}](?![{HEBREW}]))'
"""The mark before the last letter of a Hebrew abbreviation, which is no quotation mark."""
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_SPACE_IN_WORD = re.compile(f"{_SPACED_INITIAL}|{_GROUP_SPACE}")
_HEBREW_QUOTE = re.compile(_HEBREW_MARK)
# A set of letters comes first, because the engine scans for it quickly.
_CAPITAL = "[A-Z\xc0-\xde]"
_SHOUT = re.compile(rf"{_CAPITAL}(?<![^\W_].){_CAPITAL}+(?:[ ',-]+{_CAPITAL}+)+(?!\.?[^\W_])")
_SHOUTED_WORDS, _SHOUTED_LETTERS = 3, 6
"""So many capitalized words, or so long a one, are a sentence in capitals; US NAVY is not."""
_MAY_CHANGE = re.compile(rf"[^\x00-\u02ff\u0370-\u0590\u2010-\u2027\u20a0-\u20cf]|[\xad{_NARROW}]")


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """A normalized text, and where its characters stand in the original.

    Attributes:
        text: The normalized text.
        starts, ends: (changes,) the spans of replaced pieces in `text`, ascending.
        original_starts, original_ends: (changes,) their spans in the original text.
    """

    text: str
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()
    original_starts: Sequence[int] = ()
    original_ends: Sequence[int] = ()

    def to_original(self, start: int, end: int) -> Span:
        """The span in the original of a span in `text` that is not empty.

        Marks that were removed after its last letter belong to it.
        """
        if not self.starts:
            return start, end
        original_end = self._find(end - 1)[1]
        change = bisect_left(self.ends, end)
        while change < len(self.ends) and self.ends[change] == end:
            original_end = max(original_end, self.original_ends[change])
            change += 1
        return self._find(start)[0], original_end

    def _find(self, offset: int) -> Span:
        """The span in the original of the character at an offset."""
        change = bisect_right(self.starts, offset) - 1
        if change < 0:
            return offset, offset + 1
        if offset < self.ends[change]:
            return self.original_starts[change], self.original_ends[change]
        start = self.original_ends[change] + offset - self.ends[change]
        return start, start + 1


def normalize(text: str, language: str = "") -> NormalizedText:
    """Normalize a text, with the spans of all that changes.

    Args:
        language: The analyzer's language of the text, which tells 2.400 from 2.4; empty for a
            query.
    """
    text = _replace_characters(text)
    pattern = _get_pattern(text, language)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    spans: list[Span] = []
    length = end = 0
    for match in pattern.finditer(text) if pattern else ():
        piece = _replace(match)
        if piece == match[0]:
            continue
        pieces += (text[end : match.start()], piece)
        starts.append(length + match.start() - end)
        length = starts[-1] + len(piece)
        ends.append(length)
        end = match.end()
        spans.append(match.span())
    if not spans:
        return NormalizedText(text)
    pieces.append(text[end:])
    return NormalizedText("".join(pieces), starts, ends, *zip(*spans, strict=True))


def compose(text: str) -> str:
    """The text in composed letters, without invisible characters; as readable as before."""
    return text if text.isascii() else unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def protect_query(text: str) -> str:
    """A query whose marks and spaces inside words are no quotation marks or spaces.

    No offset changes: `J. K. Tarrow`, a number with narrow spaces, a Hebrew abbreviation.
    """
    text = _SPACE_IN_WORD.sub("\u2060", text)
    return text if text.isascii() else _HEBREW_QUOTE.sub("\u05f4", text)


def normalize_text(text: str, language: str = "") -> str:
    """As `normalize`, without spans."""
    text = _replace_characters(text)
    pattern = _get_pattern(text, language)
    return pattern.sub(_replace, text) if pattern else text


def _replace_characters(text: str) -> str:
    """The text with one apostrophe and without sentences in capitals; no offset changes."""
    for apostrophe in "`" if text.isascii() else APOSTROPHES:
        text = text.replace(apostrophe, "'")
    return _SHOUT.sub(_lower_sentence, text)


def _lower_sentence(match: re.Match[str]) -> str:
    words = match[0].split()
    if len(words) < _SHOUTED_WORDS and max(map(len, words)) < _SHOUTED_LETTERS:
        return match[0]
    return match[0].lower()


def _get_pattern(text: str, language: str) -> re.Pattern[str] | None:
    """What must be replaced in a text; None if nothing can be."""
    if text.isascii() or not _MAY_CHANGE.search(text):
        return _POINTS_AND_INITIALS if language in POINT_GROUPS else _INITIALS
    return _get_complete_pattern(language in POINT_GROUPS)


def _replace(match: re.Match[str]) -> str:
    piece = match[0]
    if match.lastgroup == "removed":
        return ""
    if match.lastgroup == "number":
        return piece.replace(".", "").replace(",", ".")
    if match.lastgroup == "wide":
        return unicodedata.normalize("NFKC", piece)
    return unicodedata.normalize("NFC", piece)


_INITIALS = re.compile(f"(?P<removed>{_SPACED_INITIAL})")
_POINTS_AND_INITIALS = re.compile(f"(?P<removed>{_SPACED_INITIAL})|(?P<number>{_POINT_NUMBER})")


@lru_cache(maxsize=2)
def _get_complete_pattern(has_point_groups: bool) -> re.Pattern[str]:
    marks = list_marks()
    removed = (
        f"[{INVISIBLE}{OPTIONAL_MARKS}]+|(?<![{JOINED_SCRIPTS}\ufe0f])[{JOINERS}]+"
        f"|{_SPACED_INITIAL}|{_GROUP_SPACE}|{_HEBREW_MARK}"
    )
    wide = f"[\uff66-\uff9d][\uff9e\uff9f]?|[{_WIDTHS}]"
    composed = f"[^\\s{marks}][{marks}]+|[\u1100-\u11ff]+|[{_SINGLETONS}]"
    # A mark that is removed must not be composed first.
    composed = f"(?:(?![^\\s][{OPTIONAL_MARKS}])(?:{composed}))"
    number = f"|(?P<number>{_POINT_NUMBER})" if has_point_groups else ""
    return re.compile(f"(?P<removed>{removed})|(?P<wide>{wide})|(?P<composed>{composed}){number}")
