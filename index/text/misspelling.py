"""How likely one spelling is a slip for another.

Responsibility: weigh the difference of two spellings by the slips that people make.
Decision: a weighted edit distance: swapped, doubled and neighbouring letters and letters of one
sound weigh less than others, and a changed first letter weighs more. It is for a few words that are
already known to be similar.
Must not depend on: frequencies or languages.
"""

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_KEYS = {key: (x + y / 2, y) for y, row in enumerate(_ROWS) for x, key in enumerate(row)}
_VOWELS = frozenset("aeiouy")
_SOUNDS = ("ckqsx", "sz", "fv", "bv", "bp", "dt", "gj", "mn", "iy", "lr", "uw", "xz", "gk")
_SAME_SOUND = frozenset(
    (one, other) for letters in _SOUNDS for one in letters for other in letters if one != other
)
_SPELLINGS = (("f", "ph"), ("k", "ck"), ("k", "ch"), ("c", "ck"), ("s", "sc"), ("o", "ou"))
_SWAP, _DOUBLE, _VOWEL, _SOUND, _NEIGHBOUR, _SILENT = 0.7, 0.6, 0.7, 0.7, 0.9, 0.9
_OTHER, _ONE_MORE, _FIRST_LETTER = 1.4, 1.0, 0.5


def weigh_misspelling(typed: str, meant: str) -> float:
    """The least weight of the slips that turn `meant` into `typed`; 0 for the same word."""
    columns = len(meant) + 1
    rows = [[float(column) for column in range(columns)]]
    for column in range(1, columns):
        rows[0][column] = rows[0][column - 1] + _weigh_single(meant, column - 1)
    for row in range(1, len(typed) + 1):
        current = [rows[row - 1][0] + _weigh_single(typed, row - 1)]
        rows.append(current)
        for column in range(1, columns):
            current.append(_weigh_cell(typed, meant, row, column, rows))
    first = 0.0 if typed[:1] == meant[:1] or typed[:2] == meant[1::-1] else _FIRST_LETTER
    return rows[-1][-1] + first


def _weigh_cell(typed: str, meant: str, row: int, column: int, rows: list[list[float]]) -> float:
    """The weight of turning the first letters of one word into those of the other."""
    one, other = typed[row - 1], meant[column - 1]
    best = rows[row - 1][column - 1] + _weigh_change(one, other)
    best = min(best, rows[row - 1][column] + _weigh_single(typed, row - 1))
    best = min(best, rows[row][column - 1] + _weigh_single(meant, column - 1))
    if row > 1 and column > 1 and one == meant[column - 2] and typed[row - 2] == other:
        best = min(best, rows[row - 2][column - 2] + _SWAP)
    for short, long in _SPELLINGS:
        if one == short and meant[:column].endswith(long):
            best = min(best, rows[row - 1][column - len(long)] + _SOUND)
        if other == short and typed[:row].endswith(long):
            best = min(best, rows[row - len(long)][column - 1] + _SOUND)
    return best


def _weigh_single(word: str, place: int) -> float:
    """The weight of a letter that is there in one word only."""
    letter = word[place]
    if letter in (word[place - 1] if place else "", word[place + 1 : place + 2]):
        return _DOUBLE
    return _SILENT if letter in "eh" else _ONE_MORE


def _weigh_change(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if one in _VOWELS and other in _VOWELS:
        return _VOWEL
    if (one, other) in _SAME_SOUND:
        return _SOUND
    if one in _KEYS and other in _KEYS:
        (x, y), (a, b) = _KEYS[one], _KEYS[other]
        if abs(x - a) <= 1 and abs(y - b) <= 1:
            return _NEIGHBOUR
    return _OTHER
