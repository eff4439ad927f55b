"""Which entries of the table of mentions are of one name, and how it is shown.

Responsibility: number the names; choose the spelling and the kind of each.
Decision: a short form (Obama) is the full name that articles give it if nearly all that give one
give this one, and if it does not stand alone much more often. The choice depends on all rows of a
generation and on nothing else, so that an index that is updated equals one that is built anew.
Must not depend on: files.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.storage.names.entries import KINDS, Entry

_SHARE = 0.9
"""The share of one full name among all that a short form stands for."""
_MAX_ALONE, _MAX_ALONE_ACRONYM = 2, 20
"""How often a short form stands alone for each time that its full name is given: a surname is given
with the name in most articles, an acronym in few (docs/decisions/0019-names-by-rules.md)."""
_OTHER_WEIGHT = 10
"""Another spelling counts ten times as much as one in capitals: a newswire writes MOSCOW in every
dateline, and NATO nearly always."""


def number_names(
    entries: Sequence[Entry], counts: NDArray[np.integer]
) -> tuple[NDArray[np.int32], list[bytes]]:
    """The number of each entry's name, and the key of each name.

    Args:
        entries: In byte order; the first one is empty.
        counts: (entries,), how many articles have each.
    """
    full = _find_full_keys(entries, counts)
    numbers: dict[bytes, int] = {}
    names = [numbers.setdefault(full.get(e.key, e.key), len(numbers)) for e in entries]
    return np.array(names, np.int32), list(numbers)


def choose_spellings(
    entries: Sequence[Entry],
    counts: NDArray[np.integer],
    names: NDArray[np.int32],
    keys: Sequence[bytes],
) -> NDArray[np.int32]:
    """The entry of each name whose spelling is shown: that which most articles have.

    One in capitals counts for little if there is another: New York is not NEW YORK.
    """
    weights: list[dict[str, int]] = [{} for _ in keys]
    first: dict[tuple[int, str], int] = {}
    for number, (entry, name) in enumerate(zip(entries, names.tolist(), strict=True)):
        if entry.key == keys[name]:
            weight = int(counts[number]) * (1 if entry.spelling.isupper() else _OTHER_WEIGHT)
            weights[name][entry.spelling] = weights[name].get(entry.spelling, 0) + weight
            first.setdefault((name, entry.spelling), number)
    shown = (max(each, key=each.__getitem__) for each in weights)
    return np.array([first[name, spelling] for name, spelling in enumerate(shown)], np.int32)


def choose_kinds(
    entries: Sequence[Entry],
    counts: NDArray[np.integer],
    names: NDArray[np.int32],
    keys: Sequence[bytes],
) -> NDArray[np.uint8]:
    """The kind of each name that most articles tell, (names,)."""
    is_full = np.array([e.key == keys[n] for e, n in zip(entries, names.tolist(), strict=True)])
    votes = np.zeros((len(keys), len(KINDS)), np.int64)
    kinds = np.array([entry.kind for entry in entries], np.intp)
    np.add.at(votes, (names[is_full], kinds[is_full]), np.asarray(counts)[is_full])
    kind_of_name: NDArray[np.uint8] = votes.argmax(axis=1).astype(np.uint8)
    return kind_of_name


def _find_full_keys(entries: Sequence[Entry], counts: NDArray[np.integer]) -> dict[bytes, bytes]:
    """The key of the full name of each short form."""
    claims: defaultdict[bytes, Counter[bytes]] = defaultdict(Counter)
    for entry, count in zip(entries, counts.tolist(), strict=True):
        for alias in entry.aliases:
            claims[alias][entry.key] += count
    alone: Counter[bytes] = Counter()
    is_acronym: dict[bytes, bool] = {}
    for entry, count in zip(entries, counts.tolist(), strict=True):
        if entry.key in claims:
            alone[entry.key] += count
            is_acronym[entry.key] = is_acronym.get(entry.key, True) and entry.spelling.isupper()
    full: dict[bytes, bytes] = {}
    # First names with and without initials, in the more frequent form; then single words.
    for short in sorted(claims, key=lambda key: (key.count(b" ") == 2, key)):
        names: Counter[bytes] = Counter()
        for key, count in claims[short].items():
            names[_follow(key, full)] += count
        name, given = max(names.items(), key=lambda item: (item[1], item[0]))
        if name == short or given < _SHARE * names.total():
            continue
        if short.count(b" ") > 2:
            total = alone[short]
            full.update({name: short} if total > given else {short: name})
        elif alone[short] <= given * (_MAX_ALONE_ACRONYM if is_acronym.get(short) else _MAX_ALONE):
            full[short] = name
    return {short: _follow(short, full) for short in full}


def _follow(short: bytes, full: dict[bytes, bytes]) -> bytes:
    """The name at the end of a chain of full names; the short form itself in a circle."""
    key, seen = short, {short}
    while key in full:
        key = full[key]
        if key in seen:
            return short
        seen.add(key)
    return key
