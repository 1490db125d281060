"""The beat's schedule names jobs that exist, and every job has a queue."""

from tracker.celery import app

app.loader.import_default_modules()
OURS = {name for name in app.tasks if name.startswith("commitments.")}


def queue_of(name):
    return app.amqp.router.route({}, name)["queue"].name


def test_schedule_names_jobs_that_exist():
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert scheduled - OURS == set()


def test_schedule_drops_what_waits_past_its_successor():
    """Every job asks what is owed by now: a queue of old ones would only repeat the newest."""
    late = {
        name: entry["options"]["expires"]
        for name, entry in app.conf.beat_schedule.items()
        if entry["schedule"] == 60.0
    }

    assert set(late.values()) == {55}


def test_jobs_that_send_do_not_wait_behind_those_that_plan():
    queues = {name.removeprefix("commitments.tasks."): queue_of(name) for name in sorted(OURS)}

    assert {queue for name, queue in queues.items() if name.startswith("send_")} == {"mail"}
    assert {queue for name, queue in queues.items() if not name.startswith("send_")} == {"planning"}


def test_jobs_survive_a_worker_and_end_in_time():
    kept = {
        name: getattr(app.conf, name)
        for name in (
            "task_acks_late",
            "task_time_limit",
            "task_soft_time_limit",
            "task_ignore_result",
        )
    }

    assert kept == {
        "task_acks_late": True,
        "task_time_limit": 300,
        "task_soft_time_limit": 240,
        "task_ignore_result": True,
    }
