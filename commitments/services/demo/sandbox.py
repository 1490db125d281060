"""The sandbox: an invented body of the demonstration that programs may try the API on."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commitments.errors import WrongState
from commitments.models import (
    ApiToken,
    ChangeRequest,
    Commitment,
    FieldComment,
    Membership,
    Organisation,
    OrganisationKind,
    Programme,
    Role,
    Scope,
    Source,
    StatusUpdate,
    UpdateState,
    User,
    Webhook,
)
from commitments.services.api_tokens import make_token, revoke_token
from commitments.services.citations import replace_evidence
from commitments.services.demo.plan import (
    BodySaid,
    CommitmentSaid,
    MilestoneSaid,
    PartSaid,
    TargetSaid,
)
from commitments.services.demo.rows import Ground, make_body, make_commitment
from commitments.services.demo.timeline import Timeline
from commitments.services.webhooks.keeping import end_webhook

PROGRAMME = "demo"
BODY = BodySaid(
    slug="demo-sandbox",
    name_vi="Đơn vị thử API (minh họa)",
    name_en="Demonstration Sandbox of the API",
    kind=OrganisationKind.COMPANY,
)
PEOPLE = {
    Role.REPORTER: ("sandbox.reporter@example.org", "Người báo cáo thử (minh họa)"),
    Role.APPROVER: ("sandbox.approver@example.org", "Người duyệt thử (minh họa)"),
}
COMMITMENT = CommitmentSaid(
    slug="demo-sandbox-bells",
    kind="national_mission",
    title_vi="Minh họa: 100 chuông thử nghiệm cho API",
    title_en="Demonstration: 100 example bells to try the API on",
    text_vi="Đơn vị thử API cam kết treo 100 chuông ví dụ. Mọi điều ở đây đều là hư cấu.",
    text_en="The sandbox commits to hang 100 example bells. All of this is invented.",
    due="+1y",
    parts=(PartSaid(body=BODY.slug, role="lead", confidence="confirmed", stage="accepted"),),
    targets=(
        TargetSaid(
            text_vi="100 chuông ví dụ", text_en="100 example bells", due="+1y",
            metric="example bells", unit="bells", comparator="at_least", direction="up",
            cumulation="latest", value=Decimal(100),
        ),
    ),
    milestones=(
        MilestoneSaid(title_vi="Chuông đầu tiên", title_en="The first bell", due="+2m"),
    ),
)  # fmt: skip
DAYS = 30
"""How long its token works."""
_NO_DEMO = _("There is no demonstration yet. Make it: manage.py load_demo")


class Sandbox(NamedTuple):
    """What somebody needs to try the API; `token` is told this once."""

    token: str
    expires_at: datetime
    commitment: str
    reporter: str
    approver: str


@transaction.atomic
def reset_sandbox(*, now: datetime) -> Sandbox:
    """Make the sandbox, or throw away what was tried on it, and make a new token for it.

    Older tokens and webhooks end. What an officer of the demonstration published stays: the record
    is not rewritten. Raises WrongState where there is no demonstration.
    """
    programme = Programme.objects.select_for_update(of=("self",), no_key=True).filter(
        slug=PROGRAMME, is_demo=True
    )
    if not programme:
        raise WrongState("no_demonstration", _NO_DEMO)
    body = _body(programme[0], now)
    people = {role: _person(role, body, now) for role in PEOPLE}
    reporter = people[Role.REPORTER]
    _end(body, reporter, now)
    commitment = Commitment.objects.get(slug=COMMITMENT.slug)
    _throw_away(commitment)
    token, text = make_token(
        organisation=body, holder=reporter, name="Sandbox", scopes=Scope.values, days=DAYS, now=now
    )
    return Sandbox(
        text, token.expires_at, commitment.slug, reporter.email, people[Role.APPROVER].email
    )


def _body(programme: Programme, now: datetime) -> Organisation:
    """The body with its commitment; made the first time."""
    known = Organisation.objects.filter(slug=BODY.slug, is_demo=True).first()
    if known:
        return known
    timeline = Timeline(now)
    body = make_body(BODY, timeline)
    source = Source.objects.filter(is_demo=True).public().earliest("pk")
    bodies = {body.slug: body}
    ground = Ground(programme=programme, bodies=bodies, source=source, timeline=timeline)
    make_commitment(COMMITMENT, ground)
    return body


def _person(role: Role, body: Organisation, now: datetime) -> User:
    """With the password of the demonstration, once that is loaded again."""
    email, name = PEOPLE[role]
    known = User.objects.filter(email=email, memberships__organisation=body).first()
    if known:
        return known
    person = User.objects.create_user(email, full_name=name)
    Membership.objects.create(
        user=person, organisation=body, role=role, started_on=Timeline(now).founded_on
    )
    return person


def _end(body: Organisation, reporter: User, now: datetime) -> None:
    for token in ApiToken.objects.working(now).filter(organisation=body):
        revoke_token(token=token, person=reporter, now=now)
    for webhook in Webhook.objects.standing().filter(organisation=body):
        end_webhook(webhook=webhook, by=reporter, now=now)


def _throw_away(commitment: Commitment) -> None:
    """What was never public: updates on their way, and changes that nobody decided."""
    for update in commitment.updates.exclude(state=UpdateState.PUBLISHED):
        _throw_update_away(update)
    ChangeRequest.objects.filter(commitment=commitment, decision="").delete()


def _throw_update_away(update: StatusUpdate) -> None:
    replace_evidence(update, [])
    update.measurements.all().delete()
    FieldComment.objects.filter(action__update=update).delete()
    update.actions.all().delete()
    update.notes.all().delete()
    update.delete()
