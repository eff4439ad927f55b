"""Text: clean characters, and paragraphs out of lines.

Decision: a blank line ends a paragraph; without any, the shape of the lines tells hard-wrapped text
from one paragraph a line. Must not know what a paragraph says.
"""

import re

# C0 and C1 controls but tab and newline, lone surrogates, BOM and Unicode noncharacters.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_NEWLINES = re.compile("\r\n?|\f|\v|\x85|\u2028|\u2029")
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_SENTENCE_END = re.compile(r"""[.!?…:]["'”\u2019»)\]]*$""")

# Agencies wrap at 64 to 80 columns; a line that ends a sentence there is a chance, and an average
# above it means lines that nobody wrapped.
_WRAP_COLUMNS = 80
_SHARE_ENDING = 0.8


def clean(text: str) -> str:
    """The text without control characters, with newlines as `\\n`."""
    if not _ODD.search(text):
        return text
    return _UNWANTED.sub("", _NEWLINES.sub("\n", text))


def one_line(text: str) -> str:
    """The text cleaned, on one line, with single spaces."""
    return " ".join(clean(text).split())


def blocks(text: str) -> list[list[str]]:
    """Cleaned text as blocks between blank lines, each a list of its non-empty lines, stripped."""
    found = ([line.strip() for line in block.split("\n")] for block in _BLANK_LINES.split(text))
    return [lines for block in found if (lines := [line for line in block if line])]


def paragraphs(found: list[list[str]]) -> list[str]:
    """One string a paragraph: the lines of a block joined, or each line where lines are paragraphs.

    Lines are paragraphs where there is one block of two or more, four in five of them end a
    sentence, and they average above 80 characters.
    """
    if len(found) == 1 and _lines_are_paragraphs(found[0]):
        return [" ".join(line.split()) for line in found[0]]
    return [" ".join(" ".join(block).split()) for block in found]


def ends_sentence(text: str) -> bool:
    """Whether the text ends in the punctuation of a sentence, quotes and brackets aside."""
    return bool(_SENTENCE_END.search(text))


def _lines_are_paragraphs(lines: list[str]) -> bool:
    if len(lines) < 2:
        return False
    ending = sum(ends_sentence(line) for line in lines)
    average = sum(map(len, lines)) / len(lines)
    return ending >= _SHARE_ENDING * len(lines) and average > _WRAP_COLUMNS
