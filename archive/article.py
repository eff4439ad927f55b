"""The article: one published document, in one of its versions.

Responsibility: define an article's fields and the hash of its content.
Decision: fields have the names of IPTC ninjs 3.1, so that a newsroom recognises them.
Must not depend on: how articles are stored, indexed or shown.
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
        version: Counted from 1 by the store, in the order in which different contents arrive.
        headline: One line; may be empty.
        body: Paragraphs separated by one blank line, without boilerplate.
        by: Byline, without "By".
        dateline: As printed, e.g. `Moscow, July 15 (EFE).-`; empty if there is none.
        located: Place of the dateline, e.g. `Moscow`.
        source: Agency or outlet, e.g. `EFE`.
        first_created: Timezone-aware; midnight UTC if only the day is known; None if unknown.
        version_created: Timezone-aware; when this version was filed; None if unknown.
        date_inferred: Whether part of the date (usually the year) is missing from the text.
        language: BCP 47, primary subtag first and in lower case; `und` if unknown.
        pub_status: `usable`, `withheld` or `canceled`.
        slugline: The desk's short name for the event, e.g. `ferry-strike`.
        ed_note: Notes to editors, such as what a correction changes.
        embargoed: Timezone-aware; before it, nothing of this version may be shown; None for none.
        urgency: 1 (most urgent) to 9; None if unknown.
        subjects: What the article is about, as its source labels it.
        people: People it names, as its source labels them.
        places: Places it names, as its source labels them.
        organisations: Organisations it names, as its source labels them.
        url: Where it was published.
        raw: The original text, before parsing; empty in an article that was read from the archive
            (`ArticleStore.read_raw` reads it).
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
    embargoed: datetime | None = None
    urgency: int | None = None
    subjects: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    url: str = ""
    raw: str = ""

    def is_embargoed(self, now: datetime) -> bool:
        """Whether nothing of this version may be shown at a time."""
        return self.embargoed is not None and self.embargoed > now

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs of the body, in order."""
        return tuple(self.body.split("\n\n")) if self.body else ()

    @property
    def content_hash(self) -> str:
        """SHA-256 in hex of headline and body, in NFC with white space collapsed.

        Versions with the same hash read the same; embeddings are cached under it.
        """
        text = "\n".join(" ".join(part.split()) for part in (self.headline, self.body))
        return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()
