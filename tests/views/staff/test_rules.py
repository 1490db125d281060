"""Pages of the rules: read in words, given other steps, switched off, taken back."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import RuleSteps
from tests import factories
from tests.views.staff.reading import errors, refusal, sections, told, words

pytestmark = pytest.mark.usefixtures("monday", "world")

LIST = "/en/staff/reminders/rules/"
MAIL, SINGLE = "Mail of the day", "Single mail, does not wait for the mail of the day"
FREE = "; on a free day, the next working day"
SAVED = [("success", "The steps are saved. Reminders follow them from the next run on.")]


def edit(rule="R2", slug="test"):
    return f"/en/staff/programmes/{slug}/rules/{rule}/edit/"


def sent(*rows, deed="check", version=0):
    """Of `(days, unit, side, *to)`, as a browser sends it."""
    said = {"deed": deed, "version": version, "steps-TOTAL_FORMS": len(rows)}
    for place, (days, unit, side, *to) in enumerate(rows):
        said |= {
            f"steps-{place}-{name}": value
            for name, value in {"days": days, "unit": unit, "side": side, "to": to}.items()
        }
    return said | {"steps-INITIAL_FORMS": 0}


def typed(page):
    """What stands in the rows of the form."""
    names = ("days", "unit", "side", "to")
    return [
        tuple(form[name].value() for name in names if name in form.fields)
        for form in page.context["formset"].forms
    ]


def hidden(page, deed):
    """The form of the page that says what follows, sent on with one of its buttons."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
    said = {"deed": deed}
    for name, value in found:
        said.setdefault(name, []).append(value) if name != "deed" else None
    return said


def kept():
    return list(RuleSteps.objects.values_list("rule", "steps", "version"))


def table(page, name):
    """The lines of the first table in a section."""
    part = page.text.split(f'<h2 id="{name}"')[1].split("<tbody>")[1].split("</tbody>")[0]
    return [
        tuple(words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL))
        for row in re.findall(r"<tr>.*?</tr>", part, re.DOTALL)
    ]


def test_rule_list_says_every_rule_in_words(erin, as_):
    page = as_(erin).get(LIST)

    heads = list(sections(page))
    assert [head[:2] for head in heads if re.match("[RN][0-9]:", head)] == [
        "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "N1",
    ]  # fmt: skip
    reporters, officers = "Those who report", "officers of the delivery unit"
    always, mutable = f"{MAIL} · always said", f"{MAIL} · may be muted"
    assert table(page, "R4") == [
        (f"30 days before the due date{FREE}", reporters, mutable),
        (f"7 days before the due date{FREE}", reporters, mutable),
        ("1 working day before the due date", reporters, always),
        (f"1 day after the due date{FREE}", f"{reporters} · {officers}", always),
        (f"7 days after the due date{FREE}, then every 30 days", f"{reporters} · {officers}",
         always),
    ]  # fmt: skip
    assert table(page, "R6") == [
        ("At once", "Its author", f"{SINGLE} · always said"),
        ("3 working days after it was returned", "Its author", always),
    ]
    assert "08:30 unless they chose another" in page.text
    assert 'aria-current="page">Rules<' in page.text


def test_rule_list_shows_own_steps_beside_the_usual_ones(world, erin, as_):
    factories.RuleStepsFactory(programme=world.programme)
    factories.RuleStepsFactory(programme=world.programme, rule="R5", steps=[])
    elsewhere = factories.ProgrammeFactory(slug="test-other", code="O", name_en="Test other")
    factories.RuleStepsFactory(programme=elsewhere, rule="R1", steps=[])

    whole = words(as_(erin).get(LIST).text)
    assert "Own steps of Test programme When To whom" in whole
    assert "3 working days before the due date" in whole
    assert whole.count("This rule is switched off here") == 1
    assert "Test other" not in whole


def test_rule_list_is_for_officers_and_administrators(alice, dan, erin, bob, carol, as_):
    people = (alice, dan, erin, bob, carol)

    found = {one.full_name: as_(one).get(LIST).status_code for one in people}
    assert found == {"Alice": 403, "Dan": 403, "Erin": 200, "Bob": 403, "Carol": 200}
    links = {one.full_name: as_(one).get(LIST).text.count("/edit/") for one in (erin, carol)}
    assert links == {"Erin": 9, "Carol": 0}


