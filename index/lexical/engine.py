"""The lexical engine: builds a Whoosh index with its arrays, and answers queries from the arrays.

Decision: a query scores every matching article at once as arrays, so that counts, facets and fusion
are exact; BM25F is Whoosh's own formula, checked against Whoosh's scorer in the tests.
Must not know embeddings, stories or how a query was typed.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from whoosh import index as whoosh_index

from archive.article import Article
from index.analysis import is_stopword, stems
from index.lexical.postings import FieldPostings, no_postings, open_arrays, write_arrays
from index.lexical.schema import EXACT, TEXT, write_index
from index.ports import Scores
from index.query import Clause, ParsedQuery, Phrase, Word

K1, B = 1.2, 0.75
EXACT_SHARE = 0.3
"""Share of the unstemmed form's score: nDCG@10 on `time` 0.736 -> 0.746 (0.1 to 0.5 alike)."""
MOST_WORDS = 4
"""A query of more words is a sentence: two of them are enough to be a match (docs/quality.md)."""
_POSITION_SPAN = 1 << 32
"""Row and position share one int64 key; no article has so many words."""


class WhooshEngine:
    """Builds and opens lexical indexes; the default `LexicalEngine`."""

    name = "whoosh"

    def build(self, folder: Path, articles: Iterable[Article]) -> None:
        """Index articles in order into an empty folder; row n is the n-th article."""
        write_index(folder, articles)
        opened = whoosh_index.open_dir(str(folder), readonly=True)
        with opened.reader() as reader:
            for leaf, _ in reader.leaf_readers() if reader.doc_count_all() else ():
                write_arrays(folder, leaf, leaf.segment().segment_id())
        opened.close()

    def open(self, folder: Path, languages: Sequence[str]) -> "WhooshIndex":
        """Open a built folder; queries are analysed in each of `languages`."""
        opened = whoosh_index.open_dir(str(folder), readonly=True)
        segments = [segment.segment_id() for segment in opened._segments()]
        opened.close()
        return WhooshIndex(folder, segments, tuple(languages))


