"""How the API answers, and how its document is made."""

from typing import Any

from django.utils.translation import gettext_lazy as _

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["commitments.api.rendering.OrjsonRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "commitments.api.rendering.ByAccept",
    "DEFAULT_FILTER_BACKENDS": ["commitments.api.filtering.StrictFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "commitments.api.paging.NumberedPages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "commitments.api.errors.answer_problem",
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Cam Kết",
    "DESCRIPTION": _(
        "The public record of national missions and corporate commitments, for reading. Open to "
        "all. Amounts are exact and written as text; null means unknown, not stated or not "
        "published. Every error is a problem of RFC 9457."
    ),
    "VERSION": "1",
    "LICENSE": {"name": "AGPL-3.0-or-later"},
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "DISABLE_DOCSTRING_DESCRIPTIONS": True,
    "SORT_OPERATIONS": False,
    "SORT_OPERATION_PARAMETERS": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "commitments.api.described.complete",
        "commitments.api.document.complete",
    ],
    "ENUM_NAME_OVERRIDES": {
        f"{name}Enum": f"commitments.models.{name}"
        for name in (
            "Cadence", "ChangeKind", "CommitmentKind", "Confidence", "Decision", "Forecast",
            "InstrumentKind", "InstrumentStatus", "Language", "LinkKind", "OrganisationKind",
            "Origin", "Part", "PointKind", "Relation", "SourceKind", "Speaker", "Stage", "Step",
            "TakenOn", "UpdateKind", "UpdateState",
        )
    },
}  # fmt: skip
