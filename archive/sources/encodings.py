"""Encodings: the text of bytes in any encoding, or an error that names the best guess.

Responsibility: decode bytes by their byte order mark, their declaration, as UTF-8, or by a guess.
Decision: a guess has to be likely: charset-normalizer says which encodings give readable text, and
among those for Latin letters the letters of one language decide. Anything else is an error, because
a wrong guess stores unreadable text that nobody sees.
Must not depend on: file formats.
"""

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ZEROS = {"utf-32-le": "0111", "utf-32-be": "1110", "utf-16-le": "0101", "utf-16-be": "1010"}
"""Which bytes of four are zero in ASCII text, by encoding."""
_ZERO_SHARE = 0.6
# Python's encodings of names and of its own source.
_NO_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})
# What pages and mails declare, and the larger encoding that their writers used.
_LARGER = {
    "ascii": "utf-8", "iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949", "iso8859-9": "cp1254", "big5": "big5hkscs",
}  # fmt: skip

_GUESSED = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "iso8859_2", "koi8_r", "koi8_u", "mac_roman", "cp850", "cp866", "cp874",
    "gb18030", "big5", "cp932", "euc_jp", "cp949",
]  # fmt: skip
"""Encodings in which news texts are found. Rare ones beside them make short texts ambiguous."""
_LATIN = ("cp1252", "cp1250", "cp1254", "iso8859_2", "cp1257", "cp1258", "mac_roman", "cp850")
# A third of what charset-normalizer allows: right guesses for short texts in 20 encodings had at
# most 0.06, the first wrong one 0.08. Letters of one language are enough beside it.
_MAX_CHAOS = 0.07
_SAMPLE_BYTES = 64 * 1024
# Of an incomplete or mixed UTF-8 text: random bytes have no valid sequences to speak of.
_MIN_VALID_PER_INVALID = 2

_LETTERS = """
áéíñóúü àâæçèéêëîïôœùûüÿ äöüßé áâãàçéêíóôõúü àèéìíîòóùú áéëïóöüèê äåöéü æøåéôòü äöåšž áðéíóúýþæö
àçèéíïòóúü áâäæéíóúý ąćęłńóśźż áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž áéíóöőúüű ăâîșțşţ čćđšž čšž
çğıİöşüâîû āčēģīķļņšūž ąčęėįšųūž äöõüšž ăâđêôơưáàảãạếệồổộờởợứừửữựýỳ
"""
_ALPHABETS = tuple(frozenset(letters) for letters in _LETTERS.split())
# Signs within words are letters of another encoding; `km²` and `m³` are right.
_MISPLACED = re.compile(r"[^\W\d_](?:[¢£¤¥¦¨¬¯±´¶¸¼½¾×÷]|[¹²³µ][^\W\d_])")
_ORDINALS = frozenset("ªº")
_MAX_ACCENTS = 0.2
_MAX_ACCENT_RUN = 2
_MAX_COUNTED = 1024 * 1024
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_LETTER = re.compile(rb"[A-Za-z]")
_HIGH = re.compile(rb"[\x80-\xff]")
_CUT = re.compile(rb"[\n ,.\"<>]")
_HIGH_BYTES = bytes(range(0x80, 0x100))


class UnknownEncodingError(ValueError):
    """No encoding is likely enough.

    Attributes:
        guess: The likeliest encoding; empty if there is none.
    """

    def __init__(self, guess: str = "") -> None:
        best = f"; {guess} is the best guess" if guess else ""
        super().__init__(
            f"the text is not UTF-8, and its encoding is not clear{best};"
            f" name it with --encoding, for example --encoding {guess or 'windows-1252'}"
        )
        self.guess = guess


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text, and how it was decoded.

    Attributes:
        text: Without a byte order mark.
        encoding: The name of the encoding, such as `utf-8` or `windows-1251`.
        is_guessed: Neither the bytes nor their declaration said so.
    """

    text: str
    encoding: str
    is_guessed: bool = False


def decode_text(data: bytes, *, declared: str = "") -> Decoded:
    """Decode bytes by byte order mark, as declared, as UTF-8, or by a likely guess.

    A declaration of a single-byte encoding does not count for bytes that are valid UTF-8 and not
    ASCII: they are UTF-8. A declaration that is unknown or does not fit is ignored.

    Raises:
        UnknownEncodingError: No encoding is likely; its message says what to do.
    """
    encoding, is_guessed = find_encoding(data, declared=declared)
    plain = data.removeprefix(_find_bom(data)[0])
    try:
        text = plain.decode(encoding, errors=_get_errors(encoding, is_guessed=is_guessed))
    except UnicodeDecodeError as error:
        raise UnknownEncodingError(name_encoding(encoding)) from error
    return Decoded(text=text, encoding=name_encoding(encoding), is_guessed=is_guessed)


def find_encoding(data: bytes, *, declared: str = "") -> tuple[str, bool]:
    """Return the encoding of bytes by Python's name, and whether it is guessed.

    Raises:
        UnknownEncodingError: No encoding is likely.
    """
    bom, marked = _find_bom(data)
    if bom and (marked != "utf-8" or _decodes(data, marked)):
        return marked, False
    data = data.removeprefix(bom)
    if (known := _find_codec(declared)) and _fits(data, known):
        return known, False
    if unmarked := _find_utf16(data):
        return unmarked, False
    if b"\x1b$" in data and _decodes(data, "iso2022_jp"):
        return "iso2022_jp", False
    if _decodes(data, "utf-8"):
        return "utf-8", False
    return ("utf-8", True) if _is_mostly_utf8(data) else (_guess(data), True)


def name_encoding(encoding: str) -> str:
    """Return the name by which people know an encoding of Python, such as `windows-1251`."""
    return re.sub(r"^cp(125\d)$", r"windows-\1", encoding).replace("_", "-")


def _find_bom(data: bytes) -> tuple[bytes, str]:
    return next((one for one in _BOMS if data.startswith(one[0])), (b"", ""))


def _find_codec(declared: str) -> str:
    """Python's name for a declared encoding; empty if it is unknown."""
    try:
        codec = codecs.lookup(declared.strip().strip("\"'")) if declared.strip() else None
    except (LookupError, ValueError):
        return ""
    if codec is None or not codec._is_text_encoding or codec.name in _NO_CHARSETS:
        return ""
    return _LARGER.get(codec.name, codec.name)


