"""RIS, BibTeX and plain words: an article, or a story, as it is cited.

Decision: every value is one line, and what BibTeX would read as a command or a brace is written as
the command that prints it, so that braces always balance.
Must not know how anything was found.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import UTC
from hashlib import sha256

from archive.article import UNKNOWN_LANGUAGE, Article
from index.types.stories import StoryView
from web.exports.export import Export, cleaned, one_line
from web.http.urls import is_web_link
from web.i18n.formatting import count, day, headline_of, period, title_of

_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: "\\" + sign for sign in "$&#_%"},
    }
)
_IN_LINKS = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20", '"': "%22"})
_BETWEEN_NAMES = re.compile(r"\s*;\s*|\s+(?:and|y|et|und|e)\s+")


def write_ris(export: Export) -> Iterator[str]:
    """One record an article, of type NEWS; lines end in CR LF."""
    for article in export.articles:
        yield ris(article, address=export.address_of(article.uri))


def write_bibtex(export: Export) -> Iterator[str]:
    """One `@article` an article."""
    for article in export.articles:
        yield bibtex(article, address=export.address_of(article.uri))


def plain(article: Article, *, address: str) -> str:
    """`Jonas Hale: “Bridge closed.” Northern Wire, Port Alder, 10 July 2023. https://...`"""
    title = _ended(one_line(headline_of(article)))
    where = [article.source, article.located, day(article.first_created)]
    by = f"{one_line(article.by)}: " if article.by else ""
    told = ", ".join(part for each in where if (part := one_line(each)))
    return f"{by}“{title}” {told}. {_link(article, address)}"


def ris(article: Article, *, address: str) -> str:
    """One RIS record; `address` is where the archive shows the article."""
    shown = cleaned(article)
    when = shown.first_created.astimezone(UTC) if shown.first_created else None
    values = [
        ("TY", "NEWS"),
        ("TI", headline_of(shown)),
        *(("AU", name) for name in _authors(shown)),
        ("T2", shown.source),
        ("PY", f"{when:%Y}" if when else ""),
        ("DA", f"{when:%Y/%m/%d}/" if when else ""),
        ("CY", shown.located),
        ("LA", _language(shown)),
        *(("KW", subject) for subject in shown.subjects),
        ("UR", _link(shown, address)),
        ("ID", shown.uri),
    ]
    return _record(values)


def bibtex(article: Article, *, address: str) -> str:
    """One BibTeX entry, for BibTeX and biblatex; `address` is where the archive shows it."""
    shown = cleaned(article)
    when = shown.first_created.astimezone(UTC) if shown.first_created else None
    values = [
        ("title", f"{{{_tex(headline_of(shown))}}}"),
        ("author", " and ".join(_tex(name) for name in _authors(shown))),
        ("journal", _tex(shown.source)),
        ("entrysubtype", "newspaper"),
        ("date", f"{when:%Y-%m-%d}" if when else ""),
        ("year", f"{when:%Y}" if when else ""),
        ("location", _tex(shown.located)),
        ("language", _tex(_language(shown))),
        ("keywords", _tex(", ".join(shown.subjects))),
        ("url", _link(shown, address).translate(_IN_LINKS)),
    ]
    return _entry("article", _key(shown), values)


def plain_story(view: StoryView, *, address: str) -> str:
    """`Halyard Press, Nordkante: “Ferry aground.” 4 articles, 4 to 12 March 2031. https://...`"""
    title = _ended(one_line(title_of(view.story)))
    by = f"{', '.join(map(one_line, _sources(view)))}: " if _sources(view) else ""
    told = count(len(view.articles), "article")
    when = period(view.story.first_created, view.story.last_created)
    return f"{by}“{title}” {told}, {when}. {address}"


def ris_story(view: StoryView, *, address: str) -> str:
    """One RIS record; the sources stand for the authors."""
    first, last = view.story.first_created, view.story.last_created
    values = [
        ("TY", "ELEC"),
        ("TI", title_of(view.story)),
        *(("AU", source) for source in _sources(view)),
        ("PY", f"{first.astimezone(UTC):%Y}" if first else ""),
        ("DA", f"{last.astimezone(UTC):%Y/%m/%d}/" if last else ""),
        ("UR", address),
        ("ID", view.story.id),
    ]
    return _record(values)


def bibtex_story(view: StoryView, *, address: str) -> str:
    """One BibTeX entry; the sources stand for the authors, each in braces: it is no person."""
    first, last = view.story.first_created, view.story.last_created
    days = [f"{when.astimezone(UTC):%Y-%m-%d}" for when in (first, last) if when]
    values = [
        ("title", f"{{{_tex(title_of(view.story))}}}"),
        ("author", " and ".join(f"{{{_tex(source)}}}" for source in _sources(view))),
        ("date", "/".join(dict.fromkeys(days))),
        ("year", days[0][:4] if days else ""),
        ("url", address.translate(_IN_LINKS)),
    ]
    key = re.sub("[^a-z0-9]", "", view.story.id.lower()) or "story"
    return _entry("misc", f"story-{key}", values)


def _sources(view: StoryView) -> list[str]:
    """The sources of a story, that with most articles first."""
    counted = Counter(article.source for article in view.articles if article.source)
    return [source for source, _ in sorted(counted.items(), key=lambda each: (-each[1], each[0]))]


def _ended(title: str) -> str:
    return title if title.endswith((".", "!", "?", "…")) else f"{title}."


def _record(values: list[tuple[str, str]]) -> str:
    lines = [f"{tag}  - {told}\r\n" for tag, value in values if (told := one_line(value))]
    return "".join(lines) + "ER  - \r\n\r\n"


def _entry(kind: str, key: str, values: list[tuple[str, str]]) -> str:
    told = "".join(f",\n  {name} = {{{value}}}" for name, value in values if value)
    return f"@{kind}{{{key}{told}\n}}\n\n"


def _authors(article: Article) -> list[str]:
    return [name for name in _BETWEEN_NAMES.split(one_line(article.by)) if name]


def _language(article: Article) -> str:
    return "" if article.language == UNKNOWN_LANGUAGE else article.language


def _link(article: Article, address: str) -> str:
    return article.url if is_web_link(article.url) else address


def _tex(text: str) -> str:
    return one_line(text).translate(_TEX)


def _key(article: Article) -> str:
    """Source and year, readable, and eight digits of the id's hash, which make it unique."""
    plain = unicodedata.normalize("NFKD", article.source).encode("ascii", "ignore").decode()
    year = str(article.first_created.year) if article.first_created else ""
    digest = sha256(article.uri.encode(errors="replace")).hexdigest()[:8]
    return f"{re.sub('[^a-z]', '', plain.lower()) or 'article'}{year}-{digest}"
