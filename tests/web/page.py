"""Pages as a browser reads them.

Responsibility: parse their elements, links and text.
Decision: the standard library's parser; a test checks what is on the page, not how it is written.
Must not depend on: the templates.
"""

from html.parser import HTMLParser

from flask.testing import FlaskClient

Attributes = dict[str, str]


class Page(HTMLParser):
    """A parsed page.

    Attributes:
        elements: Tag and attributes of each, in document order.
        data: Contents of its scripts, which are not part of `text`.
        text: All text, with white space collapsed.
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

    def all(self, tag: str, **expected: str) -> list[Attributes]:
        return [
            attributes
            for name, attributes in self.elements
            if name == tag and expected.items() <= attributes.items()
        ]


def page_at(client: FlaskClient, address: str, *, status: int = 200) -> Page:
    """The page at a URL, which must have this status and be small."""
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    assert len(answer.data) < 60_000
    return Page(answer.text)
