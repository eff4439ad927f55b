"""Articles to postings: some thousand articles at once, as arrays, to a run in order of terms.

Decision: words become numbers as they are read, so that folding and stemming are done once for each
different word, and counting and sorting are NumPy's: 8 s for 20,000 articles where Whoosh's pool
took 82. A run is bounded by its tokens, so that memory does not grow with the archive.
Must not know Whoosh, queries or other runs.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from index.arrays.string_table import StringTable
from index.lexical.build.runs import InvertedRuns, Lengths, Postings, Run
from index.lexical.headlines import headline_number
from index.lexical.schema import (
    BY,
    EXACT,
    FIELDS,
    HEADLINE_WEIGHT,
    LABELS,
    PHRASE_GAP,
    PLACE,
    STEMMED,
    TEXT,
    TITLE,
)
from index.text.analysis import (
    fold_token,
    is_stopword,
    normalize_language,
    split_tokens,
    to_term,
    tokenize,
)

TOKENS_IN_A_RUN = 2_000_000
"""About 4,500 articles of a wire, for a peak of 316 MB; 4 million are no faster, and 512 MB."""
_SECTIONS = 7
_HEAD, _GAP, _BODY, _END, _REST, _BY, _PLACE = range(_SECTIONS)
"""What an article's tokens are laid out as; `_GAP` and `_END` are one `PHRASE_GAP` each."""
_SECTIONS_OF = {
    TEXT: (_HEAD, _BODY, _REST),
    EXACT: (_HEAD, _GAP, _BODY, _REST),
    TITLE: (_HEAD,),
    LABELS: (_END, _REST),
    BY: (_BY,),
    PLACE: (_PLACE,),
}
_GAP_NUMBER = 0


def invert_articles(
    folder: Path, articles: Iterable[Article], *, at_once: int = TOKENS_IN_A_RUN
) -> InvertedRuns:
    """Analyse articles in order and write their runs, each of about `at_once` tokens."""
    sizes: list[int] = []
    lengths: dict[str, list[NDArray[np.int64]]] = {field: [] for field in FIELDS}

    def close(some: _Articles) -> None:
        place = folder / str(len(sizes))
        place.mkdir()
        for field, counted in some.write(place).items():
            lengths[field].append(counted)
        sizes.append(len(some))

    some, headlines = _Articles(), array("q")
    for article in articles:
        headlines.append(headline_number(token.folded for token in tokenize(article.headline)))
        some.add(article)
        if some.tokens >= at_once:
            close(some)
            some = _Articles()
    if len(some):
        close(some)
    nothing = np.empty(0, np.int64)
    whole = {field: np.concatenate([nothing, *parts]) for field, parts in lengths.items()}
    return InvertedRuns(folder, tuple(sizes), whole, np.array(headlines, np.int64))


class _Articles:
    """The articles of one run, as numbers of different words."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        assert self._numbers[PHRASE_GAP] == _GAP_NUMBER
        self._tokens = array("i")
        self._lengths = array("i")
        self._languages: list[str] = []

    def __len__(self) -> int:
        return len(self._languages)

    @property
    def tokens(self) -> int:
        """How many tokens were added."""
        return len(self._tokens)

    def add(self, article: Article) -> None:
        """Add the next article."""
        labels = " ".join((article.by, article.located, article.slugline, *article.subjects))
        places: list[str] = []
        for name in (article.located, *article.places):
            places += (*split_tokens(name), PHRASE_GAP)
        for section in (
            split_tokens(article.headline),
            (PHRASE_GAP,),
            split_tokens(article.body),
            (PHRASE_GAP,),
            split_tokens(labels),
            split_tokens(article.by),
            places,
        ):
            self._tokens.extend(map(self._numbers.__getitem__, section))
            self._lengths.append(len(section))
        self._languages.append(normalize_language(article.language))

    def write(self, folder: Path) -> Lengths:
        """Write every field's run; return the lengths of its rows."""
        words = _folded(self._numbers)
        found = _Tokens.of(self._tokens, self._lengths, np.array([bool(word) for word in words]))
        lengths = {}
        for field in FIELDS:
            part = found.within(_SECTIONS_OF[field])
            if field in STEMMED:
                terms, numbers = _stemmed(part, words, self._languages)
            else:
                terms, numbers = _as_written(part, words)
            weights = found.weights(part, field)
            postings, lengths[field] = _sorted(part, terms, numbers, weights, len(self))
            # Only phrases need places.
            kept = replace(postings, places=postings.places[:0]) if field in STEMMED else postings
            Run(folder, field).write(kept)
        return lengths


