"""Makes the database of a past day out of the public events, and keeps it for the next visitor."""

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import BoundedSemaphore, Lock

from django.apps import apps
from django.conf import settings
from django.db import OperationalError, connections

from commitments.models import Commitment, Organisation
from commitments.reports.replay import Moment
from commitments.services import read_models
from commitments.services.commitments import words_of
from commitments.services.worlds.entering import PastAway, entered, opened
from commitments.services.worlds.restoring import restore
from commitments.services.worlds.routing import ALIAS
from commitments.text.folding import search_text

logger = logging.getLogger(__name__)

MOST_KEPT = 512 * 2**20
"""How many bytes of days are kept at hand; the one that nobody visited for longest goes first."""

PART = ".part"
AN_HOUR = 60 * 60

_one_at_a_time = Lock()
_seats = BoundedSemaphore(2)
"""One thread makes a day and one waits; the others are left to the visitors of the present,
however many days somebody asks for at once."""


def world_of(moment: Moment) -> Path:
    """The database of that moment, made now unless it is there.

    Its name tells the last event that counts and the shape of the tables, so that a later entry
    about that day, or another version of the software, makes a new one. Two processes may make
    the same at once; the second to end takes the place of the first, which says the same.
    Raises PastAway where others wait already, or where nothing can be written.
    """
    path = Path(settings.PAST_DIR) / f"{_name_of(moment)}.sqlite3"
    if not _is_visited(path):
        with _turn():
            if not _is_visited(path):
                _make(moment, path)
    return path


def _is_visited(path: Path) -> bool:
    """Whether it is there; it then counts as visited last."""
    try:
        os.utime(path)
    except OSError:  # not there, or not ours to touch
        return path.exists()
    return True


@contextmanager
def _turn() -> Iterator[None]:
    if not _seats.acquire(blocking=False):
        raise PastAway
    try:
        with _one_at_a_time:
            yield
    finally:
        _seats.release()


def _make(moment: Moment, path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _build(moment, path)
        _clear(path.parent)
    except (OSError, OperationalError, sqlite3.OperationalError) as fault:  # a full disk, for one
        logger.exception("The record as of %s could not be made.", moment.on)
        raise PastAway from fault


def _name_of(moment: Moment) -> str:
    edge = moment.edge()
    when = f"v{edge}" if moment.version is not None else f"e{edge}"
    return f"{moment.on.isoformat()}-{when}-{_shape()}"


def _build(moment: Moment, path: Path) -> None:
    with NamedTemporaryFile(dir=path.parent, suffix=PART, delete=False) as part:
        made = Path(part.name)
    try:
        made.write_bytes(_empty())
        with closing(sqlite3.connect(made)) as database:
            # What is not public, such as who wrote it, is not there, whatever a rule may ask.
            database.execute("PRAGMA ignore_check_constraints = ON")
            database.execute("PRAGMA synchronous = OFF")
            restore(moment, database)
            database.commit()
        with entered(made, writable=True):
            _compute(moment)
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def _compute(moment: Moment) -> None:
    """What no event tells because it is computed: search words, and where each one stands."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
    fill_search_words()
    read_models.standings.compute_all(moment.on)
    read_models.documents.fill_all()


def fill_search_words() -> None:
    """The folded names of bodies and commitments, as deeds leave them beside each row."""
    bodies = list(Organisation.objects.all())
    for body in bodies:
        body.search_text = search_text(body.name_vi, body.name_en)
    Organisation.objects.bulk_update(bodies, ["search_text"], batch_size=500)
    commitments = list(Commitment.objects.prefetch_related("participations__organisation"))
    for commitment in commitments:
        commitment.search_text = words_of(commitment)
    Commitment.objects.bulk_update(commitments, ["search_text"], batch_size=200)


def _clear(folder: Path) -> None:
    """Keep those that were visited last; one that is open stays readable until it is left."""
    visited = sorted(folder.glob("*.sqlite3"), key=lambda path: -path.stat().st_mtime)
    sizes = accumulate(path.stat().st_size for path in visited)
    for path, size in list(zip(visited, sizes, strict=True))[1:]:  # the newest is for whoever asked
        if size > MOST_KEPT:
            path.unlink(missing_ok=True)
    for part in folder.glob(f"*{PART}"):  # of a process that was ended on the way
        with suppress(FileNotFoundError):
            if visited[0].stat().st_mtime - part.stat().st_mtime > AN_HOUR:
                part.unlink()


@cache
def _empty() -> bytes:
    """A database with all tables and no row; made once in each process."""
    with opened(":memory:") as connection:
        with connection.schema_editor() as editor:
            for model in apps.get_app_config("commitments").get_models():
                if not model.__name__.startswith("Historical"):
                    editor.create_model(model)
        plain: sqlite3.Connection = connection.connection
        return plain.serialize()


@cache
def _shape() -> str:
    return sha256(_empty()).hexdigest()[:12]
