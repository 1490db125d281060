"""The method page defines every value that a reader can meet."""

from commitments.models import Forecast, Reporting, Stage, Step, Verification
from commitments.reports.definitions import AXES, IMPORTS


def test_every_value_of_every_axis_is_defined_once():
    defined = {axis.axis: [definition.value for definition in axis.values] for axis in AXES}

    assert {axis: sorted(values) for axis, values in defined.items()} == {
        "stage": sorted(["", *Stage.values]),
        "forecast": sorted(Forecast.values),
        "reporting": sorted(Reporting.values),
        "verification": sorted(["", *Verification.values]),
        "outcome": sorted(
            [
                "",
                "achieved",
                "largely_achieved",
                "partly_achieved",
                "not_achieved",
                "cannot_be_assessed",
                "withdrawn",
            ]
        ),
    }


def test_every_imported_step_has_its_consequence():
    assert sorted(step for rule in IMPORTS for step in rule.steps) == sorted(Step.values)
