"""What a reader is told about a query and its answer: every notice's code and wording; and why a
query cannot be answered at all.

Decision: in one place, as texts with gaps, so that page, API and documentation say the same and a
page can say it in another language.
Must not know how a query is read or answered.
"""

from index.types.search import Notice, Span

CODES_WITHOUT_REPAIR = {"operators-as-words"}
"""Notices after which the query, read back, would look as it was typed."""

QUERY_NOTICES = {
    "text-cut": "Only the first {0} characters are read.",
    "too-many-words": "Only the first {0} words are searched for.",
    "too-deep": "Brackets within more than {0} brackets are left out.",
    "unclosed-quote": (
        "The quotation mark is never closed; the rest of the query is taken as a phrase."
    ),
    "unclosed-bracket": "The bracket is never closed; it is taken to close at the end.",
    "stray-bracket": "This bracket was never opened; it is left out.",
    "empty-brackets": "There is nothing within the brackets; they are left out.",
    "dangling-operator": "{0} has nothing to join here; it is left out.",
    "operators-as-words": (
        "AND, OR and NOT are taken as words here; as operators they stand between or before others."
    ),
    "unknown-field": "There is no field “{0}”; what stands there is searched for as words.",
    "field-without-value": (
        "Nothing stands right after “{0}:”, so it is no field here."
        " Write {0}:word, without a space."
    ),
    "sign-in-field": "The sign within the field is left out; write {0}{1}:word.",
    "pattern-too-short": (
        "A * needs three letters before it, or two and more after it, and a ? two letters before"
        " it; this is searched for as words."
    ),
    "pattern-in-phrase": "Within quotation marks * stands for nothing; it is left out.",
    "fuzzy-too-short": "A ~ needs a word of three letters or more; it is left out.",
    "fuzzy-edits": "A word may differ in 1 or 2 letters; “~{0}” is taken as “~”.",
    "slop": "Words of a phrase may stand up to {0} words apart; more is left out.",
    "too-many-near": "Only the first {0} phrases may have a ~; others are taken as written.",
    "boost/none": "A weight is a number from 0.1 to 10; what follows the ^ is none.",
    "boost/bounded": "A weight is a number from 0.1 to 10; {0} is taken as {1}.",
    "pattern-cut": (
        "More than {0} words fit this pattern; only the most frequent are searched for."
    ),
}
RESULT_NOTICES = {
    "lexical-only": "Searched by words only. {0}",
    "lexical-only/pending": (
        "Searched by words only. The articles' vectors are still being made; meaning joins when"
        " they are."
    ),
    "nothing-near": "Nothing in the archive is about this.",
    "nothing-near/some": (
        "Nothing in the archive is about this. These articles only have some of the words."
    ),
    "words-relaxed": "{0} articles have all {1} words; the others have at least {2} of them.",
    "words-relaxed/one": "1 article has all {0} words; the others have at least {1} of them.",
    "words-relaxed/none": "No article has all {0} words; these have at least {1} of them.",
}
"""What stands after a slash tells wordings of one code apart."""
QUERY_ERRORS = {
    "date/none": (
        "“{0}” is not a date; write 2020, 2020-06, 2020-06-15, [2020-06-01 TO 2020-06-15],"
        " >2020-06-01 or last-week."
    ),
    "date/range": "“{0}” is not a range of days; write [2020-06-01 TO 2020-06-15].",
    "date/calendar": "“{0}” is not in the calendar.",
    "date/beyond": "“{0}” reaches beyond the calendar.",
    "date/backwards": "“{0}” ends before it starts: {1} comes before {2}.",
}
"""Why a query cannot be answered: told with the part of it that is wrong."""

_TEXTS = QUERY_NOTICES | RESULT_NOTICES | QUERY_ERRORS


def make_notice(name: str, span: Span | None = None, *values: object) -> Notice:
    """The notice of this name, about a part of the query or all of it."""
    told = tuple(f"{value:,}" if isinstance(value, int) else str(value) for value in values)
    return Notice(code=name.partition("/")[0], text=_TEXTS[name], values=told, span=span)