def test_rule_list_takes_as_many_queries_for_many_programmes(world, erin, as_):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            as_(erin).get(LIST)
        return len(asked)

    queries()
    one = queries()
    for number in range(3):
        programme = factories.ProgrammeFactory(
            slug=f"test-{number}", code=f"T{number}", delivery_unit=world.unit
        )
        factories.RuleStepsFactory(programme=programme)
    assert queries() == one


def test_rule_edit_starts_from_the_usual_steps_or_the_own(world, erin, as_):
    usual = typed(as_(erin).get(edit()))
    factories.RuleStepsFactory(programme=world.programme)

    page = as_(erin).get(edit())

    assert usual == [(5, "wd", "before"), (2, "wd", "before"), ("", "wd", "on")]
    assert typed(page) == [(3, "wd", "before"), ("", "wd", "on")]
    assert page.context["version"] == 1
    r3 = as_(erin).get(edit("R3"))
    assert typed(r3)[1] == (3, "wd", "after", ["reporter", "approver"])


def test_rule_edit_says_what_follows_then_saves(erin, as_):
    page = as_(erin).post(edit(), sent(("", "wd", "on"), ("4", "d", "before")))

    assert (page.status_code, kept()) == (200, [])
    assert "Remind by these steps?" in sections(page)
    assert "No reminder that waits to go out is called off." in page.text
    assert f"4 days before the due date{FREE}" in words(page.text)
    back = as_(erin).post(edit(), hidden(page, "back"))
    assert typed(back) == [("4", "d", "before"), ("", "wd", "on")]
    answer = as_(erin).post(edit(), hidden(page, "save"))
    assert (answer.url, told(answer)) == (f"{LIST}#R2", SAVED)
    assert kept() == [
        (
            "R2",
            [
                {"offset": -4, "unit": "d", "to": ["reporter"]},
                {"offset": 0, "unit": "wd", "to": ["reporter"]},
            ],
            1,
        )
    ]


def test_rule_edit_counts_what_is_called_off(world, alice, erin, as_):
    factories.AssignmentFactory(commitment=world.commitment, person=alice)
    obligation = factories.ObligationFactory(commitment=world.commitment)
    factories.NoticeFactory(
        rule="R1", step="+0", subject_id=obligation.pk, recipient=alice,
        commitment=world.commitment, cycle=obligation.period.due_on.isoformat(),
    )  # fmt: skip

    page = as_(erin).post(edit("R1"), {"deed": "off", "version": 0})

    assert "Switch this rule off?" in sections(page)
    assert "1 reminder that waits to go out is called off" in page.text
    as_(erin).post(edit("R1"), hidden(page, "save"))
    assert kept() == [("R1", [], 1)]
    assert "This rule is switched off here" in as_(erin).get(edit("R1")).text


def test_rule_edit_goes_back_to_the_usual_steps(world, erin, as_):
    factories.RuleStepsFactory(programme=world.programme)

    page = as_(erin).post(edit(), {"deed": "usual", "version": 1})
    answer = as_(erin).post(edit(), hidden(page, "save"))

    assert "Go back to the usual steps?" in sections(page)
    assert (told(answer), kept()) == (SAVED, [])


def test_rule_edit_adds_and_removes_rows_and_keeps_what_was_typed(erin, as_):
    rows = [("x", "d", "before"), ("2", "wd", "before")]

    more = as_(erin).post(edit(), sent(*rows, deed="add", version=7))
    less = as_(erin).post(edit(), sent(*rows, deed="remove-0"))
    none = as_(erin).post(edit("R1"), sent(("0", "wd", "on"), deed="remove-0"))
    odd = as_(erin).post(edit(), sent(*rows, deed="remove-9"))

    assert (more.status_code, typed(more)) == (200, [*rows, (None, None, None)])
    assert more.context["version"] == 7
    assert typed(less) == rows[1:]
    assert (typed(none), typed(odd)) == ([], rows)
    assert "No step is left." in none.text
    assert kept() == []


