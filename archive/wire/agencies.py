"""Agencies: the names of news agencies, as they stand in datelines and sign-offs.

Decision: a list, for it is what tells `Hamburg (dpa) - ` from `Smith (Labour) - `.
Must not know how datelines are written.
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

# Signs that end a story and name no one.
END_MARKS = frozenset(
    {"ENDS", "(ENDS)", "END", "(END)", "-30-", "###", "# # #", "-ENDS-", "--30--"}
)

_SIGN_OFF = re.compile(
    r"""(?:[.!?…]["'”\u2019»)\]]*)(?P<gap>\s+)\(?(?P<name>[\w/-][\w/ -]{1,39})\)?$"""
)
_TAIL = 60
_ALONE = re.compile(r"^\(?(?P<name>[\w/ !-]{2,40})\)?\.?$")


def is_agency(name: str) -> bool:
    """Whether this is, letter for letter, an agency; one of several with slashes will do."""
    return name in AGENCIES or any(part.strip() in AGENCIES for part in name.split("/"))


def split_sign_off(paragraph: str, *, agency: str) -> tuple[str, str]:
    """The last paragraph of a story without its sign-off, and the sign-off.

    Only an agency (the story's own, or a well-known one) or an end mark, after the end of a
    sentence or alone, is a sign-off: `He left the AP` is none.
    """
    if paragraph in END_MARKS:
        return "", paragraph
    if (found := _ALONE.match(paragraph)) and _signs(found["name"], agency):
        return "", found["name"]
    start = max(0, len(paragraph) - _TAIL)
    for found in _SIGN_OFF.finditer(paragraph[start:]):
        if _signs(found["name"], agency):
            return paragraph[: start + found.start("gap")], found["name"]
    return paragraph, ""


def _signs(name: str, agency: str) -> bool:
    return name == agency or is_agency(name) or name in END_MARKS
