"""`manage.py load_facts`: loads what public sources say into the record, once and as a whole."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.core.management.base import no_translations
from django.db import DatabaseError
from django.utils import timezone

from commitments.errors import Refusal
from commitments.imports.facts import read_facts
from commitments.models import Commitment, Route, written_by
from commitments.services.facts import Outcome, load_facts

SEED = Path(__file__).parents[2] / "seed" / "facts.yaml"
HINT = (
    'To correct what changed, give a reason: manage.py load_facts --correct "reason"\n'
    "(only what may be corrected; the rest has to be put back as it was)."
)


class Command(BaseCommand):
    """Read, check and load the fact base; twice is once."""

    help = "Load the fact base into the record. What was loaded before is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=SEED, help="the fact file")
        parser.add_argument("--correct", metavar="REASON", help="correct entries that changed")
        parser.add_argument(
            "--language", choices=["vi", "en"], default="vi", help="language of the reason"
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        path, reason = options["path"], (options["correct"] or "").strip()
        if options["correct"] is not None and not reason:
            raise CommandError("--correct needs a reason that readers of the record can use.")
        self.loud = options["verbosity"] > 0
        today = timezone.localdate()
        self.say(f"Reading {path.name} …")
        try:
            facts = read_facts(path, today=today)
            with written_by(Route.FACT_IMPORT):
                outcomes = load_facts(
                    facts=facts,
                    now=timezone.now(),
                    today=today,
                    reason=reason,
                    language=options["language"],
                    tell=self.tell,
                )
        except Refusal as refused:
            self.refuse(path, refused)
        except DatabaseError as error:
            first = str(error).strip().splitlines()[0]
            raise CommandError(f"The database refused: {first}. Nothing was loaded.") from error
        self.summarise(outcomes)

    def say(self, text: str) -> None:
        if self.loud:
            self.stdout.write(text)
            self.stdout.flush()

    def tell(self, outcome: Outcome) -> None:
        """One line a list, as it is done."""
        self.say(f"  {_words(outcome)}: {outcome.made} made")
        for key in outcome.removed:
            self.say(f"    {key}: no longer in the file; it stays in the record")

    def refuse(self, path: Path, refused: Refusal) -> None:
        """Say each problem on a line of its own; the database is as it was."""
        lines = [str(one) for one in refused.refusals]
        if len(lines) == 1 and refused.refusals[0].code == "facts_unreadable":
            raise CommandError(f"{lines[0]}. Nothing was loaded.")
        for one, line in zip(refused.refusals, lines, strict=True):
            self.stderr.write(line if one.code == "facts_wrong" else f"{path}: {line}")
        if any(one.code == "facts_changed" for one in refused.refusals):
            self.stderr.write(HINT)
        problems = "1 problem" if len(lines) == 1 else f"{len(lines)} problems"
        raise CommandError(f"{problems} in {path.name}. Nothing was loaded.")

    def summarise(self, outcomes: list[Outcome]) -> None:
        self.say(f"\n{'':<20}{'made':>8}{'unchanged':>12}{'changed':>10}")
        for one in outcomes:
            figures = f"{one.made:>8}{one.unchanged:>12}{one.changed:>10}"
            self.say(f"{_words(one):<20}{figures}")
        public = Commitment.objects.public().real()
        per_round = Counter(public.order_by().values_list("programme__slug", flat=True))
        rounds = ", ".join(f"{n} in {slug}" for slug, n in sorted(per_round.items(), reverse=True))
        self.say(f"\nIn the record: {sum(per_round.values())} commitments ({rounds}).")


def _words(outcome: Outcome) -> str:
    return outcome.list_name.replace("_", " ")
