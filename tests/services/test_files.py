"""Files: kept once per person, removed when nothing rests on them, never while something does."""

import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from commitments.errors import Invalid
from commitments.models import StoredFile
from commitments.services import files as service
from tests import factories, files
from tests.factories.clock import NOW

MOST = 1000


def keep(by, content=files.PDF, name="test.pdf", now=NOW):
    return service.keep_evidence(content=ContentFile(content), name=name, by=by, most=MOST, now=now)


def test_file_is_kept_under_its_hash(alice):
    kept = keep(alice)

    assert (kept.name, kept.media_type, kept.size) == (
        "test.pdf", "application/pdf", len(files.PDF),
    )  # fmt: skip
    assert kept.content.name.endswith(kept.sha256)
    assert kept.content.read() == files.PDF


def test_same_file_is_one_row_per_person(alice, bob):
    first, again, of_bob = keep(alice), keep(alice, name="other.pdf"), keep(bob)

    assert (first.pk, first.name) == (again.pk, again.name)
    assert of_bob.pk != first.pk
    assert of_bob.content.name != first.content.name


def test_refused_file_leaves_nothing(alice):
    with pytest.raises(Invalid):
        keep(alice, content=b"plain")

    assert StoredFile.objects.count() == 0
    assert not default_storage.exists("")


def later(**by):
    return NOW + timedelta(**by)


def test_unused_file_is_cleared_after_a_day(alice, django_capture_on_commit_callbacks):
    kept = keep(alice)

    with django_capture_on_commit_callbacks(execute=True):
        assert service.clear_unused(now=later(hours=23)) == 0
        assert default_storage.exists(kept.content.name)
        assert service.clear_unused(now=later(hours=25)) == 1
    assert StoredFile.objects.count() == 0
    assert not default_storage.exists(kept.content.name)


def test_file_that_is_taken_up_again_stays(alice):
    keep(alice)
    keep(alice, now=later(hours=20))

    assert service.clear_unused(now=later(hours=25)) == 0


@pytest.mark.parametrize("use", ["source", "import"])
def test_file_in_use_is_never_cleared(use, alice):
    kept = keep(alice)
    if use == "source":
        factories.SourceFactory(file=kept)
    else:
        factories.ImportRunFactory(file=kept)

    assert service.clear_unused(now=later(days=400)) == 0
    assert default_storage.exists(kept.content.name)


def test_bytes_without_a_row_are_cleared_when_they_are_old(db):
    path = default_storage.save("2026/06/stray", ContentFile(b"stray"))
    fresh = default_storage.save("2026/06/fresh", ContentFile(b"fresh"))
    old = later(days=-3).timestamp()
    os.utime(default_storage.path(path), (old, old))
    os.utime(default_storage.path(fresh), (NOW.timestamp(), NOW.timestamp()))

    service.clear_unused(now=NOW)

    assert (default_storage.exists(path), default_storage.exists(fresh)) == (False, True)
