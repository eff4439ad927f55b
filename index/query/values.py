"""Values of fields that filter: `lang:pt`, `near:"Nova Gorica" 300km`, `name:roncal`.

Responsibility: parse the value of a field, and write a place with its distance.
Decision: a place alone means 50 km around it; a distance that no two points of the Earth have is
limited, with a notice.
Must not depend on: what the place means.
"""

import re

from index.query.lexer import QUOTES, Token
from index.query.tree import (
    NEAR_FIELD,
    Boost,
    Field,
    Fuzzy,
    NameValue,
    NearValue,
    Node,
    Phrase,
    Prefix,
    Value,
    Wildcard,
    Word,
)
from index.types.fields import Span
from index.types.notices import make_notice
from index.types.search import Notice

DEFAULT_KM = 50.0
MAX_KM = 20_000.0
MIN_KM = 1.0
_KM_OF_A_MILE = 1.609344
_DISTANCE = re.compile(r"\s+(?P<number>[0-9]+(?:\.[0-9]+)?)\s?(?P<unit>km|mi)$", re.IGNORECASE)


def parse_value(field: str, token: Token, notices: list[Notice]) -> Value:
    """Parse the value of one of `VALUE_FIELDS`; a notice about it is added to `notices`."""
    text, span = token.text, token.span
    if field != NEAR_FIELD:
        return Value(text, span)
    match = _DISTANCE.search(text)
    place = " ".join(text[: match.start() if match else None].strip(QUOTES).split())
    if match is None:
        return _create(place, DEFAULT_KM, span)
    number = float(match["number"][:9])
    wanted = number * _KM_OF_A_MILE if match["unit"].casefold() == "mi" else number
    km = min(max(wanted, MIN_KM), MAX_KM)
    if km != wanted:
        notices.append(make_notice("near-distance", span, int(MIN_KM), int(MAX_KM), f"{km:g}"))
    return _create(place, float(f"{km:.4g}"), span)


def to_name_filter(node: Node, name: str) -> Field:
    """Turn a word, phrase or pattern into a filter of a field. A filter has no weight."""
    leaf = node.node if isinstance(node, Boost) else node
    match leaf:
        case Phrase(words, span, _):
            return Field(name, NameValue(" ".join(word.folded for word in words), span, leaf))
        case Word(text, span) | Prefix(text, span) | Wildcard(text, span) | Fuzzy(text, _, span):
            return Field(name, NameValue(text, span, leaf))
    raise AssertionError(leaf)


def _create(place: str, km: float, span: Span) -> NearValue:
    return NearValue(f'"{place}" {km:g}km', span, place, km)
