"""The rules of reminding: read by officers, and given steps of their programme's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commitments.errors import Refusal, Stale, refuse
from commitments.forms.rule_steps import StepFormSet, rows_of, rows_typed
from commitments.models import Programme, Role, Rule, RuleSteps, User
from commitments.reports.rules import again_of, lines_of, own_in, rules_in
from commitments.rules import access
from commitments.rules.moments import at_minute
from commitments.rules.reminders import RULES, Step
from commitments.rules.reminders.overrides import MAY_BE_OFF, MOST, check_steps, read_steps
from commitments.services.notices.rule_effects import effect_of
from commitments.services.rule_steps import set_steps
from commitments.views.staff._page import StaffRequest, page


@require_safe
@login_required
def rule_list(request: StaffRequest) -> HttpResponse:
    """Every rule in words, and what the reader's programmes have in its place."""
    if not access.may_see_rules(request.user):
        raise PermissionDenied
    units = request.user.organisations_as(Role.OFFICER, Role.ADMINISTRATOR)
    programmes = list(Programme.objects.public().filter(delivery_unit__in=units))
    preset = User._meta.get_field("digest_minute").get_default()
    context = {
        "rules": rules_in(programmes),
        "editable": {one.pk for one in programmes if access.may_set_rules(request.user, one)},
        "preset": at_minute(localdate(), preset),
    }
    return page(request, "staff/reminders/rules/list.html", context)


@dataclass(frozen=True, slots=True)
class Place:
    """Which rule of which programme is looked at, and its own steps now, if it has some."""

    programme: Programme
    rule: Rule
    row: RuleSteps | None

    @property
    def version(self) -> int:
        return self.row.version if self.row else 0

    @property
    def steps(self) -> Sequence[Step]:
        return read_steps(self.rule, self.row.steps) if self.row else RULES[self.rule].steps


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rule_edit(request: StaffRequest, slug: str, rule: str) -> HttpResponse:
    """Set the steps, see what they would do, save; rows come and go without JavaScript too."""
    place = _place(request, slug, rule)
    deed = request.POST.get("deed", "")
    if deed in ("check", "save"):
        formset = StepFormSet(request.POST, rule=place.rule)
        if formset.is_valid():
            return _answer(request, place, formset.steps, is_done=deed == "save")
        return _form(request, place, formset, status=422)
    if deed in ("off", "usual"):
        return _answer(request, place, RULES[place.rule].steps if deed == "usual" else ())
    rows = rows_typed(request.POST) if request.method == "POST" else rows_of(place.steps)
    number = deed.removeprefix("remove-")
    if deed == "add":
        rows.append({})
    elif number != deed and number in map(str, range(len(rows))):
        del rows[int(number)]
    return _form(request, place, StepFormSet(initial=rows, rule=place.rule))


def _place(request: StaffRequest, slug: str, rule: str) -> Place:
    programme = get_object_or_404(Programme.objects.public(), slug=slug)
    if rule not in Rule.values or rule == Rule.N1:
        raise Http404
    if not access.may_set_rules(request.user, programme):
        raise PermissionDenied
    row = RuleSteps.objects.filter(programme=programme, rule=rule).first()
    return Place(programme, Rule(rule), row)


def _answer(
    request: StaffRequest, place: Place, steps: Sequence[Step], *, is_done: bool = False
) -> HttpResponse:
    """What the steps would do, in words; or, once that was seen, the deed."""
    try:
        if is_done:
            return _done(request, place, steps)
        refuse(check_steps(place.rule, steps))
    except Refusal as refused:
        formset = StepFormSet(initial=rows_of(steps), rule=place.rule)
        return _form(request, place, formset, status=refused.status, refused=refused)
    context = _about(place) | {
        "version": _version(request),
        "steps": steps,
        "rows": rows_of(steps),
        "lines": lines_of(steps),
        "again": again_of(place.rule, steps),
        "is_usual": list(steps) == list(RULES[place.rule].steps),
        "effect": effect_of(
            programme=place.programme, rule=place.rule, steps=steps, now=timezone.now()
        ),
    }
    return page(request, "staff/reminders/rules/confirm.html", context)


def _done(request: StaffRequest, place: Place, steps: Sequence[Step]) -> HttpResponse:
    set_steps(
        programme=place.programme,
        rule=place.rule,
        steps=steps,
        version=_version(request),
        officer=request.user,
    )
    messages.success(request, _("The steps are saved. Reminders follow them from the next run on."))
    return redirect(f"{reverse('staff:rule-list')}#{place.rule}")


def _form(
    request: StaffRequest,
    place: Place,
    formset: Any,
    *,
    status: int = 200,
    refused: Refusal | None = None,
) -> HttpResponse:
    """The rows; once somebody else's steps were shown beside them, those count as seen."""
    is_seen = request.method != "POST" or isinstance(refused, Stale)
    context = _about(place) | {
        "formset": formset,
        "refused": refused,
        "version": place.version if is_seen else _version(request),
        "has_room": len(formset.forms) < MOST,
        "may_be_off": place.rule in MAY_BE_OFF,
    }
    return page(request, "staff/reminders/rules/form.html", context, status=status)


def _about(place: Place) -> dict[str, Any]:
    spec = RULES[place.rule]
    return {
        "programme": place.programme,
        "demo": place.programme.is_demo,
        "spec": spec,
        "usual": lines_of(spec.steps),
        "usual_again": again_of(place.rule, spec.steps),
        "own": own_in(place.programme, place.rule, place.row),
    }


def _version(request: StaffRequest) -> int:
    """The version that was on the screen; one that never was, where it says none."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1
