"""Translated texts.

Responsibility: know the language of the current context, and translate texts into it.
Decision: the English text is its own message id; other languages are `.po` files, read on first
use, so that nothing has to be compiled. The language is a context variable, so that each request
has its own.
Must not depend on: Flask, or any text.
"""

import gettext as catalogues
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = {"en": "English", "es": "Español"}
"""Languages of the interface: tag and own name."""
LOCALES = Path(__file__).parents[1] / "locales"
_ENGLISH = "en"
_language: ContextVar[str] = ContextVar("interface language", default=_ENGLISH)


def set_language(language: str) -> None:
    """Use `language`, a key of `LANGUAGES`, for all texts in the current context."""
    _language.set(language)


def current_language() -> str:
    """The tag of the language in use."""
    return _language.get()


def gettext(message: str, **values: object) -> str:
    """The text in the current language, its `%(name)s` placeholders filled with `values`."""
    text = _load_catalogue(current_language()).gettext(message)
    return text % values if values else text


def ngettext(singular: str, plural: str, number: int, **values: object) -> str:
    """The singular or plural text for `number`, translated and filled as by `gettext`."""
    text = _load_catalogue(current_language()).ngettext(singular, plural, number)
    return text % values if values else text


def gettext_noop(message: str) -> str:
    """The message unchanged; marks a constant that is translated where it is used."""
    return message


@cache
def _load_catalogue(language: str) -> catalogues.NullTranslations:
    if language == _ENGLISH:
        return catalogues.NullTranslations()
    with (LOCALES / f"{language}.po").open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return catalogues.GNUTranslations(compiled)
