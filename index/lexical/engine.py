"""The lexical engine: builds a Whoosh index with its arrays, and answers queries from the arrays.

Decision: a query scores every matching article at once as arrays, so that counts, facets and fusion
are exact.
Must not know embeddings, stories or how a query was typed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from archive.article import Article
from index.arrays.bounded_cache import BoundedCache
from index.arrays.ops import union
from index.lexical.build.inverter import invert_articles
from index.lexical.build.merge import Batch, Merge
from index.lexical.build.postings_writer import PostingsWriter
from index.lexical.build.runs import InvertedRuns
from index.lexical.build.whoosh_writer import WHOOSH_FILES, WhooshSegmentWriter
from index.lexical.headlines import Headlines
from index.lexical.ports import FieldFilters
from index.lexical.postings import Postings
from index.lexical.query.accumulator import ScoreAccumulator
from index.lexical.query.bm25f import BM25FScorer
from index.lexical.query.clauses import Clauses
from index.lexical.query.explain import term_matches
from index.lexical.query.minimum_match import (
    Plan,
    complete,
    coverage,
    minimum_should_match,
    plan_scoring,
)
from index.lexical.query.multi_postings import joined
from index.lexical.query.term_matrix import term_matrix_of
from index.lexical.query.terms import Words
from index.lexical.query.vocabulary import MOST_EXPANSIONS
from index.lexical.schema import FIELDS, TEXT
from index.lexical.segment_arrays import ARRAY_NAMES, HEADLINES, array_path, open_segment
from index.query import And, Fuzzy, ParsedQuery, Prefix, Wildcard, iter_leaves
from index.ranking.scores import Scores, Similar
from index.storage.array_file import ArrayFileWriter
from index.storage.segments import Segment, map_rows
from index.text.analysis import strip_language, tokenize
from index.types.explanation import TermMatch
from index.types.notices import make_notice
from index.types.search import Notice

_REMEMBERED = 8
"""Of the last queries, masks and headlines: a search asks twice, and readers turn pages."""


class WhooshEngine:
    """Builds and opens lexical indexes; the default `LexicalEngine`."""

    name = "whoosh"

    def needs_file(self, path: str) -> bool:
        """Whether a file of a generation is opened for searching: not what only Whoosh reads."""
        return not path.endswith(WHOOSH_FILES)

    def build(self, folder: Path, articles: Iterable[Article]) -> None:
        """Index articles in order into an empty folder; row n is the n-th article."""
        with TemporaryDirectory(prefix="runs-", dir=folder) as runs:
            gathered = invert_articles(Path(runs), articles)
            segment = WhooshSegmentWriter(folder, gathered.lengths)
            try:
                with ArrayFileWriter(array_path(folder, segment.name), ARRAY_NAMES) as file:
                    for field in FIELDS:
                        _write_field(file, segment, gathered, field)
                    file.add(HEADLINES, gathered.headlines)
            except BaseException:
                segment.cancel()
                raise
            segment.commit()

    def open(self, parts: Sequence[Segment], languages: Sequence[str]) -> "WhooshIndex":
        """Open built folders as one; queries are analysed in each of `languages`."""
        opened = [open_segment(part.folder) for part in parts]
        sizes = [len(each.headlines) for each in opened]
        rows = map_rows([part.live_rows for part in parts], sizes)
        fields = {field: joined([each.fields[field] for each in opened], rows) for field in FIELDS}
        kept = [place.select_live(each.headlines) for place, each in zip(rows, opened, strict=True)]
        return WhooshIndex(fields, Headlines(np.concatenate(kept)), tuple(languages))


class WhooshIndex:
    """One immutable lexical index, open for searching by many threads."""

    def __init__(
        self, fields: Mapping[str, Postings], headlines: Headlines, languages: tuple[str, ...]
    ) -> None:
        self._fields = fields
        self._headlines = headlines
        self._languages = languages
        self._words = Words(fields, languages)
        self._clauses = Clauses(fields, self._words, languages)
        self._scorer = BM25FScorer(fields, self._words)
        self._rows = len(self._fields[TEXT].lengths)
        self._masks = BoundedCache[
            tuple[ParsedQuery, FieldFilters | None], NDArray[np.bool_] | None
        ](_REMEMBERED)
        self._headline_rows = BoundedCache[str, NDArray[np.int32]](_REMEMBERED)

    def score(
        self,
        query: ParsedQuery,
        mask: NDArray[np.bool_] | None,
        *,
        enough: int,
    ) -> Scores:
        """Rows of the query's `candidate_mask` that match it, with their BM25F scores.

        An article should have every bare word of the query. Where fewer than `enough` do, those
        with one word less are matches too, and so on; stop words never decide, nor do patterns.
        """
        if query.is_empty:
            return Scores(np.empty(0, np.int32), np.empty(0, np.float32))
        plan = plan_scoring(query, self._languages)
        found = self._added(plan, ScoreAccumulator(self._rows, mask))
        least = minimum_should_match(found.count, plan, enough)
        places = found.having(least)
        answering, scores = found.rows_at(places), found.scores.take(places, mode="clip")
        if not plan.needed:
            return Scores(answering, scores)
        had = found.covered.take(places, mode="clip")
        return Scores(answering, scores, coverage(had, plan, least), answering[complete(had, plan)])

    def candidate_mask(
        self,
        query: ParsedQuery,
        allowed: NDArray[np.bool_] | None,
        *,
        filters: FieldFilters | None = None,
    ) -> NDArray[np.bool_] | None:
        """Rows that meet the filters and the query's hard clauses; None where all do.

        A pasted headline may hold what would be a sign: `-sources` ends many of an agency's.
        """
        required = self._masks.get((query, filters), lambda: self._required_mask(query, filters))
        if required is None or allowed is None:
            return allowed if required is None else required.copy()
        return np.asarray(required & allowed)

    def exact_headline_rows(self, query: ParsedQuery) -> NDArray[np.int32]:
        """Rows whose headline is the query as it was typed, (n,) ascending; signs do not count."""
        return self._headline_rows.get(query.input, lambda: self._find_headline(query.input))

    def explain(self, query: ParsedQuery, rows: Sequence[int]) -> tuple[tuple[TermMatch, ...], ...]:
        """For each of these rows, what each word and pattern of the query adds to its score."""
        return term_matches(
            query, rows, self._languages, scorer=self._scorer, clauses=self._clauses
        )

    def notices(self, query: ParsedQuery) -> tuple[Notice, ...]:
        """The patterns that stand for more words than are searched for."""
        return tuple(
            make_notice("pattern-cut", placed.leaf.span, MOST_EXPANSIONS)
            for placed in iter_leaves(query.tree)
            if isinstance(placed.leaf, Prefix | Wildcard | Fuzzy) and placed.field != "source"
            if self._clauses.expansion(placed.leaf, placed.field).cut
        )

    def document_frequency(self, folded: str) -> int:
        """How many articles have a word in any form."""
        return len(union(self._words.rows(folded), self._rows))

    def similar_words(self, folded: str) -> tuple[Similar, ...]:
        """Words spelt almost as this one: within one edit, or two with the same first letter."""
        return self._clauses.vocabulary().similar_words(folded)

    def words_with_prefix(self, folded: str, limit: int) -> tuple[str, ...]:
        """The words that begin so, most frequent first; never itself."""
        return self._clauses.vocabulary().words_with_prefix(folded, limit)

    def term_matrix(self, of: NDArray[np.integer] | None = None) -> sparse.csr_matrix:
        """(rows, stems) float32 weights, headline terms counted for more; all, or `of` some rows.

        A stem that two languages share is one column: names are what their articles have in common.
        """
        postings = self._fields[TEXT]
        if of is not None:
            return term_matrix_of(postings, of, self._rows)
        numbers: dict[bytes, int] = {}
        columns = np.array(
            [
                numbers.setdefault(strip_language(postings.terms.bytes_at(n)), len(numbers))
                for n in range(len(postings.terms))
            ],
            np.int32,
        )
        rows, weights, terms = postings.everything()
        parts = (weights, (rows, columns[terms]))
        return sparse.csr_matrix(parts, (self._rows, len(numbers)))

    def _find_headline(self, text: str) -> NDArray[np.int32]:
        return self._headlines.rows([token.folded for token in tokenize(text)])

    def _required_mask(
        self, query: ParsedQuery, filters: FieldFilters | None
    ) -> NDArray[np.bool_] | None:
        if not query.mandatory_clauses:
            return None
        mask = self._clauses.mask(And(query.mandatory_clauses), filters)
        mask[self.exact_headline_rows(query)] = True
        return mask

    def _added(self, plan: Plan, to: ScoreAccumulator) -> ScoreAccumulator:
        """Add every word's and pattern's scores, and count needed words."""
        for folded, factor in plan.words.items():
            self._scorer.add_word(folded, factor, to, counts=folded in plan.needed)
        for pattern, factor in plan.patterns.items():
            self._scorer.add_terms(self._clauses.expansion(pattern, None).terms, factor, to)
        return to


def _write_field(
    file: ArrayFileWriter, segment: WhooshSegmentWriter, gathered: InvertedRuns, field: str
) -> None:
    """Write one field's postings, batch by batch, as Whoosh's and as arrays."""
    merge = Merge(gathered, field)
    arrays = PostingsWriter(file, merge)

    def passing() -> Iterator[Batch]:
        for batch in merge.batches():
            arrays.add(batch)
            yield batch

    segment.add_field(field, passing())
    arrays.finish(segment.lengths(field), gathered.lengths[field])
