"""The health page: 200 while the database can be asked, 503 when not."""

import json
import os
import subprocess
import sys

from tests.house.floors import HOME

ASK = """
import django; django.setup()
from django.test import Client
answer = Client(SERVER_NAME="127.0.0.1").get("/healthz")
print(answer.status_code, answer.content.decode())
"""


def test_health_is_ok(client, db):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": "ok"})
    assert "no-store" in answer["Cache-Control"]


def test_health_is_unavailable_without_the_database(tmp_path):
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "DATABASE_URL": "postgres://test@127.0.0.1:1/test",
        "REDIS_URL": "",
        "SECRET_KEY": "test",
        "VAR_DIR": str(tmp_path),
    }
    asked = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASK],
        cwd=HOME,
        env=env,
        capture_output=True,
        text=True,
    )
    status, _, body = asked.stdout.partition(" ")

    assert (status, json.loads(body)) == (
        "503",
        {"status": "unavailable", "database": "unreachable"},
    )
