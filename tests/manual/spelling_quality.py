"""How good corrections are: `python -m tests.manual.spelling_quality FOLDER [FOLDER]`.

Responsibility: print how many misspelt queries are corrected, and how many right ones are changed.
Decision: the words are those of a labelled folder in English, misspelt by a seeded slip of the
fingers or of the ear; words of a second folder that the first one lacks are right, and unknown.
Must not depend on: how words are corrected.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.article import Article
from index.evaluation.labelled_folder import read_records
from index.lexical.engine import ArrayEngine
from index.lexical.ports import LexicalIndex
from index.query import parse
from index.search.suggestions.corrections import did_you_mean
from index.storage.segments import Segment
from index.text.analysis import is_stopword
from index.text.tokens import tokenize
from index.types.search import FacetValue

COUNT, ARTICLES = 400, 20_000
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_KEYS = {key: (x + y / 2, y) for y, row in enumerate(_ROWS) for x, key in enumerate(row)}
_SOUNDS = (
    "ph f|ei ie|ie ei|c k|k c|s c|c s|s z|a e|e a|i e|e i|o u|y i|ea ee|ou o|ant ent|ent ant"
    "|ence ance|ance ence|able ible|tion sion|ch k"
)
Case = tuple[str, str | None]
"""A query as typed, and as meant; None if it is right."""


def main(folder: Path, other: Path | None = None) -> None:
    """Print precision and recall of each kind of slip, and how many right queries are changed."""
    articles = list(islice(_read(folder), ARTICLES))
    counts = _count(articles)
    unknown = sorted(_count(islice(_read(other), ARTICLES)).items()) if other else []
    cases = _misspell(articles, counts) | _cut_and_join(articles, counts)
    cases["right: words of one or two articles"] = _sample(
        [(word, None) for word in sorted(counts) if counts[word] < 3]
    )
    cases["right: unknown words"] = _sample(
        [(word, None) for word, count in unknown if count >= 5 and word not in counts]
    )
    languages = (FacetValue(value="en", count=len(articles)),)
    with TemporaryDirectory() as temporary:
        ArrayEngine().build(Path(temporary), articles)
        index = ArrayEngine().open([Segment(Path(temporary))], ("en",))
        for name, some in cases.items():
            _print(name, some, index, languages)


def _print(
    name: str, cases: Sequence[Case], index: LexicalIndex, languages: Sequence[FacetValue]
) -> None:
    started = time.process_time()
    answers = [(did_you_mean(parse(typed), index, languages), meant) for typed, meant in cases]
    took = (time.process_time() - started) / max(len(cases), 1) * 1000
    offered = [pair for pair in answers if pair[0] is not None]
    right = sum(suggestion == meant for suggestion, meant in offered)
    if name.startswith("right"):
        figures = f"changed {len(offered)} of {len(cases)}"
    else:
        shares = right / max(len(offered), 1), right / max(len(cases), 1)
        figures = f"precision {shares[0]:.3f}, recall {shares[1]:.3f}"
    print(f"{name:38}{figures:34}{took:6.1f} ms")


def _read(folder: Path) -> Iterator[Article]:
    for record in read_records(folder):
        headline, body = record.get("title") or "", record.get("body") or ""
        yield Article(uri=str(record["id"]), headline=headline, body=body, language="en")


def _list_words(text: str) -> list[str]:
    """The words that could be misspelt: of four letters or more, without stop words."""
    words = (token.folded for token in tokenize(text))
    return [word for word in words if _is_usable(word)]


def _is_usable(word: str) -> bool:
    return len(word) > 3 and word.isascii() and word.isalpha() and not is_stopword(word, ("en",))


def _count(articles: Iterator[Article] | list[Article]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for article in articles:
        counts.update(set(_list_words(f"{article.headline} {article.body}")))
    return counts


def _sample(cases: Sequence[Case]) -> list[Case]:
    return random.Random(7).sample(cases, min(COUNT, len(cases)))


def _misspell(articles: list[Article], counts: Counter[str]) -> dict[str, list[Case]]:
    """Single words, and three words of an article of which one or two are misspelt."""
    chance = random.Random(7)
    usual = sorted(word for word in counts if counts[word] > 2)
    single = _collect(lambda: chance.choice(usual), 1, counts, chance)

    def choose() -> str:
        article = chance.choice(articles)
        words = _list_words(f"{article.headline} {article.body[:300]}")
        place = chance.randrange(max(len(words) - 2, 1))
        return " ".join(words[place : place + 3])

    several = _collect(choose, 3, counts, chance)
    return {"one word": single, "three words": several}


def _collect(
    choose: Callable[[], str], size: int, counts: Counter[str], chance: random.Random
) -> list[Case]:
    cases: list[Case] = []
    while len(cases) < COUNT:
        words = choose().split()
        if len(words) < size or min(counts[word] for word in words) < 2:
            continue
        typed = list(words)
        for place in chance.sample(range(size), min(chance.choice([1, 1, 2]), size)):
            typed[place] = _slip(words[place], chance)
        changed = [one for one, other in zip(typed, words, strict=True) if one != other]
        if changed and not any(word in counts or len(word) < 4 for word in changed):
            cases.append((" ".join(typed), " ".join(words)))
    return cases


def _slip(word: str, chance: random.Random) -> str:
    """The word with one slip; a long one sometimes with two."""
    slips = 2 if len(word) >= 8 and chance.random() < 0.25 else 1
    for _ in range(slips):
        place = chance.randrange(1, len(word)) if chance.random() < 0.93 else 0
        before, letter, after = word[:place], word[place], word[place + 1 :]
        x, y = _KEYS[letter]
        near = [k for k, (a, b) in _KEYS.items() if abs(a - x) <= 1 and abs(b - y) <= 1]
        sounds = [each.split() for each in _SOUNDS.split("|") if each.split()[0] in word]
        writings = [
            before + chance.choice(near) + after,
            before + after[:1] + letter + after[1:],
            before + after,
            before + letter + letter + after,
            *(
                word.replace(one, other, 1)
                for one, other in chance.sample(sounds, min(2, len(sounds)))
            ),
        ]
        word = chance.choice(writings)
    return word


def _cut_and_join(articles: list[Article], counts: Counter[str]) -> dict[str, list[Case]]:
    """Pairs of words without their blank, and words with one; where the archive has only one."""
    pairs: Counter[tuple[str, str]] = Counter()
    for article in articles:
        pairs.update(pairwise(token.folded for token in tokenize(article.body[:1500])))
    together: list[Case] = [
        (one + other, f"{one} {other}")
        for (one, other), count in sorted(pairs.items())
        if count > 2 and one + other not in counts and _is_usable(one) and _is_usable(other)
    ]
    apart: list[Case] = [
        (f"{word[:place]} {word[place:]}", word)
        for word in sorted(counts)
        for place in range(3, len(word) - 2)
        if counts[word] > 2 < min(counts[word[:place]], counts[word[place:]])
        and (word[:place], word[place:]) not in pairs
    ]
    return {"words run together": _sample(together), "words cut in two": _sample(apart)}


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