class WhooshIndex:
    """One immutable lexical index, open for searching by many threads."""

    def __init__(self, folder: Path, segments: Sequence[str], languages: tuple[str, ...]) -> None:
        self._fields = {
            field: open_arrays(folder, segments[0], field) if segments else no_postings()
            for field in (TEXT, EXACT)
        }
        self._languages = languages
        self._norms = {field: _norms(postings) for field, postings in self._fields.items()}
        self._rows = len(self._fields[TEXT].lengths)

    def score(
        self, query: ParsedQuery, allowed: NDArray[np.bool_] | None, *, enough: int
    ) -> Scores:
        """Rows that match the query within `allowed`, with their BM25F scores.

        An article should have every word of the query. Where fewer than `enough` do, those with one
        word less are matches too, and so on; stop words never decide.
        """
        mask = self.permitted(query, allowed)
        words, needed = self._counted(query)
        scores = np.zeros(self._rows, np.float32)
        covered = np.zeros(self._rows, np.int16)
        found = np.zeros(self._rows, bool)
        for word in words:
            rows = self._add(word, scores)
            found[rows] = True
            if word in needed:
                covered[rows] += 1
        if mask is not None:
            found &= mask
        rows = np.flatnonzero(found).astype(np.int32)
        rows = rows[covered[rows] >= _coverage(covered[rows], len(needed), enough)]
        return Scores(rows, scores[rows])

    def permitted(
        self, query: ParsedQuery, allowed: NDArray[np.bool_] | None
    ) -> NDArray[np.bool_] | None:
        """Rows that meet the filters and the query's hard clauses; None where all do."""
        if not (query.required or query.excluded):
            return allowed
        mask = np.ones(self._rows, bool) if allowed is None else allowed.copy()
        for clause in query.required:
            mask &= self._having(clause)
        for clause in query.excluded:
            mask &= ~self._having(clause)
        return mask

    def term_counts(self) -> sparse.csr_matrix:
        """(rows, terms) float32 weights of the stemmed terms, headline terms counted for more."""
        postings = self._fields[TEXT]
        shape = (len(postings.terms), self._rows)
        parts = (postings.weights, postings.rows, postings.starts)
        return sparse.csr_matrix(parts, shape).T.tocsr()

    def _counted(self, query: ParsedQuery) -> tuple[list[Word], set[Word]]:
        """The distinct words to score, and those among them that an article should have."""
        distinct = list({word.folded: word for word in query.wanted}.values())
        listed = [w for w in distinct if any(is_stopword(w.folded, (x,)) for x in self._languages)]
        content = [word for word in distinct if word not in listed]
        dropped = {w for w in listed if is_stopword(w.folded, self._languages)}
        if not content:
            return distinct, set(distinct)
        return [word for word in distinct if word not in dropped], set(content)

    def _add(self, word: Word, scores: NDArray[np.float32]) -> NDArray[np.int32]:
        """Add one word's scores; return the rows that have it in any form."""
        found = []
        for form in stems(word.folded, self._languages):
            found.append(self._add_term(TEXT, form, 1.0, scores))
        found.append(self._add_term(EXACT, word.folded, EXACT_SHARE, scores))
        return np.unique(np.concatenate(found))

    def _add_term(
        self, field: str, term: str, share: float, scores: NDArray[np.float32]
    ) -> NDArray[np.int32]:
        postings = self._fields[field]
        number = postings.terms.find(term)
        if number is None:
            return np.empty(0, np.int32)
        rows, weights = postings.postings(number)
        if share:
            idf = np.log(self._rows / (len(rows) + 1)) + 1
            norm = self._norms[field][rows]
            scores[rows] += share * idf * (weights * (K1 + 1) / (weights + norm))
        return rows

    def _having(self, clause: Clause) -> NDArray[np.bool_]:
        mask = np.zeros(self._rows, bool)
        if isinstance(clause, Phrase) and len(clause.words) > 1:
            mask[self._phrase_rows(clause)] = True
            return mask
        word = clause.words[0] if isinstance(clause, Phrase) else clause
        for field, terms in (
            (TEXT, () if isinstance(clause, Phrase) else stems(word.folded, self._languages)),
            (EXACT, (word.folded,)),
        ):
            for term in terms:
                number = self._fields[field].terms.find(term)
                if number is not None:
                    mask[self._fields[field].postings(number)[0]] = True
        return mask

    def _phrase_rows(self, phrase: Phrase) -> NDArray[np.int64]:
        """Rows where the words stand side by side, in their unstemmed forms."""
        keys: NDArray[np.int64] | None = None
        for offset, word in enumerate(phrase.words):
            number = self._fields[EXACT].terms.find(word.folded)
            if number is None:
                return np.empty(0, np.int64)
            rows, positions = self._fields[EXACT].places(number)
            here = rows * _POSITION_SPAN + positions - offset + len(phrase.words)
            keys = here if keys is None else np.intersect1d(keys, here, assume_unique=True)
        assert keys is not None
        return np.unique(keys // _POSITION_SPAN)


def _norms(postings: FieldPostings) -> NDArray[np.float32]:
    """K1 * (1 - B + B * length / mean length) for each row, (articles,) float32."""
    lengths, mean = np.asarray(postings.lengths), float(postings.mean_length[0]) or 1.0
    return (K1 * (1 - B + B * lengths / mean)).astype(np.float32)


def _coverage(covered: NDArray[np.int16], words: int, enough: int) -> int:
    """How many words a match must have: all, or fewer until `enough` articles match."""
    if not words:
        return 0
    counts = np.bincount(covered, minlength=words + 1)
    reached = np.cumsum(counts[::-1])[::-1]
    needed = words if words <= MOST_WORDS else 2
    while needed > 1 and reached[needed] < enough:
        needed -= 1
    return needed