@dataclass(frozen=True, slots=True, eq=False)
class _Tokens:
    """Tokens in order of rows: (tokens,) each; `numbers` are those of different words."""

    numbers: NDArray[np.int32]
    rows: NDArray[np.int32]
    sections: NDArray[np.int8]

    @classmethod
    def of(cls, tokens: "array[int]", lengths: "array[int]", kept: NDArray[np.bool_]) -> "_Tokens":
        """Tokens without those that fold to nothing; `lengths` is of each article's sections."""
        numbers, counts = np.array(tokens, np.int32), np.array(lengths, np.int32)
        articles = len(counts) // _SECTIONS
        rows = np.repeat(np.arange(articles, dtype=np.int32), counts.reshape(-1, _SECTIONS).sum(1))
        sections = np.repeat(np.tile(np.arange(_SECTIONS, dtype=np.int8), articles), counts)
        return cls(numbers, rows, sections).where(kept[numbers])

    def where(self, mask: NDArray[np.bool_]) -> "_Tokens":
        """Only these."""
        return _Tokens(self.numbers[mask], self.rows[mask], self.sections[mask])

    def within(self, sections: tuple[int, ...]) -> "_Tokens":
        """Only those of some sections."""
        return self.where(np.isin(np.arange(_SECTIONS), sections)[self.sections])

    def weights(self, part: "_Tokens", field: str) -> NDArray[np.float32]:
        """The weight of each token of a field's part of these, (tokens,) float32."""
        weights = np.ones(len(part.numbers), np.float32)
        if field == TEXT:
            weights[part.sections == _HEAD] = HEADLINE_WEIGHT
        if field == LABELS:
            ends = part.sections == _END
            before = np.bincount(self.rows[self.sections < _END], minlength=int(ends.sum()))
            weights[ends] = before
        return weights


def _folded(raw: Iterable[str]) -> list[str]:
    """The folded form of each different word; empty where nothing is left of it."""
    return [word if word == PHRASE_GAP else fold_token(word) for word in raw]


def _as_written(part: _Tokens, words: list[str]) -> tuple[list[str], NDArray[np.int32]]:
    """Different folded words in byte order, and the number among them of each token."""
    used = _used(part.numbers, len(words))
    return _numbered([words[number] for number in used], used, part.numbers, len(words))


def _stemmed(
    part: _Tokens, words: list[str], languages: list[str]
) -> tuple[list[str], NDArray[np.int32]]:
    """As `_as_written`, for stems of each article's language; -1 for its stop words."""
    names = sorted(set(languages))
    codes = np.array([names.index(language) for language in languages], np.int32)[part.rows]
    pairs = codes.astype(np.int64) * len(words) + part.numbers
    used = _used(pairs, len(names) * len(words))
    forms = []
    for pair in used:
        language, number = divmod(pair, len(words))
        forms.append(_stem_or_nothing(words[number], names[language]))
    return _numbered(forms, used, pairs, len(names) * len(words))


def _used(numbers: NDArray[np.integer], size: int) -> list[int]:
    """Which of `range(size)` are there."""
    seen = np.zeros(size, bool)
    seen[numbers] = True
    return np.flatnonzero(seen).tolist()


def _stem_or_nothing(word: str, language: str) -> str:
    if word == PHRASE_GAP:
        return word
    return "" if is_stopword(word, (language,)) else to_term(word, language)


def _numbered(
    forms: list[str], used: list[int], numbers: NDArray[np.integer], size: int
) -> tuple[list[str], NDArray[np.int32]]:
    """Different forms in byte order, and each token's number among them.

    Args:
        forms: The form of each of `used`; those that are empty get -1.
        numbers: (tokens,) which of `range(size)` each token is.
    """
    # Code points and UTF-8 sort alike.
    terms = sorted({form for form in forms if form})
    places = {form: place for place, form in enumerate(terms)}
    table = np.full(size, -1, np.int32)
    table[used] = [places.get(form, -1) for form in forms]
    return terms, table[numbers]


def _sorted(
    part: _Tokens,
    terms: list[str],
    numbers: NDArray[np.int32],
    weights: NDArray[np.float32],
    articles: int,
) -> tuple[Postings, NDArray[np.int64]]:
    """Postings in order of term and row, and each row's length."""
    kept = numbers >= 0
    numbers, rows, weights = numbers[kept], part.rows[kept], weights[kept]
    lengths = np.bincount(rows, minlength=articles)
    places = np.arange(len(rows)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    # One int64 key, sorted: three times faster than a stable argsort of the numbers.
    order = np.sort(numbers * np.int64(len(rows)) + np.arange(len(rows))) % max(len(rows), 1)
    numbers, rows = numbers[order], rows[order]
    first = np.ones(len(rows), bool)
    first[1:] = (numbers[1:] != numbers[:-1]) | (rows[1:] != rows[:-1])
    bounds = np.flatnonzero(first)
    occurrences = np.bincount(numbers, minlength=len(terms))
    table = StringTable.of(terms)
    postings = Postings(
        text=table.text,
        ends=table.ends,
        starts=_ends(np.bincount(numbers[bounds], minlength=len(terms))),
        rows=rows[bounds],
        weights=np.add.reduceat(weights[order], bounds) if len(bounds) else weights,
        counts=np.diff(bounds, append=len(rows)).astype(np.int32),
        places=places[order].astype(np.int32),
        place_starts=_ends(occurrences),
    )
    return postings, lengths


def _ends(sizes: NDArray[np.integer]) -> NDArray[np.int64]:
    """Where each begins, and where the last one ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
