"""Furniture: the lines of a web page that are not the story: related links, sharing, newsletters.

Decision: only a whole short line or paragraph goes, never part of one, and only by a list of
phrases; what is not on it stays. Must not know headlines or datelines.
"""

import re

from archive.wire.text import ends_sentence

# The longest pattern that is open at its end ("Subscribe to ...") is taken to this length.
_MOST_CHARACTERS = 120
_MOST_TITLE_CHARACTERS = 160

# One a line; `…` stands for the rest of the line.
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


def _pattern(phrases: str) -> re.Pattern[str]:
    """One expression for the phrases: `a b|c` is `a b` or `a c`, a last `…` is anything."""
    found = [_alternatives(" ".join(phrase.split())) for phrase in re.split(r"[;\n]", phrases)]
    return re.compile("|".join(one for one in found if one))


def _alternatives(phrase: str) -> str:
    head, _, last = phrase.rpartition(" ")
    choices = "|".join(_literal(choice) for choice in last.rstrip("…").split("|"))
    rest = ".*" if last.endswith("…") else ""
    return (f"{_literal(head)} " if head else "") + f"(?:{choices}){rest}" if last else ""


def _literal(text: str) -> str:
    return re.escape(text).replace("…", ".*")


_RELATED_PATTERN = _pattern(_RELATED)
_LINE_PATTERN = _pattern(_LINES)
_COPYRIGHT = re.compile(
    r"copyright\W+(?:\(c\)\W*|©\W*)?\d{4}.*|"
    r".*(?:rights reserved|derechos reservados|direitos reservados|droits réservés|"
    r"rechte vorbehalten|diritti riservati)\.?"
)
_EDGES = " \t.:;!|*•·»\u203a>→←↑▲-\u2013—_[]()…"


def is_furniture(line: str) -> bool:
    """Whether the whole line is furniture, whatever its capitals and the marks around it."""
    if len(line) > _MOST_CHARACTERS:
        return False
    bare = _bare(line)
    if not bare:
        return line.strip(" \t*•·-\u2013—_") == ""
    return bool(
        _RELATED_PATTERN.fullmatch(bare)
        or _LINE_PATTERN.fullmatch(bare)
        or _COPYRIGHT.fullmatch(line.strip().casefold())
    )


def drop_furniture(found: list[list[str]]) -> list[list[str]]:
    """The blocks of lines without furniture, and without a box of related titles at the end.

    Inside a block a line goes only where the one before it ends a sentence or is furniture too, so
    that a wrapped sentence keeps a line that happens to be `advertisement`.
    """
    kept = (_drop_lines(block) for block in _drop_tail(found))
    return [block for block in kept if block]


def _drop_lines(block: list[str]) -> list[str]:
    kept: list[str] = []
    for line in block:
        if not ((not kept or ends_sentence(kept[-1])) and is_furniture(line)):
            kept.append(line)
    return kept


def _drop_tail(found: list[list[str]]) -> list[list[str]]:
    """The blocks before the first heading of related links that only titles follow."""
    for number, block in enumerate(found):
        if number and _RELATED_PATTERN.fullmatch(_bare(block[0])):
            tail = [line for later in (block[1:], *found[number + 1 :]) for line in later]
            if all(_is_title(line) for line in tail):
                return found[:number]
    return found


def _is_title(line: str) -> bool:
    return is_furniture(line) or (
        len(line) <= _MOST_TITLE_CHARACTERS and not line.rstrip("\"'”\u2019»").endswith((".", "…"))
    )


def _bare(line: str) -> str:
    return (
        line.strip(_EDGES).casefold().replace("\u2019", "'")
        if len(line) <= _MOST_CHARACTERS
        else ""
    )
