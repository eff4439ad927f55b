"""The texts of the interface.

Responsibility: collect every text from templates and code.
Decision: Babel extracts them; notices and counts, whose message ids are values, are added.
Must not depend on: any translation.
"""

from babel.messages.extract import extract_from_dir

from index.ports import NOTHING_INDEXED
from index.types.notices import QUERY_ERRORS, QUERY_NOTICES, RESULT_NOTICES
from tests.source_tree import ROOT
from web.i18n.formatting import COUNT_MESSAGES

_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
_OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false"}}
_KEYWORDS = {"_": None, "gettext": None, "gettext_noop": None, "ngettext": (1, 2)}

Message = str | tuple[str, ...]


def collect_messages() -> set[Message]:
    """All message ids; a pair is singular and plural."""
    extracted = extract_from_dir(
        ROOT / "web", method_map=_METHODS, options_map=_OPTIONS, keywords=_KEYWORDS
    )
    notices = {
        *QUERY_NOTICES.values(),
        *RESULT_NOTICES.values(),
        *QUERY_ERRORS.values(),
        NOTHING_INDEXED,
    }
    return {each[2] for each in extracted} | set(COUNT_MESSAGES) | notices
