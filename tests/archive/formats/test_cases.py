"""Small inputs kept beside the checkout, each with what an ingest makes of it."""

from pathlib import Path
from typing import Any

import pytest

from archive.ingest_types import IngestOptions, Rejection
from archive.sources.head import read_head
from archive.sources.kinds import recognize
from tests.archive.formats.reading import CASES, build_all, show

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not CASES.is_dir(), reason="needs ../shared/cases/ingest"),
]

OPENS = "The old mill at Brenwick will open as a library in June, the council said."
WORK = "Work began two years ago and cost four million crowns."
BOTH = f"{OPENS}\n\n{WORK}"
DAY = "2031-03-02T00:00"

EXPECTED: dict[str, list[dict[str, Any]]] = {
    "t05_20ng.txt": [
        {"headline": "Mill opens", "body": BOTH, "by": "Ana Roth", "source": "Halyard"}
    ],
    "t07_hugo.md": [
        {
            "headline": "Mill opens",
            "body": f"{OPENS}\n\nWork began two years ago.",
            "by": "Ana Roth",
            "first_created": "2031-03-02T07:00",
            "subjects": ("mill", "library"),
        }
    ],
    "t08_eml.eml": [
        {
            "id": "m1@halyard.example",
            "headline": "Mill opens",
            "body": "The old mill at Brénwick will open as a library.",
            "source": "Halyard Daily",
            "first_created": "2031-03-02T08:00",
        }
    ],
    "t09_mbox.mbox": [
        {"headline": "Mill opens", "body": OPENS, "first_created": "2031-03-02T09:00"},
        {"headline": "Rain", "body": WORK, "first_created": "2031-03-02T10:00"},
    ],
    "t10_factiva.txt": [
        {
            "id": "HAL0000020310302",
            "headline": "Mill opens as library",
            "body": BOTH,
            "by": "Ana Roth",
            "source": "Halyard Press",
            "first_created": DAY,
        }
    ],
    "t11_lexis.txt": [
        {
            "headline": "Mill opens as library",
            "body": BOTH,
            "by": "Ana Roth",
            "source": "Halyard Press",
            "first_created": DAY,
            "subjects": ("NEWS",),
        },
        {
            "headline": "Rain stops play",
            "body": WORK,
            "source": "Halyard Press",
            "first_created": "2031-03-03T00:00",
        },
    ],
    "t12_cr_only.txt": [{"headline": "Mill opens", "body": BOTH}],
    "t13_iptc7901.txt": [
        {
            "id": "hal062-20310302",
            "headline": "Mill at Brenwick opens as library",
            "body": BOTH,
            "dateline": "Brenwick (dpa) -",
            "located": "Brenwick",
            "source": "dpa",
            "first_created": "2031-03-02T09:00",
            "urgency": 4,
            "slugline": "Britain-culture/",
            "subjects": ("international",),
        }
    ],
    "t14_anpa.txt": [
        {
            "id": "W2870-20310302",
            "headline": "Mill at Brenwick opens as library",
            "body": BOTH,
            "by": "ANA ROTH",
            "dateline": "BRENWICK, England (AP) —",
            "located": "Brenwick, England",
            "source": "AP",
            "first_created": "2031-03-02T09:00",
            "urgency": 1,
            "slugline": "Mill",
            "ed_note": "Adds cost.",
            "subjects": ("lifestyle",),
        }
    ],
    "t16_html_entities.txt": [
        {
            "headline": "Mill & river reopen",
            "body": "The mill’s door <opened>.",
            "dateline": "BRENWICK, March 2 (Halyard) —",
            "located": "Brenwick",
            "source": "Halyard",
        }
    ],
    "x04_gigaword.sgm": [
        {
            "id": "HAL_ENG_20310302.0001",
            "headline": "Mill opens as library",
            "body": BOTH,
            "dateline": "BRENWICK, England, March 2 (HAL) -",
            "located": "Brenwick, England",
            "source": "HAL",
            "first_created": DAY,
        },
        {
            "id": "HAL_ENG_20310302.0002",
            "headline": "Rain",
            "body": WORK,
            "source": "HAL",
            "first_created": DAY,
        },
    ],
    "x06_ris.ris": [
        {
            "id": "https://halyard.example/mill",
            "headline": "Mill opens",
            "body": OPENS,
            "by": "Ana Roth",
            "source": "Halyard",
            "first_created": DAY,
            "url": "https://halyard.example/mill",
        },
        {"headline": "Rain"},
    ],
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_case_of_text_or_mail(name: str) -> None:
    path = Path(CASES, name)
    with path.open("rb") as stream:
        head = read_head(stream)
        kind = recognize(head, name, is_named=False)
        items = list(kind.read_items(stream, name, head=head, options=IngestOptions()))
    assert not [item for item in items if isinstance(item, Rejection)]
    assert [show(article) for article in build_all(items)] == EXPECTED[name]


def test_rtf_is_refused_by_its_name() -> None:
    kind = recognize(Path(CASES, "t17_rtf.rtf").read_bytes(), "t17_rtf.rtf", is_named=True)
    assert (kind.name, kind.read) == ("RTF document", None)
