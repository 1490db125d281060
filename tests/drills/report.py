"""The table at the end of a drill."""


def table(given, verdict, faults, seconds):
    """Markdown, as it stands in docs/reminders-drill.md."""
    restarts = [name for name in faults if name != "kill"]
    lines = [
        ("people, each owed one mail", given.people),
        ("mails sent", verdict.sent),
        ("mails dead: the server refuses the address for good", verdict.dead),
        ("tries", verdict.tries),
        ("refused for a while", verdict.refusals),
        ("hung", verdict.hangs),
        ("workers killed with SIGKILL", faults.count("kill")),
        ("Redis restarted", restarts.count("redis")),
        ("PostgreSQL restarted", restarts.count("postgresql")),
        ("doubles inside the documented gap", len(verdict.doubles) - len(verdict.outside_the_gap)),
        ("doubles outside the gap", len(verdict.outside_the_gap)),
        ("people with two different mails", len(verdict.twice)),
        ("mails that no row knows", len(verdict.foreign)),
        ("lost", len(verdict.lost)),
        ("seconds", round(seconds)),
    ]
    width = max(len(name) for name, _value in lines)
    rows = [f"| {name:{width}} | {value:>6} |" for name, value in lines]
    head = [f"| {'What':{width}} | {'Number':>6} |", f"|{'-' * (width + 2)}|-------:|"]
    return "\n".join(["", *head, *rows, *named(verdict), ""])


def named(verdict):
    """The Message-IDs behind the numbers."""
    found = []
    if verdict.doubles:
        found += ["", "Doubles, by Message-ID and number of copies:", ""]
        found += [f"* `{key}` {count}" for key, count in verdict.doubles.items()]
    for what in ("outside_the_gap", "twice", "foreign", "lost"):
        if getattr(verdict, what):
            found += ["", f"{what.replace('_', ' ').capitalize()}: {getattr(verdict, what)[:20]}"]
    return found
