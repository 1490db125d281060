"""The bodies that a system sends, member by member, as they are read and as the document says."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from commitments.api.own.shapes import (
    Anything,
    Either,
    Faults,
    Figure,
    Flag,
    Many,
    Object,
    Shape,
    Text,
    Whole,
    address,
    day,
    limited_day,
)
from commitments.models import (
    BODY_STAGES,
    ChangeKind,
    Forecast,
    Language,
    Relation,
    SourceKind,
    UpdateKind,
)
from commitments.rules.changes import LIMITS as CHANGE_LIMITS
from commitments.rules.evidence import LIMITS as EVIDENCE_LIMITS
from commitments.rules.evidence import MOST_ROWS
from commitments.rules.validators import LIMITS

MOST_VALUES = 1000
"""The most figures in one request."""
MOST_TARGETS = 200
LONGEST_REFERENCE = 200

_TEXTS = {
    "summary": _("what has happened"),
    "problem": _("the problem"),
    "asked": _("what is asked of whom"),
    "correction_reason": _("public reason of the correction"),
}

EVIDENCE = Object(
    {
        "source": Text(_("slug of a publication of the record, instead of all that describes one")),
        "title": Text(_("title of the publication"), EVIDENCE_LIMITS["title"]),
        "publisher": Text(_("who issued it"), EVIDENCE_LIMITS["publisher"]),
        "url": address(_("its address on the web")),
        "published": limited_day(_("when it was published, as far as it is known")),
        "language": Text(_("in which language"), words=Language.values),
        "kind": Text(_("what kind of publication it is"), words=SourceKind.values),
        "relation": Text(_("who issued it, seen from your body"), words=Relation.values),
        "shows": Text(_("what it shows"), EVIDENCE_LIMITS["shows"]),
        "file": Whole(_("id of a file that was handed in")),
    },
    name="EvidenceToAdd",
    about=_("A publication that shows what an update says: one of the record, or described."),
)

MEASURED = Object(
    {
        "target": Whole(_("number of the target"), 32767),
        "value": Figure(_("the figure, exact")),
    },
    needed=("target", "value"),
    name="FigureToReport",
    about=_("A figure against one of the commitment's targets."),
)

_SAID: dict[str, Shape] = {
    "kind": Text(_("progress where nothing is said"), words=UpdateKind.values),
    "as_of_on": day(_("as of which day this is true")),
    "stage": Text(_("what has happened"), words=[str(stage.value) for stage in BODY_STAGES]),
    "forecast": Text(
        _("will the present date and target be met; not_given where nothing is said"),
        words=Forecast.values,
    ),
    **{
        f"{noun}_{language}": Text(about, LIMITS[noun])
        for noun, about in _TEXTS.items()
        for language in ("vi", "en")
    },
    "measurements": Many(MEASURED, MOST_TARGETS, _("figures; each target once")),
    "evidence": Many(EVIDENCE, MOST_ROWS, _("publications that show it")),
    "client_reference": Text(
        _("your system's own name of it, once in your body"), LONGEST_REFERENCE
    ),
}

_PERIOD = day(
    _("first day of the reporting period that it has to meet; refused when that is closed")
)

UPDATE = Object(
    {
        "commitment": Text(_("slug of a commitment that your body answers for")),
        **_SAID,
        "corrects": Whole(_("number of the published update that it corrects")),
        "submit": Flag(_("hand it in at once; nothing is kept when that is refused")),
        "period": _PERIOD,
    },
    needed=("commitment",),
    name="UpdateToBegin",
    about=_("What your body says of a commitment; a draft may be half empty."),
)

CHANGES = Object(
    _SAID,
    name="UpdateToChange",
    about=_("What is to be changed; all else stays."),
)

SUBMISSION = Object(
    {"period": _PERIOD},
    name="UpdateToSubmit",
    about=_("Nothing has to be said."),
)

VALUE = Object(
    {
        "commitment": Text(_("slug of a commitment that your body answers for")),
        "target": Whole(_("number of the target"), 32767),
        "value": Figure(_("the figure, exact")),
        "as_of_on": day(_("as of which day; of a new draft today where nothing is said")),
    },
    needed=("commitment", "target", "value"),
    name="ValueToKeep",
    about=_("One figure of one commitment."),
)

VALUES = Object(
    {"rows": Many(VALUE, MOST_VALUES, _("figures of any of your commitments"))},
    needed=("rows",),
    name="ValuesToKeep",
    about=_("Figures of any number of your commitments."),
)

TYPED_SOURCE = Object(
    {
        "title": Text(_("title of the publication"), EVIDENCE_LIMITS["title"]),
        "publisher": Text(_("who issued it"), EVIDENCE_LIMITS["publisher"]),
        "url": address(_("its address on the web")),
        "published": limited_day(_("when it was published, as far as it is known")),
    },
    needed=("title",),
    name="SourceToCite",
    about=_("A publication that is not in the record yet."),
)


class Proposed(Anything):
    """What each kind of change proposes is the rules' to say."""

    def schema(self) -> dict[str, object]:
        about = _(
            "What is to stand: due of a moved date; title_vi, title_en and due of a new milestone; "
            "the columns of a wording, target or lead. Figures are text."
        )
        return {"type": "object", "description": about}


CHANGE = Object(
    {
        "commitment": Text(_("slug of a commitment that your body answers for")),
        "kind": Text(_("what is to change"), words=ChangeKind.values),
        "subject": Text(_("what it is about, where that is not the whole: milestone/2"), 40),
        "proposed": Proposed(),
        "reason_vi": Text(_("public reason"), CHANGE_LIMITS["reason"]),
        "reason_en": Text(_("public reason"), CHANGE_LIMITS["reason"]),
        "stated_on": day(_("on which day the source states the change")),
        "source": Either(TYPED_SOURCE, _("slug of a publication of the record, or a new one")),
    },
    needed=("commitment", "kind", "proposed"),
    name="ChangeToAsk",
    about=_("What is to change in the plan, why, and who says so."),
)


class FromZero(Whole):
    """A whole number from 0 on."""

    def read(self, value: Any, at: str, faults: Faults) -> Any:
        is_zero = value == 0 and not isinstance(value, bool)
        return 0 if is_zero else super().read(value, at, faults)

    def schema(self) -> dict[str, Any]:
        return super().schema() | {"minimum": 0}


WEBHOOK = Object(
    {
        "address": Text(_("where messages are sent: https:// and reached from the internet"), 2000),
        "name": Text(_("by which you tell it from others"), 100),
        "kinds": Many(Text(), 100, _("only these kinds of objects, as object_kind names them")),
        "programmes": Many(
            Text(), 100, _("only these programmes by slug; the demonstration only where named")
        ),
    },
    needed=("address",),
    name="WebhookToMake",
    about=_("Where to send public events, and which."),
)

REPLAY = Object(
    {"after": FromZero(_("sequence of the event after which everything is sent"), 2**53 - 1)},
    needed=("after",),
    name="ReplayToAsk",
    about=_("From where on to send again."),
)
