"""`dateline evaluate`: measures of search or of stories on a labelled folder."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from index.evaluation.baselines import cluster_by_density, cluster_in_one_pass
from index.evaluation.collection import (
    find_articles_file,
    locate_archive,
    prepare_collection,
    read_story_labels,
)
from index.evaluation.retrieval_metrics import (
    EvaluationError,
    measure_retrieval,
    read_judgements,
    read_queries,
)
from index.evaluation.story_metrics import score_stories
from index.lexical.engine import WhooshEngine
from index.local.engine import open_live_generation
from scripts.composition import models
from scripts.settings.loader import LoadedSettings
from scripts.terminal import errors_explained, print_json, say, stage_progress


def run(
    settings: LoadedSettings,
    *,
    folder: Path,
    stories: bool,
    baselines: bool,
    query_text: str,
    as_json: bool,
) -> None:
    """Measure and print."""
    if baselines and not stories:
        raise click.UsageError("--baselines goes with --stories.")
    try:
        with errors_explained(), stage_progress(quiet=as_json) as progress:
            labels = read_story_labels(folder) if stories else {}
            if not stories:
                _require_queries(folder, query_text)
            engine = prepare_collection(
                folder,
                settings.home,
                lexical=WhooshEngine(),
                models=models(settings),
                progress=progress,
            )
            problem = engine.status().model_problem
            if stories:
                answer = _story_json(engine.stories_by_article(), labels)
                answer |= _baselines_json(settings, folder, labels) if baselines else {}
            else:
                answer = measure_retrieval(engine, folder, query_text=query_text, progress=progress)
            engine.close()
    except EvaluationError as error:
        raise click.ClickException(str(error)) from error
    if problem:
        say(f"By words only: {problem}")
    if as_json:
        print_json(answer)
    else:
        _print(answer)


def _require_queries(folder: Path, query_text: str) -> None:
    """Say what is missing before an hour of embedding, not after it.

    Raises:
        EvaluationError: The folder is not one to measure search on.
    """
    find_articles_file(folder)
    read_queries(folder, query_text)
    read_judgements(folder)


def _story_json(stories: Mapping[str, str], labels: dict[str, str]) -> dict[str, Any]:
    scores = score_stories(stories, labels)
    return {
        "bcubed": {"precision": scores.precision, "recall": scores.recall, "f1": scores.f1},
        "largest": scores.largest,
        "singletons": scores.singletons,
    }


def _baselines_json(
    settings: LoadedSettings, folder: Path, labels: dict[str, str]
) -> dict[str, Any]:
    generation = open_live_generation(
        locate_archive(folder, settings.home), lexical=WhooshEngine(), models=models(settings)
    )
    doc_values = generation.doc_values
    term_matrix = generation.lexical.term_matrix()
    baselines = {"singlepass": cluster_in_one_pass(term_matrix, doc_values.published)}
    if generation.semantic is not None:
        baselines["hdbscan"] = cluster_by_density(generation.semantic.vectors.means.to_array())
    answer = {}
    for name, stories in baselines.items():
        assigned = {doc_values.uris[row]: str(story) for row, story in enumerate(stories.tolist())}
        measures = _story_json(assigned, labels)
        answer[name] = measures.pop("bcubed") | measures
    return answer


def _print(answer: dict[str, Any]) -> None:
    for name, values in answer.items():
        if isinstance(values, dict):
            figures = "  ".join(f"{key} {_figure(value)}" for key, value in values.items())
            click.echo(f"{name:<20} {figures}")
        else:
            click.echo(f"{name:<20} {values}")


def _figure(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.4f}"
