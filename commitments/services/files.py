"""Files that staff hand in: judged, kept once under their hash, and removed when unused."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.core.files import File
from django.core.files.storage import Storage, default_storage
from django.db import transaction

from commitments.models import StoredFile, User
from commitments.rules.files import look_into

UNUSED_FOR = timedelta(days=1)
"""How long a file may lie about without being part of anything: somebody may be typing."""


def keep_evidence(*, content: File, name: str, by: User, most: int, now: datetime) -> StoredFile:  # type: ignore[type-arg]
    """Keep an upload as a piece of evidence. Raises Invalid at `upload` for what is none."""
    looked = look_into(name, content, content.size, most=most)  # type: ignore[arg-type]
    return keep_file(
        content=content, name=looked.name, media_type=looked.media_type, by=by, now=now
    )


@transaction.atomic
def keep_file(*, content: File, name: str, media_type: str, by: User, now: datetime) -> StoredFile:  # type: ignore[type-arg]
    """Keep the bytes, once per person: the same again is the row that is there.

    What it is was judged before; the name on the disk is the hash, never what a person typed.
    """
    digest = _digest(content)
    User.objects.select_for_update(no_key=True).only("pk").get(pk=by.pk)
    known = StoredFile.objects.filter(sha256=digest, uploaded_by=by).first()
    if known is not None:
        known.uploaded_at = now  # so that it is not cleared away while it is taken up again
        known.save(update_fields=["uploaded_at"])
        return known
    kept = StoredFile(
        sha256=digest,
        name=name,
        media_type=media_type,
        size=content.size,
        uploaded_by=by,
        uploaded_at=now,
    )
    content.seek(0)
    kept.content.save(digest, content, save=False)
    kept.save()
    return kept


def _digest(content: File) -> str:  # type: ignore[type-arg]
    digest = hashlib.sha256()
    content.seek(0)
    for chunk in content.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def is_as_kept(file: StoredFile, content: File) -> bool:  # type: ignore[type-arg]
    """Whether these bytes are those that were handed in; `content` stands at its start again."""
    is_same = content.size == file.size and _digest(content) == file.sha256
    content.seek(0)
    return is_same


def clear_unused(*, now: datetime) -> int:
    """Remove files that became part of nothing, and bytes that a lost transaction left.

    The bytes go only after the row is gone for good. Returns how many files were removed.
    """
    old = StoredFile.objects.unused().filter(uploaded_at__lt=now - UNUSED_FOR)
    keys = list(old.values_list("pk", flat=True))
    cleared = sum(_clear(key, now) for key in keys)
    _clear_strays(default_storage, now)
    return cleared


@transaction.atomic
def _clear(key: int, now: datetime) -> bool:
    """Judge once more with the row held: somebody may have taken it up meanwhile."""
    held = StoredFile.objects.select_for_update().filter(pk=key, uploaded_at__lt=now - UNUSED_FOR)
    file = held.first()
    if file is None or not StoredFile.objects.unused().filter(pk=key).exists():
        return False
    name = file.content.name
    file.delete()
    if not StoredFile.objects.filter(content=name).exists():
        transaction.on_commit(lambda: default_storage.delete(str(name)))
    return True


def _clear_strays(storage: Storage, now: datetime) -> None:
    for path in _paths(storage, ""):
        is_old = storage.get_modified_time(path) < now - UNUSED_FOR
        if is_old and not StoredFile.objects.filter(content=path).exists():
            storage.delete(path)


def _paths(storage: Storage, below: str) -> list[str]:
    """Every file below a directory of the store."""
    try:
        directories, names = storage.listdir(below)
    except FileNotFoundError:
        return []
    start = f"{below}/" if below else ""
    found: list[Any] = [f"{start}{name}" for name in names]
    return found + [
        path for directory in directories for path in _paths(storage, f"{start}{directory}")
    ]
