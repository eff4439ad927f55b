"""News agencies: their names as in datelines and sign-offs, and the signs that end a story.

Responsibility: recognise agencies, and split a sign-off from the last paragraph.
Decision: a list of names, because only a list distinguishes `Hamburg (dpa) - ` from
`Smith (Labour) - `.
Must not depend on: the form of datelines.
"""

import re

_NAMES = """
AAP; AA; AFP; AGI; AIPS; Adnkronos; Agencia Brasil; Agência Brasil; Agencia Lusa; Ansa;
ANSA; AP; AP Business Wire; APA; APN; ATS; Anadolu; Antara; Associated Press; Askanews; BBC; Belga;
Bloomberg; Bloomberg News; BUSINESS WIRE; Business Wire; CNA; CNN; Canadian Press; CP; COLPISA;
CTK; Colpisa; DPA; dpa; dpa-AFX; dpa/lby; Dow Jones; EFE; EFEAGRO; EFEverde; Efe; EP; epd; ES;
Estadão Conteúdo; Europa Press; EUROPA PRESS; Folhapress; FOLHAPRESS; GlobeNewswire;
GLOBE NEWSWIRE; IANS; IPS; IRNA; Interfax; INTERFAX; ITAR-TASS; Itar-Tass; JTA; Jiji; KNA; KCNA;
KUNA; Keystone-SDA; Kyodo; LaPresse; Lusa; LUSA; MENA; MTI; Marketwire; Marketwired; NTB; Notimex;
NOTIMEX; PA; PAP; PR Newswire; PRNewswire; PRNewswire-USNewswire; PTI; Petra; Press Association;
RIA Novosti; RTR; Reuters; Reuters Life!; Reuters Health; Reuters Breakingviews; REUTERS; SANA;
SDA; sda; SID; SPA; STT; Sputnik; TASS; TT; Télam; Telam; TMNews; UNI; UPI; United Press
International; WAFA; WAM; Xinhua; XINHUA; Yonhap
"""

AGENCIES = frozenset(" ".join(name.split()) for name in _NAMES.split(";"))

# Signs that end a story without naming an agency.
END_MARKS = frozenset(
    {"ENDS", "(ENDS)", "END", "(END)", "-30-", "###", "# # #", "-ENDS-", "--30--"}
)

_SIGN_OFF = re.compile(
    r"""(?:[.!?…]["'”\u2019»)\]]*)(?P<gap>\s+)\(?(?P<name>[\w/-][\w/ -]{1,39})\)?$"""
)
_SIGN_OFF_CHARACTERS = 60
_SOLE_SIGN_OFF = re.compile(r"^\(?(?P<name>[\w/ !-]{2,40})\)?\.?$")


def is_agency(name: str) -> bool:
    """Return whether a name is exactly an agency, or has one between slashes."""
    return name in AGENCIES or any(part.strip() in AGENCIES for part in name.split("/"))


def split_sign_off(paragraph: str, *, agency: str) -> tuple[str, str]:
    """Return the last paragraph of a story without its sign-off, and the sign-off, empty if none.

    A sign-off is an agency (the story's own or a known one) or an end mark, alone or after the end
    of a sentence: `He left the AP` has none.
    """
    if paragraph in END_MARKS:
        return "", paragraph
    if (match := _SOLE_SIGN_OFF.match(paragraph)) and _is_sign_off(match["name"], agency):
        return "", match["name"]
    start = max(0, len(paragraph) - _SIGN_OFF_CHARACTERS)
    for match in _SIGN_OFF.finditer(paragraph[start:]):
        if _is_sign_off(match["name"], agency):
            return paragraph[: start + match.start("gap")], match["name"]
    return paragraph, ""


def _is_sign_off(name: str, agency: str) -> bool:
    return name == agency or is_agency(name) or name in END_MARKS
