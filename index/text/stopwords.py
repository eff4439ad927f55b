"""Stop words: words that are too frequent to say what a query is about.

Responsibility: list the stop words of every language with an analyzer.
Decision: short lists of function words; longer lists lose names such as "The Who".
Must not depend on: tokens or indexes.
"""

STOPWORDS: dict[str, frozenset[str]] = {
    "en": frozenset(
        "a an and are as at be been but by for from had has have he her his i if in into is it its"
        " no not of on or our she such that the their then there these they this to was we were"
        " which who will with you".split()
    ),
    "es": frozenset(
        "a al ante asi como con de del desde e el ella ellos en entre era es esta este esto fue ha"
        " han hasta la las le les lo los mas me mi muy ni no nos o para pero por que se ser si sin"
        " sobre son su sus tambien un una uno y ya".split()
    ),
    "fr": frozenset(
        "a au aux avec ce ces cette comme dans de des du elle en est et etait eux il ils je la le"
        " les leur leurs lui mais me mes moi mon ne nos notre nous on ont ou par pas plus pour qu"
        " que qui sa sans se ses son sont sur ta te tes toi ton tu un une vos votre vous y".split()
    ),
    "de": frozenset(
        "aber als am an auch auf aus bei bis das dass dem den der des die dieser durch ein eine"
        " einem einen einer eines er es fur hat hatte im in ist mit nach nicht noch nur oder sei"
        " sein sich sie sind so uber um und unter vom von vor war wie wird zu zum zur".split()
    ),
    "pt": frozenset(
        "a ao aos as com como da das de dela dele do dos e ela ele eles em entre era essa esse esta"
        " este eu foi ja mais mas me mesmo na nas nao no nos o os ou para pela pelas pelo pelos por"
        " que quem sao se sem ser seu seus so sua suas tambem um uma".split()
    ),
    "it": frozenset(
        "a ad ai al alla alle anche c che chi ci come con da dal dalla dei del della delle di e ed"
        " era gli ha hanno i il in io la le lo loro ma mi nel nella noi non o per piu quando questa"
        " questo se si sono su sua sul sulla suo tra un una uno".split()
    ),
}
