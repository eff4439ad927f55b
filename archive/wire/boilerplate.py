"""Boilerplate: lines of a web page around a story, such as related links and share buttons.

Responsibility: recognise boilerplate lines and remove them from blocks of lines.
Decision: only a complete short line is removed, never part of one, and only if a list of phrases
has it; unknown lines stay.
Must not depend on: headlines or datelines.
"""

import re

from archive.wire.text import ends_sentence

# A phrase with an open end ("Subscribe to ...") matches lines up to this length.
_MAX_CHARACTERS = 120
_MAX_TITLE_CHARACTERS = 160

# Separated by `;` or newlines; `…` is the rest of the line.
_RELATED = """
related articles|stories|news|content|coverage|topics|posts|links|reading; related
more on this story; more on this topic; more stories; most read|popular|viewed; you may also like;
you might also like;
recommended; recommended for you; recommended stories; see also; read next;
trending; latest news
artículos relacionados; noticias relacionadas; relacionados; relacionadas; contenido relacionado;
más noticias; lo más leído|visto; te puede interesar; también te puede interesar; más información
articles liés|associés|similaires; à lire aussi; sur le même sujet; sur le même thème;
les plus lus; les plus lues; vous aimerez aussi; articles connexes
ähnliche artikel|themen|beiträge; verwandte artikel|themen|beiträge; mehr zum thema; meistgelesen;
das könnte sie auch interessieren; weitere artikel; zum thema
artigos relacionados; notícias relacionadas; matérias relacionadas; conteúdo relacionado;
mais lidas; mais lidos; veja também; veja mais
articoli correlati; notizie correlate; contenuti correlati; i più letti; potrebbe interessarti;
ti potrebbe interessare; ti potrebbe interessare anche
"""

_LINES = """
back to top…; share; share this; share this article|story|page|post|on…
share on facebook|twitter|x|linkedin|whatsapp…; share via…; share article; tweet; tweet this;
email this…; print this…; print; print article; save article; subscribe; subscribe now;
subscribe to our…; subscribe to the…; subscribe for…; sign up; sign up for our…; sign up for the…;
sign up to our…; sign up to the…; sign up here…; newsletter; read more; read more:…; read also;
read also:…; also read; also read:…; read next:…; see also:…; related:…; related story:…;
related article:…; advertisement; advertisements; advertising; story continues below…;
article continues below…; sponsored; sponsored content; follow us; follow us on…; like us on…;
find us on…; click here…; tap here…; all rights reserved…; (c) copyright…; copyright ©…;
copyright (c)…; © copyright…; ©…; leave a comment; comments; comment; view comments;
show comments; load more; loading; skip to content; skip to main content; home; menu; log in;
cookie policy; privacy policy; terms of use; watch:…; photo gallery; view gallery;
download our app…; get the app; join our whatsapp…; tags:…
compartir; compartir en…; comparte en|esta|este…; compartir este artículo…
volver arriba; volver al inicio; subir; suscríbase…; suscríbete…; regístrese…; lea también…;
lea más…; leer más; leer más:…; seguir leyendo; publicidad; anuncio; síganos en…; síguenos en…;
haga clic aquí…; haz clic aquí…; pinche aquí…; todos los derechos reservados…; comentarios;
imprimir; temas relacionados:…; boletín
partager; partager sur…; partager cet article…; haut de page; retour en haut…; abonnez-vous…;
s'abonner…; inscrivez-vous…; lire aussi…; lire la suite; lire la suite:…; publicité; annonce;
suivez-nous…; cliquez ici…; tous droits réservés…; commentaires; imprimer
teilen; auf facebook teilen; auf twitter teilen; artikel teilen; nach oben; zum seitenanfang;
zurück nach oben; abonnieren; abonnieren sie…; jetzt abonnieren…; newsletter abonnieren…;
jetzt anmelden; lesen sie auch…; lesen sie mehr…; mehr lesen; weiterlesen; anzeige; werbung;
folgen sie uns…; klicken sie hier…; hier klicken…; alle rechte vorbehalten…; kommentare; drucken
compartilhar; compartilhe…; partilhar; partilhe…; voltar ao topo; topo; assine a|o|já|nossa…;
inscreva-se…; cadastre-se…; leia também…; leia mais…; ler mais; continue lendo; siga-nos…;
clique aqui…; publicidade; anúncio; todos os direitos reservados…; comentários; subscreva…
condividi; condividi su…; condividi questo articolo…; torna su; torna all'inizio; iscriviti…;
abbonati a|al|alla|ora…; leggi anche…; leggi tutto; leggi di più; leggi di più:…
continua a leggere; pubblicità; annuncio; seguici…; clicca qui…; tutti i diritti riservati…;
commenti; stampa
"""


