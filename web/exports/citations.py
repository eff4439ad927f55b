"""Citations: RIS, BibTeX and plain text.

Responsibility: write an article or a story for reference managers and for readers.
Decision: every value is one line, and a character that BibTeX would interpret is written as the
command that prints it, so that braces always balance.
Must not depend on: how an article was retrieved.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import UTC
from hashlib import sha256

from archive.article import UNKNOWN_LANGUAGE, Article
from index.types.stories import StoryView
from web.exports.export import Export, clean_article, join_lines
from web.http.urls import is_web_link
from web.i18n.formatting import (
    format_count,
    format_day,
    format_headline,
    format_period,
    format_story_title,
)

_TEX_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: "\\" + sign for sign in "$&#_%"},
    }
)
_LINK_ESCAPES = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20", '"': "%22"})
_NAME_SEPARATORS = re.compile(r"\s*;\s*|\s+(?:and|y|et|und|e)\s+")


def write_ris(export: Export) -> Iterator[str]:
    """One record per article, of type NEWS; lines end in CR LF."""
    for article in export.articles:
        yield format_ris(article, url=export.article_url(article.uri))


def write_bibtex(export: Export) -> Iterator[str]:
    """One `@article` entry per article."""
    for article in export.articles:
        yield format_bibtex(article, url=export.article_url(article.uri))


def format_citation(article: Article, *, url: str) -> str:
    """Return a citation in one line.

    `Jonas Hale: “Bridge closed.” Northern Wire, Port Alder, 10 July 2023. https://...`
    """
    title = _end_sentence(join_lines(format_headline(article)))
    values = [article.source, article.located, format_day(article.first_created)]
    by = f"{join_lines(article.by)}: " if article.by else ""
    details = ", ".join(part for each in values if (part := join_lines(each)))
    return f"{by}“{title}” {details}. {_link(article, url)}"


def format_ris(article: Article, *, url: str) -> str:
    """One RIS record; `url` is the article's page in this archive."""
    article = clean_article(article)
    created = article.first_created.astimezone(UTC) if article.first_created else None
    values = [
        ("TY", "NEWS"),
        ("TI", format_headline(article)),
        *(("AU", name) for name in _split_authors(article)),
        ("T2", article.source),
        ("PY", f"{created:%Y}" if created else ""),
        ("DA", f"{created:%Y/%m/%d}/" if created else ""),
        ("CY", article.located),
        ("LA", _language(article)),
        *(("KW", subject) for subject in article.subjects),
        ("UR", _link(article, url)),
        ("ID", article.uri),
    ]
    return _format_record(values)


def format_bibtex(article: Article, *, url: str) -> str:
    """One entry for BibTeX and biblatex; `url` is the article's page in this archive."""
    article = clean_article(article)
    created = article.first_created.astimezone(UTC) if article.first_created else None
    values = [
        ("title", f"{{{_escape_tex(format_headline(article))}}}"),
        ("author", " and ".join(_escape_tex(name) for name in _split_authors(article))),
        ("journal", _escape_tex(article.source)),
        ("entrysubtype", "newspaper"),
        ("date", f"{created:%Y-%m-%d}" if created else ""),
        ("year", f"{created:%Y}" if created else ""),
        ("location", _escape_tex(article.located)),
        ("language", _escape_tex(_language(article))),
        ("keywords", _escape_tex(", ".join(article.subjects))),
        ("url", _link(article, url).translate(_LINK_ESCAPES)),
    ]
    return _format_entry("article", _citation_key(article), values)


def format_story_citation(view: StoryView, *, url: str) -> str:
    """Return a citation of a story in one line.

    `Halyard Press, Nordkante: “Ferry aground.” 4 articles, 4 to 12 March 2031. https://...`
    """
    title = _end_sentence(join_lines(format_story_title(view.story)))
    by = f"{', '.join(map(join_lines, _sources(view)))}: " if _sources(view) else ""
    size = format_count(len(view.articles), "article")
    period = format_period(view.story.first_created, view.story.last_created)
    return f"{by}“{title}” {size}, {period}. {url}"


def format_story_ris(view: StoryView, *, url: str) -> str:
    """One RIS record, with the sources as authors."""
    first, last = view.story.first_created, view.story.last_created
    values = [
        ("TY", "ELEC"),
        ("TI", format_story_title(view.story)),
        *(("AU", source) for source in _sources(view)),
        ("PY", f"{first.astimezone(UTC):%Y}" if first else ""),
        ("DA", f"{last.astimezone(UTC):%Y/%m/%d}/" if last else ""),
        ("UR", url),
        ("ID", view.story.id),
    ]
    return _format_record(values)


def format_story_bibtex(view: StoryView, *, url: str) -> str:
    """One BibTeX entry, with the sources as authors, each in braces as an organisation."""
    first, last = view.story.first_created, view.story.last_created
    days = [f"{when.astimezone(UTC):%Y-%m-%d}" for when in (first, last) if when]
    values = [
        ("title", f"{{{_escape_tex(format_story_title(view.story))}}}"),
        ("author", " and ".join(f"{{{_escape_tex(source)}}}" for source in _sources(view))),
        ("date", "/".join(dict.fromkeys(days))),
        ("year", days[0][:4] if days else ""),
        ("url", url.translate(_LINK_ESCAPES)),
    ]
    key = re.sub("[^a-z0-9]", "", view.story.id.lower()) or "story"
    return _format_entry("misc", f"story-{key}", values)


def _sources(view: StoryView) -> list[str]:
    """The sources of a story, by number of articles, then by name."""
    counted = Counter(article.source for article in view.articles if article.source)
    return [source for source, _ in sorted(counted.items(), key=lambda each: (-each[1], each[0]))]


def _end_sentence(title: str) -> str:
    return title if title.endswith((".", "!", "?", "…")) else f"{title}."


def _format_record(values: list[tuple[str, str]]) -> str:
    lines = [f"{tag}  - {line}\r\n" for tag, value in values if (line := join_lines(value))]
    return "".join(lines) + "ER  - \r\n\r\n"


def _format_entry(kind: str, key: str, values: list[tuple[str, str]]) -> str:
    fields = "".join(f",\n  {name} = {{{value}}}" for name, value in values if value)
    return f"@{kind}{{{key}{fields}\n}}\n\n"


def _split_authors(article: Article) -> list[str]:
    return [name for name in _NAME_SEPARATORS.split(join_lines(article.by)) if name]


def _language(article: Article) -> str:
    return "" if article.language == UNKNOWN_LANGUAGE else article.language


def _link(article: Article, url: str) -> str:
    return article.url if is_web_link(article.url) else url


def _escape_tex(text: str) -> str:
    return join_lines(text).translate(_TEX_ESCAPES)


def _citation_key(article: Article) -> str:
    """Source and year for readers, and eight digits of the id's hash to make it unique."""
    plain = unicodedata.normalize("NFKD", article.source).encode("ascii", "ignore").decode()
    year = str(article.first_created.year) if article.first_created else ""
    digest = sha256(article.uri.encode(errors="replace")).hexdigest()[:8]
    return f"{re.sub('[^a-z]', '', plain.lower()) or 'article'}{year}-{digest}"
