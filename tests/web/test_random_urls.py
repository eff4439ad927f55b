"""Random paths and parameters: pages and exports never fail with a server error."""

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.fake_backend import FakeBackend
from web.app import create_app
from web.exports.formats import FORMATS
from web.settings import Settings

CLIENT = create_app(FakeBackend(), Settings(metrics=True, cors_origins=("*",))).test_client()
NAMES = st.sampled_from(
    ["q", "mode", "from", "to", "source", "lang", "sort", "weaker", "explain", "page", "ui", "x"]
)
VALUES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["bridge", "es", "2023-07-01", "2023-02-30", "newest", "hybrid", "1", "\0"]),
)
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "Accept-Language": st.sampled_from(["es", "en;q=x", "*", ";;", "es-419,*;q=0.1"]),
        "Accept-Encoding": st.sampled_from(["gzip", "br;q=0", "zstd, gzip", "x;q=9", "*"]),
        "If-None-Match": st.sampled_from(["*", '"a"', "W/", 'W/"', "a b"]),
        "Cookie": st.sampled_from(["ui=es", "ui=", "ui=xx; ui=es", "=", "ui"]),
        "Origin": st.sampled_from(["null", "https://a.example", "x"]),
    },
)
PLACES = [
    *("/", "/search", "/help", "/api", "/suggest", "/robots.txt", "/sitemap.xml", "/metrics"),
    *("/article/urn:harbour:whale", "/story/grain", "/cite/ris/hash:9b1c", "/opensearch.xml"),
    *(f"/search.{ending}" for ending in FORMATS),
]


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pairs=st.lists(st.tuples(NAMES, VALUES), max_size=6), headers=HEADERS)
def test_no_url_causes_a_server_error(
    place: str, pairs: list[tuple[str, str]], headers: dict[str, str]
) -> None:
    query = urlencode(pairs, errors="replace")
    answer = CLIENT.get(f"{place}?{query}", headers=headers, buffered=True)
    assert answer.status_code in {200, 302, 304, 400, 404}, answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
