"""What schemathesis has to hold beside its own checks: why a request of the right shape is refused."""

import schemathesis

OF_MEANING = {
    "contradicts",  # a page by number and by sequence, both
    "one_world",  # the demonstration and the real record, both
    "date_unreadable", "date_short_year", "date_not_in_calendar", "date_year_out_of_range",
    "date_not_a_day", "dates_out_of_order", "day_to_come",
    "null_characters_not_allowed",
}  # fmt: skip
"""Refusals of a parameter that no schema can tell."""
OF_SHAPE = {"wrong_type", "unknown_field", "missing", "date_not_iso", "kind_unknown"}
"""Refusals of a body that its schema must tell."""


@schemathesis.check
def right_shape_is_refused_for_its_meaning_only(ctx, response, case):
    """A parameter or body that the document allows is never refused for its shape."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if response.status_code in (400, 422):
        wrong = [one for one in response.json().get("errors", []) if not is_of_meaning(one, case)]
        assert not wrong, f"The document allows what was refused: {wrong}"


def is_of_meaning(fault, case):
    if "pointer" in fault:
        return fault["code"] not in OF_SHAPE
    name, code = fault["parameter"], fault["code"]
    return (
        code in OF_MEANING
        # A name that no row has: which there are, no schema can tell
        or (code == "invalid_choice" and not has_words(case, name))
        # A text is there in one language, or in both: title with lang, else title_vi
        or name == "fields"
        # Nothing but signs
        or (name == "q" and code == "required")
    )


def has_words(case, name):
    told = {one["name"]: one["schema"] for one in case.operation.definition.raw["parameters"]}
    schema = told[name]
    return "enum" in schema or "enum" in schema.get("items", {})


@schemathesis.hook
def filter_query(context, query):
    """What is left empty counts as not given, and an object without members is sent as nothing."""
    return not any(value in ("", {}) for value in (query or {}).values())
