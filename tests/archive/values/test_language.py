import pytest

from archive.values.language import detect_language, normalize_language


@pytest.mark.parametrize(
    ("stated", "tag"),
    [("en", "en"), ("EN-us", "en-US"), ("en_US", "en-US"), ("English", "en"), ("español", "es"),
     ("zh-hant-tw", "zh-Hant-TW"), ("deu", "de"), ("por", "pt"), ("es-419", "es-419"),
     ("und", ""), ("", ""), ("klingon!", ""), ("unknown", ""), ("de-DE-1996", "de-DE")],
)  # fmt: skip
def test_stated_languages_become_tags(stated: str, tag: str) -> None:
    assert normalize_language(stated) == tag


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The government said on Friday that a new bridge would be built across the river.", "en"),
        ("El gobierno anunció el viernes que se construirá un nuevo puente sobre el río.", "es"),
        ("Le gouvernement a annoncé vendredi la construction d'un nouveau pont.", "fr"),
        ("Die Regierung kündigte am Freitag den Bau einer neuen Brücke über den Fluss an.", "de"),
        ("O governo anunciou na sexta-feira a construção de uma nova ponte sobre o rio.", "pt"),
        ("Il governo ha annunciato venerdì la costruzione di un nuovo ponte sul fiume.", "it"),
        ("Правительство объявило в пятницу о строительстве нового моста через реку.", "und"),
        ("Bridge", "und"),
        ("", "und"),
        ("12345 67890 12345 67890 12345", "und"),
    ],
)
def test_six_languages_are_detected(text: str, language: str) -> None:
    assert detect_language(text) == language
