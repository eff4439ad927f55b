"""German nouns, which have capitals like names.

Responsibility: list the nouns that say what the name after them is, and those that are no names.
Decision: German alone has such lists: a single word with a capital is a name in other languages.
Must not depend on: articles.
"""

from index.text.names.folding import fold_words

GERMAN_ROLE_ENDINGS = tuple(
    sorted(
        fold_words(
            "anwalt anwältin bischof chef chefin direktor direktorin fahrer fahrerin forscher"
            " forscherin führer führerin kandidat kandidatin kanzler kanzlerin kommissar leiter"
            " leiterin läufer läuferin meister meisterin minister ministerin politiker"
            " politikerin präsident präsidentin rat richter richterin sekretär sekretärin"
            " spieler spielerin sprecher sprecherin trainer trainerin vorsitzende vorsitzenden"
            " vorsitzender"
        )
    )
)

GERMAN_NOUNS_OF_ORGANISATIONS = fold_words(
    "agentur airline autobauer firma fluggesellschaft gewerkschaft hersteller konzern"
    " nachrichtenagentur partei reederei unternehmen verband verein werft zeitung"
)

GERMAN_NOUNS_OF_PLACES = fold_words(
    "bezirk bundesstaat dorf fluss gemeinde hafenstadt hauptstadt insel kanton kreis küstenstadt"
    " landkreis ort polizei provinz region staatsanwaltschaft stadt"
)

GERMAN_NOUN_ENDINGS = tuple(
    sorted(
        fold_words(
            "arbeit gaben geld haft heit ismus ität keit kraft nis recht schaft sicht spruch"
            " stelle tion tionen ung ungen werk zeit"
        )
    )
)

GERMAN_NOUNS = fold_words(
    "angaben angst ansicht anspruch arbeit armut auffassung bedarf behörden berichten betrieb"
    " deutsch deutscher dollar englisch euro folge form frage freiheit frieden führung gang gas"
    " gefahr gericht geschichte gesprächen gold grenzen haft hause höhe jahre jahren kauf"
    " kenntnis kliniken kraft kreisen krieg leben ländern mai medien medienberichten meinung"
    " menschen milliarden millionen minuten monaten nebel not ordnung ort polizeiangaben protest"
    " protesten prozent regen rente richtung ruhe rückstand schnee schulen seiten serie sorge"
    " strom stunden sturm städten szene tagen teile teilen tod tränen verhandlungen wahlen"
    " wasser wochen wort zahlen zukunft öl"
)
"""German nouns that follow a preposition without an article, as names of places do."""

GERMAN_BODIES = fold_words("bundestag bundesrat bundeswehr bundesbank senat kreml")
"""Single words that are names of organisations."""

GERMAN_ARTICLES = fold_words(
    "am das dem den der des die ein eine einem einen einer eines im vom zum zur"
)
