"""The JSON that other programs rely on: its exact keys and correct values."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.archive.builders import write_lines
from tests.fakes import FakeModels
from tests.scripts.commands import SAMPLE, Dateline

ARTICLE = {
    "id", "version", "headline", "source", "dateline", "located", "first_created",
    "date_inferred", "language", "by", "url", "slugline",
}  # fmt: skip
VERSIONED = {"matched", "version_count", "killed"}
COMPLETE_ARTICLE = ARTICLE | {
    "version_created", "embargoed", "pub_status", "ed_note", "urgency", "subjects", "people",
    "places", "organisations", "paragraphs", "body", "versions", "chain", "killed", "story",
}  # fmt: skip
MEASURES = {"ndcg@10", "map", "recall@100", "mrr"}


def test_ingest_counts_every_article_of_the_sample(dateline: Dateline) -> None:
    nothing: dict[str, object] = {"rejected": [], "remarks": [], "previews": []}
    first = {"added": 160, "updated": 5, "unchanged": 0, "duplicate": 0}
    report = dateline.json("ingest", SAMPLE)
    files = [(each["kind"], each["outcome"]) for each in report.pop("files")]
    assert sorted(files) == [("README", "skipped"), ("wire text", "read")]
    assert report == first | nothing
    again = {"added": 0, "updated": 0, "unchanged": 165, "duplicate": 0}
    report = dateline.json("ingest", SAMPLE)
    del report["files"]
    assert report == again | nothing


def test_ingest_says_which_articles_have_no_date(dateline: Dateline, tmp_path: Path) -> None:
    lines = write_lines(
        tmp_path / "a.jsonl",
        {"id": "1", "headline": "One", "body": "Text."},
        {"id": "2", "headline": "Two", "body": "Text.", "date": "03/04/2031"},
        {"id": "3", "headline": "Three", "pub_status": "withheld", "date": "2031-03-04"},
    )
    remarks = dateline.json("ingest", "--dry-run", lines)["remarks"]
    assert {each["code"]: each["count"] for each in remarks} == {
        "no-date": 2, "unread-date": 1, "withdrawn": 1
    }  # fmt: skip
    result = dateline.run("ingest", lines)
    assert f"2 articles have no date: {lines}:1, {lines}:2. Searches for a period" in result.stderr
    unread = f"1 article has a date that cannot be read: {lines}:2 (03/04/2031). Write it as"
    assert unread in result.stderr


def test_ingest_reports_where_and_why_a_record_was_rejected(
    dateline: Dateline, tmp_path: Path
) -> None:
    lines = write_lines(
        tmp_path / "a.jsonl", {"id": "1", "headline": "One", "body": "Text."}, "{", {"id": "3"}
    )
    report = dateline.json("ingest", lines)
    assert report["added"] == 1
    where, reasons = zip(*((r["where"], r["reason"]) for r in report["rejected"]), strict=True)
    assert where == (f"{lines}:2", f"{lines}:3")
    assert "not valid JSON" in reasons[0]
    assert reasons[1].startswith("no headline and no body; the record has id: name one with")


def test_a_dry_run_reports_counts_and_stores_nothing(dateline: Dateline) -> None:
    report = dateline.json("ingest", SAMPLE, "--dry-run")
    assert (report["added"], report["updated"]) == (160, 5)
    assert dateline.json("status")["articles"] == 0


def test_a_dry_run_shows_what_each_file_would_become(dateline: Dateline, tmp_path: Path) -> None:
    record = {"headline": "Mill opens", "body": "It opens.", "date": "2031-03-02", "source": "HLY"}
    write_lines(tmp_path / "in/a.jsonl", record | {"language": "en"})
    (tmp_path / "in/b.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    table, counts = dateline.run("ingest", "--dry-run", tmp_path / "in").stdout.split("Dry run: ")
    rows = [line.split() for line in table.splitlines()]
    assert rows[0] == ["Files", "of", f"{tmp_path}/in/", *rows[0][3:]]
    assert rows[1] == ["a.jsonl", "JSON", "Lines", "1", "Mill", "opens", "2031-03-02", "HLY", "en"]
    assert rows[2] == ["b.txt", "PNG", "picture", "0", "(refused)"]
    assert counts.startswith("1 added")
    one, two = dateline.json("ingest", "--dry-run", tmp_path / "in")["previews"]
    assert one["first"] == [
        {"headline": "Mill opens", "date": "2031-03-02", "source": "HLY", "language": "en"}
    ]
    assert (two["kind"], two["outcome"], two["articles"]) == ("PNG picture", "refused", 0)


def test_ingest_names_files_that_are_skipped_or_refused(dateline: Dateline, tmp_path: Path) -> None:
    write_lines(tmp_path / "in/a.jsonl", {"title": "a", "body": "b", "date": "2031-01-01"})
    (tmp_path / "in/README").write_text("About.")
    (tmp_path / "in/b.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    lines = dateline.run("ingest", tmp_path / "in").stderr.splitlines()
    assert "1 file read (JSON Lines 1); 1 file skipped (README 1); 1 file refused" in lines[-5]
    assert lines[-4] == f"Skipped README: {tmp_path}/in/README"
    assert lines[-3].startswith(f"Rejected {tmp_path}/in/b.txt: PNG picture: not read. ")


def test_a_strict_ingest_names_the_first_problem_and_fails(
    dateline: Dateline, tmp_path: Path
) -> None:
    path = write_lines(tmp_path / "a.jsonl", {"title": "a", "body": "b"})
    result = dateline.run("ingest", "--strict", path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"Error: 1 article has no date: {path}:1. " in result.stderr
    assert "Nothing was stored, because of --strict." in result.stderr
    assert dateline.json("status")["articles"] == 0


def test_what_was_refused_is_read_again_until_it_is_read_in_full(
    dateline: Dateline, tmp_path: Path
) -> None:
    good = {"title": "a", "body": "b", "date": "2031-01-01"}
    bad = write_lines(tmp_path / "in/bad.jsonl", good, "{")
    write_lines(tmp_path / "in/good.jsonl", good | {"title": "c"})
    code, gone = tmp_path / "in/code.py", tmp_path / "in/gone.jsonl"
    code.write_text("import os\n\nos.getcwd()\n")
    gone.write_text("{\n")
    dateline.json("ingest", "--dry-run", tmp_path / "in")
    refused = dateline.home / "refused.json"
    assert not refused.exists()
    assert dateline.json("ingest", tmp_path / "in")["added"] == 2
    assert [each["path"] for each in json.loads(refused.read_text())] == [
        str(bad), str(code), str(gone)
    ]  # fmt: skip
    gone.unlink()
    write_lines(bad, good, good | {"title": "d"})
    report = dateline.json("ingest", "--retry")
    assert (report["added"], report["unchanged"]) == (1, 1)
    # In the folder the code is no wire text, and it is none when it is read again.
    assert [each["path"] for each in json.loads(refused.read_text())] == [str(code)]
    code.unlink()
    dateline.run("ingest", "--retry")
    assert not refused.exists()
    assert dateline.json("ingest", "--retry")["added"] == 0


def test_a_damaged_list_of_refused_files_is_an_error(dateline: Dateline) -> None:
    dateline.home.mkdir(exist_ok=True)
    (dateline.home / "refused.json").write_text("[1")
    result = dateline.run("ingest", "--retry")
    assert result.exit_code == 1
    assert "refused.json is damaged" in result.stderr
    assert "Delete it" in result.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [(("--map", "kop=headline"), "'kop' is not a field. Fields: uri"),
     (("--map", "summary=a"), "'summary' is not a field"),
     (("--map", "headline"), "must be FIELD=NAME"), (("--encoding", "x-9"), "not an encoding"),
     (("--columns", " "), "names no column")],
)  # fmt: skip
def test_wrong_options_of_an_ingest_are_invalid_usage(
    dateline: Dateline, tmp_path: Path, options: tuple[str, ...], message: str
) -> None:
    result = dateline.run("ingest", *options, tmp_path)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())


def test_ingest_options_set_missing_metadata(dateline: Dateline, tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "a.jsonl", {"id": "x", "headline": "Hm", "body": "Hm."})
    options = ("--date", "2031-03-01", "--source", "Nordkante", "--language", "de")
    dateline.json("ingest", lines, *options)
    shown = dateline.json("show", "x")
    assert (shown["source"], shown["language"]) == ("Nordkante", "de")
    assert (shown["first_created"], shown["date_inferred"]) == ("2031-03-01T00:00:00Z", True)


def test_ingest_options_explain_a_table(dateline: Dateline, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    rows = "x1;Мост открыт;Мост открыт сегодня утром.;03/04/2031\n"
    table.write_bytes((rows + rows.replace("x1", "x2")).encode("cp1251"))
    options = ("--columns", "id,kop,tekst,date", "--map", "headline=kop", "--map", "body=tekst")
    report = dateline.json("ingest", table, *options, "--day-first", "--encoding", "windows-1251")
    assert report["added"] == 2
    shown = dateline.json("show", "x1")
    assert (shown["headline"], shown["body"]) == ("Мост открыт", "Мост открыт сегодня утром.")
    assert (shown["first_created"], shown["date_inferred"]) == ("2031-04-03T00:00:00Z", True)
    assert [(each["code"], each["count"]) for each in report["remarks"]] == [
        ("day-order-assumed", 2)
    ]


def test_a_zone_with_several_meanings_is_reported(dateline: Dateline, tmp_path: Path) -> None:
    article = {"id": "x", "headline": "Hm", "body": "Hm.", "date": "2 Mar 2031 10:00:00 BST"}
    report = dateline.json("ingest", write_lines(tmp_path / "a.jsonl", article))
    assert [each["code"] for each in report["remarks"]] == ["zone-left-out"]
    shown = dateline.json("show", "x")
    assert (shown["first_created"], shown["date_inferred"]) == ("2031-03-02T10:00:00Z", True)


def test_reindex_report(dateline: Dateline) -> None:
    dateline.models = FakeModels()
    dateline.json("ingest", SAMPLE)
    report = dateline.json("reindex")
    contract = {"generation", "articles", "passages", "added", "embedded", "seconds"}
    assert set(report) == contract | {"reason", "model_problem"}
    assert report["articles"] == report["added"] == 160
    assert report["passages"] == report["embedded"] > 160
    assert report["reason"] == "there is no index yet"

    again = dateline.json("reindex")
    assert (again["generation"], again["embedded"]) == (report["generation"], 0)
    assert again["added"] == 0
    assert again["reason"] == ""

    forced = dateline.json("reindex", "--force")
    assert forced["generation"] != report["generation"]
    assert (forced["passages"], forced["embedded"]) == (report["passages"], 0)


def test_reindex_without_a_model_reports_the_problem(dateline: Dateline) -> None:
    dateline.json("ingest", SAMPLE)
    report = dateline.json("reindex")
    assert (report["passages"], report["embedded"]) == (0, 0)
    assert "No model here" in report["model_problem"]
    assert (
        "Semantic search is not available: No model here"
        in dateline.run("reindex", "--force").stderr
    )


def test_search_results_have_the_documented_keys(sample: Dateline) -> None:
    results = sample.json("search", "stolen", "panel", "--mode", "lexical", "--limit", 2)
    assert {"query", "total", "results", "facets", "next", "took_ms", "generation"} <= set(results)
    assert results["query"] == {
        "input": "stolen panel",
        "mode": "lexical",
        "sort": "relevance",
        "repaired": None,
        "did_you_mean": None,
        "notices": [
            {
                "code": "words-relaxed",
                "message": (
                    "2 articles contain both words; every other keyword match contains one of them."
                ),
                "span": None,
            }
        ],
    }
    assert set(results["total"]) == {"articles", "lexical", "semantic_only", "stories"}
    assert results["total"]["articles"] == results["total"]["lexical"] > 2
    assert results["next"]
    assert len(results["results"]) == 2
    for group in results["results"]:
        assert {"id", "title", "size", "matching"} <= set(group["story"])
        for hit in group["hits"]:
            assert set(hit) == {"article", "headline", "snippet", "score", *VERSIONED}
            assert set(hit["article"]) == ARTICLE
    first = results["results"][0]["hits"][0]
    assert "panel" in first["article"]["headline"]
    assert [first["headline"]["text"][a:b] for a, b in first["headline"]["marks"]]


def test_search_options_filter_and_explain(sample: Dateline) -> None:
    options = ("--from", "2031-03-14", "--to", "2031-03-31", "--source", "halyard press")
    results = sample.json("search", "panel", "--group", "none", "--explain", *options)
    hits = [group["hits"][0] for group in results["results"]]
    assert [group["story"] for group in results["results"]] == [None] * len(hits)
    assert "hly-20310315-0006" in [hit["article"]["id"] for hit in hits]
    for hit in hits:
        assert hit["article"]["source"] == "Halyard Press"
        assert "2031-03-14" <= hit["article"]["first_created"][:10] <= "2031-03-31"
        assert {"lexical", "semantic", "place", "parts"} <= set(hit["explain"])
    by_place = sample.json("search", "ferry", "--place", "aberdeen", "--group", "none")
    assert {group["hits"][0]["article"]["located"] for group in by_place["results"]} == {"Aberdeen"}
    german = sample.json("search", "streik", "--lang", "de")
    assert {value["value"] for value in german["facets"]["language"]} == {"de"}


def test_search_without_a_model_has_a_notice(sample: Dateline) -> None:
    results = sample.json("search", "ferry")
    assert results["query"]["mode"] == "lexical"
    assert [notice["code"] for notice in results["query"]["notices"]] == ["lexical-only"]
    assert "Keyword search only." in sample.run("search", "ferry").stderr


def test_semantic_search_finds_an_article_without_the_query_word(
    dateline: Dateline, tmp_path: Path
) -> None:
    dateline.models = FakeModels()
    boat = {"id": "boat", "headline": "Ferry aground", "body": "A ferry and a ship."}
    bank = {"id": "bank", "headline": "Rates rise", "body": "The bank raised rates on loans."}
    dateline.json("ingest", write_lines(tmp_path / "a.jsonl", boat, bank))
    dateline.json("reindex")
    results = dateline.json("search", "vessel", "--mode", "semantic", "--explain")
    (hit,) = results["results"][0]["hits"]
    assert (results["query"]["mode"], hit["article"]["id"]) == ("semantic", "boat")
    assert (hit["explain"]["lexical"], hit["explain"]["semantic"]["rank"]) == (None, 1)


def test_show_returns_the_complete_article_and_its_versions(sample: Dateline) -> None:
    shown = sample.json("show", "hly-20310306-0016")
    assert set(shown) == COMPLETE_ARTICLE
    assert shown["headline"].startswith("CORRECTED-Slovenia counts 11 billion bees")
    assert (shown["located"], shown["source"]) == ("Ljubljana", "Halyard Press")
    assert shown["ed_note"].startswith("(Corrects number of bees")
    assert [version["version"] for version in shown["versions"]] == [1, 2]
    older = sample.json("show", "hly-20310306-0016", "--version", 1)
    assert (older["version"], "CORRECTED" in older["headline"]) == (1, False)


def test_show_prints_an_article_and_its_original_text(sample: Dateline) -> None:
    printed = sample.run("show", "hly-20310306-0016")
    assert "Ljubljana · Halyard Press · 2031-03-0" in printed.stdout
    assert "Version 2 of 2" in printed.stderr
    raw = sample.run("show", "hly-20310306-0016", "--raw").stdout
    assert raw.startswith("Id: hly-20310306-0016\nSource: Halyard Press\n")


def test_status_counts_articles_and_lists_search_modes(sample: Dateline) -> None:
    status = sample.json("status")
    assert {"articles", "generation", "model", "modes"} <= set(status)
    counts = (status["articles"], status["versions"], status["indexed"], status["pending"])
    assert counts == (160, 165, 160, 0)
    assert (status["modes"], status["model"]) == (["lexical"], None)
    assert "No model here" in status["model_problem"]
    assert {value["value"] for value in status["sources"]} == {
        "Halyard Press",
        "Agencia Salitre",
        "Nordkante",
    }


def test_status_without_an_archive(dateline: Dateline) -> None:
    status = dateline.json("status")
    assert (status["articles"], status["generation"], status["modes"]) == (0, None, [])
    assert not dateline.home.exists()


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """Write four articles, two stories and two queries: one by keyword, one by meaning only."""
    folder = tmp_path / "collection"
    folder.mkdir()
    ferry = "The ferry ran aground off the island, the coastguard said on Monday."
    bank = "The central bank raised interest rates on loans, its governor said on Tuesday."
    articles: list[dict[str, Any]] = [
        {"id": "f1", "title": "Ferry runs aground", "body": ferry, "story": "ferry"},
        {"id": "f2", "title": "Ferry aground, all safe", "body": ferry, "story": "ferry"},
        {"id": "b1", "title": "Central bank raises rates", "body": bank, "story": "bank"},
        {"id": "o1", "title": "Choir sings", "body": "Forty voices sang.", "story": None},
    ]
    write_lines(folder / "articles.jsonl", *articles)
    queries = [
        {"id": "q1", "title": "bank", "desc": "choir"},
        {"id": "q2", "title": "vessel", "desc": "vessel"},
    ]
    write_lines(folder / "queries.jsonl", *queries)
    (folder / "qrels.tsv").write_text("q1\tb1\t1\nq2\tf1\t1\nq2\tf2\t1\n")
    return folder


def test_evaluate_measures_each_mode(dateline: Dateline, collection: Path) -> None:
    models = dateline.models = FakeModels()
    results = dateline.json("evaluate", collection)
    assert set(results) == {"lexical", "semantic", "hybrid"}
    assert all(set(values) == MEASURES for values in results.values())
    # Keyword search answers only the first query, semantic search both.
    assert results["lexical"] == dict.fromkeys(MEASURES, 0.5)
    assert results["hybrid"] == results["semantic"] == dict.fromkeys(MEASURES, 1.0)

    embedded = models.embedded
    assert dateline.json("evaluate", collection) == results
    assert models.embedded == embedded
    by_desc = dateline.json("evaluate", collection, "--queries", "desc")
    assert by_desc["lexical"] == dict.fromkeys(MEASURES, 0.0)
    assert dateline.json("status")["articles"] == 0


def test_evaluate_stories_measures_labelled_articles_only(
    dateline: Dateline, collection: Path
) -> None:
    results = dateline.json("evaluate", collection, "--stories")
    assert set(results) == {"bcubed", "largest", "singletons"}
    assert results["bcubed"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert (results["largest"], results["singletons"]) == (2, 0.5)


def test_evaluate_related_measures_lists_with_and_without_the_floor(
    dateline: Dateline, collection: Path
) -> None:
    results = dateline.json("evaluate", collection, "--related")
    assert set(results) == {"all", "floor"}
    for scores in results.values():
        assert set(scores) == {"precision", "recall", "empty_alone", "listed_alone"}
    assert results["all"]["recall"] == 1
    both = dateline.run("evaluate", collection, "--related", "--stories")
    assert (both.exit_code, "cannot be used together" in both.stderr) == (2, True)


def test_evaluate_measures_baselines(dateline: Dateline, collection: Path) -> None:
    dateline.models = FakeModels()
    results = dateline.json("evaluate", collection, "--stories", "--baselines")
    assert set(results) == {"bcubed", "largest", "singletons", "singlepass", "hdbscan"}
    assert set(results["hdbscan"]) == {"precision", "recall", "f1", "largest", "singletons"}
    assert (
        "--baselines requires --stories"
        in dateline.run("evaluate", collection, "--baselines").stderr
    )


def test_evaluate_without_a_model_measures_keyword_search(
    dateline: Dateline, collection: Path
) -> None:
    assert set(dateline.json("evaluate", collection)) == {"lexical"}
    result = dateline.run("evaluate", collection)
    assert "Semantic search is not available: No model here" in result.stderr
    assert result.stdout.split()[:3] == ["lexical", "ndcg@10", "0.5000"]


def test_standard_output_has_only_json(sample: Dateline) -> None:
    for command in (["ingest", SAMPLE], ["reindex"], ["status"], ["search", "ferry"]):
        result = sample.run(*command, "--json")
        assert isinstance(json.loads(result.stdout), dict)
        assert result.stderr == ""
