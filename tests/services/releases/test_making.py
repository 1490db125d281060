"""A release of the real facts: valid, the same again, and told by its events alone."""

import csv
import json
import zipfile
from hashlib import sha256

import pytest
from frictionless import Package
from jsonschema import Draft202012Validator
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF

from commitments.models import PublicEvent, Release
from commitments.reports.packages.catalogue import catalogue_of
from commitments.reports.public import NOUNS
from commitments.services import record, releases
from commitments.services.releases import checking, parquet, writing
from commitments.services.releases.gathering import RecordBroken
from commitments.services.restoring import BrokenChain
from tests import factories
from tests.factories.clock import NOW, TODAY

BOTH = {"vi", "en"}
DCAT = Namespace("http://www.w3.org/ns/dcat#")


def public_rows():
    return {(noun.kind, noun.key(row)): noun.data(row) for noun in NOUNS for row in noun.rows()}


def told(folder):
    """What the NDJSON of a release says, by kind and key, each line held against its schema."""
    found = {}
    for path in sorted(folder.glob("*.ndjson")):
        if path.name == "events.ndjson":
            continue
        schema = json.loads((folder / "schema" / f"{path.stem}.schema.json").read_text())
        validator = Draft202012Validator(schema)
        Draft202012Validator.check_schema(schema)
        for line in path.read_text().splitlines():
            row = json.loads(line)
            assert list(validator.iter_errors(row)) == []
            key, _event = row.pop("key"), row.pop("event")
            found[path.stem, key] = row
    return found


def spelled(value):
    """A value of NDJSON as a reader of the CSV meets it."""
    if isinstance(value, bool | list | dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return "" if value is None else str(value)


def test_a_release_of_the_real_facts_is_valid_whole_and_made_again_the_same(facts, settings):
    release = releases.make_now(today=TODAY, now=NOW)
    folder = releases.folder_of(release.name)

    assert releases.make_now(today=TODAY, now=NOW) == release
    assert (release.name, release.kind) == (TODAY.isoformat(), "nightly")
    assert {one["path"]: (one["bytes"], one["sha256"]) for one in release.files} == {
        name: (path.stat().st_size, sha256(path.read_bytes()).hexdigest())
        for name, path in writing.files(folder)
    }
    assert told(folder) == public_rows()
    for path in folder.glob("*.csv"):
        rows = [json.loads(line) for line in path.with_suffix(".ndjson").open()]
        with path.open(newline="", encoding="utf-8") as lines:
            read = list(csv.DictReader(lines))
        assert read == [{name: spelled(row.get(name)) for name in read[0]} for row in rows]
        assert [row["key"] for row in read] == sorted(row["key"] for row in read)
        assert parquet.count(path.with_suffix(".parquet")) == len(rows)
    report = Package(str(folder / "datapackage.json")).validate()
    assert (report.valid, report.flatten(["title", "note"])) == (True, [])
    assert len(report.tasks) == len(list(folder.glob("*.csv")))
    with zipfile.ZipFile(folder / "cam-ket.zip") as whole:
        packed = {name: whole.read(name) for name in whole.namelist()}
    assert packed == {
        f"cam-ket/{name}": path.read_bytes()
        for name, path in writing.files(folder)
        if name != "cam-ket.zip"
    }

    again = settings.RELEASES_DIR / "again"
    again.mkdir()
    head, tables = writing.write(again, release.sequence)
    assert {name: path.read_bytes() for name, path in writing.files(again)} == {
        name: path.read_bytes() for name, path in writing.files(folder)
    }

    (again / "gap.csv").write_bytes((again / "gap.csv").read_bytes() + b"x,1,,,\r\n")
    with pytest.raises(checking.ReleaseBroken):
        checking.check(again, head, tables)
    (again / "events.ndjson").write_bytes((folder / "events.ndjson").read_bytes()[:-2])
    with pytest.raises(BrokenChain):
        checking.check(again, head, tables)


@pytest.fixture
def told_world(world):
    rows = [world.unit, world.body, world.programme, world.commitment, world.lead]
    record.publish_many(rows, action="loaded", by=record.EDITORS, effective_on=TODAY, now=NOW)
    return world


def test_what_is_invented_is_in_the_history_only(told_world):
    demo = factories.OrganisationFactory(slug="test-demo", is_demo=True)
    source = factories.SourceFactory(slug="test-source")
    record.publish_many(
        [demo, source], action="loaded", by=record.EDITORS, effective_on=TODAY, now=NOW
    )
    folder = releases.folder_of(releases.make_now(today=TODAY, now=NOW).name)

    keys = {key for _kind, key in told(folder)}
    assert {"test-source", "test-lead", "test-unit"} <= keys
    assert "test-demo" not in keys
    assert "test-demo" in (folder / "events.ndjson").read_text()


def test_a_package_names_the_licence_or_says_that_none_is_declared(told_world, settings):
    first = releases.folder_of(releases.make_now(today=TODAY, now=NOW).name)
    said = json.loads((first / "datapackage.json").read_text())
    assert "licenses" not in said
    assert said["rights"]["en"] == "No licence has been declared for the data as a whole."

    settings.DATA_LICENCE = "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"
    settings.OPERATOR_NAME = "Test operator"
    record.publish(
        told_world.body, action="corrected", by=record.EDITORS, effective_on=TODAY, now=NOW
    )
    second = releases.make_now(today=TODAY, now=NOW)
    folder = releases.folder_of(second.name)
    said = json.loads((folder / "datapackage.json").read_text())
    assert second.name == f"{TODAY}-2"
    assert said["licenses"] == [
        {
            "name": "CC-BY-4.0",
            "title": "CC BY 4.0",
            "path": "https://creativecommons.org/licenses/by/4.0/",
        }
    ]
    assert said["contributors"] == [{"title": "Test operator", "role": "publisher"}]
    assert Package(str(folder / "datapackage.json")).validate().valid
    assert_catalogued(list(Release.objects.there()))


def assert_catalogued(rows):
    """The catalogue is read by a library for JSON-LD and says of each release what is there."""
    graph = Graph().parse(data=json.dumps(catalogue_of(rows)), format="json-ld")
    catalogue = next(graph.subjects(RDF.type, DCAT.Catalog))
    dataset = graph.value(catalogue, DCAT.dataset)
    versions = list(graph.objects(dataset, DCAT.hasVersion))

    assert {title.language for title in graph.objects(dataset, DCTERMS.title)} == BOTH
    assert {str(graph.value(one, DCAT.version)) for one in versions} == {
        str(row.sequence) for row in rows
    }
    newest = {one["path"]: one for one in rows[0].files}
    for file in graph.objects(dataset, DCAT.distribution):
        said = newest[str(graph.value(file, DCTERMS.title))]
        assert int(graph.value(file, DCAT.byteSize)) == said["bytes"]
        assert graph.value(file, DCTERMS.license) == URIRef(
            "https://creativecommons.org/licenses/by/4.0/"
        )
    publisher = graph.value(catalogue, DCTERMS.publisher)
    assert graph.value(publisher, FOAF.name) == Literal("Test operator")


def test_no_release_is_made_of_a_record_that_is_not_whole(told_world, settings):

    PublicEvent.objects.filter(sequence=2).update(action="altered")
    with pytest.raises(RecordBroken):
        releases.make_now(today=TODAY, now=NOW)

    assert Release.objects.count() == 0
    assert list(settings.RELEASES_DIR.iterdir()) == []
