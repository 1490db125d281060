"""Stands where a row names a person: who did it is not public, that somebody did is."""

from typing import Any

from django.db.models import Model

from commitments.models import Origin, User

Json = dict[str, Any]
DOMAIN = "not-in-the-record.invalid"


class Somebodies:
    """Accounts that nobody can use, one for each part that somebody played."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def of(self, part: str) -> int:
        if part not in self._known:
            person = User(email=f"{part}@{DOMAIN}", full_name=part.capitalize(), is_active=False)
            person.set_unusable_password()
            person.save(force_insert=True)
            self._known[part] = person.pk
        return self._known[part]

    @property
    def count(self) -> int:
        return len(self._known)


def parts_played(kind: str, model: type[Model], said: Json) -> set[str]:
    """The columns of a row that must name somebody, by what is public of it."""
    fields: list[Any] = list(model._meta.concrete_fields)
    needed = {field.name for field in fields if field.related_model is User and not field.null}
    match kind:
        case "status_update" if said.get("origin") != Origin.FACT_IMPORT:
            return (
                needed
                | {"author", "publisher"}
                | ({"approver"} if said.get("approved_at") else set())
            )
        case "change_request":
            return needed | {"decider"}
        case "commitment" if said.get("reporting_opened_on"):
            return needed | {"reporting_opened_by"}
        case "obligation" if said.get("waived_at"):
            return needed | {"waived_by"}
    return needed
