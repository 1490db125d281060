"""Stands where a row names a person: who did it is not public, that somebody did is."""

from typing import Any

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


def parts_played(kind: str, said: Json) -> list[str]:
    """The columns of a row that must name somebody, by what is public of it."""
    match kind:
        case "status_update" if said["origin"] != Origin.FACT_IMPORT:
            return ["author", "publisher", *(["approver"] if said["approved_at"] else [])]
        case "change_request":
            return ["requester", "decider"]
        case "obligation" if said["waived_at"]:
            return ["waived_by"]
        case "evidence_acceptance" | "retraction" | "completion":
            return ["officer"]
    return []
