"""The table of permissions: made of the rules, printed in docs, every cell tried twice."""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client

from commitments.errors import Forbidden
from tests.permissions import (
    deeds_of_reading,
    deeds_on_commitments,
    deeds_on_error_reports,
    deeds_on_people,
    deeds_on_reminders,
    deeds_on_rules,
    deeds_on_sources,
    deeds_on_tokens,
    deeds_on_updates,
    deeds_on_webhooks,
)
from tests.permissions.actors import COLUMNS, actor
from tests.permissions.stage import make_stage

pytestmark = pytest.mark.usefixtures("monday", "files_apart")

ROOMS = (
    deeds_on_updates,
    deeds_on_commitments,
    deeds_on_people,
    deeds_on_reminders,
    deeds_on_rules,
    deeds_on_sources,
    deeds_on_tokens,
    deeds_on_error_reports,
    deeds_on_webhooks,
    deeds_of_reading,
)
DEEDS = [deed for room in ROOMS for deed in room.DEEDS]
TABLE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"


class UndoneError(Exception):
    """Ends a deed that was only tried."""


def tried(deed):
    """What the deed gives, undone again; a refusal is passed on."""
    found = None
    try:
        with transaction.atomic():
            found = deed()
            raise UndoneError
    except UndoneError:
        return found


def by_rule(deed, stage, name):
    user = actor(name)
    return bool(deed.may(user or AnonymousUser(), stage))


def by_page(deed, stage, name):
    """Whether the page does it; anything but doing it or turning away is a fault."""
    path, said = deed.web(stage)
    user, browser = actor(name), Client()
    if user is not None:
        browser.force_login(user)
    ask = browser.get if said is None else browser.post
    answer = tried(lambda: ask(f"/en/staff/{path}", said or {}))
    if answer.status_code == 302 and "/log-in/" in answer["Location"]:
        return False
    if answer.status_code in deed.refused:
        return False
    assert answer.status_code in {200, 302}, (name, answer.status_code, answer.text[-3000:])
    return True


def by_service(deed, stage, name):
    user = actor(name)
    if user is None:
        return False  # nobody can be handed to a service
    if deed.serve is None:
        return by_rule(deed, stage, name)  # what is only read has no service
    try:
        tried(lambda: deed.serve(user, stage))
    except Forbidden:
        return False
    return True


def decisions(deeds, world, *decides):
    """Of each deed and column what each of the `decides` says; the stage is set anew for the
    column of one's own work."""
    found = {}
    for own in (False, True):
        names = [name for name in COLUMNS if (name == "own_work") is own]

        def ask(own=own, names=names):
            stage = make_stage(world, own=own)
            return {
                (deed.group, deed.name, name): tuple(
                    decide(deed, stage, name) for decide in decides
                )
                for deed in deeds
                for name in names
            }

        found |= tried(ask)
    return found


def of_group(group):
    return [deed for deed in DEEDS if deed.group == group]


GROUPS = list(dict.fromkeys(deed.group for deed in DEEDS))


@pytest.mark.parametrize("group", GROUPS)
def test_pages_and_services_allow_what_the_rules_allow(group, world):
    found = decisions(of_group(group), world, by_page, by_service, by_rule)

    assert {cell: answers for cell, answers in found.items() if len(set(answers)) > 1} == {}


def rendered(world):
    """The table as it is printed."""
    lines = [INTRODUCTION]
    answers = decisions(DEEDS, world, by_rule)
    for group in GROUPS:
        heads = " | ".join(COLUMNS.values())
        lines.append(f"\n## {group}\n\n| Deed | {heads} |\n|---|{'---|' * len(COLUMNS)}")
        for deed in of_group(group):
            row = " | ".join(
                "yes" if answers[group, deed.name, name] == (True,) else "–" for name in COLUMNS
            )
            lines.append(f"| {deed.name} | {row} |")
    return "\n".join(lines) + "\n"


INTRODUCTION = """# Who may do what

Made from the rules in `commitments/rules/access/` by `make permissions`; a test compares this page
with them and tries every cell on the page of the deed and on the service below it
(`tests/permissions/`). Columns name the role; *reporter*, *approver* and *senior official* are of the
body that answers for the commitment, *officer*, *assessor*, *auditor* and *administrator* of the
programme's delivery unit. The last column is the same person as the one before it, facing what they
wrote, asked for or began themselves: nobody decides on their own work, whatever roles they hold."""


def test_table_in_the_docs_is_what_the_rules_say(world):
    table = rendered(world)
    if os.environ.get("WRITE_PERMISSIONS"):
        TABLE.write_text(table, encoding="utf-8")

    assert TABLE.read_text(encoding="utf-8") == table


def test_every_rule_stands_in_the_table():
    """Whoever adds a predicate adds its row."""
    from commitments.rules import access

    source = "".join(Path(module.__file__).read_text() for module in ROOMS)
    missing = {
        name
        for name in access.__all__
        if name.startswith("may_") and f"access.{name}" not in source
    }
    assert missing == set()
