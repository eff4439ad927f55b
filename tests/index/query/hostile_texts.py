"""Texts that break query parsers, written by hand or generated from the characters that do.

Responsibility: give the hostile texts that several tests run.
Decision: every text is listed once, whatever it breaks in other parsers, and is short.
Must not depend on: how a text is parsed or answered.
"""

import random
from itertools import permutations

_ALPHABET = (
    'a b ab ferry ships é ß " " ( ( ) ) + - AND OR NOT ~ ^ * ? : [ ] TO title: body: by: place:'
    " source: lang: story: id: date: foo: 2020 2020-02-31 ^2 ~1 .5 \\ / . , ' ’ “ ” && || ! { } < >"
    " >= \u200b \ud800 🚢 \x00 \x1f \u202e ½ ǆ ﷺ C++ U.S. l'eau 1,5 10:30 http:// 10^6 last-week"
    " COVID-19 e-mail J. K. node.js AT&T US 2.400 2,400km €5bn 1'000 ʻ ＇ ´ ` \u00ad e\u0301 \u200d"
    " 北京图书馆 北 東京タワー ガラス ｶﾞ โรงเรียน ក្រុង မြန်မာ 서울에서 किताब مَدْرَسَة"
    ' می\u200cخواهم יו"ר ѐ Ё İ Ｆ１６'
    " 👩\u200d🚒 👋🏽 🇩🇪 ☀\ufe0f \u3099 \u202f٢٠٢٣"
).split(" ") + [" "] * 50

