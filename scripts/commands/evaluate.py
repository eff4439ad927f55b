"""`dateline evaluate`: measure search, stories, related articles or names on what is labelled.

Responsibility: index a folder apart from the archive, measure and print the results.
Decision: missing files are reported before indexing, which can take an hour.
Must not depend on: how a measure is computed.
"""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from index.evaluation.collection import locate_archive, prepare_collection
from index.evaluation.labelled_folder import (
    find_articles_file,
    read_judgements,
    read_queries,
    read_story_labels,
)
from index.evaluation.names import SENTENCES, measure_names, read_sentences
from index.evaluation.related import score_related
from index.evaluation.retrieval_metrics import measure_retrieval
from index.evaluation.stories import cluster_by_density, cluster_in_one_pass, score_stories
from index.lexical.engine import ArrayEngine
from index.local.engine import open_live_generation
from index.local.generation import OpenGeneration
from scripts.composition import create_models
from scripts.errors import WITHOUT_SEMANTIC_SEARCH
from scripts.progress import stage_progress
from scripts.settings.loader import LoadedSettings
from scripts.terminal import print_json, print_message


def run(
    settings: LoadedSettings,
    *,
    folder: Path | None,
    stories: bool,
    related: bool,
    names: bool,
    baselines: bool,
    query_text: str,
    as_json: bool,
) -> None:
    """Measure and print the results."""
    if baselines and not stories:
        raise click.UsageError("--baselines requires --stories.")
    if stories + related + names > 1:
        raise click.UsageError("--stories, --related and --names cannot be used together.")
    if names:
        _print(_measure_names(folder), as_json=as_json)
        return
    if folder is None:
        raise click.UsageError("Missing argument 'FOLDER'.")
    _measure_folder(
        settings,
        folder=folder,
        stories=stories,
        related=related,
        baselines=baselines,
        query_text=query_text,
        as_json=as_json,
    )


def _measure_folder(
    settings: LoadedSettings,
    *,
    folder: Path,
    stories: bool,
    related: bool,
    baselines: bool,
    query_text: str,
    as_json: bool,
) -> None:
    with stage_progress(quiet=as_json) as progress:
        labels = read_story_labels(folder) if stories or related else {}
        if not labels:
            _require_queries(folder, query_text)
        engine = prepare_collection(
            folder,
            settings.home,
            lexical=ArrayEngine(),
            models=create_models(settings),
            progress=progress,
        )
        problem = engine.status().model_problem
        if stories:
            results = _measure_stories(engine.stories_by_article(), labels)
            results |= _measure_baselines(settings, folder, labels) if baselines else {}
        elif related:
            scores = score_related(_open_generation(settings, folder), labels)
            results = {name: asdict(values) for name, values in scores.items()}
        else:
            results = measure_retrieval(engine, folder, query_text=query_text, progress=progress)
        engine.close()
    if problem:
        print_message(f"Semantic search is not available: {problem}")
    _print(results, as_json=as_json)
    if problem:
        raise click.exceptions.Exit(WITHOUT_SEMANTIC_SEARCH)


def _measure_names(folder: Path | None) -> dict[str, Any]:
    return dict(measure_names(read_sentences(folder or SENTENCES)))


def _print(results: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(results)
    else:
        _print_results(results)


def _require_queries(folder: Path, query_text: str) -> None:
    """Check that the folder has the files for measuring search.

    Raises:
        EvaluationError: A file is missing or invalid.
    """
    find_articles_file(folder)
    read_queries(folder, query_text)
    read_judgements(folder)


def _measure_stories(stories: Mapping[str, str], labels: dict[str, str]) -> dict[str, Any]:
    scores = score_stories(stories, labels)
    return {
        "bcubed": {"precision": scores.precision, "recall": scores.recall, "f1": scores.f1},
        "largest": scores.largest,
        "singletons": scores.singletons,
    }


def _open_generation(settings: LoadedSettings, folder: Path) -> OpenGeneration:
    """The index of a labelled folder."""
    archive = locate_archive(folder, settings.home)
    return open_live_generation(archive, lexical=ArrayEngine(), models=create_models(settings))


def _measure_baselines(
    settings: LoadedSettings, folder: Path, labels: dict[str, str]
) -> dict[str, Any]:
    generation = _open_generation(settings, folder)
    doc_values = generation.doc_values
    term_matrix = generation.lexical.term_matrix()
    baselines = {"singlepass": cluster_in_one_pass(term_matrix, doc_values.published)}
    if generation.semantic is not None:
        baselines["hdbscan"] = cluster_by_density(generation.semantic.vectors.means.to_array())
    results = {}
    for name, stories in baselines.items():
        assigned = {doc_values.uris[row]: str(story) for row, story in enumerate(stories.tolist())}
        measures = _measure_stories(assigned, labels)
        results[name] = measures.pop("bcubed") | measures
    return results


def _print_results(results: dict[str, Any]) -> None:
    for name, values in results.items():
        if isinstance(values, dict):
            values_text = "  ".join(
                f"{key} {_format_value(value)}" for key, value in values.items()
            )
            click.echo(f"{name:<20} {values_text}")
        else:
            click.echo(f"{name:<20} {values}")


def _format_value(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.4f}"
