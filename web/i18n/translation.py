"""The language of the interface: which one is spoken now, and what a text is in it.

Decision: English is the text itself; another language is a `.po` file, read when it is first
spoken, so that nothing has to be compiled. What is spoken hangs on the context, as a request does.
Must not know Flask or any text.
"""

import gettext as catalogues
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = {"en": "English", "es": "Español"}
"""Languages of the interface, each by its own name."""
LOCALES = Path(__file__).parents[1] / "locales"
_ENGLISH = "en"
_spoken: ContextVar[str] = ContextVar("interface language", default=_ENGLISH)


def set_language(language: str) -> None:
    """From here on, in this context, texts are in this language, one of `TONGUES`."""
    _spoken.set(language)


def current_language() -> str:
    """The language that is spoken now."""
    return _spoken.get()


def gettext(message: str, **values: object) -> str:
    """The text in the language that is spoken, with any values put in for `%(name)s`."""
    text = _catalogue(current_language()).gettext(message)
    return text % values if values else text


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """The text for one or for many, as `gettext` gives it."""
    text = _catalogue(current_language()).ngettext(one, many, number)
    return text % values if values else text


def later(message: str) -> str:
    """Mark a constant for translation where it is used; the text itself."""
    return message


@cache
def _catalogue(language: str) -> catalogues.NullTranslations:
    if language == _ENGLISH:
        return catalogues.NullTranslations()
    with (LOCALES / f"{language}.po").open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return catalogues.GNUTranslations(compiled)
