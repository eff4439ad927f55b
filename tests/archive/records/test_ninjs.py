"""Items of ninjs 1, 2 and 3 have the fields of the documented mapping."""

import io
import json
from collections.abc import Callable

import pytest

from archive.article_builder import build_article
from archive.ingest_types import Draft, IngestOptions, RawRecord
from archive.sources.jsonlines import read_json

_COMMON = {"uri": "urn:example:1", "language": "en", "urgency": 3}
_TEXT = "The harbour of Brenwick reopened on Monday after nine weeks of repairs."
_ITEMS = {
    "1": _COMMON | {
        "type": "text", "versioncreated": "2031-03-02T08:00:00Z", "pubstatus": "usable",
        "headline": "Harbour reopens", "body_html": f"<p>{_TEXT}</p>", "byline": "Ana Roth",
        "subject": [{"name": "shipping"}], "place": [{"name": "Brenwick"}],
    },
    "2": _COMMON | {
        "type": "text", "versioncreated": "2031-03-02T08:00:00Z", "pubstatus": "usable",
        "headlines": [{"role": "short", "value": "Open"},
                      {"role": "main", "value": "Harbour reopens"}],
        "bodies": [{"role": "main", "contenttype": "text/html", "value": f"<p>{_TEXT}</p>"}],
        "by": "Ana Roth", "subjects": [{"name": "shipping"}], "places": [{"name": "Brenwick"}],
    },
    "3": _COMMON | {
        "type": "text", "versionCreated": "2031-03-02T08:00:00Z", "pubStatus": "usable",
        "headlines": [{"role": "main", "value": "Harbour reopens"}],
        "bodies": [{"role": "main", "contentType": "text/html", "value": f"<p>{_TEXT}</p>"}],
        "by": "Ana Roth", "subjects": [{"name": "shipping"}], "places": [{"name": "Brenwick"}],
    },
}  # fmt: skip


def read_one(value: object) -> RawRecord:
    content = json.dumps(value).encode()
    items = [*read_json(io.BytesIO(content), "x", head=b"")]
    return next(item for item in items if isinstance(item, RawRecord))


@pytest.mark.parametrize("version", _ITEMS)
def test_an_item_has_its_fields(version: str) -> None:
    draft = build_article(read_one(_ITEMS[version]), IngestOptions())
    assert isinstance(draft, Draft)
    article = draft.article
    assert (article.uri, article.headline, article.body, article.by) == (
        "urn:example:1", "Harbour reopens", _TEXT, "Ana Roth"
    )  # fmt: skip
    assert (article.subjects, article.places) == (("shipping",), ("Brenwick",))
    assert (article.language, article.urgency, article.pub_status) == ("en", 3, "usable")
    assert str(article.version_created) == "2031-03-02 08:00:00+00:00"


@pytest.mark.parametrize(
    "wrap",
    [
        lambda record: {"articles": [record]},
        lambda record: {"response": {"results": [record]}},
        lambda record: {"hits": {"hits": [{"_id": "1", "_source": record}]}},
        lambda record: {"rows": [{"row_idx": 0, "row": record}]},
        lambda record: {name: [value] for name, value in record.items()},
    ],
)
def test_an_envelope_has_the_record(wrap: Callable[[dict[str, str]], object]) -> None:
    record = {"id": "x1", "title": "Harbour reopens", "text": _TEXT}
    draft = build_article(read_one(wrap(record)), IngestOptions(source="Nordkante"))
    assert isinstance(draft, Draft)
    assert (draft.article.headline, draft.article.body) == ("Harbour reopens", _TEXT)
