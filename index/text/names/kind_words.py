"""Words that say of which kind a name is.

Responsibility: list the first and last words of organisations and places, first names, and
prepositions before places.
Decision: one list for all languages where a word means the same in each.
Must not depend on: articles.
"""

from index.text.names.folding import fold_tables, fold_words

ORGANISATION_WORDS = fold_words(
    "academy administration agence agencia agency agenzia airlines airways aktiengesellschaft"
    " alianza aliança alleanza alliance allianz armee army asamblea asociación assembly"
    " associates association associazione associação athletic atletico atlético audiencia"
    " auswärtiges authority außenministerium bahn banca banco bancorp bank banque board bolsa"
    " bourse brothers bundesbank bundesliga bundesrat bundestag bundeswehr bureau capital casa"
    " center central centre chamber chemicals church club college comisión comissão comitato"
    " comité commission commissione committee communications company confederation congreso"
    " congress congresso conseil consejo conselho conservatives consiglio convergencia"
    " corporation corte council cour court croce croix cross cruz cruzeiro dairy department duma"
    " défense electric energia energie energy enterprises estudios europol exchange fc"
    " federación federation federazione federação financial finanzministerium fondation"
    " fondazione force forces forum forza foundation fratelli front frères fund fundación"
    " fundação fédération gesellschaft group groupe grupo gruppo grünen guard guardia hamas"
    " hermanos hezbollah holdings hopital hospital hôpital industries innenministerium"
    " inspectorate institut institute instituto insurance international interpol investments"
    " irmãos istituto journal kirche knesset kommission krankenhaus kremlin kreuz labor"
    " laboratories labour league legal liga line lines logistics maison media medici mills"
    " ministerio ministerium ministero ministry ministère ministério motor motors movement museo"
    " museu museum musée médecins médicos nacional naciones nationen nations navy nazioni nações"
    " network news office oil olympic orchestra organisation organización organization"
    " organização organizzazione ospedale parlament parlamento parlement parliament partei parti"
    " partido partito partners party pentagon petroleum pharma pharmaceuticals polisportiva post"
    " press procura prosecutor radio rail railways real reserve resources rotary school schule"
    " securities senado senat senate senato service services sindicato society società société"
    " solutions sons sozialdemokraten sport stahl steel store studios supreme supremo syndicat"
    " systems sénat taliban team technologies telecom television theater theatre times transport"
    " tribunal trust union unione united universidad universidade university università"
    " universität université união unión verband verein verteidigungsministerium volkspartei"
    " weltgesundheitsorganisation wirtschaft works zentralbank énergie"
)
"""Words that make a name an organisation, as its first or last word."""

CORPORATE_WORDS = fold_words(
    "airlines associates bank center centre college company energy foundation group holdings"
    " hospital industries institute international motors museum partners school securities society"
    " steel stores university"
)
"""Last words that make a name an organisation even after a first name: Walter University."""

ORGANISATION_HEADS = fold_words(
    "academy administration agence agencia agency agenzia alianza aliança asociación association"
    " associazione associação audiencia authority banca banco bank banque bureau casa center"
    " centre chamber college comisión comissão comité commission commissione committee conseil"
    " consejo conselho consiglio corte council cour court department escola escuela facultad"
    " faculty federación federation federazione federação fondation fondazione forum foundation"
    " fund fundación fundação fédération hospital house hôpital institut institute instituto"
    " istituto league liga maison medici ministerio ministero ministry ministère ministério"
    " museo museu museum musée médecins médicos office ordre organisation organización"
    " organization organização organizzazione ospedale parti partido partito party school"
    " society società société tribunal union unione universidad universidade university"
    " università universität université união unión zentralbank"
)
"""First words of organisations, after which function words belong to the name."""

PLACE_WORDS = fold_words(
    "aeroporto aeropuerto airport alpes alps archipelago avenida avenue aéroport bad bahía baie"
    " basin bay baía beach berg bridge cabo canal cap cape capo castle channel cidade città city"
    " ciudad coast costa county creek delta desert district downs east estadio esteri estádio"
    " falls flughafen fluss forest fort gebirge glacier golfe golfo gulf harbor harbour heights"
    " hill hills ilha isla island islands isle isles isola isole junction lac lago laguna lake"
    " land lower mar mare meer mer mont montagne monte mount mountain mountains neu new north"
    " nouvelle nova nueva nuova oblast ocean oceano océano park peak peninsula piazza place"
    " plain plains plateau playa plaza point pointe port porto praia prefecture province"
    " provincia puerto punta quarter reef region repubblica republic republik república"
    " reservoir ridge rio river road rue rép république río saint saint- san sankt santa santo"
    " sea sierra south springs stade stadio stadion stadium strait straße street são territory"
    " tower town upper vale valle valley vallée via viertel vila villa village volcano wadi west"
    " woods zoo île"
)
"""Words that make a name a place, as its first or last word."""