def _compile(phrases: str) -> re.Pattern[str]:
    """Compile the phrases to one pattern: `a b|c` is `a b` or `a c`, a last `…` is anything."""
    parts = [_to_expression(" ".join(phrase.split())) for phrase in re.split(r"[;\n]", phrases)]
    return re.compile("|".join(part for part in parts if part))


def _to_expression(phrase: str) -> str:
    head, _, last = phrase.rpartition(" ")
    choices = "|".join(_escape(choice) for choice in last.rstrip("…").split("|"))
    rest = ".*" if last.endswith("…") else ""
    return (f"{_escape(head)} " if head else "") + f"(?:{choices}){rest}" if last else ""


def _escape(text: str) -> str:
    return re.escape(text).replace("…", ".*")


_RELATED_PATTERN = _compile(_RELATED)
_LINE_PATTERN = _compile(_LINES)
_COPYRIGHT = re.compile(
    r"copyright\W+(?:\(c\)\W*|©\W*)?\d{4}.*|"
    r".*(?:rights reserved|derechos reservados|direitos reservados|droits réservés|"
    r"rechte vorbehalten|diritti riservati)\.?"
)
_EDGES = " \t.:;!|*•·»\u203a>→←↑▲-\u2013—_[]()…"


def is_boilerplate(line: str) -> bool:
    """Return whether the complete line is boilerplate, ignoring case and surrounding marks."""
    if len(line) > _MAX_CHARACTERS:
        return False
    bare = _strip_marks(line)
    if not bare:
        return line.strip(" \t*•·-\u2013—_") == ""
    return bool(
        _RELATED_PATTERN.fullmatch(bare)
        or _LINE_PATTERN.fullmatch(bare)
        or _COPYRIGHT.fullmatch(line.strip().casefold())
    )


def is_related_heading(line: str) -> bool:
    """Return whether the complete line is a heading of related links."""
    return _RELATED_PATTERN.fullmatch(_strip_marks(line)) is not None


def drop_boilerplate(blocks: list[list[str]]) -> list[list[str]]:
    """Return the blocks of lines without boilerplate and without related titles at the end.

    A line within a block is removed only if the line before it ends a sentence or was removed, so
    that a wrapped sentence keeps a line that happens to be `advertisement`.
    """
    remaining = (_drop_lines(block) for block in _drop_related(blocks))
    return [block for block in remaining if block]


def _drop_lines(block: list[str]) -> list[str]:
    remaining: list[str] = []
    for line in block:
        if not ((not remaining or ends_sentence(remaining[-1])) and is_boilerplate(line)):
            remaining.append(line)
    return remaining


def _drop_related(blocks: list[list[str]]) -> list[list[str]]:
    """The blocks before the first heading of related links, if only titles follow it."""
    for number, block in enumerate(blocks):
        if number and is_related_heading(block[0]):
            rest = [line for later in (block[1:], *blocks[number + 1 :]) for line in later]
            if all(_is_title(line) for line in rest):
                return blocks[:number]
    return blocks


def _is_title(line: str) -> bool:
    return is_boilerplate(line) or (
        len(line) <= _MAX_TITLE_CHARACTERS and not line.rstrip("\"'”\u2019»").endswith((".", "…"))
    )


def _strip_marks(line: str) -> str:
    return (
        line.strip(_EDGES).casefold().replace("\u2019", "'") if len(line) <= _MAX_CHARACTERS else ""
    )
