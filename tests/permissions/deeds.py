"""Every deed of staff: the rule that allows it, the page it is done on, the service that does it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from commitments.models import User
from tests.factories.clock import NOW, TODAY
from tests.permissions.stage import fresh

Stage = SimpleNamespace
AT = {"today": TODAY, "now": NOW}
REASON = {"reason_en": "Test reason"}
REFUSED = frozenset({403, 404})


@dataclass(frozen=True)
class Deed:
    """`may(user, stage)` is the rule, `web(stage)` the address and form (None: it is read), and
    `serve(user, stage)` the service (None: nothing is written). `refused`: how the page turns away who may not; 422 where it offers less to choose."""

    group: str
    name: str
    may: Callable[[Any, Stage], bool]
    web: Callable[[Stage], tuple[str, dict[str, Any] | None]]
    serve: Callable[[User, Stage], Any] | None
    refused: frozenset[int] = field(default=REFUSED)


def on_update(name: str, thing: str, rule: Any, path: str, serve: Any, **said: Any) -> Deed:
    """A deed on one of the stage's updates, at its own address."""
    return Deed(
        "Updates",
        name,
        lambda user, stage: rule(user, fresh(getattr(stage, thing))),
        lambda stage: (f"updates/{getattr(stage, thing).pk}/{path}/", said),
        lambda user, stage: serve(user, fresh(getattr(stage, thing))),
    )


def whole_update(**more: Any) -> dict[str, Any]:
    from tests.views.staff.reading import typed

    return typed(**more)
