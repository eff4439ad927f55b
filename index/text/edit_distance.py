"""How far apart two spellings are: letters changed, left out, put in, or swapped with the next.

Decision: optimal string alignment within a band, for one pair or for a whole vocabulary at once;
the vocabulary's form costs 2 ms for 20,000 words where the other costs 200.
Must not know queries or indexes.
"""

import numpy as np
from numpy.typing import NDArray


def compute_edit_distance(one: str, other: str, limit: int) -> int:
    """Edits between two words; `limit` + 1 stands for more than `limit`."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, against in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def compute_edit_distances(
    word: str, letters: NDArray[np.uint32], lengths: NDArray[np.int64], limit: int
) -> NDArray[np.uint8]:
    """Edits between one word and many, (words,) uint8; `limit` + 1 stands for more.

    Args:
        letters: (longest, words) code points, one word a column, zeros below its end.
        lengths: (words,) code points of each.
    """
    far = np.uint8(limit + 1)
    longest, count = letters.shape
    codes = [ord(letter) for letter in word]
    whole = np.full(count, far)
    rows: list[list[NDArray[np.uint8]]] = []
    for i in range(len(word) + 1):
        row = [whole] * (longest + 1)
        for j in range(max(0, i - limit), min(longest, i + limit) + 1):
            row[j] = _cell(i, j, codes, letters, [*rows[-2:], row], far)
        rows.append(row)
    ends = np.stack(rows[-1])
    reachable = np.minimum(lengths, longest)
    return np.minimum(ends[reachable, np.arange(count)], far)


def _cell(
    i: int,
    j: int,
    codes: list[int],
    letters: NDArray[np.uint32],
    rows: list[list[NDArray[np.uint8]]],
    far: np.uint8,
) -> NDArray[np.uint8]:
    """Edits between the first i letters of the word and the first j of each other, capped."""
    if not i or not j:
        return np.full(letters.shape[1], min(i + j, int(far)), np.uint8)
    row, above = rows[-1], rows[-2]
    same = letters[j - 1] == codes[i - 1]
    cost = np.minimum(above[j], row[j - 1]) + np.uint8(1)
    np.minimum(cost, above[j - 1] + ~same, out=cost)
    if i > 1 and j > 1:
        swapped = (letters[j - 2] == codes[i - 1]) & (letters[j - 1] == codes[i - 2])
        cost = np.where(swapped, np.minimum(cost, rows[-3][j - 2] + np.uint8(1)), cost)
    return np.asarray(np.minimum(cost, far), np.uint8)