def test_rule_edit_offers_no_eleventh_row(erin, as_):
    rows = [(str(days), "wd", "after") for days in range(1, 11)]

    full = as_(erin).post(edit("R1"), sent(*rows[:9], deed="add"))
    over = as_(erin).post(edit("R1"), sent(*rows, ("30", "wd", "after")))

    assert 'value="add"' not in full.text
    assert (over.status_code, len(typed(over))) == (422, 11)


@pytest.mark.parametrize(
    ("rule", "rows", "found"),
    [
        ("R2", [("", "wd", "before")],
         [("id_steps-0-days", "Please enter how many days, as a whole number above 0.")]),
        ("R2", [("two", "wd", "before")],
         [("id_steps-0-days", "Please enter how many days, as a whole number above 0.")]),
        ("R2", [("366", "d", "before")],
         [("id_steps-0-days", "A step is at most 365 days away.")]),
        ("R2", [("2", "wd", "before"), ("5", "wd", "before"), ("2", "wd", "before")],
         [("id_steps-2-days",
           "There is a step on the same day already. Please choose another day.")]),
        ("R3", [("1", "wd", "after")], [("id_steps-0-to_0", "Please choose who is told.")]),
        ("R3", [("3", "wd", "after", "reporter"), ("1", "wd", "after", "reporter", "officer")],
         [("id_steps-0-to_0", "Whoever was told before is told at every later step, too.")]),
        ("R6", [("1", "wd", "after")],
         [("id_steps-0-days",
           "The first step of this rule goes at once and stays on the day itself.")]),
        ("R2", [],
         [("steps", "This rule cannot be switched off: nobody would see any more that nothing "
           "came.")]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("deed", ["check", "save"])
def test_rule_edit_answers_at_the_row_and_loses_nothing(deed, rule, rows, found, erin, as_):
    answer = as_(erin).post(edit(rule), sent(*rows, deed=deed))

    assert (answer.status_code, errors(answer), kept()) == (422, found, [])
    if rule != "R3":
        assert typed(answer) == rows


def test_rule_edit_says_what_somebody_else_saved_meanwhile(world, erin, as_):
    factories.RuleStepsFactory(programme=world.programme)
    rows = sent(("1", "wd", "before"), deed="save", version=0)

    answer = as_(erin).post(edit(), rows)

    assert (answer.status_code, refusal(answer)) == (
        409,
        "This was not done Somebody else saved this meanwhile. Compare both versions and save "
        "again.",
    )
    assert typed(answer) == [(1, "wd", "before")]
    assert "3 working days before the due date" in words(answer.text)
    again = as_(erin).post(edit(), rows | {"version": answer.context["version"]})
    assert (told(again), kept()[0][2]) == (SAVED, 2)


def test_rule_edit_cannot_switch_off_by_a_made_up_form(erin, as_):
    answer = as_(erin).post(edit("R9"), {"deed": "off", "version": 0})

    assert (answer.status_code, kept()) == (422, [])
    assert "This rule cannot be switched off" in refusal(answer)


@pytest.mark.parametrize("rule", ["N1", "R0", "x"])
def test_rule_edit_of_no_rule_is_not_found(rule, erin, as_):
    assert as_(erin).get(edit(rule)).status_code == 404
    assert as_(erin).get(edit(slug="nowhere")).status_code == 404


@pytest.mark.parametrize("who", ["alice", "dan", "bob", "carol"])
def test_rule_edit_is_for_officers_of_the_programme(who, as_, request):
    browser = as_(request.getfixturevalue(who))

    saved = browser.post(edit(), sent(("1", "wd", "before"), deed="save"))
    assert (browser.get(edit()).status_code, saved.status_code, kept()) == (403, 403, [])


def test_rule_edit_of_another_unit_or_the_demonstration_is_not_theirs(erin, as_):
    unit = factories.OrganisationFactory(slug="test-demo", is_demo=True)
    factories.ProgrammeFactory(slug="test-demo", code="D", is_demo=True, delivery_unit=unit)
    person = factories.MembershipFactory(organisation=unit, role="officer").user

    assert as_(erin).get(edit(slug="test-demo")).status_code == 403
    assert as_(person).get(edit()).status_code == 403
    assert as_(person).get(edit(slug="test-demo")).status_code == 200
