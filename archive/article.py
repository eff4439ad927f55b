"""The article: one published document, in one of its versions.

Decision: field names are those of IPTC ninjs 3.1, so a newsroom reads them without a dictionary.
Must not know how articles are stored, indexed or shown.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

PubStatus = Literal["usable", "withheld", "canceled"]

UNKNOWN_LANGUAGE = "und"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One version of a published article.

    Attributes:
        uri: Stable id: the source's own id or canonical URL, else `hash:` and a content hash.
        version: From 1, given by the store in the order in which different contents arrive.
        headline: One line; may be empty.
        body: Paragraphs separated by one blank line; site furniture removed.
        by: Byline, without "By".
        dateline: As printed, e.g. `Moscow, July 15 (EFE).-`; empty where there is none.
        located: Place of the dateline, e.g. `Moscow`.
        source: Agency or outlet, e.g. `EFE`.
        first_created: Aware; midnight UTC where only the day is known; None where unknown.
        version_created: Aware; when this version was filed, None where unknown.
        date_inferred: True where a part of the date (the year, usually) did not stand in the text.
        language: BCP 47, lower-case primary subtag first; `und` where unknown.
        raw: The text as it was taken in, before any parsing.
    """

    uri: str
    headline: str
    body: str
    version: int = 1
    by: str = ""
    dateline: str = ""
    located: str = ""
    source: str = ""
    first_created: datetime | None = None
    version_created: datetime | None = None
    date_inferred: bool = False
    language: str = UNKNOWN_LANGUAGE
    pub_status: PubStatus = "usable"
    slugline: str = ""
    ed_note: str = ""
    urgency: int | None = None
    subjects: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    url: str = ""
    raw: str = ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body's paragraphs, in order."""
        return tuple(self.body.split("\n\n")) if self.body else ()

    @property
    def content_hash(self) -> str:
        """SHA-256, hex, of what a reader sees: headline and body, NFC, white space folded.

        Two filings with the same hash read the same; embeddings are cached under it.
        """
        seen = "\n".join(" ".join(part.split()) for part in (self.headline, self.body))
        return hashlib.sha256(unicodedata.normalize("NFC", seen).encode()).hexdigest()
