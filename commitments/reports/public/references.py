"""Which object each event names beside its own: by column, the kind and the key of the other."""

from collections.abc import Callable
from typing import Any, NamedTuple

Json = dict[str, Any]


class Reference(NamedTuple):
    """`key` gives the other object's key out of what an event says, or None where it names none.

    `names` are the words of an event that make that key.
    """

    kind: str
    key: Callable[[Json], str | None]
    names: tuple[str, ...]


def _named(kind: str, name: str) -> Reference:
    """By one word that the event gives: a slug."""
    return Reference(kind, lambda data: data.get(name), (name,))


def _under(kind: str, *names: str) -> Reference:
    """By several words joined as the key of the other is; none where any is missing."""

    def key(data: Json) -> str | None:
        words = [data.get(name) for name in names]
        return None if None in words else "/".join(str(word) for word in words)

    return Reference(kind, key, names)


_COMMITMENT = _named("commitment", "commitment")
_UPDATE = _under("status_update", "commitment", "update")
_CHANGE = _under("change_request", "commitment", "change")

REFERENCES: dict[str, dict[str, Reference]] = {
    "programme": {"delivery_unit": _named("organisation", "delivery_unit")},
    "priority": {"programme": _named("programme", "programme")},
    "organisation": {
        "parent": _named("organisation", "parent"),
        "merged_into": _named("organisation", "merged_into"),
        "merger_source": _named("source", "merger_source"),
    },
    "former_name": {
        "organisation": _named("organisation", "organisation"),
        "source": _named("source", "source"),
    },
    "source": {"issuer": _named("organisation", "issuer")},
    "instrument": {"issuer": _named("organisation", "issuer")},
    "indicator_point": {
        "indicator": _named("indicator", "indicator"),
        "source": _named("source", "source"),
    },
    "acceptance": {
        "programme": _named("programme", "programme"),
        "organisation": _named("organisation", "organisation"),
    },
    "reporting_period": {"programme": _named("programme", "programme")},
    "commitment": {
        "programme": _named("programme", "programme"),
        "priority": _under("priority", "programme", "priority"),
        "stage_update": _under("status_update", "slug", "stage_update"),
        "forecast_update": _under("status_update", "slug", "forecast_update"),
    },
    "wording": {"commitment": _COMMITMENT, "change": _CHANGE},
    "participation": {
        "commitment": _COMMITMENT,
        "organisation": _named("organisation", "organisation"),
        "change": _CHANGE,
    },
    "target": {
        "commitment": _COMMITMENT,
        "replaces": _under("target", "commitment", "replaces"),
        "change": _CHANGE,
    },
    "milestone": {"commitment": _COMMITMENT, "change": _CHANGE},
    "change_request": {"commitment": _COMMITMENT, "source": _named("source", "source")},
    "link": {
        "from_commitment": _COMMITMENT,
        "to_commitment": _named("commitment", "to"),
        "change": _CHANGE,
    },
    "obligation": {
        "commitment": _COMMITMENT,
        "period": _under("reporting_period", "programme", "period"),
    },
    "status_update": {
        "commitment": _COMMITMENT,
        "body": _named("organisation", "body"),
        "corrects": _under("status_update", "commitment", "corrects"),
    },
    "measurement": {"update": _UPDATE, "target": _under("target", "commitment", "target")},
    "evidence": {"update": _UPDATE, "source": _named("source", "source")},
    "evidence_acceptance": {"evidence": _under("evidence", "commitment", "update", "source")},
    "retraction": {"update": _UPDATE},
    "completion": {
        "update": _UPDATE,
        "acceptance": _under("evidence_acceptance", "commitment", "update", "source"),
    },
    "recognition": {
        "organisation": _named("organisation", "organisation"),
        "commitment": _named("commitment", "commitment"),
    },
    "record_note": {
        "instrument": _named("instrument", "instrument"),
        "indicator": _named("indicator", "indicator"),
    },
}
