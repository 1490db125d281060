"""Reads the source as a tree and names what breaks the floors of the style page."""

import ast
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
HOUSE = HOME / "commitments"

FLOORS = {
    "errors": 0,
    "models": 1,
    "text": 2,
    "rules": 2.5,  # one floor, but a rule may read words and numbers by way of text
    "emails": 3,
    "reports": 3,
    "charts": 3,
    "feeds": 3,
    "sheets": 3,
    "prints": 3,
    "services": 4,
    "gateways": 4,
    "forms": 5,
    "filters": 5,
    "imports": 5,
    "views": 6,
    "api": 6,
    "tasks": 6,
    "management": 6,
    "admin": 6,
    "middleware": 6,
    "templatetags": 6,
    "urls": 7,
}
PORCH = {"apps", "migrations", "__init__"}
"""What Django itself asks for; it belongs to no floor."""

CLOCKS = {
    "timezone.now", "timezone.localdate()", "timezone.localtime()", "localdate()", "localtime()",
    "date.today", "dt.date.today", "datetime.date.today",
    "datetime.now", "dt.datetime.now", "datetime.datetime.now", "datetime.utcnow", "time.time",
}  # fmt: skip
"""Calls that read the clock; those with brackets only where nothing is handed to them."""
WRITES = {
    "save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete",
    "asave", "acreate", "adelete", "aupdate",
}  # fmt: skip
QUERIES = {"objects", "filter", "exclude", "all", "select_for_update"}
SENDS = {"send", "send_mail", "send_messages", "send_mass_mail"}


def room_of(path: Path) -> str:
    """The room of a module: the first part of its path inside the house, without `.py`."""
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def modules() -> list[Path]:
    return [
        path
        for path in sorted(HOUSE.rglob("*.py"))
        if room_of(path) not in PORCH and "migrations" not in path.parts
    ]


def imports(tree: ast.AST, package: str = "") -> list[str]:
    """All modules imported, in full; those for type checkers only are no dependency."""
    found = []
    for node in walk_without_typing(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                module = ".".join([*above, *filter(None, [node.module])])
            else:
                module = node.module
            found += [f"{module}.{alias.name}" for alias in node.names]
    return found


def walk_without_typing(tree: ast.AST):
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from walk_without_typing(child)


def calls(tree: ast.AST) -> list[str]:
    """All calls as they are written, without their arguments: `Row.objects.filter().update`."""
    return [dotted(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]


def clock_reads(tree: ast.AST) -> list[str]:
    return [
        called
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for called in [dotted(node.func)]
        if called in CLOCKS or (f"{called}()" in CLOCKS and not node.args)
    ]


def dotted(node: ast.expr) -> str:
    match node:
        case ast.Attribute():
            return f"{dotted(node.value)}.{node.attr}"
        case ast.Name():
            return node.id
        case ast.Call():
            return f"{dotted(node.func)}()"
    return "…"


def writes(call: str) -> bool:
    """Whether a call changes rows: a dictionary's `update`, a file's `write` and a picture's `save`
    into memory do not."""
    *receiver, verb = call.replace("()", "").split(".")
    if {"cache", "session", "image"} & {*receiver}:
        return False
    return bool(receiver) and (verb in WRITES or (verb == "update" and bool(QUERIES & {*receiver})))


def breaches(room: str, tree: ast.AST, package: str = "") -> list[str]:
    """What a module of a room does that its floor never does, in words."""
    floor = FLOORS[room]
    made = calls(tree)
    return [
        *(f"imports {name}" for name in imports(tree, package) if not may_import(room, name)),
        *(f"reads the clock: {call}" for call in clock_reads(tree) if floor < 6),
        *(f"writes: {call}" for call in made if floor in (2, 2.5, 3, 5, 6) and writes(call)),
        *(f"sends: {call}" for call in made if floor == 3 and call.split(".")[-1] in SENDS),
        *(
            f"queues: {call}"
            for call in made
            if floor < 6 and call.endswith((".delay", ".apply_async"))
        ),
        *special(room, tree),
    ]


def may_import(room: str, name: str) -> bool:
    """Whether a room may import a module: of ours, only its own and those of floors below."""
    top, *rest = name.split(".")
    if top == "tracker":
        return room == "management"
    if top != "commitments":
        outside = ("django.http", "django.forms", "rest_framework")
        return FLOORS[room] not in (0, 1, 2, 2.5, 4) or not name.startswith(outside)
    if not rest:
        return False
    return rest[0] == room or FLOORS.get(rest[0], 9) < FLOORS[room]


def special(room: str, tree: ast.AST) -> list[str]:
    """What only one room is forbidden."""
    found = []
    for node in ast.walk(tree):
        if room == "models" and isinstance(node, ast.ClassDef):
            found += [
                f"overrides {node.name}.{part.name}"
                for part in node.body
                if isinstance(part, ast.FunctionDef) and part.name in {"save", "delete"}
            ]
        if room == "urls" and isinstance(node, ast.FunctionDef | ast.If | ast.For):
            found.append(f"holds logic in line {node.lineno}")
    if room in {"models", "services", "rules"}:
        signals = ("django.db.models.signals", "django.dispatch")
        found += [f"uses signals: {name}" for name in imports(tree) if name.startswith(signals)]
    return found


def long_functions(tree: ast.AST, most: int = 40) -> list[str]:
    return [
        f"{node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > most
    ]
