"""The installation: settings, Celery, root addresses and the processes that run it."""

from tracker.celery import app as celery_app

__all__ = ["celery_app"]
