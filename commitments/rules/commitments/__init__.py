"""What a commitment's plan must say: the one validator below form, service and spreadsheet.

`check_draft` names what cannot be kept at all, `check_publication` what is missing before it
becomes public, `remarks` what is unusual and may stay. A refusal names its field as a form does:
`title_vi`, `parts`, or `targets-0-value` for a row, counted from 0.
"""

from commitments.rules.commitments.checks import (
    LIMITS,
    MOST_ROWS,
    check_draft,
    check_publication,
    remarks,
)
from commitments.rules.commitments.rows import check_source
from commitments.rules.commitments.said import (
    CommitmentSaid,
    Known,
    MilestoneSaid,
    PartSaid,
    SourceSaid,
    TargetSaid,
    in_order,
    with_known_sources,
)
from commitments.rules.commitments.slugs import slug_of_title

__all__ = [
    "LIMITS",
    "MOST_ROWS",
    "CommitmentSaid",
    "Known",
    "MilestoneSaid",
    "PartSaid",
    "SourceSaid",
    "TargetSaid",
    "check_draft",
    "check_publication",
    "check_source",
    "in_order",
    "remarks",
    "slug_of_title",
    "with_known_sources",
]
