"""What a system is answered, and what it may send, is what the document says."""

from commitments.api.own.examples import BODIES
from tests import factories as make
from tests.api.own.test_updates import PAGE, SAID
from tests.api.test_document import faults, faults_of_component, strict


def template_of(path):
    return "/".join("{id}" if part.isdigit() else part for part in path.split("/"))


def test_answers_are_what_the_document_says(ask, client, world):
    document = strict(client.get("/api/schema/").json())
    make.TargetFactory(
        commitment=world.commitment, number=1, metric="tests", unit="test", value="1"
    )
    make.ObligationFactory(commitment=world.commitment)
    begun = ask("post", "updates/", SAID | {"evidence": [PAGE]})
    where, match = f"updates/{begun.json()['id']}/", {"If-Match": "*"}
    value = {"commitment": "test-commitment", "target": 1, "value": 2}
    change = {
        "commitment": "test-commitment", "kind": "milestone_added", "stated_on": "2026-05-31",
        "proposed": {"title_vi": "Bước", "title_en": "Step", "due": "2026-Q4"},
        "reason_en": "Test", "source": {"title": "Test", "url": "https://example.org/x"},
    }  # fmt: skip
    asked = [
        ("get", "updates/", None), ("get", "obligations/", None),
        ("post", "measurements/", {"rows": [value, value | {"target": 2}]}),
        ("post", "measurements/", {"rows": 1}), ("patch", where, {"forecast": "at_risk"}),
        ("patch", where, {"problem_en": 1}), ("post", f"{where}submit/", {}), ("get", where, None),
        ("delete", f"{where}evidence/1/", None), ("post", f"{where}evidence/", {}),
        ("post", "change-requests/", change), ("get", "change-requests/", None),
        ("post", "files/", {}), ("delete", where, None), ("get", "updates/999/", None),
    ]  # fmt: skip

    found, codes = {}, []
    for method, path, body in asked:
        answer = ask(method, path, body, headers=match)
        codes.append(answer.status_code)
        name = template_of(path).replace("evidence/{id}/", "evidence/{number}/")
        said = document["paths"][f"/api/v1/own/{name}"][method]["responses"]
        told = said[str(answer.status_code)].get("content", {})
        if answer.content:
            schema = told[answer["Content-Type"]]["schema"]
            if wrong := faults(document, schema, answer.json()):
                found[f"{method} {path}"] = wrong

    assert found == {}
    assert codes == [200, 200, 200, 422, 200, 422, 422, 200, 200, 200, 201, 200, 415, 204, 404]


def test_examples_of_what_is_sent_are_what_the_document_says(client, db):
    document = client.get("/api/schema/").json()

    assert {name: faults_of_component(document, name, body) for name, body in BODIES.items()} == {
        name: [] for name in BODIES
    }
