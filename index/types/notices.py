"""Notices and query errors.

Responsibility: hold the code and the text of each.
Decision: the texts are templates in one table, so that pages, API and documentation agree and a
page can translate them.
Must not depend on: how a query is parsed, searched or shown.
"""

from index.types.fields import Span
from index.types.search import Notice

CODES_WITHOUT_REPAIR = {"operators-as-words", "unreadable"}
"""Notices that leave the query as typed, so that there is no repaired query to show."""

QUERY_NOTICES = {
    "text-cut": "The query is too long: only the first {0} characters are used.",
    "too-many-words": "The query has too many words: only the first {0} are searched for.",
    "too-deep": "Brackets nested more than {0} deep are ignored.",
    "unclosed-quote": (
        "A quotation mark is not closed; the rest of the query is treated as a phrase."
    ),
    "unclosed-bracket": (
        "A bracket is not closed; it is treated as closed at the end of the query."
    ),
    "stray-bracket": "A closing bracket has no opening bracket; it is ignored.",
    "empty-brackets": "Empty brackets are ignored.",
    "dangling-operator": "{0} has no word to apply to; it is ignored.",
    "operators-as-words": (
        "AND, OR and NOT are searched for as words here. To use them as operators, put them"
        " between or before other words."
    ),
    "unreadable": "“{0}” has no word to search for; it is ignored.",
    "unreadable/all": (
        "The query has no word, number or symbol that can be searched for, so nothing is found."
    ),
    "unknown-field": "Unknown field “{0}”; its text is searched for as words.",
    "field-without-value": (
        "“{0}:” has no value, so it is not used as a field. Write {0}:word, without a space."
    ),
    "sign-in-field": "The sign after the colon is ignored. Write {0}{1}:word.",
    "pattern-too-short": (
        "This pattern is too short and is searched for as words. Put three letters before a final"
        " *, or two letters before a * or ? inside a word."
    ),
    "pattern-in-phrase": "Wildcards do not work inside quotation marks; * is ignored.",
    "fuzzy-too-short": "~ needs a word of at least three letters; it is ignored.",
    "fuzzy-edits": "~ allows 1 or 2 different letters; “~{0}” is treated as “~”.",
    "slop": "The words of a phrase can be at most {0} words apart; {0} is used.",
    "too-many-near": "Only the first {0} phrases can use ~; the others are matched exactly.",
    "near-distance": "A distance must be from {0} to {1} km; {2} km is used.",
    "unknown-place": (
        "The place “{0}” is not known, so no article is near it. Write its name in English or in"
        " its own language, and its state or country after a comma if you like."
    ),
    "boost/none": "^ must be followed by a number from 0.1 to 10; it is ignored.",
    "boost/bounded": "A weight must be from 0.1 to 10; {0} is changed to {1}.",
    "pattern-cut": (
        "More than {0} words match this pattern; only the most frequent are searched for."
    ),
}
"""What was repaired or limited in a query. A code may be followed by `/` and a variant."""
RESULT_NOTICES = {
    "words-only": "The model cannot read this query; only its words were searched for.",
    "lexical-only": "Keyword search only. {0}",
    "lexical-only/pending": (
        "Keyword search only. Semantic search will be available when all articles are embedded."
    ),
    "missing": (
        "{0} matching articles are no longer in the archive and are left out. The index has to be"
        " built again."
    ),
    "missing/one": (
        "1 matching article is no longer in the archive and is left out. The index has to be built"
        " again."
    ),
    "nothing-near": "No article in the archive is closely related to this query.",
    "nothing-near/some": (
        "No article in the archive is closely related to this query. These articles only contain"
        " some of its words."
    ),
    "nothing-near/filtered": (
        "No article that passes the filters is closely related to this query. These articles only"
        " contain some of its words."
    ),
    "no-match": "No article contains any of these words.",
    "no-match/one": "No article contains “{0}”.",
    "no-match/empty": "The archive has no articles.",
    "unknown-value/sources": "No article in the archive is from the source “{0}”.",
    "unknown-value/languages": "No article in the archive is in the language “{0}”.",
    "unknown-value/places": "No article in the archive was filed from “{0}”.",
    "unknown-value/dates": "No article in the archive was published in this period ({0}).",
    "unknown-value/clause": "No article in the archive matches {0}.",
    "unknown-value/comma": (
        "A comma does not separate values. For several values, give the filter once for each."
    ),
    "unknown-value/comma-clause": "A comma does not separate values. Write {0}.",
    "filtered/sources": "The source filter ({0}) excludes every article that matches otherwise.",
    "filtered/languages": (
        "The language filter ({0}) excludes every article that matches otherwise."
    ),
    "filtered/places": "The place filter ({0}) excludes every article that matches otherwise.",
    "filtered/dates": "The date filter ({0}) excludes every article that matches otherwise.",
    "filtered/clause": "“{0}” excludes every article that matches otherwise.",
    "filtered/together": "No article that matches otherwise also matches all of these: {0}.",
    "undated": (
        "{0} articles without a date match otherwise and are left out; date:none finds them."
    ),
    "undated/one": (
        "1 article without a date matches otherwise and is left out; date:none finds it."
    ),
    "undated/last": "{0} of the articles have no date and come last; date:none finds them.",
    "undated/last-one": "1 of the articles has no date and comes last; date:none finds it.",
    "words-relaxed": (
        "{0} articles contain all {1} words; every other keyword match contains at least {2}."
    ),
    "words-relaxed/one": (
        "1 article contains all {0} words; every other keyword match contains at least {1}."
    ),
    "words-relaxed/none": (
        "No article contains all {0} words; every keyword match contains at least {1}."
    ),
    "words-relaxed/both": (
        "{0} articles contain both words; every other keyword match contains one of them."
    ),
    "words-relaxed/both-one": (
        "1 article contains both words; every other keyword match contains one of them."
    ),
    "words-relaxed/both-none": (
        "No article contains both words; every keyword match contains one of them."
    ),
}
"""What a reader should know about the results."""
QUERY_ERRORS = {
    "date/none": (
        "“{0}” is not a date. Use 2020, 2020-06, 2020-06-15, [2020-06-01 TO 2020-06-15],"
        " >2020-06-01 or last-week."
    ),
    "date/range": "“{0}” is not a date range. Use [2020-06-01 TO 2020-06-15].",
    "date/calendar": "The date “{0}” does not exist.",
    "date/beyond": "“{0}” is outside the supported years, 1 to 9999.",
    "date/backwards": "“{0}” ends before it starts: {1} is before {2}. Swap the dates.",
}
"""Why a query cannot be searched; each comes with the span that is wrong."""

_TEMPLATES = QUERY_NOTICES | RESULT_NOTICES | QUERY_ERRORS


def make_notice(name: str, span: Span | None = None, *values: object) -> Notice:
    """The notice of this name.

    Args:
        name: A key of one of the tables.
        span: The part of the query that it is about, [start, end) in code points; None for all.
        values: What fills `{0}`, `{1}` and so on; integers are written with thousands separators.
    """
    texts = tuple(f"{value:,}" if isinstance(value, int) else str(value) for value in values)
    return Notice(code=name.partition("/")[0], text=_TEMPLATES[name], values=texts, span=span)
