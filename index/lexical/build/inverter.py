"""Inverts articles: some thousand at a time become one run of postings in term order.

Responsibility: analyse articles, and write the runs of every field.
Decision: words become numbers as they are read, so each distinct word is folded and stemmed once,
and NumPy counts and sorts: 8 s for 20,000 articles where Whoosh's pool took 82 s. A run has a
limited number of tokens, so that memory does not grow with the archive.
Must not depend on: Whoosh, queries or other runs.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from index.arrays.string_table import StringTable
from index.lexical.build.run_tokens import FIELD_SECTIONS, Forms, RunTokens
from index.lexical.build.runs import InvertedRuns, Lengths, Run, RunPostings
from index.lexical.schema import FIELDS, PHRASE_GAP, STEMMED
from index.text.analysis import is_stopword, normalize_language, to_term, to_term_of_form
from index.text.headlines import hash_headline
from index.text.tokens import count_in_runs, split_tokens, tokenize

RUN_TOKENS = 2_000_000
"""About 4,500 newswire articles, for a peak of 316 MB; 4 million are no faster, and take 512 MB."""


def invert_articles(
    folder: Path, articles: Iterable[Article], *, run_tokens: int = RUN_TOKENS
) -> InvertedRuns:
    """Analyse articles in order and write their runs, each of about `run_tokens` tokens."""
    sizes: list[int] = []
    lengths: dict[str, list[NDArray[np.int64]]] = {field: [] for field in FIELDS}

    def write_run(run: _RunInverter) -> None:
        run_folder = folder / str(len(sizes))
        run_folder.mkdir()
        for field, field_lengths in run.write(run_folder).items():
            lengths[field].append(field_lengths)
        sizes.append(len(run))

    run, headlines = _RunInverter(), array("q")
    for article in articles:
        headlines.append(hash_headline(token.folded for token in tokenize(article.headline)))
        run.add(article)
        if run.token_count >= run_tokens:
            write_run(run)
            run = _RunInverter()
    if len(run):
        write_run(run)
    nothing = np.empty(0, np.int64)
    all_lengths = {field: np.concatenate([nothing, *parts]) for field, parts in lengths.items()}
    return InvertedRuns(folder, tuple(sizes), all_lengths, np.array(headlines, np.int64))


class _RunInverter:
    """The articles of one run, as numbers of distinct raw tokens.

    Attributes:
        token_count: About how many words were added.
    """

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self.token_count = 0
        self._tokens = array("i")
        self._section_lengths = array("i")
        self._languages: list[str] = []

    def __len__(self) -> int:
        return len(self._languages)

    def add(self, article: Article) -> None:
        """Add the next article."""
        language = normalize_language(article.language)
        labels = " ".join((article.by, article.located, article.slugline, *article.subjects))
        places: list[str] = []
        for name in (article.located, *article.places):
            places += (*split_tokens(name, language), PHRASE_GAP)
        for section in (
            split_tokens(article.headline, language),
            (PHRASE_GAP,),
            split_tokens(article.body, language),
            (PHRASE_GAP,),
            split_tokens(labels, language),
            split_tokens(article.by, language),
            places,
        ):
            self._tokens.extend(map(self._numbers.__getitem__, section))
            self._section_lengths.append(len(section))
            self.token_count += len(section) + count_in_runs(section)
        self._languages.append(language)

    def write(self, folder: Path) -> Lengths:
        """Write every field's run; return the lengths of its rows."""
        words, forms = Forms.analyze(self._numbers)
        tokens = RunTokens.read(self._tokens, self._section_lengths).expand(forms)
        lengths = {}
        for field in FIELDS:
            part = tokens.select_sections(FIELD_SECTIONS[field])
            if field in STEMMED:
                terms, numbers = _stem_tokens(part, words, self._languages)
            else:
                terms, numbers = _number_tokens(part, words)
            weights = tokens.weigh(part, field)
            postings, lengths[field] = _sort_postings(part, terms, numbers, weights, len(self))
            if field in STEMMED:  # Only phrases need positions.
                postings = replace(postings, positions=postings.positions[:0])
            Run(folder, field).write(postings)
        return lengths


