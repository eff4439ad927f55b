"""Names that parameters have elsewhere: `limit` for `page_size`.

Responsibility: find the parameter that a reader means by another name.
Decision: one table of the names that other search interfaces use; it only helps to word an error,
so that each parameter keeps a single name.
Must not depend on: which route takes which parameter.
"""

import re
from collections.abc import Collection

_OTHER_NAMES = {
    "q": "query search text term terms keyword keywords phrase searchterm",
    "lang": "language languages locale",
    "source": "sources publisher outlet domain",
    "place": "places location located",
    "from": "since after start startdate begin begindate datefrom fromdate mindate",
    "to": "until before end enddate dateto todate maxdate",
    "sort": "sortby order orderby ordering",
    "group": "groupby grouping collapse",
    "mode": "searchmode searchtype type method",
    "facets": "facet aggs aggregations",
    "explain": "explanation debug",
    "page_size": "limit size perpage count rows num n max maxresults top hits",
    "cursor": "page offset skip pagetoken nextpage next startindex",
    "versions": "version",
    "version": "versions",
    "least": "minimum min minsize minarticles",
}
_MEANT = {other: name for name, others in _OTHER_NAMES.items() for other in others.split()}


def find_meant_name(name: str, known: Collection[str]) -> str | None:
    """The parameter among those known that `name` is another name or another spelling of."""
    plain = _strip(name)
    by_spelling = {_strip(each): each for each in known}
    candidates = (by_spelling.get(plain), _MEANT.get(plain))
    return next((each for each in candidates if each in known), None)


def _strip(name: str) -> str:
    """The letters and digits of a name, in lower case: `Sort-By` -> `sortby`."""
    return re.sub(r"[\W_]", "", name).lower()
