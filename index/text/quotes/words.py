"""Words of reported speech, in six languages.

Responsibility: list the verbs of speech, the pronouns and the small words around them.
Decision: full forms, as a text has them, made from stems where a language is regular; only lower
case, so that no name is a verb. Forms that are mostly nouns (*states*, *notes*) are left out.
Must not depend on: how a speaker is found.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, each set as text with blanks; `|` stands for a blank in a verb.

    Attributes:
        speech: Verbs that report what someone says.
        naming: Verbs that report only in front of a quotation: *called it*.
        sources: Words before a source: *according to*.
        pronouns: Pronouns for one person.
        others: Pronouns that say nothing about who: *they*.
        helpers: Words between a subject and its verb.
        passive: Words before a participle that no subject utters.
        prepositions: Words after which a name is no subject.
        articles: Words that begin a noun without a name.
        definite: Those of them that name somebody known.
        joints: Words that begin a clause or join two of them.
        drops_subject: Whether a verb needs no subject.
    """

    speech: str
    naming: str
    sources: str
    pronouns: str
    others: str
    helpers: str
    passive: str
    prepositions: str
    articles: str
    definite: str
    joints: str
    drops_subject: bool = False


def _conjugate(stems: str, endings: str) -> str:
    return " ".join(stem + ending for stem in stems.split() for ending in endings.split())


