"""The files we hand on: nothing of one machine in them, every setting explained, pins that agree."""

import re
import subprocess
import tomllib

import pytest
from django.contrib.staticfiles import finders

from tests.house.floors import HOME

LOCKS = ["requirements/base.txt", "requirements/pdf.txt", "requirements/dev.txt"]
# Folders of one person's machine; what a container or Debian has (/usr, /app, /tmp) is everybody's.
MACHINE = re.compile(r"(?<![\w.:/~*-])/(?:home|root|Users|private|mnt|media|work)/[\w.]")
INDEX_HOSTS = re.compile(
    r"(?:pypi|npmjs|pythonhosted|debian)\.(?:org|com)/(?:simple|packages|debian)"
    r"|registry\.[\w.-]+\.\w+|(?:^|\W)--(?:extra-)?index-url|--find-links|\"resolved\":",
    re.MULTILINE,
)
SETTING = re.compile(r"""env\.\w+\(\s*"([A-Z_]+)"|"([A-Z_]+)" in env""")


def tracked_texts():
    """Every text file under version control, by its path."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=HOME, capture_output=True, check=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        path = HOME / name
        if path.is_file() and b"\0" not in (raw := path.read_bytes())[:8000]:
            yield name, raw.decode()


def hits(pattern):
    """Where a pattern stands in our files; this one has to name what it looks for."""
    return [
        f"{name}: {found.group().strip()}"
        for name, text in tracked_texts()
        if name != "tests/house/test_repository.py"
        for found in pattern.finditer(text)
    ]


def settings_read():
    source = (HOME / "tracker/settings.py").read_text()
    return {first or second for first, second in SETTING.findall(source)}


def settings_of_compose():
    source = (HOME / "docker/compose.yaml").read_text()
    return set(re.findall(r"\$\{([A-Z_]+)", source))


def pins(path):
    return dict(re.findall(r"^([\w.-]+)==(\S+)", (HOME / path).read_text(), re.MULTILINE))


def test_repository_names_no_path_of_a_machine():
    assert hits(MACHINE) == []


def test_repository_names_no_package_index():
    assert hits(INDEX_HOSTS) == []


@pytest.mark.parametrize("path", LOCKS)
def test_lock_names_no_address_and_pins_by_hash(path):
    text = (HOME / path).read_text()
    unhashed = [
        line for line in text.splitlines() if "==" in line and not line.startswith("#")
        if not line.endswith("\\")
    ]  # fmt: skip

    assert ("://" in text, unhashed) == (False, [])


@pytest.mark.parametrize(
    ("less", "more"), [("base", "pdf"), ("pdf", "dev")], ids=["base-pdf", "pdf-dev"]
)
def test_lock_holds_every_pin_of_the_lesser(less, more):
    few, many = pins(f"requirements/{less}.txt"), pins(f"requirements/{more}.txt")

    assert {name: many.get(name) for name in few} == few


def test_lock_holds_every_dependency_named():
    project = tomllib.loads((HOME / "pyproject.toml").read_text())["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["embedded"]]
    names = {re.match(r"[\w.-]+", line).group().lower() for line in named}

    assert names - pins("requirements/base.txt").keys() == set()


def test_settings_are_all_in_the_example():
    example = (HOME / ".env.example").read_text()
    listed = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))

    assert listed == settings_read() | settings_of_compose()


def test_settings_in_the_example_are_empty():
    """A copy of it changes nothing until somebody fills it in."""
    example = (HOME / ".env.example").read_text()

    assert re.findall(r"^[A-Z_]+=(.+)$", example, re.MULTILINE) == []


def test_settings_are_all_in_the_readme():
    readme = (HOME / "README.md").read_text()

    assert {name for name in settings_read() if f"`{name}`" not in readme} == set()


def test_templates_name_static_files_that_exist():
    """Where the files are named by their content, a missing one is a broken page."""
    named = {
        (template.relative_to(HOME).as_posix(), path)
        for template in sorted((HOME / "templates").rglob("*.html"))
        for path in re.findall(r"""{% static ["']([^"'{]+)["']""", template.read_text())
    }

    assert {(template, path) for template, path in named if finders.find(path) is None} == set()


def test_licence_is_the_whole_agpl():
    text = (HOME / "LICENSE").read_text()

    assert text.split("\n")[0].strip() == "GNU AFFERO GENERAL PUBLIC LICENSE"
    assert "13. Remote Network Interaction" in text
    assert text.rstrip().endswith("<https://www.gnu.org/licenses/>.")


@pytest.mark.parametrize(
    ("pattern", "text", "seen"),
    [
        (MACHINE, "cd /home/ann/project", True),
        (MACHINE, 'path = "/ro' + 'ot/.cache"', True),
        (MACHINE, "see https://example.org/home/page", False),
        (MACHINE, "href=/vi/work/", False),
        (MACHINE, "../root/x", False),
        (INDEX_HOSTS, "--index-url https://example.org", True),
        (INDEX_HOSTS, "https://pypi.org/simple/django", True),
        (INDEX_HOSTS, "--extra-index-url x", True),
        (INDEX_HOSTS, "the index of instruments", False),
    ],
)
def test_patterns_see_what_they_look_for(pattern, text, seen):
    assert bool(pattern.search(text)) is seen
