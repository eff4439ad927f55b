"""News agencies: their names as in datelines and sign-offs, and the signs that end a story.

Responsibility: recognise agencies, and split a sign-off from the last paragraph.
Decision: a list of names, because only a list distinguishes `Hamburg (dpa) - ` from
`Smith (Labour) - `.
Must not depend on: the form of datelines.
"""

import re

_NAMES = """
AA; AAP; ACAN-EFE; Acan-Efe; ACCESSWIRE; Accesswire; Adnkronos; Adnkronos/dpa; AE; AFP; AFPTV;
AFX; Agencia Brasil; Agencia EFE; Agencia Lusa; Agenzia Nova; AGI; Agência Brasil; Agência Estado;
Agência Lusa; AIPS; AKI; Anadolu; Anadolu Agency; ANDINA; Andina; ANF; ANI; ANP; ANSA; Ansa;
ANSA.it; Antara; AP; AP Business Wire; AP/dapd; APA; APcom; Apcom; APN; APS; APTN; AsiaNet;
Askanews; askanews; Associated Press; ATS; AVN; AWP; awp; BBC; Belga; BelTA; Bernama; Bloomberg;
Bloomberg News; BNA; BNS; BTA; BUSINESS WIRE; Business Wire; Canadian Press; CNA; CNN; CNS; CNW;
CNW Group; CNW Telbec; COLPISA; Colpisa; CP; CTK; dapd; ddp; DJ; Dow Jones; DPA; dpa; DPA-AFX;
dpa-AFX; dpa-infocom; dpa/bb; dpa/be; dpa/lah; dpa/lby; dpa/lhe; dpa/lni; dpa/lno; dpa/lnw;
dpa/lrs; dpa/lsw; dpa/lth; dpa/mv; dpa/sn; dts; EFE; Efe; EFE Verde; EFEAGRO; EFECOM; EFEfuturo;
EFEUSA; EFEverde; EP; epd; ES; Estadão Conteúdo; EUROPA PRESS; Europa Press; EUROPAPRESS; EZ
Newswire; FOLHAPRESS; Folhapress; GLOBE NEWSWIRE; GlobeNewswire; HINA; Hina; IANS; INTERFAX;
Interfax; IPS; IPS/IFEX; IRNA; ISNA; ITALPRESS; Italpress; ITAR-TASS; Itar-Tass; Jiji; JNS; JTA;
KCNA; Keystone-SDA; KNA; KNA/dpa; Korea Newswire; KUNA; Kyodo; LA PRESSE CANADIENNE; La Presse
Canadienne; La Presse canadienne; LaPresse; LUSA; Lusa; Lusa/Fim; Maghreb Arabe Presse; MAP;
MarketWatch; Marketwire; MARKETWIRED; Marketwired; Maxppp; MENA; MNA; MTI; NAN; Newsfile Corp.;
NHK; NINA; NNA; NOTIMEX; Notimex; NTB; ONA; ots; PA; PANA; PAP; Petra; PNA; PR Newswire; Prensa
Latina; Press Association; PRNewsWire; PRNewswire; PRNewswire-USNewswire; PTI; QNA; REUTERS;
Reuters; Reuters Breakingviews; Reuters Health; Reuters Life!; RFE/RL; RIA; RIA NOVOSTI; RIA
Novosti; Ritzau; RTR; SABA; SANA; SAnews; SAPA; Sapa; SDA; sda; SERVIMEDIA; Servimedia; SID; SPA;
Sputnik; Sputniknews; STT; TANJUG; Tanjug; TAP; Tasnim; TASS; TELAM; Telam; THE CANADIAN PRESS;
Thomson Reuters Foundation; TMNews; TT; Télam; UKRINFORM; Ukrinform; UNI; United Press
International; UPI; VOA; VWD; vwd; WAFA; Wafa; WAM; XINHUA; Xinhua; Yonhap; ZENIT; Zenit;
Zenit.org; ČTK; ИНТЕРФАКС; Интерфакс; ИТАР-ТАСС; РИА Новости; ТАСС
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
