"""Names of files: which are beside the articles, and what they say about compression.

Responsibility: name the kind of a file that is skipped, and strip the suffix of a compression.
Decision: only what is never an article is skipped by its name, and its kind is counted.
Must not depend on: the content of a file.
"""

from pathlib import Path

# Files beside the articles of research collections and repositories, by how their names begin.
_SKIPPED_PREFIXES = {
    ".": "hidden file",
    "readme": "README",
    "license": "licence",
    "licence": "licence",
    "qrels.": "relevance judgements",
}
_SKIPPED_NAMES = {
    "queries.jsonl": "queries",
    "qrels": "relevance judgements",
    "thumbs.db": "hidden file",
    "desktop.ini": "hidden file",
}
_PACKED = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}
_COMPRESSED = frozenset({".gz", ".bz2", ".xz", ".zst"})


def name_skipped(name: str) -> str:
    """Return the kind of a file that is skipped in a folder; empty if the file is considered."""
    plain = strip_compression_suffix(name)
    kinds = (kind for prefix, kind in _SKIPPED_PREFIXES.items() if plain.startswith(prefix))
    return _SKIPPED_NAMES.get(plain) or next(kinds, "")


def name_skipped_folder(name: str) -> str:
    """Return the kind of a folder that is skipped; empty if its files are considered."""
    is_hidden = name.startswith(".") and name.strip(".")
    return "hidden folder" if is_hidden or name == "__MACOSX" else ""


def strip_compression_suffix(name: str) -> str:
    """Return the file name in lower case, without the suffix of a compression."""
    lower = name.lower()
    suffix = Path(lower).suffix
    if suffix in _PACKED:
        return lower.removesuffix(suffix) + _PACKED[suffix]
    return lower.removesuffix(suffix) if suffix in _COMPRESSED else lower