LEGAL_FORMS = frozenset(
    "AB AG AS ASA BV CORP Co Corp GmbH INC Inc KG LLC LTD Ltd NV Oyj PLC Plc SA SE SpA".split()
)
"""Legal forms, which are no part of the name before them but show what it is."""

LOWER_CASE_HEADS = {
    "es": "río lago cabo universidad ministerio hospital banco instituto estadio monte golfo",
    "pt": "rio lago cabo universidade ministério hospital banco instituto estádio monte",
    "fr": "université hôpital ministère lac cap stade banque mont institut golfe aéroport parti",
    "it": "lago capo monte università ministero ospedale banca istituto stadio golfo",
}
"""Nouns in lower case that belong to the name after them: *ministère* de la Défense.
As written, since they are looked for in the text."""

LOCATIVES = fold_tables(
    {
        "en": "in near off outside around across toward towards",
        "es": "en a hacia ante",
        "fr": "à en au aux vers depuis",
        "de": "in aus nach bei vor um durch zur von gegen",
        "pt": "em no na nos nas ao à para",
        "it": "a ad in nel nella negli",
    }
)
"""Prepositions before a place; the name of a person or organisation follows them less often."""

WEAK_LOCATIVES = fold_words("at from to of into through de da do di del della desde")
"""Prepositions before a place, and before much else."""

ARTICLES_OF_PLACES = fold_words("la le les los las el il")
"""Articles that are part of a name where they have a capital: La Rochelle."""

DIRECTIONS = fold_words("north south east west central latin northern southern sub")
"""Words in front of demonyms: *South* Korean."""

FIRST_NAMES = fold_words(
    "aaron abdul abdullah abraham ada adam adrian ahmed alain alan albert alberto alejandro alex"
    " alexander alexandra alexei alfred ali alice amanda amy ana anatoly anders andre andrea"
    " andrei andres andrew angela angelo anil ann anna anne annie anthony antonio arnold arthur"
    " arturo ashley augusto barack barbara ben benjamin bernard bill bob boris brad brian bruce"
    " bruno carl carla carlo carlos carol caroline catherine chad charles charlotte chris"
    " christian christina christine christopher claire claudia colin craig cristina daniel"
    " daniela dave david deborah dennis diana diego dieter dmitry dominique donald donna doris"
    " dorothy doug douglas eduardo edward elena elizabeth ellen emil emily emma enrique eric"
    " erik ernesto eva evelyn fatima fernando florian francesca francesco francis francisco"
    " francois frank franz fred gabriel gary geoffrey george georges gerald gerhard giovanni"
    " giuseppe glenn gloria gordon grace graham greg guillermo gustavo hans harold harry hassan"
    " heather helen henri henry herbert hillary howard hugo ian ibrahim igor ines ingrid irene"
    " irina isabel ivan jack jacob jacques jake james jan jane janet jason javier jean jeff"
    " jeffrey jennifer jens jeremy jerry jessica jim jimmy joan joao joaquin joe joel john jon"
    " jonas jonathan jorge jose joseph joshua juan judith julia julian julie julio justin jürgen"
    " karen karin karl kate katherine kathleen keith kelly ken kenneth kevin khalid kim klaus"
    " konstantin kurt larry lars laura laurent lawrence lee lena leo leon leonard li linda lisa"
    " lorenzo louis louise luca lucas lucia luis luiz manuel marc marcel marco marcus margaret"
    " maria marie mario marion mark markus martha martin mary matt matteo matthew maurice max"
    " mehmet michael michel michelle miguel mike mikhail mohamed mohammad mohammed monica"
    " mustafa nancy natalia nicholas nick nicola nicolas nikolai nina noah olaf oleg oliver"
    " olivier omar oscar otto pablo pamela pascal patricia patrick paul paula paulo pedro peter"
    " petra philip philippe pierre pieter rachel rafael ralph ramon raul ray rebecca ricardo"
    " richard rick rita robert roberto robin rodrigo roger roland rolf roman ron ronald rosa"
    " rose ruth ryan sally sam samuel sandra sara sarah scott sean sebastian sergei sergio"
    " sharon simon sofia sophie stefan stephan stephanie stephen steve steven stuart susan"
    " sylvia tatiana ted teresa terry theresa thierry thomas tim timothy tom tomas tommy tony"
    " ulrich ursula valentina vera victor victoria viktor vincent virginia vladimir walter wayne"
    " wendy werner wilhelm william wolfgang yusuf yves"
)
"""Common first names of news articles."""

NAMES_WITH_POSSESSIVE = fold_words(
    "kohl's levi's lloyd's macy's mcdonald's moody's poor's sotheby's wendy's"
)
"""Names that end with 's."""
