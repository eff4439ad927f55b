"""Reads a page as a browser would: its elements, its links and its text.

Decision: the standard library's parser; a test asks what is there, not how it is spelled.
Must not know our templates.
"""

from html.parser import HTMLParser

from flask.testing import FlaskClient

Attributes = dict[str, str]


class Page(HTMLParser):
    """A parsed page; `elements` in document order, `text` with white space folded.

    `data` are the texts of its scripts, which are no text of the page.
    """

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, Attributes]] = []
        self.data: list[str] = []
        self._texts: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        (self.data if self.cdata_elem == "script" else self._texts).append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self._texts).split())

    @property
    def links(self) -> list[str]:
        return [attributes["href"] for attributes in self.all("a")]

    def all(self, tag: str, **wanted: str) -> list[Attributes]:
        return [
            attributes
            for name, attributes in self.elements
            if name == tag and wanted.items() <= attributes.items()
        ]


def page_at(client: FlaskClient, address: str, *, status: int = 200) -> Page:
    """The page at an address, which must answer with this status and be short."""
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    assert len(answer.data) < 60_000
    return Page(answer.text)
