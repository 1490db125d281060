"""The container files: they parse, and what they start takes the options it is given."""

import json
import os
import re
import subprocess
import sys

import pytest
import yaml

from commitments.management.commands import up
from tests.house.floors import HOME
from tests.house.test_repository import settings_read
from tracker.celery import app

COMPOSE = yaml.safe_load((HOME / "docker/compose.yaml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILE = (HOME / "docker/Dockerfile").read_text().replace("\\\n", " ")
WEB = json.loads(re.search(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE).group(1))


def takes(command):
    """Whether a program takes the options: with --help added it parses them and does no more."""
    asked = subprocess.run(
        [sys.executable, "-m", *command, "--help"],
        cwd=HOME,
        env={**os.environ, "SECRET_KEY": "tests only"},  # asked for where a database is named
        capture_output=True,
        text=True,
    )
    return asked.returncode == 0


def test_compose_starts_what_an_installation_needs():
    assert {name: service["image"] for name, service in SERVICES.items()} == {
        "migrate": "cam-ket",
        "web": "cam-ket",
        "worker": "cam-ket",
        "hooks": "cam-ket",
        "beat": "cam-ket",
        "postgres": "postgres:17",
        "redis": "redis:7",
    }


def test_compose_waits_for_the_migration_and_the_servers():
    waits = {
        name: {other: wait["condition"] for other, wait in service.get("depends_on", {}).items()}
        for name, service in SERVICES.items()
    }
    after = {"migrate": "service_completed_successfully", "redis": "service_healthy"}

    assert waits == {
        "migrate": {"postgres": "service_healthy"},
        "web": after,
        "worker": after,
        "hooks": after,
        "beat": after,
        "postgres": {},
        "redis": {},
    }


def test_compose_gives_only_settings_that_exist():
    given = {name for role in ("migrate", "web") for name in SERVICES[role]["environment"]}

    assert given - settings_read() == set()


def test_compose_migrates_by_a_command_that_exists():
    assert SERVICES["migrate"]["command"] == ["python", "manage.py", "migrate", "--no-input"]


def test_compose_workers_listen_to_every_queue_once():
    commands = [SERVICES[role]["command"] for role in ("worker", "hooks")]
    queues = [
        queue for command in commands for queue in command[command.index("--queues") + 1].split(",")
    ]

    assert sorted(queues) == sorted(
        {
            app.conf.task_default_queue,
            *(route["queue"] for route in app.conf.task_routes.values()),
        }
    )


@pytest.mark.parametrize("role", ["worker", "hooks", "beat"])
def test_compose_starts_celery_as_make_run_does(role):
    options = [part for part in up.commands(8000)[role][2:] if part != "--skip-checks"]

    assert SERVICES[role]["command"] == options


@pytest.mark.parametrize(
    "command", [WEB, *(SERVICES[role]["command"] for role in ("worker", "hooks", "beat"))]
)
def test_commands_take_their_options(command):
    assert takes(command) is True


@pytest.mark.parametrize("command", [["granian", "--no-such"], ["celery", "worker", "--no-such"]])
def test_commands_refuse_other_options(command):
    assert takes(command) is False


def test_dockerfile_copies_files_that_exist():
    sources = [
        source
        for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
        for source in line.split()[:-1]
    ]
    let_in = (HOME / "docker/Dockerfile.dockerignore").read_text().split()

    assert [source for source in sources if not (HOME / source).exists()] == []
    assert sorted(sources) == sorted(line[1:] for line in let_in if line.startswith("!"))


def test_dockerfile_does_not_run_as_root():
    assert re.findall(r"^USER (\w+)$", DOCKERFILE, re.MULTILINE) == ["camket"]