def _fits(data: bytes, encoding: str) -> bool:
    """Whether the bytes can be in a declared encoding, and are not plainly UTF-8 instead."""
    if encoding in ("utf-16", "utf-32"):
        return False  # without a byte order mark, the zeros tell the byte order
    is_single_byte = len(_HIGH_BYTES.decode(encoding, errors="replace")) == len(_HIGH_BYTES)
    if is_single_byte and not data.isascii() and _decodes(data, "utf-8"):
        return False
    return _decodes(data, encoding)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True


def _find_utf16(data: bytes) -> str:
    """The UTF-16 or UTF-32 of a text without a byte order mark, by where its zeros are."""
    head = data[: _SAMPLE_BYTES // 16 * 4]
    if b"\0" not in head:
        return ""
    size = max(1, len(head) // 4)
    shares = [head[place::4].count(0) / size for place in range(4)]
    pattern = "".join("1" if share > _ZERO_SHARE else "0" for share in shares)
    found = next((name for name, zeros in _ZEROS.items() if zeros == pattern), "")
    return found if found and _decodes(data, found) else ""


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether the text is UTF-8 with a few other bytes, or cut in the middle of a letter."""
    try:
        text, _ = codecs.utf_8_decode(data, "surrogateescape", False)
    except UnicodeError:
        return False
    invalid = sum("\udc80" <= letter <= "\udcff" for letter in text)
    valid = sum(letter > "\x7f" for letter in text) - invalid
    return valid > _MIN_VALID_PER_INVALID * invalid


def _get_errors(encoding: str, *, is_guessed: bool) -> str:
    return _MIXED if encoding == "utf-8" and is_guessed else "strict"


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    sample = _sample_high_lines(data)
    matches = from_bytes(
        sample,
        cp_isolation=_GUESSED,
        enable_fallback=False,
        preemptive_behaviour=False,
    )
    best = matches.best()
    if _is_sparse(data[:_MAX_COUNTED]) and (found := _choose_latin(sample, set(_LATIN))):
        return found
    if best is None:
        raise UnknownEncodingError
    likely = [one.encoding for one in matches if one.chaos <= _MAX_CHAOS]
    if best.encoding in _LATIN:
        possible = {name for one in matches for name in one.could_be_from_charset}
        likely = [*filter(None, [_choose_latin(sample, possible)]), *likely]
    if found := next((encoding for encoding in likely if _decodes(data, encoding)), ""):
        return found
    raise UnknownEncodingError(name_encoding(best.encoding))


def _is_sparse(data: bytes) -> bool:
    """Whether the bytes above 127 are single letters in words of ASCII: accents, not a script."""
    runs = _HIGH_RUN.findall(data)
    high = sum(map(len, runs))
    letters = high + len(_LETTER.findall(data))
    return high < _MAX_ACCENTS * letters and max(map(len, runs), default=0) <= _MAX_ACCENT_RUN


def _sample_high_lines(data: bytes) -> bytes:
    """The lines with bytes above 127, up to 64 KiB: the others say nothing."""
    lines, size = [], 0
    for line in data.splitlines(keepends=True):
        if _HIGH.search(line):
            lines.append(line)
            size += len(line)
            if size > _SAMPLE_BYTES:
                break
    sample = b"".join(lines)
    if len(sample) > _SAMPLE_BYTES:
        # These bytes are never the second of a letter.
        cuts = list(_CUT.finditer(sample, 0, _SAMPLE_BYTES))
        sample = sample[: cuts[-1].end() if cuts else _SAMPLE_BYTES]
    return sample


def _choose_latin(sample: bytes, possible: set[str]) -> str:
    """The first encoding in which all letters beyond ASCII are those of one language."""
    for encoding in _LATIN:
        if encoding in possible and _decodes(sample, encoding):
            text = sample.decode(encoding).casefold()
            letters = {one for one in text if one > "\x7f" and one.isalpha()} - _ORDINALS
            if not _MISPLACED.search(text) and any(letters <= alphabet for alphabet in _ALPHABETS):
                return encoding
    return ""


def _replace_invalid(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are not UTF-8 as Windows-1252; drop a letter that is cut at the end."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.reason == "unexpected end of data":
        return "", len(error.object)
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", errors="replace"), error.end


_MIXED = "dateline-mixed"
codecs.register_error(_MIXED, _replace_invalid)
