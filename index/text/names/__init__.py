"""Names of people, places and organisations.

Responsibility: find names in texts, tell their kinds apart, and count those of an article.
Decision: rules and word lists, no model (docs/decisions/0019-names-by-rules.md).
Must not depend on: indexes or stories.
"""

from index.text.names.counting import (
    ArticleNames,
    Name,
    extract_names,
    find_article_names,
    find_shared_names,
    unify_names,
)
from index.text.names.extraction import Mention, find_names
from index.text.names.gazetteer import get_names_of_variants
from index.text.names.kinds import NameKind
from index.text.names.titles import is_title

__all__ = [
    "ArticleNames",
    "Mention",
    "Name",
    "NameKind",
    "extract_names",
    "find_article_names",
    "find_names",
    "find_shared_names",
    "get_names_of_variants",
    "is_title",
    "unify_names",
]
