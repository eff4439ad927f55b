"""Articles of an invented newsroom.

Responsibility: hold the articles of the web tests, of July 2023.
Decision: written by hand, so that a test can say which article matches a query and why.
Must not depend on: search, Flask or HTML.
"""

from datetime import UTC, datetime

from archive.article import Article


def at(day: int, hour: int = 0, minute: int = 0, *, month: int = 7) -> datetime:
    """A moment in 2023, UTC."""
    return datetime(2023, month, day, hour, minute, tzinfo=UTC)


BRIDGE_CLOSED = Article(
    uri="https://northernwire.example/2023/07/10/bridge?id=41#top",
    headline="Port Alder bridge closed after inspectors find crack in main span",
    body=(
        "The only road bridge over the River Alder was closed on Monday after inspectors found a "
        "crack as long as a hand in one of the girders that carry its main span.\n\n"
        "About 38,000 vehicles cross the bridge each day. The nearest other crossing is 61 "
        "kilometres upstream, and the city asked employers to let people work from home.\n\n"
        "“Nobody was in danger this morning, and I want that to stay true,” said Marta Lindqvist, "
        "the city engineer. She would not say when the bridge might open again.\n\n"
        "The bridge was built in 1964 and strengthened in 1998. A report in March had asked for "
        "closer inspection of the girders, the city confirmed."
    ),
    by="Jonas Hale",
    dateline="Port Alder, July 10 (NW).-",
    located="Port Alder",
    source="Northern Wire",
    first_created=at(10, 7, 40),
    version_created=at(10, 7, 40),
    language="en",
    url="https://northernwire.example/2023/07/10/bridge?id=41#top",
    slugline="BRIDGE-CLOSED",
)
BRIDGE_FERRY_FIRST = Article(
    uri="urn:harbour:ferry 12/7",
    version=1,
    headline="Ferry returns to the Alder after 59 years as commuters look for a way across",
    body=(
        "Two borrowed ferries began to carry passengers across the River Alder at dawn on "
        "Wednesday, two days after the bridge was closed.\n\nEach takes 150 people. By eight "
        "o'clock the queue reached the fish market."
    ),
    located="Port Alder",
    source="Harbour Times",
    first_created=at(12, 9, 15),
    version_created=at(12, 9, 15),
    language="en",
    by="Ines Okafor",
)
BRIDGE_FERRY = Article(
    uri="urn:harbour:ferry 12/7",
    version=2,
    headline="Ferries return to the Alder as commuters look for a way across",
    body=(
        "Two borrowed ferries began to carry passengers across the River Alder at dawn on "
        "Wednesday, two days after the bridge was closed.\n\nEach takes 250 people. By eight "
        "o'clock the queue reached the fish market.\n\n“I have not stood this close to my "
        "neighbours in years,” said Tom Reyes, a baker, who had been up since three."
    ),
    located="Port Alder",
    source="Harbour Times",
    first_created=at(12, 9, 15),
    version_created=at(12, 14, 5),
    language="en",
    by="Ines Okafor",
    ed_note="Corrects the number of passengers in the second paragraph to 250, not 150.",
    url="https://harbourtimes.example/ferry",
)
BRIDGE_ES = Article(
    uri="litoral-2023-0713-044",
    headline="El cierre del puente de Port Alder deja sin salida a cien camiones de fruta",
    body=(
        "Un centenar de camiones cargados de fruta espera en la orilla sur del río Alder desde "
        "el cierre del puente, según la asociación de transportistas.\n\nEl ayuntamiento "
        "estudia un desvío por la antigua vía del tren."
    ),
    dateline="Port Alder, 13 jul (Litoral).-",
    located="Port Alder",
    source="Agencia Litoral",
    first_created=at(13),
    language="es",
)
BRIDGE_COST = Article(
    uri="https://northernwire.example/2023/07/14/repair",
    headline="Repair of the Alder bridge will take until spring, engineers say",
    body=(
        "The crack that closed the Port Alder bridge runs deeper than first thought, and the "
        "repair will last until next spring, engineers told the city council on Friday.\n\n"
        "The work will cost 84 million crowns. The council votes on Tuesday."
    ),
    by="Jonas Hale",
    located="Port Alder",
    source="Northern Wire",
    first_created=at(14, 16, 30),
    language="en",
    slugline="BRIDGE-REPAIR",
)
BRIDGE_VOTE = Article(
    uri="https://harbourtimes.example/council/vote",
    headline="Council votes 19 to 4 to rebuild the crossing rather than repair it",
    body=(
        "Port Alder will build a new crossing beside the old one and tear the cracked span down, "
        "the city council decided on Tuesday after a debate of seven hours.\n\nThe mayor, who "
        "had asked for a repair, said she would respect the vote."
    ),
    located="Port Alder",
    source="Harbour Times",
    first_created=at(18, 23, 10),
    language="en",
    by="Ines Okafor",
)
GRAIN_TALKS = Article(
    uri="https://northernwire.example/2023/07/15/grain",
    headline="Grain envoys meet in Istanbul with two days left on the shipping agreement",
    body=(
        "Envoys met for the third time in a week to save the agreement under which grain ships "
        "pass safely through the Black Sea.\n\nWheat rose 3 per cent in early trading."
    ),
    located="Istanbul",
    source="Northern Wire",
    first_created=at(15, 11),
    language="en",
)
GRAIN_ES = Article(
    uri="litoral-2023-0715-012",
    headline="Las partes discrepan sobre las inspecciones de los barcos de grano",
    body=(
        "Las delegaciones abandonaron la mesa sin acuerdo sobre quién debe inspeccionar los "
        "barcos, informaron fuentes diplomáticas.\n\nHabrá otra reunión el lunes."
    ),
    dateline="Estambul, 15 jul (Litoral).-",
    located="Estambul",
    source="Agencia Litoral",
    first_created=at(15),
    date_inferred=True,
    language="es",
)
GRAIN_BREAD = Article(
    uri="ledger/2023/bread",
    headline="Bakers warn of dearer bread if ships stop",
    body="Flour would cost a fifth more by autumn, the bakers' guild said.\n\nIt asked for help.",
    located="London",
    source="The Ledger",
    first_created=at(16, 6),
    language="en",
)
VOTE_COUNT = Article(
    uri="ledger/2023/sundland-count",
    headline="Sundland counts its votes by hand, and waits",
    body=(
        "By midnight fewer than half of the ballots of Sundland's closest election in a century "
        "had been counted.\n\nThe islands' boats could not sail in the fog."
    ),
    located="Sundland",
    source="The Ledger",
    first_created=at(9, 22),
    language="en",
)
VOTE_FR = Article(
    uri="presse-nord:2023:5521",
    headline="Au Sundland, une majorité d'un siège et beaucoup de questions",
    body=(
        "La Première ministre sortante garde la majorité d'un seul siège, selon le décompte "
        "définitif publié mardi.\n\nL'opposition demande un nouveau décompte dans trois îles."
    ),
    located="Sundland",
    source="Presse du Nord",
    first_created=at(11),
    language="fr",
)
HEAT = Article(
    uri="https://northernwire.example/2023/07/17/heat",
    headline="Heat closes schools across the southern provinces for a third day",
    body=(
        "Schools in four provinces stayed shut on Monday as the temperature passed 43 degrees "
        "for the third day.\n\nHospitals opened cooled halls to anyone who asked."
    ),
    located="Valmora",
    source="Northern Wire",
    first_created=at(17, 13, 20),
    language="en",
)
HEAT_DE = Article(
    uri="kurier/hitze-1707",
    headline="Hitze lähmt den Süden: Züge fahren nur noch nachts",
    body="Die Bahn lässt ihre Züge im Süden vorerst nur nachts fahren.\n\nGleise verformten sich.",
    located="Valmora",
    source="Der Kurier",
    first_created=at(17),
    language="de",
)
WHALE = Article(
    uri="urn:harbour:whale",
    headline="Whale that lost its way swims back to sea on the evening tide",
    body="The young humpback that spent nine days in the estuary left it on Sunday.\n\nApplause.",
    located="Saltmouth",
    source="Harbour Times",
    first_created=at(16, 20, 45),
    language="en",
)
ORCHESTRA = Article(
    uri="ledger/2023/orchestra",
    headline="An orchestra with no conductor plays to a full house",
    body="The players of the Meridian Ensemble breathe together, and begin.\n\nIt took a year.",
    located="London",
    source="The Ledger",
    first_created=at(13, 22),
    language="en",
)
ARABIC = Article(
    uri="أخبار/٢٠٢٣/المكتبة",
    headline="المكتبة القديمة تفتح أبوابها من جديد",
    body=(
        "فتحت المكتبة القديمة أبوابها يوم السبت بعد ترميم استمر ست سنوات.\n\nوحضر الافتتاح كثيرون."
    ),
    located="تونس",
    source="وكالة الساحل",
    first_created=at(8),
    language="ar",
)
UNDATED = Article(
    uri="hash:9b1c",
    headline="",
    body="Chess returns to the park tables of Port Alder, where strangers play for a coffee.",
    source="",
    language="und",
)
HOSTILE = Article(
    uri='"><script>alert("id")</script>/../?a=b#c',
    headline="<script>alert('headline')</script> & more",
    body="<script>alert('body')</script>\n\n<img src=x onerror=alert(1)>",
    by="<b>by</b>",
    dateline="<i>nowhere</i>",
    located="<script>alert('place')</script>",
    source="<script>alert('source')</script>",
    first_created=at(1, month=6),
    language='en"><script>',
    ed_note="<script>alert('note')</script>",
    url="javascript:alert('url')",
    slugline="<script>slug</script>",
)
KILLED = Article(
    uri="northern:killed",
    version=2,
    headline="KILL: mayor story",
    body="Not to be used.",
    pub_status="canceled",
    source="Northern Wire",
    language="en",
)
KILLED_FIRST = Article(
    uri="northern:killed", version=1, headline="Mayor said to have left", body="A libel."
)

