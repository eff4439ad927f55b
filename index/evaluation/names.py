"""How well names are found in labelled sentences, and what it costs.

Responsibility: read labelled sentences; measure precision and recall of spans, and of spans with
their kind.
Decision: a name counts only if both of its ends are right. Each sentence is a text of its own, so
nothing else in an article helps.
Must not depend on: articles or indexes.
"""

import re
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from index.evaluation.labelled_folder import EvaluationError
from index.text.names import Mention, NameKind, find_names

SENTENCES = Path(__file__).parent / "name_sentences"
"""The sentences that Dateline's rules are measured on, invented for this: one file per language."""
HELD_OUT = "held out"
"""The sentences because of which no rule was changed; the figures that are reported."""
TUNING = "tuning"
_SPLITS = {"+": HELD_OUT, " ": TUNING}
_KINDS: dict[str, NameKind] = {"p": "person", "o": "organisation", "l": "place"}
_LABEL = re.compile(r"\[([^]|]*)\|([pol])\]")


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence with its names.

    Attributes:
        split: `HELD_OUT` or `TUNING`.
        names: The span and kind of each name.
    """

    text: str
    language: str
    split: str
    names: frozenset[tuple[int, int, NameKind]]


def read_sentences(folder: Path = SENTENCES) -> list[LabelledSentence]:
    """Read the sentences of a folder, `xx.txt` for each language.

    A line begins with `+ ` if it is held out, else with two spaces. Names are labelled as
    `[Edda Lind|p]`: p is a person, o an organisation, l a place.

    Raises:
        EvaluationError: There are none, or a line begins otherwise.
    """
    sentences = []
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            if line[:1] not in _SPLITS or line[1:2] != " ":
                raise EvaluationError(f"{path}, line {number}: must begin with “+ ” or two spaces.")
            sentences.append(_parse(line[2:], path.stem, _SPLITS[line[0]]))
    if not sentences:
        raise EvaluationError(f"{folder} has no sentences (*.txt).")
    return sentences


def measure_names(sentences: Iterable[LabelledSentence]) -> dict[str, dict[str, float]]:
    """Precision and recall in each language and in all, for either split.

    Returns:
        For each measure: `precision` and `recall` of spans, the same `with_kind`, how many
        `sentences`, and milliseconds of CPU per 1,000 characters.
    """
    counts: dict[str, Counter[str]] = {}
    for sentence in sentences:
        if f"{sentence.split}, {sentence.language}" not in counts:
            find_names("Port Alder", sentence.language)  # Loads the words of the language.
        start = time.process_time()
        found = find_names(sentence.text, sentence.language)
        spent = time.process_time() - start
        for group in (sentence.split, f"{sentence.split}, {sentence.language}"):
            counts.setdefault(group, Counter()).update(_compare(sentence, found, spent))
    return {group: _to_measures(counts[group]) for group in sorted(counts)}


def _parse(line: str, language: str, split: str) -> LabelledSentence:
    text, names, end = "", [], 0
    for match in _LABEL.finditer(line):
        text += line[end : match.start()]
        names.append((len(text), len(text) + len(match[1]), _KINDS[match[2]]))
        text += match[1]
        end = match.end()
    return LabelledSentence(text + line[end:], language, split, frozenset(names))


def _compare(sentence: LabelledSentence, found: list[Mention], spent: float) -> Counter[str]:
    labelled = {(start, end) for start, end, _ in sentence.names}
    spans = {(mention.start, mention.end) for mention in found}
    kinds = {(mention.start, mention.end, mention.kind) for mention in found}
    return Counter(
        sentences=1,
        characters=len(sentence.text),
        microseconds=round(spent * 1e6),
        labelled=len(labelled),
        found=len(spans),
        right=len(spans & labelled),
        right_with_kind=len(kinds & sentence.names),
    )


def _to_measures(counts: Counter[str]) -> dict[str, float]:
    found, labelled = max(counts["found"], 1), max(counts["labelled"], 1)
    return {
        "precision": counts["right"] / found,
        "recall": counts["right"] / labelled,
        "precision_with_kind": counts["right_with_kind"] / found,
        "recall_with_kind": counts["right_with_kind"] / labelled,
        "sentences": counts["sentences"],
        "cpu_ms_per_1000_characters": counts["microseconds"] / max(counts["characters"], 1),
    }
