"""Notices in the API.

Responsibility: the shape of a notice, and its conversion from and to `index.types`.
Decision: a message is sent in English, complete; a program recognises a notice by its code.
Must not depend on: what a notice is about.
"""

import index.types.search as values
from index.types.fields import Span
from web.api.schema.answer import Answer


class Notice(Answer, frozen=True, kw_only=True):
    """How Dateline interpreted a request, or what to know about its results.

    Attributes:
        code: Stays the same; the message may change.
        span: The part of the query that the notice is about; null if it is about all of it.
    """

    code: str
    message: str
    span: Span | None

    def to_notice(self) -> values.Notice:
        """The notice; its text is a format, in which a brace is written twice."""
        text = self.message.replace("{", "{{").replace("}", "}}")
        return values.Notice(code=self.code, text=text, span=self.span)
