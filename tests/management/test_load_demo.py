"""The command that makes the demonstration and prints who may try it."""

import pytest
from django.core.management import CommandError, call_command

from commitments.models import Programme

HEAD = ["Name", "E-mail", "Role", "Body", "Password"]


@pytest.fixture(autouse=True)
def demo_mode(settings, tmp_path):
    settings.DEMO, settings.DEMO_PASSWORD, settings.VAR_DIR = True, "", tmp_path


def _said(capsys):
    return capsys.readouterr().out.splitlines()


@pytest.mark.django_db
def test_load_demo_makes_it_once_and_prints_the_log_ins_each_time(capsys, tmp_path):
    call_command("load_demo")
    first = _said(capsys)
    call_command("load_demo")
    second = _said(capsys)
    call_command("load_demo", "--show")
    shown = _said(capsys)

    password = (tmp_path / "demo-password").read_text()
    assert first[0] == "Demonstration made."
    assert second[0] == "The demonstration is there already."
    assert first[1].split() == HEAD
    assert first[1:] == second[1:] == shown
    assert [line.rpartition("  ")[2] for line in shown[1:]] == [password] * 16
    assert {
        line.split("  ")[0]: "senior official" in line for line in shown if "senior" in line
    } == {
        "Khánh (minh họa)": True,
        "Châu (minh họa)": True,
        "Đạt (minh họa)": True,
    }
    assert shown[1].split() == [
        "Ngân", "(minh", "họa)", "officer@example.org",
        "delivery-unit", "officer",
        "Đơn", "vị", "điều", "phối", "minh", "họa", password,
    ]  # fmt: skip


@pytest.mark.django_db
def test_load_demo_takes_the_password_of_the_environment(capsys, settings, tmp_path):
    settings.DEMO_PASSWORD = "given for the test"

    call_command("load_demo")

    assert {line.endswith("  given for the test") for line in _said(capsys)[2:]} == {True}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_load_demo_show_makes_nothing(capsys):
    with pytest.raises(CommandError, match=r"^There is no demonstration yet\."):
        call_command("load_demo", "--show")

    assert not Programme.objects.exists()


@pytest.mark.django_db
def test_load_demo_is_refused_outside_demo_mode(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match=r"^The demonstration is for DEMO=1 only"):
        call_command("load_demo")

    assert not Programme.objects.exists()


def test_load_demo_says_where_the_password_could_not_be_kept(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "file"
    settings.VAR_DIR.write_text("")

    with pytest.raises(CommandError, match=r"^The data directory .*file cannot be used"):
        call_command("load_demo")
