"""What the conditions of a search leave out: every article, or those without a date.

Responsibility: name the filters and clauses without which there would be results, and say how many
undated articles a period leaves out or an order by date puts last.
Decision: the search is asked again without a condition, which costs time only where nothing is
found or where the archive has undated articles, so that a reader is told what happened.
Must not depend on: how the answer is shown, or which engine gave it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from index.query import And, DateRange, Empty, Field, Node, Not, Or, Value, iter_leaves
from index.query.render import render
from index.ranking.fusion import Ranking
from index.search.plan import SearchPlan
from index.search.ports import Snapshot, Vector
from index.types.notices import make_notice
from index.types.search import Filters, Notice, SearchRequest

_MAX_CLAUSES = 8
"""Clauses that are tried one by one. A query of more gets the general message."""
_MAX_NOTICES = 3
_NAMED = ("sources", "languages", "places")
_UNDATED = DateRange(None, None, (0, 0), undated=True)
_NO_TIME = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class _Restriction:
    """One filter or mandatory clause of a search.

    Attributes:
        kind: The variant of the notices about it.
        shown: What the notices say of it.
        alone, without: The search with nothing else, and with all else.
    """

    kind: str
    shown: str
    alone: SearchPlan
    without: SearchPlan


def find_unknown_values(snapshot: Snapshot, filters: Filters) -> Iterator[Notice]:
    """A notice for each source, language or place that no article of the archive has."""
    unknown = snapshot.find_unknown(filters)
    values = [(name, value) for name in _NAMED for value in getattr(unknown, name)]
    for name, value in values[:_MAX_NOTICES]:
        yield make_notice(f"unknown-value/{name}", None, value)
    if any("," in value for _, value in values):
        yield make_notice("unknown-value/comma")


def explain_nothing(
    snapshot: Snapshot, plan: SearchPlan, vector: Vector | None
) -> tuple[Notice, ...] | None:
    """Which filters or clauses are why nothing is found; None if the words alone find nothing."""
    restrictions = _list_restrictions(plan)
    lacking = [each for each in restrictions if not _finds(snapshot, each.alone, None)]
    if lacking:
        # Unknown names have a notice of their own.
        told = [_describe_lacking(each) for each in lacking if each.kind not in _NAMED]
        return tuple(notice for notices in told for notice in notices)[:_MAX_NOTICES]
    if not restrictions or not finds_otherwise(snapshot, plan, vector):
        return None
    blamed = [each for each in restrictions if _finds(snapshot, each.without, vector)]
    if not blamed:
        return (make_notice("filtered/together", None, "; ".join(r.shown for r in restrictions)),)
    notices = [make_notice(f"filtered/{each.kind}", None, each.shown) for each in blamed]
    return tuple(notices[:_MAX_NOTICES])


def finds_otherwise(
    snapshot: Snapshot, plan: SearchPlan, vector: Vector | None, *, similar: bool = False
) -> bool:
    """Whether the search finds something without its filters and mandatory clauses.

    Args:
        similar: Count only articles that are similar in meaning.
    """
    optional = [node for node in plan.query.clauses if node not in plan.query.mandatory_clauses]
    wide = _change(plan, optional, Filters())
    return wide != plan and _finds(snapshot, wide, vector, similar=similar)


def _finds(
    snapshot: Snapshot, plan: SearchPlan, vector: Vector | None, *, similar: bool = False
) -> bool:
    vector = vector if plan.embedding_text else None
    found = snapshot.candidates(plan, vector)
    return bool((found.semantic >= 0).any()) if similar else len(found) > 0


def _list_restrictions(plan: SearchPlan) -> list[_Restriction]:
    """The filters of a search, then its mandatory clauses."""
    filters, clauses = plan.filters, list(plan.query.clauses)
    restrictions = []
    for name in _NAMED:
        if values := getattr(filters, name):
            only, no_values = Filters(**{name: values}), dict[str, Any]({name: ()})
            without = _change(plan, clauses, replace(filters, **no_values))
            shown = ", ".join(values)
            restrictions.append(_Restriction(name, shown, _change(plan, [], only), without))
    if filters.date_from or filters.date_to:
        only = Filters(date_from=filters.date_from, date_to=filters.date_to)
        without = _change(plan, clauses, replace(filters, date_from=None, date_to=None))
        shown = _format_period(filters.date_from, filters.date_to)
        restrictions.append(_Restriction("dates", shown, _change(plan, [], only), without))
    mandatory = tuple(dict.fromkeys(plan.query.mandatory_clauses))
    for node in mandatory if len(mandatory) <= _MAX_CLAUSES else ():
        others = [each for each in clauses if each != node]
        restrictions.append(
            _Restriction(
                "clause",
                render(node, plan.query.input),
                _change(plan, [node], Filters()),
                _change(plan, others, filters),
            )
        )
    return restrictions


def _change(plan: SearchPlan, clauses: list[Node], filters: Filters) -> SearchPlan:
    """The plan with these clauses and filters alone; everything if there are none."""
    tree = clauses[0] if len(clauses) == 1 else And(tuple(clauses)) if clauses else Empty()
    query = replace(plan.query, tree=tree)
    has_words = bool(query.ranked_leaves)
    embedding_text = plan.embedding_text if has_words else ""
    by_meaning = plan.mode == "semantic" and embedding_text
    return replace(
        plan,
        query=query,
        filters=filters,
        uses_words=has_words and not by_meaning,
        embedding_text=embedding_text,
    )


def _describe_lacking(restriction: _Restriction) -> Iterator[Notice]:
    """Notices about a filter that no article of the archive passes."""
    yield make_notice(f"unknown-value/{restriction.kind}", None, restriction.shown)
    for item in iter_leaves(restriction.alone.query.tree):
        if item.field == "lang" and isinstance(item.leaf, Value) and "," in item.leaf.text:
            written = " OR ".join(filter(None, item.leaf.text.split(",")))
            yield make_notice("unknown-value/comma-clause", None, f"lang:({written})")


def _format_period(first: date | None, last: date | None) -> str:
    """`2031-03-01 – 2031-03-15`, with … for an open end."""
    return f"{first or '…'} – {last or '…'}"


def mention_undated(
    snapshot: Snapshot,
    request: SearchRequest,
    plan: SearchPlan,
    ranking: Ranking,
    vector: Vector | None,
) -> Notice | None:
    """A notice about undated articles that a period leaves out, or that come last."""
    candidates = ranking.candidates
    if _has_period(plan):
        count, variants = _count_left_out(snapshot, plan, vector), ("undated", "undated/one")
    elif request.sort != "relevance":
        count = int((candidates.published == _NO_TIME).sum())
        count = 0 if count == len(candidates) else count
        variants = ("undated/last", "undated/last-one")
    else:
        count, variants = 0, ("", "")
    if not count:
        return None
    return make_notice(variants[1]) if count == 1 else make_notice(variants[0], None, count)


def _has_period(plan: SearchPlan) -> bool:
    leaves = iter_leaves(plan.query.tree)
    is_in_query = any(
        isinstance(item.leaf, DateRange) and not item.leaf.undated and not item.negated
        for item in leaves
    )
    return bool(plan.filters.date_from or plan.filters.date_to or is_in_query)


def _count_left_out(snapshot: Snapshot, plan: SearchPlan, vector: Vector | None) -> int:
    if not len(snapshot.candidates(_change(plan, [_UNDATED], Filters()), None)):
        return 0
    clauses = [_UNDATED, *(_replace_periods(clause) for clause in plan.query.clauses)]
    filters = replace(plan.filters, date_from=None, date_to=None)
    undated = _change(plan, list(dict.fromkeys(clauses)), filters)
    return len(snapshot.candidates(undated, vector if undated.embedding_text else None))


def _replace_periods(node: Node) -> Node:
    """The node with each period that articles must be in replaced by the condition of no date."""
    match node:
        case DateRange():
            return _UNDATED
        case And(nodes) | Or(nodes):
            return replace(node, nodes=tuple(map(_replace_periods, nodes)))
        case Field(_, inner):
            return replace(node, node=_replace_periods(inner))
        case Not(Not(inner)):
            return _replace_periods(inner)
    return node