_ONE_SIGN = [*"*?\"'+-()[]{}^~:\\/!&|<>=.,;@#$%_`´’“”„«»…–—¿¡"]
_SIGNS = (
    '** *** ?* *? ?? ?*?*?* ~~~ ^^^ ::: --- +++ +- -+ -- ++ () (()) )( [] ][ {} "" \'\' """ -"" '
    '+"" -() +() :: :a a: a:: :: ^2 ~2 a^ a~ a^^2 a~~2 a^2^3 a~1~2 a*~ a*^2 a?~2 *a *a* ?a a?'
).split(" ")
_FIELDS = (
    "date: date:[ date:] date:[] date:[TO] date:[a date:> date:>= date:* date:[*] date:() "
    'date:- title: title:: title:* title:() title:"" title:title: title:^2 title:~ title:- '
    'id: id:() id:" lang: lang:* story:* source:* source:() source:"" by:* place:? body:~ '
    "foo: foo:bar:baz foo::bar :foo http:// http://( //x x:// mailto:a@b"
).split(" ")
_WRITTEN = [
    "[a to z]",
    "[a TO z]",
    "{a TO z}",
    "a TO z",
    "term~9",
    "term~0.8",
    "term~999999999999999999",
    "term^999999999999999999",
    "term^0",
    "term^-1",
    "term^nan",
    "term^1e9",
    '"a b"~999999999999999999',
    '"a b"~-1',
    '"a b"~^',
    "AND",
    "OR",
    "NOT",
    "AND AND",
    "NOT NOT NOT",
    "NOT NOT NOT a",
    "a AND",
    "OR b",
    "a OR OR b",
    "a AND OR NOT b",
    "(AND)",
    "(a AND) OR (NOT)",
    "a NOT",
    "NOT (",
    "-(",
    "+)",
    "(a",
    "a)",
    "((a)",
    "(a))",
    '"a',
    'a"',
    'a"b"c',
    '"a" "b',
    "a(b)c",
    "a(b",
    "\\",
    "\\(a\\)",
    "a\\ b",
    "a/b/c",
    "/[a-z]+/",
    "(?:a+)+$",
    "a{1,99999}",
    "%s %d {} {0}",
    "${jndi:ldap://x}",
    "'; DROP TABLE articles; --",
    "<script>alert(1)</script>",
    "\x00",
    "a\x00b",
    "\x1f",
    "a\x1fb",
    "\x1b[31m",
    "\ud800",
    "\udfff\ud800",
    "id:\ud800",
    "source:\ud800",
    'lang:"\ud800"',
    "story:\udfff",
    "\ufeffa",
    "\ufffe",
    "\u200b",
    "fer\u200bry",
    "fer\u00adry",
    "\u202eyrref",
    "سفينة غرقت",
    "title:سفينة",
    "עיתון OR חדשות",
    "北京 新闻",
    "北京*",
    "북한~",
    "👩‍👩‍👧‍👦 🚢*",
    "🚢~",
    "é́́́́",
    "Z̸̢̛a̴l̶g̷o̸",
    "ﷺ",
    "½*",
    "ǆabc~",
    "İstanbul",
    "ß*",
    "ﬁre*",
    "²",
    "①②③",
    "1e309",
    "0x41",
    "-0",
    "-1",
    "+1",
    "1..2",
    "1,2,3",
    "1.000,00",
    "10^6",
    "10^-6",
    "a-",
    "-a-",
    "a--b",
    "a+-b",
    "\t\n\r\v\f",
    "\u2028a\u2029",
    "\u3000a\u3000b",
    "title:(by:(place:(source:(lang:(id:(a))))))",
    "title:(a OR -b) -(c OR NOT (d AND e~))^9",
    "date:(2020 OR (2021 OR -2022))",
    "date:[2020 TO [2021 TO 2022]]",
    "date:[* TO *] -date:[* TO *]",
    "date:" + "9" * 500,
    "title:" * 300,
    "by:" * 660 + "x",
]
_STOPS = "the of to in and a".split()
_LONG = [
    "(" * 2_000,
    ")" * 2_000,
    "()" * 1_000,
    "(" * 999 + "a" + ")" * 999,
    "-(" * 660 + "x",
    "NOT " * 500,
    "NOT(" * 400,
    "a OR " * 2_000,
    " OR ".join(f"term{n}" for n in range(10_000)),
    " OR ".join(f"t{n}*" for n in range(300)),
    " OR ".join(f"st{chr(97 + n % 26)}*" for n in range(64)),
    " ".join(f"str{chr(97 + n % 26)}~" for n in range(64)),
    " ".join(f"s{chr(97 + n % 26)}*{chr(97 + n // 26)}" for n in range(64)),
    " ".join(f'"the of the {n}"~100' for n in range(16)),
    " ".join(f'"{a} {b} {c}"~100' for a, b, c in permutations(_STOPS, 3)),
    " OR ".join(f'"{a} {b}"' for a, b in permutations(_STOPS, 2)),
    '"' + "the " * 64 + '"~100',
    '"' * 2_000,
    '"a" ' * 500,
    "-" * 2_000,
    "- " * 1_000,
    "^" * 2_000,
    "~" * 2_000,
    "*" * 2_000,
    "?" * 2_000,
    "a" * 2_000,
    "a" * 1_999 + "*",
    "a" * 1_999 + "~",
    "a" * 1_999 + "^",
    "ab" + "*a" * 999,
    "ab" + "?" * 1_000 + "a",
    "ab*a*a*a*a*a*a*a*a*a*a*b",
    "a*" * 1_000,
    "a~" * 1_000,
    "a^2" * 600,
    "'" * 2_000,
    "a'" * 1_000,
    "U." * 1_000,
    "1," * 1_000,
    "[a to z] " * 200,
    "date:[" * 300,
    "((a OR b) AND " * 100,
    "é" * 5_000,
    "🚢" * 2_000,
    "\u0301" * 2_000,
]
HOSTILE_TEXTS = [*_ONE_SIGN, *_SIGNS, *_FIELDS, *_WRITTEN, *_LONG]


def random_texts(count: int, *, seed: int) -> list[str]:
    """Generate `count` texts from the alphabet; the same in every process."""
    chance = random.Random(seed)
    return ["".join(chance.choices(_ALPHABET, k=chance.randint(0, 25))) for _ in range(count)]