_EN = Words(
    speech=(
        "said says say saying told tells telling added adds adding asked replied replies explained"
        " explains explaining noted noting wrote writes writing warned warns warning insisted"
        " insists argued argues arguing recalled recalls remarked stated stating announced declared"
        " declaring claimed claiming commented concluded continued admitted acknowledged agreed"
        " quipped joked jokes observed stressed stressing emphasized emphasised pointed|out"
        " responded"
        " answered testified tweeted shouted cried complained complains lamented boasted predicted"
        " predicts suggested urged urging vowed pledged promised denied reiterated reiterating"
        " repeated mused whispered confirmed maintained cautioned advised conceded recounted"
        " quoted|as|saying quoted|him|as|saying quoted|her|as|saying put|it opined chanted"
        " read spoke"
        " countered retorted contended proclaimed exclaimed protested swore confessed summed|up"
    ),
    naming=(
        "called calls calling described describes describing accused accuses accusing criticized"
        " criticised denounced denouncing condemned condemning blasted praised praising hailed"
        " hailing labelled labeled branded rejected dismissed dismissing cited citing expressed"
        " expressing referred|to demanded spoke|of deemed blamed blaming"
    ),
    sources="according|to in|the|words|of",
    pronouns="he she",
    others="they it we who which I you",
    helpers=(
        "has had have also later then earlier recently repeatedly often once further again would"
        " will could still previously reportedly however just now always simply flatly privately"
        " publicly jokingly bluntly may might did does quickly yesterday today sarcastically on"
        " Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    ),
    passive="was were been being be is are get gets not never didn't n't",
    prepositions=(
        "of for at from by with to in on about against near after before between among into as"
        " like over under around outside inside via"
    ),
    articles="the a an one another some two three several many most his her its their this that",
    definite="the",
    joints="and but while as after because that although when where if or before since though",
)
_ES_AR = (
    "afirm explic señal declar asegur agreg coment manifest indic relat destac lament recalc"
    " subray apunt denunci confes grit pregunt contest expres anunci precis recomend argument"
    " record reiter resalt remarc inform pronostic matiz celebr reclam augur brome tuite puntualiz"
    " enfatiz detall avis opin proclam replic aclar sentenci ironiz confirm"
)
_ES = Words(
    speech=(
        _conjugate(_ES_AR, "ó a aron an ado ando aba")
        + " "
        + _conjugate(
            "respond añad admit insist escrib describ promet", "ió ieron e en ido iendo ía"
        )
        + " dijo dijeron dice dicen decía dicho diciendo contó cuenta contaron contado advirtió"
        " advierte advirtieron advertido sostuvo sostiene sostuvieron reconoció reconoce reconocido"
        " concluyó concluye repitió repite pidió sugirió sugiere adujo predijo expuso escrito"
        " descrito recuerda apostilló espetó zanjó exclamó juró según|dijo"
    ),
    naming=(
        _conjugate("calific critic acus tild conden rechaz cit defin tach cataleg", "ó a aron ado")
        + " definió habló describió consideró denunció negó"
    ),
    sources="según de|acuerdo|con en|palabras|de a|juicio|de",
    pronouns="él ella",
    others="ellos ellas quien quienes que esto",
    helpers=(
        "ha han había habían también luego después le les lo la se nos me además ya así entonces"
        " ayer hoy lunes martes miércoles jueves viernes sábado domingo este el por su parte"
    ),
    passive="fue fueron sido es son era no ser",
    prepositions="de del a al en por para con sin sobre contra entre desde ante tras hacia como",
    articles="el la los las un una unos unas su sus este esta otro otra",
    definite="el la",
    joints="y e o pero que cuando mientras aunque si donde porque tras",
    drops_subject=True,
)
_FR_ER = (
    "affirm expliqu déclar assur ajout comment indiqu racont soulign not précis lanc dénonc critiqu"
    " accus annonc demand estim regrett confi martel insist rappel observ argument résum témoign"
    " jug protest répliqu conclu plaisant avou ironis martel rétorqu tweet plaid tranch gliss"
    " s'exclam nuanc détaill concéd considér dédicac analys rassur reconn tempêt"
)
_FR = Words(
    speech=(
        _conjugate(_FR_ER, "é e a ent èrent ait ant")
        + " dit disent disait dirent disant répondu répond répondit écrit écrivait prévenu prévient"
        " promis promet admis admet reconnu reconnaît averti avertit soutenu soutient poursuivi"
        " poursuit conclu conclut redit réjoui réjouit défendu défend confirmé espère espéré"
        " renchéri renchérit répété répète lâché lâche lance annonce rappelle rappelé indiqué"
    ),
    naming="qualifié qualifie décrit évoqué évoque dénoncé parlé parle jugé estimé cité reproché",
    sources="selon d'après d’après aux|yeux|de pour",
    pronouns="il elle celui-ci celle-ci",
    others="ils elles on qui ce nous je",
    helpers=(
        "a ont avait avaient aura aurait s'est s’est s'était s’était se lui leur nous m'a m’a l'a"
        " l’a également aussi encore ensuite notamment puis déjà toutefois lundi mardi mercredi"
        " jeudi vendredi samedi dimanche hier en ne"
    ),
    passive="est sont été était étaient être pas jamais sera",
    prepositions=(
        "de du des à au aux en par pour avec sans sur sous contre entre chez dans depuis"
        " devant vers"
        " comme d' d’"
    ),
    articles="le la les l' l’ un une son sa ses cette ce cet leur plusieurs",
    definite="le la l' l’",
    joints="et ou mais que quand lorsque tandis alors si où car puis",
)
_DE = Words(
    speech=(
        "sagte sagt sagten sagen gesagt erklärte erklärt erklärten betonte betont betonten ergänzte"
        " ergänzt erläuterte erläutert erzählte erzählt fragte fragt antwortete antwortet warnte"
        " warnt warnten kritisierte kritisiert kommentierte kommentiert behauptete behauptet"
        " bekräftigte bekräftigt erinnerte erinnert beteuerte beteuert bemerkte bemerkt forderte"
        " fordert forderten versicherte versichert berichtete berichtet berichteten versprach"
        " verspricht klagte klagt scherzte scherzt begründete resümierte mahnte mahnt meinte meint"
        " meinten schrieb schreibt schrieben teilte kündigte kündigt lobte lobt gab gibt rief ruft"
        " räumte räumt wiederholte bestätigte bestätigt fügte fügt hieß heißt schimpfte urteilte"
        " prophezeite vermutete erwiderte entgegnete konterte lautete twitterte spottete"
        " bilanzierte zitierte zitiert betonte unterstrich hob so"
    ),
    naming="nannte nennt nannten bezeichnete bezeichnet bezeichneten sprach spricht sprachen warf",
    sources="laut zufolge gemäß nach|Angaben|von nach|den|Worten|von nach|Ansicht|von",
    pronouns="er sie",
    others="es man wir ich die der das",
    helpers=(
        "hat hatte haben hatten habe auch dann zudem später weiter noch sich ihm ihr ihnen dazu am"
        " im Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag heute gestern wiederum"
    ),
    passive="wird wurde wurden werden worden ist nicht",
    prepositions=(
        "von vom für bei beim aus mit zu zum zur in im an am auf über gegen nach vor zwischen unter"
        " durch um seit des als"
    ),
    articles="der die das ein eine einer eines sein seine ihr ihre dieser diese mehrere einige",
    definite="der die das",
    joints="und oder aber dass als wenn während weil wo ob obwohl nachdem",
)
_PT_AR = (
    "afirm explic declar assegur coment destac lament sublinh apont denunci confess grit pergunt"
    " anunci recomend argument record lembr reiter ressalt inform critic cont relat avis observ"
    " ironiz brinc garant acrescent adiant indic refer avali confirm salient frisou fris defend"
    " desabaf detalh conden alert revel"
)
_PT = Words(
    speech=(
        _conjugate(_PT_AR, "ou a aram am ado ando ava")
        + " disse dizem diz disseram dizia dito dizendo respondeu responde acrescentou prometeu"
        " admitiu admite insistiu insiste escreveu escreve escrito advertiu adverte concluiu"
        " conclui"
        " repetiu reconheceu reconhece pediu sugeriu referiu refere garantiu garante riu-se"
        " sustentou"
        " defendeu defende manteve descreveu exclamou falou"
    ),
    naming=(
        _conjugate("classific critic acus rejeit cit apelid tax chamou", "ou a aram")
        + " chamou descreveu considerou definiu falou"
    ),
    sources="segundo de|acordo|com conforme nas|palavras|de para",
    pronouns="ele ela",
    others="eles elas quem que",
    helpers=(
        "tem têm tinha terá também depois lhe lhes se nos me ainda já então ontem hoje há havia"
        " segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo"
    ),
    passive="foi foram sido é são era não ser",
    prepositions=(
        "de do da dos das ao aos à às em no na nos nas por pelo pela para com sem sobre contra"
        " entre desde ante como num numa"
    ),
    articles="o a os as um uma uns umas seu sua este esta outro outra",
    definite="o a",
    joints="e ou mas que quando enquanto embora se onde porque",
    drops_subject=True,
)
_IT_ARE = (
    "afferm dichiar spieg raccont comment sottoline denunci annunci precis osserv critic assicur"
    " replic not ribad conferm ammon scherz esclam domand segnal ricord accus auspic rimarc"
    " evidenzi lanci grid insist argoment conferm puntualizz rivel parl lament"
)
_IT = Words(
    speech=(
        _conjugate(_IT_ARE, "ato a ò ano arono ando ava")
        + " detto dice dicono disse dissero diceva dicendo aggiunto aggiunge aggiunse risposto"
        " risponde rispose scritto scrive scrisse promesso ammesso ammette avvertito avverte"
        " concluso conclude ripetuto ripete riconosciuto chiesto chiede sostenuto sostiene ribadito"
        " ribadisce riferito riferisce chiarito chiarisce suggerito difeso"
    ),
    naming="definito definisce chiamato accusato criticato parlato respinto descritto bollato",
    sources="secondo stando|a per nelle|parole|di",
    pronouns="lui lei egli ella",
    others="loro essi chi che si",
    helpers=(
        "ha hanno aveva avevano anche poi gli le si ci mi inoltre ancora già ieri oggi lunedì"
        " martedì mercoledì giovedì venerdì sabato domenica avrebbe"
    ),
    passive="è sono stato stata era erano non viene",
    prepositions=(
        "di del della dello dei degli delle dell' dell’ a al alla allo ai alle all' all’ in nel"
        " nella nei da dal dalla dai per con senza su sul sulla contro tra fra come davanti"
    ),
    articles="il lo la i gli le l' l’ un uno una un' un’ suo sua questo questa",
    definite="il lo la l' l’",
    joints="e o ma che quando mentre se dove perché",
    drops_subject=True,
)
WORDS = {"en": _EN, "es": _ES, "fr": _FR, "de": _DE, "pt": _PT, "it": _IT}
"""By language."""
