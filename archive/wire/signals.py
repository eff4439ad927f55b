"""Signals: the words before a headline by which an agency says what a filing is.

Responsibility: read `UPDATE 2-`, `CORRECTED-`, `(KILL)` and their like in six languages, and return
the headline without them.
Decision: a signal is on a list, in capitals or before a number or a colon, and a sign separates it
from the headline. `Killed: three hikers` and `Update your software` are headlines. Numbered rubrics
(`INSTANT VIEW 3-`) are no signals, since the words belong to the headline.
Must not depend on: which articles a filing replaces.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Signal = Literal[
    "update", "correction", "refile", "repeat", "wrapup", "advisory", "kill", "embargo"
]

_LISTS: dict[Signal, str] = {
    "update": """
        UPDATE; UPDATED; UPDATES; WRITETHRU; WRITE-THRU; LEAD; LD; RECAST; RECASTS; ADDS;
        ACTUALIZA; ACTUALIZACION; ACTUALIZADA; ACTUALIZADO; AMPLIA; AMPLIACION; AMPLIADA;
        ATUALIZA; ATUALIZACAO; ATUALIZADA; ATUALIZADO;
        ACTUALISATION; ACTUALISE; ACTUALISEE; MISE A JOUR;
        AKTUALISIERT; AKTUALISIERUNG; NEUFASSUNG; AKTUALISIERTE FASSUNG;
        AGGIORNA; AGGIORNAMENTO; AGGIORNATA; AGGIORNATO""",
    "correction": """
        CORRECTED; CORRECTION; CORRECTS; CORRECTIVE; CLARIFICATION; CLARIFIED; CORR; COR;
        CORRECCION; CORREGIDA; CORREGIDO; CORRIGE; RECTIFICA; RECTIFICACION; FE DE ERRATAS;
        CORRECAO; CORRIGIDA; CORRIGIDO; RETIFICACAO; ERRATA;
        CORRIGEE; RECTIFICATIF; RECTIFICATION; ERRATUM;
        BERICHTIGT; BERICHTIGUNG; KORREKTUR; KORRIGIERT; RICHTIGSTELLUNG;
        CORRETTA; CORRETTO; CORREZIONE; RETTIFICA; ERRATA CORRIGE""",
    "refile": """
        REFILE; REFILED; REFILES; RESEND; REENVIO; REENVIA; REENVIADO; RENVOI; NEU GESENDET;
        NEUSENDUNG; RIINVIO""",
    "repeat": """
        REPEAT; REPEATED; REPEATS; RPT; REPEATING;
        REPETICION; REPITE; REPETIDA; REPETIDO; REPETE; REPETICAO; REPETITION; REPETEE; REDIFFUSION;
        WDH; WHLG; WIEDERHOLUNG; WIEDERHOLT; RIPETE; RIPETIZIONE; RIPETUTA""",
    "wrapup": """
        WRAPUP; WRAP-UP; WRAP UP; ROUNDUP; ROUND-UP; RESUMEN; PANORAMA; RESUMO; SYNTHESE; POINT;
        ZUSAMMENFASSUNG; UBERBLICK; RIEPILOGO; PUNTO""",
    "advisory": """
        ADVISORY; NOTE TO EDITORS; EDITORS' NOTE; AVISO; AVIS; HINWEIS; ACHTUNG; AVVISO""",
    "kill": """
        KILL; KILLED; WITHDRAWN; WITHDRAWAL; WITHDRAW; WITHDRAWS; RETRACTION; RETRACTED; RETRACTS;
        BULLETIN KILL; MANDATORY KILL; DO NOT USE;
        ANULA; ANULACION; ANULADA; ANULADO; RETIRADA; RETIRADO; RETRACTACION; NO USAR;
        ANULACAO; CANCELADA; CANCELADO; RETRATACAO; NAO USAR;
        ANNULATION; ANNULE; ANNULEE; RETRAIT; RETIREE; RETRACTATION; NE PAS UTILISER;
        ANNULLIERT; ANNULLIERUNG; STORNIERT; STORNO; ZURUCKGEZOGEN; MELDUNG ZURUCKGEZOGEN;
        NICHT VERWENDEN;
        ANNULLA; ANNULLAMENTO; ANNULLATA; ANNULLATO; RITIRATA; RITIRATO; RITRATTAZIONE;
        NON USARE""",
    "embargo": """
        EMBARGO; EMBARGOED; EMBARGADA; EMBARGADO; SOUS EMBARGO; SPERRFRIST; SOTTO EMBARGO;
        BAJO EMBARGO; SOB EMBARGO""",
}
_KINDS = {
    " ".join(phrase.split()): kind for kind, words in _LISTS.items() for phrase in words.split(";")
}
# A word of these is a headline's own unless a number follows it: `POINT 2-`, `LEAD 1-`.
_NUMBERED = frozenset({"LEAD", "LD", "POINT", "PUNTO", "PANORAMA", "ADDS", "RESUMEN", "RESUMO"})
# In small letters only these are signals, before a number or a colon.
_IN_SMALL = frozenset(
    "UPDATE UPDATED CORRECTED CORRECTION REFILE CLARIFICATION WRAPUP CORRECCION CORRECAO CORREZIONE"
    " BERICHTIGUNG KORREKTUR WIEDERHOLUNG RECTIFICATIF ACTUALIZACION ATUALIZACAO ACTUALISATION"
    " AKTUALISIERUNG AGGIORNAMENTO RETRACTION".split()
)
# What a headline that is all in capitals may say of its own: a retreat, a market that is a point.
_PLAIN_KILLS = frozenset({"KILL", "BULLETIN KILL", "MANDATORY KILL"})
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_SEPARATOR = rf"\s*(?:[{_DASHES}:/|]+|\.{{3}})\s*"
_ORDINAL = r"(?:st|nd|rd|th|e|er|eme|ème|ª|º|a|o|\.)?"
_WORDS = r"[^\W\d_][^\W\d_'’.-]*(?:[ -][^\W\d_]+){0,3}"
# `UPDATE 2-`, `UPDATE2:`, `AP KILL:`, `2nd LD-`, `2. ZUSAMMENFASSUNG:`
_OPENING = re.compile(
    rf"(?:(?P<before>\d{{1,2}}){_ORDINAL}\s*)?(?P<words>{_WORDS}?)\s*(?P<after>\d{{1,2}})?"
    rf"(?:\s*\((?:OFFICIAL|TEXT)\))?{_SEPARATOR}(?=\S)"
)
_BRACKETS = re.compile(
    rf"[(\[]\s*(?:(?P<before>\d{{1,2}}){_ORDINAL}\s*)?(?P<words>{_WORDS}?)\s*(?P<after>\d{{1,2}})?"
    rf"\s*[)\]]\s*[{_DASHES}:]?\s*"
)
_CLOSING = re.compile(
    rf"\s*(?:[{_DASHES}]\s*(?P<dashed>(?:UPDATE|WRAPUP)\s*(?P<number>\d{{1,2}})?)"
    rf"|[(\[]\s*(?P<words>{_WORDS}?)\s*(?P<after>\d{{1,2}})?\s*[)\]])\s*$"
)
_OFFICIAL = re.compile(rf"\(OFFICIAL\)\s*[{_DASHES}:]?\s*")
_WITHDRAWS = re.compile(
    r"\b(?:withdrawn|withdraws?|retracted|killed|retirad[ao]|anulad[ao]|cancelad[ao]|annulée?|"
    r"retirée?|zurückgezogen|annulliert|ritirat[ao]|annullat[ao])\s*$",
    re.I,
)
_MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What an agency says that a filing is.

    Attributes:
        headline: The headline without its signals.
        kinds: The signals, in the order in which they are printed; empty if there are none.
        number: Of the update or wrap-up, such as 2 in `UPDATE 2-`; 0 if none is printed.
    """

    headline: str
    kinds: tuple[Signal, ...] = ()
    number: int = 0


def read_signals(headline: str) -> Signals:
    """Return the signals of a headline, and the headline without them. Never raises.

    An advisory that says that a story is withdrawn is a kill.
    """
    rest, kinds, number = headline.strip(), list[Signal](), 0
    for _ in range(_MOST):
        found = _read_first(rest)
        if found is None:
            break
        kind, printed, rest = found
        kinds.append(kind)
        number = max(number, printed)
        rest = _OFFICIAL.sub("", rest, count=1) if rest.startswith("(OFFICIAL)") else rest
    if not kinds and (last := _read_last(rest)):
        kind, number, rest = last
        kinds.append(kind)
    if "advisory" in kinds and _WITHDRAWS.search(rest):
        kinds.append("kill")
    return Signals(headline=rest, kinds=tuple(dict.fromkeys(kinds)), number=number)


def print_signal(headline: str) -> str:
    """Return the signals of a headline as printed, such as `CORRECTED-UPDATE 2`; empty for none."""
    signals = read_signals(headline)
    if not signals.kinds:
        return ""
    printed = headline.strip().replace(signals.headline, "", 1)
    return " ".join(printed.split()).strip(" -\u2013\u2014:()[]/")


def _read_first(headline: str) -> tuple[Signal, int, str] | None:
    """The first signal of a headline, its number, and what follows; None if it has none."""
    for pattern in (_BRACKETS, _OPENING):
        match = pattern.match(headline)
        if match is None or match.end() == len(headline):
            continue
        digits = match["before"] or match["after"] or ""
        has_colon = ":" in match[0]
        kind = _find_kind(match["words"], is_numbered=bool(digits), is_marked=has_colon)
        rest = headline[match.end() :].strip()
        if kind == "kill" and rest.isupper() and _name_last(match["words"]) not in _PLAIN_KILLS:
            continue
        if kind:
            return kind, int(digits or 0), rest
    return None


def _read_last(headline: str) -> tuple[Signal, int, str] | None:
    """The signal at the end of a headline, its number, and the headline before it."""
    match = _CLOSING.search(headline)
    if match is None or not match.start():
        return None
    before = headline[: match.start()].strip()
    if match["dashed"]:
        return "update", int(match["number"] or 0), before
    kind = _find_kind(match["words"], is_numbered=bool(match["after"]), is_marked=False)
    return (kind, int(match["after"] or 0), before) if kind else None


def _find_kind(words: str, *, is_numbered: bool, is_marked: bool) -> Signal | None:
    """The kind of a signal; None if the words are a headline's own.

    Args:
        is_marked: Whether a colon follows.
    """
    plain = _strip_accents(" ".join(words.replace("\u2019", "'").split())).strip()
    name = plain.upper()
    kind = _KINDS.get(name)
    if kind is None and " " in name:
        # `AP KILL`, `EFE CORRECCION`: the agency's name before the signal.
        agency, name = name.split(" ", 1)
        kind = _KINDS.get(name) if agency.isalpha() and plain[: len(agency)].isupper() else None
        plain = plain.split(" ", 1)[1]
    if kind is None or (name in _NUMBERED and not is_numbered):
        return None
    if plain.isupper():
        return kind
    return kind if name in _IN_SMALL and (is_numbered or is_marked) else None


def _name_last(words: str) -> str:
    """The signal without the agency's name before it, in capitals."""
    name = _strip_accents(words).upper()
    return name if name in _KINDS else name.partition(" ")[2]


def _strip_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.replace("ß", "SS"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
