"""The forms by which a query's word is found in an index.

Responsibility: choose a word's forms for an archive's languages.
Decision: an acronym whose letters are a stop word, as WHO or IT, is found in capitals only; any
other is found in both ways, and scores more in capitals.
Must not depend on: postings or scores.
"""

from collections.abc import Iterable, Sequence

from index.query.tree import Word
from index.text.analysis import is_stopword_in_any, to_term_of_form, to_terms


def list_forms(word: Word, languages: Iterable[str]) -> tuple[str, ...]:
    """The forms of a word as written, one at least."""
    if word.capitals and is_stopword_in_any(word.folded, languages):
        return (word.capitals,)
    return word.forms


def list_exact_terms(word: Word, languages: Iterable[str]) -> tuple[str, ...]:
    """The terms of a word as written: each form as a word's own and as a further one."""
    return _mark(list_forms(word, languages))


def list_scored_terms(word: Word, languages: Iterable[str]) -> tuple[str, ...]:
    """The terms that score as the word exactly as typed: of an acronym, those in capitals."""
    return _mark((word.capitals,) if word.capitals else list_forms(word, languages))


def _mark(forms: Sequence[str]) -> tuple[str, ...]:
    return (*forms, *(to_term_of_form(form, "") for form in forms))


def list_stems(word: Word, languages: Sequence[str]) -> tuple[str, ...]:
    """The terms of a word in any of the languages, each once."""
    forms = list_forms(word, languages)
    own = dict.fromkeys(term for form in forms for term in to_terms(form, languages))
    further = (to_term_of_form(form, each) for form in forms for each in (*languages, ""))
    return tuple(dict.fromkeys((*own, *further)))


def is_stop_form(word: Word, languages: Iterable[str]) -> bool:
    """Whether a word is a stop word of one of the languages, and no acronym."""
    return is_stopword_in_any(list_forms(word, languages)[0], languages)
