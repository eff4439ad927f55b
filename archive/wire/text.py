"""Text: clean characters, blocks of lines and paragraphs.

Responsibility: remove control characters and turn lines into paragraphs.
Decision: a blank line ends a paragraph; in text without blank lines, the length of the lines
distinguishes hard-wrapped text from one paragraph per line.
Must not depend on: what a paragraph says.
"""

import re

# C0 and C1 controls except tab and newline, lone surrogates, BOM and Unicode noncharacters.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_SPECIAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_NEWLINES = re.compile("\r\n?|\f|\v|\x85|\u2028|\u2029")
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_SENTENCE_END = re.compile(r"""[.!?…:]["'”\u2019»)\]]*$""")

# Agencies wrap at 64 to 80 columns, where a line ends a sentence only by chance. A longer average
# means that the lines are not wrapped.
_MAX_WRAP_COLUMNS = 80
_MIN_SHARE_ENDING = 0.8


def clean_text(text: str) -> str:
    r"""Return the text without control characters, with newlines as `\n`."""
    if not _SPECIAL.search(text):
        return text
    return _UNWANTED.sub("", _NEWLINES.sub("\n", text))


def to_single_line(text: str) -> str:
    """Return the cleaned text on one line, with single spaces."""
    return " ".join(clean_text(text).split())


def split_blocks(text: str) -> list[list[str]]:
    """Return the blocks between blank lines of cleaned text, each a list of stripped lines."""
    blocks = ([line.strip() for line in block.split("\n")] for block in _BLANK_LINES.split(text))
    return [lines for block in blocks if (lines := [line for line in block if line])]


def blocks_to_paragraphs(blocks: list[list[str]]) -> list[str]:
    """Return one string per paragraph: a block's lines joined, or each line of a single block.

    Each line of a single block is a paragraph if there are two or more, four in five end a
    sentence, and their average is above 80 characters.
    """
    if len(blocks) == 1 and _lines_are_paragraphs(blocks[0]):
        return [" ".join(line.split()) for line in blocks[0]]
    return [" ".join(" ".join(block).split()) for block in blocks]


def ends_sentence(text: str) -> bool:
    """Return whether the text ends a sentence, ignoring closing quotes and brackets."""
    return bool(_SENTENCE_END.search(text))


def _lines_are_paragraphs(lines: list[str]) -> bool:
    if len(lines) < 2:
        return False
    ending = sum(ends_sentence(line) for line in lines)
    average = sum(map(len, lines)) / len(lines)
    return ending >= _MIN_SHARE_ENDING * len(lines) and average > _MAX_WRAP_COLUMNS
