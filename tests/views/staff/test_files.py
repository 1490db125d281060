"""Files in the update form: kept through everything, seen by who may, public with the update."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from commitments.models import Evidence, Source, StatusUpdate, StoredFile
from commitments.services import drafts, updates
from tests import deeds, factories, files
from tests.factories.clock import NOW
from tests.services.test_files import keep
from tests.views.staff.reading import errors, typed, words
from tests.views.staff.writing import ADD, ROW, edit, only

pytestmark = pytest.mark.usefixtures("monday")

ROWS = [ROW | {"relation": "own_body"}]


def pdf(name="Báo cáo.pdf", content=files.PDF):
    return SimpleUploadedFile(name, content, "application/octet-stream")


def with_file(upload=None, evidence=ROWS, **fields):
    return typed(evidence=evidence, **fields) | {"evidence-0-upload": upload or pdf()}


def file_of(update):
    return update.evidence.get().source.file


def test_file_is_kept_with_its_row(alice, world, as_):
    answer = as_(alice).post(ADD, with_file())

    kept = file_of(only())
    assert (answer.status_code, answer.url) == (302, edit(only()))
    assert (kept.name, kept.media_type, kept.size, kept.uploaded_by) == (
        "Báo cáo.pdf", "application/pdf", len(files.PDF), alice,
    )  # fmt: skip
    page = as_(alice).get(edit(only()))
    assert f'name="evidence-0-file" value="{kept.pk}"' in page.text
    assert f"Báo cáo.pdf (PDF document, {len(files.PDF)} bytes)" in words(page.text)


def test_file_stays_through_every_saving(alice, world, as_):
    as_(alice).post(ADD, with_file())
    kept = file_of(only())

    for number in range(3):
        row = ROWS[0] | {"file": kept.pk, "shows": f"Test {number}"}
        as_(alice).post(edit(only()), typed(version=only().version, evidence=[row]))

    assert file_of(only()) == kept
    assert (StoredFile.objects.count(), Source.objects.count()) == (1, 1)


def test_evidence_that_did_not_change_is_not_written_anew(alice, world, as_):
    as_(alice).post(ADD, with_file())
    row, before = ROWS[0] | {"file": file_of(only()).pk}, Evidence.objects.get().pk

    as_(alice).post(
        edit(only()), typed(version=only().version, evidence=[row], summary_en="Test: new")
    )

    assert Evidence.objects.get().pk == before
    assert only().summary_en == "Test: new"


def test_error_elsewhere_loses_no_file(alice, world, as_):
    answer = as_(alice).post(ADD, with_file(as_of_on="someday"))

    [row] = answer.context["evidence"]
    assert answer.status_code == 422
    assert (row.stored.name, StatusUpdate.objects.count()) == ("Báo cáo.pdf", 0)
    assert f'name="evidence-0-file" value="{row.stored.pk}"' in answer.text


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (pdf("a.pdf", files.PNG), "“a.pdf” is not what its name says: it is of the kind “PNG image”. "
         "Please check that it is the right file, and rename it to “a.png”."),
        (pdf("a.pdf", b""), "This file is empty."),
        (pdf("a.doc", files.OLD_WORD), "This is an old or password-protected Office file (such as "
         "DOC, XLS or PPT). It cannot be checked for macros. Please save it as PDF, DOCX, XLSX or "
         "PPTX without a password."),
    ],
)  # fmt: skip
def test_file_that_is_none_is_answered_at_its_field(upload, said, alice, world, as_):
    upload.seek(0)

    answer = as_(alice).post(ADD, with_file(upload, summary_en="Test: stays"))

    assert (answer.status_code, errors(answer)) == (422, [("id_evidence-0-upload", said)])
    assert answer.context["form"]["summary_en"].value() == "Test: stays"
    assert (StatusUpdate.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_file_alone_in_its_row_is_answered_too(alice, world, as_):
    answer = as_(alice).post(ADD, with_file(pdf("a.pdf", b"?"), evidence=[{}]))

    assert [field for field, _text in errors(answer)] == ["id_evidence-0-upload"]


def test_forty_megabytes_are_read_past_and_answered_at_the_field(alice, world, as_, settings):
    big = pdf("big.pdf", files.PDF + bytes(40 * 1024 * 1024))

    answer = as_(alice).post(ADD, with_file(big, summary_en="Test: stays"))

    assert (answer.status_code, errors(answer)) == (
        422, [("id_evidence-0-upload", "This file has 40 MB; 20 MB is the limit.")],
    )  # fmt: skip
    assert answer.context["form"]["summary_en"].value() == "Test: stays"
    assert StoredFile.objects.count() == 0


def test_flood_is_refused_unread(alice, world, as_, settings):
    settings.EVIDENCE_MAX_BYTES = 1000

    answer = as_(alice).post(ADD, with_file(pdf("big.pdf", bytes(10_000))))

    assert answer.status_code == 413
    assert "was not read and nothing was saved" in answer.text


def test_upload_by_htmx_answers_with_the_rows(alice, world, as_):
    answer = as_(alice).post(
        ADD, with_file(deed="evidence-upload-0"), headers={"HX-Request": "true"}
    )

    [row] = answer.context["evidence"]
    assert answer.text.lstrip().startswith("<fieldset")
    assert (row.stored.name, StatusUpdate.objects.count()) == ("Báo cáo.pdf", 0)


def test_wrong_upload_by_htmx_says_so_in_its_row(alice, world, as_):
    answer = as_(alice).post(
        ADD,
        with_file(pdf("a.pdf", b""), deed="evidence-upload-0"),
        headers={"HX-Request": "true"},
    )

    assert "This file is empty." in answer.text


def test_file_is_taken_out_of_its_row(alice, world, as_):
    as_(alice).post(ADD, with_file())
    row = ROWS[0] | {"file": file_of(only()).pk}
    sent = typed(version=only().version, evidence=[row], deed="evidence-without-file-0")

    answer = as_(alice).post(edit(only()), sent)
    [shown] = answer.context["evidence"]
    as_(alice).post(edit(only()), typed(version=only().version, evidence=ROWS))

    assert (shown.stored, file_of(only())) == (None, None)


@pytest.mark.parametrize("number", ["999999", "x", "-1", "9" * 5000])
def test_file_that_is_not_there_is_answered(number, alice, world, as_):
    answer = as_(alice).post(ADD, typed(evidence=[ROW | {"file": number}]))

    assert (answer.status_code, StatusUpdate.objects.count()) == (422, 0)


def test_file_of_somebody_else_cannot_be_given(alice, bob, world, as_):
    foreign = keep(bob)

    answer = as_(alice).post(ADD, typed(evidence=[ROW | {"file": foreign.pk}]))

    assert (answer.status_code, StatusUpdate.objects.count()) == (422, 0)
    assert foreign.name not in answer.text


# Who may fetch it


def fetched(client, pk):
    return client.get(f"/en/staff/files/{pk}/")


def test_file_of_a_draft_is_for_who_may_see_the_draft(alice, dan, erin, bob, carol, world, as_):
    as_(alice).post(ADD, with_file())
    pk = file_of(only()).pk

    answers = {user.full_name: fetched(as_(user), pk).status_code for user in
               (alice, dan, erin, bob, carol)}  # fmt: skip

    assert answers == {"Alice": 200, "Dan": 200, "Erin": 404, "Bob": 404, "Carol": 404}
    as_(alice).logout()
    assert fetched(as_(alice).__class__(), pk).status_code == 302


def test_file_is_only_ever_a_download(alice, world, as_):
    as_(alice).post(ADD, with_file())

    answer = fetched(as_(alice), file_of(only()).pk)

    assert b"".join(answer.streaming_content) == files.PDF
    assert {name: answer[name] for name in (
        "Content-Type", "Content-Disposition", "Content-Length", "X-Content-Type-Options",
        "Content-Security-Policy", "Cache-Control",
    )} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": "attachment; filename*=utf-8''B%C3%A1o%20c%C3%A1o.pdf",
        "Content-Length": str(len(files.PDF)),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }  # fmt: skip


def test_file_of_an_unfinished_form_is_its_uploaders_alone(alice, dan, world, as_):
    as_(alice).post(ADD, with_file(as_of_on="someday"))
    pk = StoredFile.objects.get().pk

    assert [fetched(as_(user), pk).status_code for user in (alice, dan)] == [200, 404]


# Public with the update


def public(alice, dan, erin, world, as_):
    as_(alice).post(ADD, with_file(evidence=[ROWS[0] | {"published": "5/2026"}]))
    draft = only()
    updates.submit_update(update=draft, author=alice, today=NOW.date(), now=NOW)
    assert as_(dan).get(f"/en/staff/files/{file_of(draft).pk}/").status_code == 200
    updates.approve_update(update=draft, approver=dan, now=NOW)
    return updates.publish_update(update=draft, publisher=erin, today=NOW.date(), now=NOW)


def test_file_is_public_with_its_source(alice, dan, erin, world, as_, client):
    update = public(alice, dan, erin, world, as_)
    source = update.evidence.get().source
    client.logout()

    answer = client.get(f"/en/sources/{source.slug}/file/")
    page = client.get(f"/en/sources/{source.slug}/")
    said = client.get("/en/commitments/test-commitment/updates/1/")

    assert b"".join(answer.streaming_content) == files.PDF
    assert answer["ETag"] == f'"{source.file.sha256}"'
    for text in ("Báo cáo.pdf", f"PDF document, {len(files.PDF)} bytes", source.file.sha256):
        assert text in page.text
    assert f'href="/en/sources/{source.slug}/file/"' in said.text
    data = client.get(f"/api/v1/sources/{source.slug}/").json()
    assert {name: data[name] for name in data if name.startswith("file_")} == {
        "file_name": "Báo cáo.pdf",
        "file_type": "application/pdf",
        "file_size": len(files.PDF),
        "file_sha256": source.file.sha256,
    }


def test_file_of_a_draft_is_not_public(alice, world, as_, client):
    as_(alice).post(ADD, with_file())
    slug = only().evidence.get().source.slug
    client.logout()

    assert client.get(f"/en/sources/{slug}/file/").status_code == 404


@pytest.mark.parametrize("changed", [files.PDF[:-1] + b"?", files.PDF + b"?", b"<html>", b""])
def test_bytes_that_changed_on_the_disk_are_handed_out_to_nobody(changed, alice, world, as_):
    as_(alice).post(ADD, with_file())
    kept = file_of(only())
    assert as_(alice).get(f"/en/staff/files/{kept.pk}/").status_code == 200

    with open(kept.content.path, "wb") as disk:
        disk.write(changed)

    assert as_(alice).get(f"/en/staff/files/{kept.pk}/").status_code == 404


def test_public_source_without_file_has_none_to_fetch(alice, dan, erin, world, client):
    update = deeds.published(alice, dan, erin, world.commitment, evidence=[deeds.PAGE])

    assert client.get(f"/en/sources/{update.evidence.get().source.slug}/file/").status_code == 404


def test_source_with_a_file_does_not_give_way_to_one_without(alice, dan, erin, world, as_):
    draft_first = as_(alice).post(ADD, with_file())
    assert draft_first.status_code == 302
    factories.SourceFactory(url=ROW["url"])
    draft = only()
    updates.submit_update(update=draft, author=alice, today=NOW.date(), now=NOW)
    updates.approve_update(update=draft, approver=dan, now=NOW)
    published = updates.publish_update(update=draft, publisher=erin, today=NOW.date(), now=NOW)

    assert file_of(published).name == "Báo cáo.pdf"


def test_discarded_draft_leaves_its_file_to_be_cleared(alice, world, as_):
    as_(alice).post(ADD, with_file())
    drafts.discard_draft(update=only(), author=alice)

    assert list(StoredFile.objects.unused()) == [StoredFile.objects.get()]