STORIES: dict[str, tuple[str, tuple[Article, ...]]] = {
    "alder-bridge": (
        "Port Alder bridge closed after inspectors find crack in main span",
        (BRIDGE_CLOSED, BRIDGE_FERRY, BRIDGE_ES, BRIDGE_COST, BRIDGE_VOTE),
    ),
    "grain": (GRAIN_TALKS.headline, (GRAIN_ES, GRAIN_TALKS, GRAIN_BREAD)),
    "sundland": (VOTE_COUNT.headline, (VOTE_COUNT, VOTE_FR)),
    "heat": (HEAT.headline, (HEAT_DE, HEAT)),
    "whale": (WHALE.headline, (WHALE,)),
    "orchestra": (ORCHESTRA.headline, (ORCHESTRA,)),
    "library": (ARABIC.headline, (ARABIC,)),
    "chess/park?": ("", (UNDATED,)),
    "<script>story</script>": ("<script>alert('story')</script>", (HOSTILE,)),
}
EARLIER_VERSIONS = (BRIDGE_FERRY_FIRST, KILLED_FIRST)
UNSEARCHED = (KILLED,)
MEANINGS: dict[str, tuple[Article, ...]] = {
    "bridge": (BRIDGE_VOTE, BRIDGE_COST, BRIDGE_ES, GRAIN_TALKS),
    "music": (ORCHESTRA,),
    "election": (VOTE_COUNT, VOTE_FR, BRIDGE_VOTE),
}