def _number_tokens(part: RunTokens, words: list[str]) -> tuple[list[str], NDArray[np.int32]]:
    """Distinct folded words in byte order, and the number among them of each token."""
    # A word's further forms have terms of their own, which no pattern and no suggestion finds.
    numbers = part.numbers + np.int64(len(words)) * ~part.is_next
    used = _find_used(numbers, 2 * len(words))
    terms = []
    for pair in used:
        is_further, number = divmod(pair, len(words))
        terms.append(to_term_of_form(words[number], "") if is_further else words[number])
    return _number(terms, used, numbers, 2 * len(words))


def _stem_tokens(
    part: RunTokens, words: list[str], languages: list[str]
) -> tuple[list[str], NDArray[np.int32]]:
    """As `_number_tokens`, for stems in each article's language; -1 for its stop words."""
    names = sorted(set(languages))
    codes = np.array([names.index(language) for language in languages], np.int32)[part.rows]
    # A word's further forms have terms of their own.
    pairs = (codes.astype(np.int64) * 2 + ~part.is_next) * len(words) + part.numbers
    used = _find_used(pairs, 2 * len(names) * len(words))
    terms = []
    for pair in used:
        code, number = divmod(pair, len(words))
        language, is_further = divmod(code, 2)
        to_term_or_none = to_term_of_form if is_further else _stem_or_drop
        terms.append(to_term_or_none(words[number], names[language]))
    return _number(terms, used, pairs, 2 * len(names) * len(words))


def _find_used(numbers: NDArray[np.integer], size: int) -> list[int]:
    """Which of `range(size)` occur."""
    is_used = np.zeros(size, bool)
    is_used[numbers] = True
    return np.flatnonzero(is_used).tolist()


def _stem_or_drop(word: str, language: str) -> str:
    if word == PHRASE_GAP:
        return word
    return "" if is_stopword(word, (language,)) else to_term(word, language)


def _number(
    forms: list[str], used: list[int], numbers: NDArray[np.integer], size: int
) -> tuple[list[str], NDArray[np.int32]]:
    """Distinct forms in byte order, and each token's number among them.

    Args:
        forms: The form of each of `used`; tokens of an empty one get -1.
        numbers: (tokens,) which of `range(size)` each token is.
    """
    # Code points sort in the same order as UTF-8.
    terms = sorted({form for form in forms if form})
    places = {form: place for place, form in enumerate(terms)}
    table = np.full(size, -1, np.int32)
    table[used] = [places.get(form, -1) for form in forms]
    return terms, table[numbers]


def _sort_postings(
    part: RunTokens,
    terms: list[str],
    numbers: NDArray[np.int32],
    weights: NDArray[np.float32],
    articles: int,
) -> tuple[RunPostings, NDArray[np.int64]]:
    """Postings in order of term and row, and each row's length."""
    is_term = numbers >= 0
    numbers, rows, weights = numbers[is_term], part.rows[is_term], weights[is_term]
    is_next = part.is_next[is_term]
    lengths = np.bincount(rows[is_next], minlength=articles)
    positions = np.cumsum(is_next) - 1 - (np.cumsum(lengths) - lengths)[rows]
    # Sorting one int64 key is three times as fast as a stable argsort of the numbers.
    order = np.sort(numbers * np.int64(len(rows)) + np.arange(len(rows))) % max(len(rows), 1)
    numbers, rows = numbers[order], rows[order]
    is_first = np.ones(len(rows), bool)
    is_first[1:] = (numbers[1:] != numbers[:-1]) | (rows[1:] != rows[:-1])
    bounds = np.flatnonzero(is_first)
    table = StringTable.of(terms)
    postings = RunPostings(
        term_text=table.text,
        term_ends=table.ends,
        starts=_to_starts(np.bincount(numbers[bounds], minlength=len(terms))),
        rows=rows[bounds],
        weights=np.add.reduceat(weights[order], bounds) if len(bounds) else weights,
        counts=np.diff(bounds, append=len(rows)).astype(np.int32),
        positions=positions[order].astype(np.int32),
        position_starts=_to_starts(np.bincount(numbers, minlength=len(terms))),
    )
    return postings, lengths


def _to_starts(sizes: NDArray[np.integer]) -> NDArray[np.int64]:
    """Where each of some ranges begins, and where the last one ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
