"""Which filing replaces which: the rules, on invented filings."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Article
from index.stories.chains import HOUR, Filing, find_replaced, replaces
from tests.fakes import START, make_article
from tests.index.stories.texts import WORDS

SENTENCES = [
    "A ferry with ninety people on board ran aground off the island in thick fog on Monday",
    "Two lifeboats stood by while a tug from the mainland waited for the evening tide",
    "The operator said that all passengers were safe and had been given hot food by the crew",
    "The coastguard closed the strait to other ships until the hull had been inspected",
    "Nobody was hurt according to the captain who has sailed this route for eleven years",
    "The island council asked again for a second lighthouse at the northern end of the bay",
]
NEWS = [
    "Shares of the shipping line fell nine percent in early trading after the accident was known",
    "Analysts expected the insurer to pay most of the damage before the end of the quarter",
    "A spokesman for the ministry promised a report within three weeks and a hearing in May",
    "Fishermen from both villages blocked the quay to demand the buoys that they were promised",
]


def filing(headline: str, hours: float, *sentences: str, **fields: object) -> Filing:
    values: dict[str, object] = {
        "headline": headline,
        "body": "\n\n".join(sentences or SENTENCES),
        "slugline": "FERRY/",
        "first_created": START + timedelta(hours=hours),
    }
    article = make_article(f"{headline}-{hours}", **values | fields)
    return Filing(article, round(hours * HOUR))


FIRST = filing("Ferry runs aground", 0)
LISTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=80)


@pytest.mark.parametrize(
    "later",
    [
        filing("Ferry runs aground", 3),
        filing("Tug frees ferry", 3, *SENTENCES[:4], *NEWS),
        filing("UPDATE 1-Tug frees ferry", 30, *SENTENCES[:2], *NEWS),
        filing("CORRECTED-Ferry runs aground", 24 * 20, slugline=""),
        filing("Ferry runs aground", 3, slugline="other"),
        filing("RPT-Ferry runs aground", 40),
        filing("KILL-Ferry runs aground", 24 * 20, "Please kill the story.", slugline=""),
        filing("ADVISORY-Skerrow ferry story withdrawn", 24, "The report was wrong."),
        filing("NOTE TO EDITORS: Story is withdrawn", 24, "The story Ferry runs aground is wrong."),
    ],
    ids=lambda each: each.article.headline,
)
def test_a_filing_replaces_the_earlier_one(later: Filing) -> None:
    earlier = FIRST
    if "NOTE TO" in later.article.headline:
        earlier = filing("Ferry with ninety runs aground", 0)
        body = "The story Ferry with ninety runs aground is wrong."
        later = Filing(replace(later.article, body=body), later.filed)
    assert replaces(later, earlier)
    assert not replaces(earlier, later)
    assert find_replaced(later, [earlier]) is earlier


@pytest.mark.parametrize(
    "later",
    [
        filing("Ferry runs aground", 3, source="Salitre"),
        filing("Ferry runs aground", 3, source=""),
        filing("Ferry runs aground", 3, language="es"),
        filing("Ferry runs aground", 25),
        filing("Ferry inquiry opens", 3, *SENTENCES[:2], *NEWS),
        filing("Ferry operator explains", 3, SENTENCES[0]),
        filing("Ferry operator explains", 14, *SENTENCES[:4], *NEWS[:3]),
        filing("FACTBOX-Ferries that ran aground", 3, *SENTENCES[:4], *NEWS),
        filing("UPDATE 1-Bees counted", 3, *SENTENCES[:2], *NEWS, slugline="BEES"),
        filing("WRAPUP 1-A day at sea", 3, *SENTENCES[:2], *NEWS),
        filing("KILL-Bees counted", 3, "Please kill the story on bees.", slugline="BEES"),
        filing("ADVISORY-Coverage of the ferry", 3, "We will file at noon and at six."),
    ],
    ids=lambda each: each.article.headline,
)
def test_a_filing_stands_for_itself(later: Filing) -> None:
    assert not replaces(later, FIRST)


def test_the_numbers_of_updates_decide_and_the_latest_is_replaced() -> None:
    one, two = filing("UPDATE 1-Ferry aground", 1), filing("UPDATE 2-Ferry aground", 2)
    late_one, again = (
        filing("UPDATE 1-Ferry aground", 3),
        filing("REFILE-UPDATE 2-Ferry aground", 4),
    )
    assert find_replaced(two, [FIRST, one]) is one
    assert find_replaced(again, [one, two, FIRST]) is two
    marked = replace(late_one.article, body="\n\n".join((*SENTENCES[:2], *NEWS)))
    assert not replaces(Filing(marked, late_one.filed), two)


@given(LISTS, LISTS)
def test_no_two_filings_replace_each_other(first: list[str], second: list[str]) -> None:
    filings = [
        Filing(make_article(f"a-{n}", headline=" ".join(words[:5]), body=" ".join(words)), n % 2)
        for n, words in enumerate((first, second, first))
    ]
    for one in filings:
        for other in filings:
            assert not (replaces(one, other) and replaces(other, one))


def test_an_article_never_replaces_a_version_of_itself() -> None:
    article: Article = replace(FIRST.article, version=2)
    assert not replaces(Filing(article, HOUR), FIRST)
