"""Furniture of newsletters: signatures, notes on unsubscribing, links for tracking, rules.

Responsibility: remove from the text of a message what is around the article.
Decision: only whole lines and paragraphs are removed, a signature only below its mark, and a note
only if it is short; quoted text stays, because an answer makes no sense without it.
Must not depend on: the header.
"""

import re

_SIGNATURE = re.compile(r"\n--[ ]?\n(?P<rest>(?s:.*))\Z")
_MAX_SIGNATURE_LINES = 12
_LINK = re.compile(
    r"(?:\n|[ \t]{1,8})?(?:<[ \t]{0,8}https?://[^\s>]+[ \t]{0,8}>"
    r"|\[[ \t]{0,8}https?://[^\s\]]+[ \t]{0,8}\]|\([ \t]{0,8}https?://[^\s)]+[ \t]{0,8}\))"
)
_LINK_LINE = re.compile(r"^[ \t]*https?://\S+[ \t]*$", re.M)
_RULE = re.compile(r"^[ \t]*[=*_~#+-]{4,}[ \t]*$", re.M)
_NOTE = re.compile(
    r"unsubscribe|manage (?:your )?(?:subscription|preferences|newsletters)"
    r"|(?:update|change) your (?:email )?(?:preferences|subscription)"
    r"|you(?:'re| are)? (?:receiv|gett)(?:ing|ed) this (?:e-?mail|message|newsletter)"
    r"|you received this (?:e-?mail|message|newsletter)|this (?:e-?mail|message) was sent (?:to|by)"
    r"|view (?:it |this (?:e-?mail|message|newsletter) )?in (?:your|a|the) (?:web )?browser"
    r"|(?:view|read) (?:this (?:e-?mail )?)?online|forward(?:ed)? (?:this|to a friend)"
    r"|was this (?:e-?mail|newsletter) forwarded|sent from my \w+|get the app|privacy policy"
    r"|darse de baja|cancelar (?:la |tu |su )?suscripci|ver (?:en el|en su|en tu) navegador"
    r"|newsletter abbestellen|abmelden|im browser (?:ansehen|anzeigen|öffnen)"
    r"|se désabonner|se désinscrire|désinscription|dans votre navigateur"
    r"|annulla(?:re)? l['’]iscrizione|disiscriv|visualizza nel browser"
    r"|cancelar (?:a )?(?:inscri|assinatura)|ver no navegador",
    re.I,
)
_MAX_NOTE_CHARACTERS = 400
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_SHORT_CHARACTERS = 160


def strip_furniture(text: str) -> str:
    """Return the text of a message without signature, notes, tracking links and rules."""
    text = _drop_signature(text.replace("\r\n", "\n"))
    text = _RULE.sub("", _LINK_LINE.sub("", _LINK.sub("", text)))
    paragraphs = [one for one in _BLANK_LINE.split(text.strip("\n")) if one.strip()]
    kept: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        if not _is_note(paragraph):
            kept.append(paragraph)
        elif kept and all(_is_small(one) for one in paragraphs[number:]):
            break  # what follows a note on unsubscribing is an address or a line of links
    return "\n\n".join(kept)


def _drop_signature(text: str) -> str:
    place = max(text.rfind("\n-- \n"), text.rfind("\n--\n"))
    match = _SIGNATURE.match(text, place) if place > 0 else None
    is_short = match is not None and match["rest"].strip().count("\n") < _MAX_SIGNATURE_LINES
    return text[:place] if is_short else text


def _is_note(paragraph: str) -> bool:
    return len(paragraph) <= _MAX_NOTE_CHARACTERS and _NOTE.search(paragraph) is not None


def _is_small(paragraph: str) -> bool:
    return _is_note(paragraph) or len(paragraph) <= _SHORT_CHARACTERS
