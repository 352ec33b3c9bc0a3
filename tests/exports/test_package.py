"""Data packages: what is in them, checksums, and what changed between two releases."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from crawler.exports import TABLES, ExportError, columns, package
from crawler.store import Store
from crawler.store.schema import articles


@pytest.fixture(scope="module")
def release(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package") / "release"
    with Store(f"sqlite:///{database}") as store:
        package(store, folder, formats=["csv", "jsonl"])
    return folder


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_package_is_complete_and_its_checksums_hold(release: Path) -> None:
    listed = dict(reversed(line.split("  ")) for line in (release / "SHA256SUMS").read_text().splitlines())
    there = {p.relative_to(release).as_posix() for p in release.rglob("*") if p.is_file()} - {"SHA256SUMS"}
    beside = {"codebook.md", "codebook.zh.md", "schema.json", "release.json", "changes.csv", "withdrawn.csv", "ids.csv"}
    assert there == {f"data/{t}.{f}" for t in TABLES for f in ("csv", "jsonl")} | beside | {"CITATION.cff", "README.md"}
    assert set(listed) == there
    assert all(hashlib.sha256((release / name).read_bytes()).hexdigest() == digest for name, digest in listed.items())


def test_the_package_says_that_it_is_sample_data(release: Path) -> None:
    said = json.loads((release / "release.json").read_text("utf-8"))
    assert said["sample"] is True
    assert said["files"]["data/events.csv"]["events"] == len(table(release / "data" / "events.csv"))
    lines = (release / "CITATION.cff").read_text("utf-8").splitlines()
    citation = dict(line.split(": ", 1) for line in lines if ": " in line and line[0] != " ")
    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "type", "version"} <= set(citation)
    assert "authors:" in lines
    assert "invented" in citation["title"]
    assert "Sample data" in (release / "README.md").read_text("utf-8")


def test_the_schema_describes_every_record(release: Path) -> None:
    described = json.loads((release / "schema.json").read_text("utf-8"))["tables"]
    plain = {"integer": "integer", "number": "number", "boolean": "boolean", "list": "array"}
    for name in TABLES:
        assert [c["name"] for c in described[name]] == [c.name for c in columns(name)]
        shape = {
            "properties": {
                c["name"]: {"enum": [*c["values"], None]}
                if c["values"]
                else {"type": [plain.get(c["type"], "string"), "null"]}
                for c in described[name]
            },
            "additionalProperties": False,
        }
        validator = jsonschema.Draft202012Validator(shape)
        for line in (release / "data" / f"{name}.jsonl").read_text("utf-8").splitlines()[:200]:
            validator.validate(json.loads(line))


def test_the_next_release_tells_what_changed(release: Path, database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    shutil.copy(database, copy)
    with Store(f"sqlite:///{copy}") as store:
        with store.read() as connection:
            url = connection.execute(articles.select().order_by(articles.c.article_id)).mappings().first()["url"]  # type: ignore[index]
        record = store.record(url)
        assert record is not None
        changed = replace(record, article=replace(record.article, title="更正后的标题"))
        store.save(changed, portal="cinic")
        store.mark_gone(record.article.url, 404)
        package(store, tmp_path / "next", tables=["events"], previous=release)
    kinds = {(row["subject"], row["kind"]) for row in table(tmp_path / "next" / "changes.csv")}
    assert ("article", "gone") in kinds
    assert ("article", "removed") in kinds
    withdrawn = table(tmp_path / "next" / "withdrawn.csv")
    assert [row["state"] for row in withdrawn if row["subject"] == "article"] == ["gone"]
    digest = hashlib.sha256((release / "SHA256SUMS").read_bytes()).hexdigest()
    assert json.loads((tmp_path / "next" / "release.json").read_text("utf-8"))["previous"] == digest


def test_nothing_changed_is_an_empty_list_and_the_same_bytes(release: Path, store: Store, tmp_path: Path) -> None:
    package(store, tmp_path / "again", formats=["csv", "jsonl"])
    assert (tmp_path / "again" / "SHA256SUMS").read_bytes() == (release / "SHA256SUMS").read_bytes()
    package(store, tmp_path / "next", tables=["ties"], previous=release)
    assert table(tmp_path / "next" / "changes.csv") == []


def test_a_release_overwrites_nothing_and_wants_a_real_predecessor(store: Store, release: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="overwrites nothing"):
        package(store, release)
    with pytest.raises(ExportError, match="not a release"):
        package(store, tmp_path / "new", previous=tmp_path)
    assert not (tmp_path / "new").exists()
