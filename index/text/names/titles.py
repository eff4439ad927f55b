"""Words in front of the name of a person.

Responsibility: list titles, offices and roles, in the languages with an analyzer.
Decision: a title is no part of a name, in capitals or not; it says that a person follows.
Must not depend on: articles.
"""

from index.text.names.folding import fold_tables, fold_words

TITLES = fold_tables(
    {
        "en": (
            "adm admiral aide ambassador analyst archbishop attorney author ayatollah baron"
            " baroness bishop capt captain cardinal ceo cfo chair chairman chairperson"
            " chairwoman chancellor chief coach col colonel commander commissioner congressman"
            " congresswoman constable coo councillor councilman dame deputy detective director"
            " dr duchess duke economist editor emir envoy executive father gen gov governor imam"
            " inspector judge justice king lady lawyer leader lieutenant lt maj major manager"
            " mayor minister miss mp mr mrs ms officer pope premier president prince princess"
            " prof professor prosecutor queen rabbi rep representative rev reverend secretary"
            " sen senator sergeant sgt sheik sheikh sir speaker spokesman spokesperson"
            " spokeswoman sultan superintendent treasurer widow"
        ),
        "es": (
            "alcalde alcaldesa capitán cardenal comandante coronel diputada diputado director"
            " directora doctor doctora don doña dr dra expresidente fiscal general gobernador"
            " gobernadora juez jueza ministra ministro monseñor obispo papa presidenta"
            " presidente profesor profesora príncipe reina rey secretaria secretario senador"
            " senadora señor señora sr sra"
        ),
        "fr": (
            "capitaine cardinal colonel commandant directeur directrice docteur dr député"
            " députée gouverneur général juge m madame maire me mgr ministre mlle mm mme mmes"
            " monsieur pape premier première prince princesse procureur professeur président"
            " présidente reine roi secrétaire sénateur sénatrice évêque"
        ),
        "de": (
            "abgeordnete abgeordneter analyst anwalt anwältin arzt autor autorin bischof"
            " bischöfin botschafter botschafterin bruder bäcker bäckerin bürgermeister"
            " bürgermeisterin chef chefin direktor direktorin dr ehefrau ehemann experte"
            " expertin forscher forscherin frau general generalsekretär hauptmann herr herrn"
            " kandidat kandidatin kanzler kanzlerin kapitän kardinal kollege kollegin kommissar"
            " kommissarin könig königin landrat landrätin lehrer lehrerin minister ministerin"
            " ministerpräsident mutter oberst papst prinz prinzessin prof professor professorin"
            " präsident präsidentin rektor rektorin richter richterin schauspieler"
            " schauspielerin schriftsteller schriftstellerin schwester senator senatorin sohn"
            " sprecher sprecherin stürmer sänger sängerin tochter trainer trainerin vater ärztin"
        ),
        "pt": (
            "bispo capitão cardeal coronel deputada deputado diretor diretora dom dona doutor"
            " doutora dr dra general governador governadora juiz juíza ministra ministro padre"
            " papa prefeita prefeito presidente procurador professor professora príncipe rainha"
            " rei secretária secretário senador senadora senhor senhora sr sra"
        ),
        "it": (
            "avvocato capitano cardinale colonnello deputato direttore direttrice don dott"
            " dottor dottoressa generale giudice governatore ministra ministro monsignor"
            " onorevole papa presidente principe procuratore prof professore professoressa re"
            " regina segretario senatore senatrice sig signor signora sindaca sindaco vescovo"
        ),
    }
)
"""Titles and offices in front of a person; in lower case they make the name after them a person."""

TITLE_MODIFIERS = fold_words(
    "acting affairs agriculture assistant associate attorney chief defence defense deputy"
    " economic education energy environment ex exchequer executive finance first foreign former"
    " general health interior labor labour lieutenant majority managing minority oil opposition"
    " premier premiere press prime primer rear security senior state trade transport vice"
)
"""Words between a sentence's start or a demonym and a title: *Prime* Minister, *Oil* Minister."""

AMBIGUOUS_TITLES = fold_words(
    "baron cardinal chief dame don duke emir father general justice king könig königin lady"
    " major premier prince princess queen re regina rei reina reine rey roi sultan"
)
"""Titles that are also parts of names (King Street, Justice Department): they are titles only in
front of a first name."""

TITLES_OF_FULL_NAMES = fold_words(
    "cardinal dame don father general justice lady prince princess prinz prinzessin"
)
"""Ambiguous titles that are titles in front of two words or more, unless these are a place."""

ROLES = fold_tables(
    {
        "en": (
            "actor actress aide artist attorney baker banker boss broker brother captain coach"
            " colleague composer counterpart daughter defender designer driver engineer"
            " executive farmer father fighter firefighter fisherman founder friend goalkeeper"
            " guard historian husband investor journalist keeper lawmaker lawyer midfielder"
            " mother nurse owner painter partner pilot player poet policeman politician"
            " psychologist rebel rector reporter researcher resident runner scientist singer"
            " sister soldier son striker student teacher trader voter wife winger winner witness"
            " worker writer"
        ),
        "es": (
            "abogada abogado actor actriz agente alta analista artista candidata candidato"
            " cantante chino comisionada comisionado delantero entrenador escritor escritora"
            " esposa esposo expresidente hermana hermano hija hijo homólogo jefe líder madre"
            " médica médico negociador opositor opositora padre periodista pintor poeta policía"
            " portavoz rector rectora ruso técnico vecina vecino viuda"
        ),
        "fr": (
            "acteur actrice agent analyste ancien artiste attaquant avocat avocate candidat"
            " candidate chancelier chanteur chanteuse chef chercheur conseiller entraîneur fille"
            " fils frère historien historienne homologue joueur journaliste kényan mère médecin"
            " opposant opposante patron patronne peintre philosophe porte-parole poète père"
            " recteur soeur sœur témoin écrivain épouse éthiopienne"
        ),
        "pt": (
            "advogada advogado agente analista artista atacante ator atriz candidata candidato"
            " cantor cantora chinês comissária comissário escritor escritora esposa"
            " ex-presidente filha filho homólogo irmã irmão jogador jornalista líder marido mãe"
            " médica médico negociador opositor pai pintor porta-voz reitor reitora treinador"
            " técnico vizinho viúva"
        ),
        "it": (
            "agente allenatore analista artista attaccante attore attrice candidata candidato"
            " cantante cinese commissaria commissario figlia figlio fratello giocatore"
            " giornalista leader madre marito medico moglie negoziatore oppositore padre pittore"
            " poeta portavoce premier rettore rettrice scrittore scrittrice sorella tecnico"
        ),
    }
)
"""Words in lower case that make the name after them a person, besides titles."""

_ANY_TITLE = frozenset().union(*TITLES.values(), *ROLES.values(), TITLE_MODIFIERS)


def is_title(folded: str) -> bool:
    """Whether a folded word is a title, an office or a role in any language."""
    return folded in _ANY_TITLE
