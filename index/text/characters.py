"""Classes of characters that the analyzer treats alike, as parts of regular expressions.

Responsibility: name the characters that are removed, that are letters, and that form runs.
Decision: ranges of blocks, written out, because `re` knows no Unicode properties. A character that
a later version of Unicode adds to a block needs no change here.
Must not depend on: anything else of the analyzer.
"""

import unicodedata
from functools import cache
from itertools import pairwise

APOSTROPHES = "\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u2032\u00b4`\uff07\ua78c\u055a\u05f3"
"""Characters that people write for an apostrophe inside a word, besides the apostrophe itself."""
HEBREW = "\u05d0-\u05ea"
ARABIC_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
HEBREW_POINTS = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
)
"""Soft hyphen, zero-width spaces, directions, variation selectors: they change no word."""
OPTIONAL_MARKS = "\u0640" + ARABIC_MARKS + HEBREW_POINTS
"""Tatweel, harakat and Hebrew points: most texts leave them out."""
JOINERS = "\u200c\u200d"
"""Zero-width joiners: Persian and Indic words and some emoji need them, others do not."""
EMOJI = "\u231a-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
SKIN_TONES = "\U0001f3fb-\U0001f3ff"
FLAG_LETTERS = "\U0001f1e6-\U0001f1ff"
JOINED_SCRIPTS = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\u0900-\u0dff" + EMOJI
"""Characters after which a zero-width joiner is kept."""
_MARK_BLOCKS = (0x0300, 0xFE30)
CURRENCIES = "$\u00a3\u00a5" + "".join(map(chr, range(0x20A0, 0x20C1)))

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HIRAGANA = "\u3041-\u3096\u309d\u309e"
KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
HANGUL = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7fb"
THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"
LAO = "\u0e81-\u0ebd\u0ec0-\u0ece\u0edc-\u0edf"
MYANMAR = "\u1000-\u103f\u1050-\u109d\ua9e0-\ua9fe\uaa60-\uaa7f"
KHMER = "\u1780-\u17d3\u17d7\u17dc\u17dd"
RUN_SCRIPTS = (HAN, HIRAGANA, KATAKANA, HANGUL, THAI, LAO, MYANMAR, KHMER)
"""Scripts whose words are not separated by spaces; Korean, whose particles join its words."""
SYLLABIC_SCRIPTS = (HAN, HIRAGANA, KATAKANA, HANGUL)
"""Those of them in which one or two characters are a word."""


@cache
def list_marks() -> str:
    """All combining marks of living scripts, as ranges of a character class."""
    marks = [code for code in range(*_MARK_BLOCKS) if unicodedata.category(chr(code))[0] == "M"]
    starts = [marks[0], *(b for a, b in pairwise(marks) if b != a + 1)]
    ends = [*(a for a, b in pairwise(marks) if b != a + 1), marks[-1]]
    return "".join(f"{chr(a)}-{chr(b)}" for a, b in zip(starts, ends, strict=True))
