"""Names of people, places and organisations in a text.

Responsibility: find the names in a text, with their spans and kinds.
Decision: names are found by capitals and by rules, in every language with capitals, without a
model. What the text says elsewhere decides what one place leaves open: whether a word begins a
sentence or a name, and which full name a surname belongs to.
Must not depend on: articles, indexes or stories.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.text.names import context
from index.text.names.german import GERMAN_BODIES
from index.text.names.kinds import NameKind
from index.text.names.reading import Part, read_run
from index.text.names.runs import compile_runs, find_start, get_longer_runs

_LAST_LETTERS = frozenset("nre")
"""Of the particles before a name: van, der, de."""
_WEIGHT_OF_WORDS = 4.0
"""What the words of a name tell, against 3 for a title before it and 2 for a preposition."""


@dataclass(slots=True)
class Mention:
    """A name where it stands in a text.

    Attributes:
        start, end: Its span.
        name: As it is counted: without a possessive, and one form for U.S. and United States.
        kind: As its own words or those around it tell, or else the most frequent kind.
        weight: How much they tell.
        is_sure: False for a word that is a name only if the text has it elsewhere as one.
    """

    start: int
    end: int
    name: str
    kind: NameKind
    weight: float
    is_sure: bool


def find_names(text: str, language: str) -> list[Mention]:
    """The names in a text, in order.

    Args:
        language: In the form of `normalize_language`.
    """
    mentions = _join(list(_find_mentions(text, language)), text, language)
    for last, mention in pairwise(mentions):
        if (
            last.kind == "place"
            and last.is_sure
            and mention.weight < 1
            and " " not in mention.name
            and context.is_coordinated(text, last.end, mention.start)
        ):
            mention.kind, mention.is_sure = "place", True
    sure = {mention.name for mention in mentions if mention.is_sure}
    endings = {name.rpartition(" ")[2] for name in sure if " " in name}
    return [m for m in mentions if m.is_sure or m.name in sure or m.name in endings]


def _find_mentions(text: str, language: str) -> Iterator[Mention]:
    end = 0
    is_german = language == "de"
    longer_runs = get_longer_runs(language)
    for match in compile_runs(language).finditer(text):
        run = match[0]
        start = match.start()
        if start < end:
            continue  # Within a longer name.
        last_end, end = end, match.end()
        before = text[start - 2 : start]
        # The most frequent case is checked first: a word or a comma, and a space.
        is_within = before[1:] == " " and (before[0].isalnum() or before[0] == ",")
        if before[:1] in _LAST_LETTERS or before[1:] == "-":
            start = find_start(text, start, language)
            run = text[start:end]
        for longer in longer_runs.get(run, ()):
            if (
                text.startswith(longer, start)
                and not text[start + len(longer) : start + len(longer) + 1].isalnum()
            ):
                run, end = longer, start + len(longer)
                break
        begins = not is_within and _begins_sentence(text, last_end, start)
        follows_article = is_german and context.follows_article(text, start)
        for part in read_run(run, language, begins, follows_article):
            if part.is_doubtful and (rest := _drop_opener(part, text)):
                shift = part.start + rest
                for inner in read_run(run[shift : part.end], language):
                    yield _to_mention(inner, text, start + shift, language, begins=False)
            else:
                yield _to_mention(part, text, start, language, begins=begins)


def _find_longer(text: str, start: int, run: str, names: tuple[str, ...]) -> str:
    """The run, or the name that goes on after it."""
    for name in names:
        after = start + len(name)
        if text.startswith(name, start) and not text[after : after + 1].isalnum():
            return name
    return run


def _drop_opener(part: Part, text: str) -> int:
    """Where a name begins if its first word is in the text in lower case too; or else 0."""
    first, _, rest = part.name.partition(" ")
    if not rest or not first[1:].islower():
        return 0
    found = text.find(f" {first.lower()} ")
    return len(first) + 1 if found >= 0 else 0


def _to_mention(part: Part, text: str, shift: int, language: str, *, begins: bool) -> Mention:
    start, end = part.start + shift, part.end + shift
    is_sure = True
    if (begins or language == "de") and " " not in part.name and not _is_strong(part):
        is_sure = not (begins and part.start == 0)
        if language == "de" and not part.follows_noun:
            is_sure = context.is_german_place(text, start, part.name)
            if is_sure and not part.kind:
                return Mention(start, end, part.name, "place", _WEIGHT_OF_WORDS, is_sure)
    if part.kind:
        return Mention(start, end, part.name, part.kind, _WEIGHT_OF_WORDS, is_sure)
    kind, weight = context.judge_context(text, start, end, part.name, language)
    return Mention(start, end, part.name, kind, weight, is_sure)


def _is_strong(part: Part) -> bool:
    """Whether a single word is a name even where any word has a capital."""
    return (
        part.is_known
        or (part.name.isupper() and len(part.name) > 1)
        or part.name.endswith("ministerium")
        or part.name.lower() in GERMAN_BODIES
    )


def _join(mentions: list[Mention], text: str, language: str) -> list[Mention]:
    """Names with the words in lower case that belong to them."""
    if language not in context.LANGUAGES_WITH_LOWER_CASE:
        return mentions
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if last is not None and context.joins(text, last.start, last.end, mention.start, language):
            last.end, last.kind = mention.end, "organisation"
            last.name = text[last.start : last.end]
            continue
        start, kind = context.find_head(text, mention.start, language)
        if kind:
            mention.name = text[start : mention.start] + mention.name
            mention.start, mention.kind, mention.is_sure = start, kind, True
        joined.append(mention)
    for mention in joined:
        if mention.kind == "organisation":
            end = context.find_tail(text, mention.start, mention.end, language)
            mention.name += text[mention.end : end]
            mention.end = end
    return joined


def _begins_sentence(text: str, last_end: int, start: int) -> bool:
    """Whether a sentence starts at `start`; the previous name ends at `last_end`."""
    gap = text[last_end:start]
    before = gap.rstrip()
    if "\n" in gap[len(before) :]:
        return True
    if not before:
        return last_end == 0
    if before[-1] in '“"«»(—–„':
        return True
    if before.endswith((" -", "--")):
        return True
    return len(before) < len(gap) and (before[-1] in ".!?:;…" or before[-2:] in {".”", "!”", "?”"})
