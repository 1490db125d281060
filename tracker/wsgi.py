"""The door through which a web server reaches the product."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")


def start_watch() -> None:
    """Have every process that serves pages watch over the beat, whatever server started it.

    Only who serves comes by here: jobs and commands do not, and tests watch nobody.
    """
    from commitments.views import watch  # needs the applications, which are there by now

    if not settings.TESTING:
        watch.start()


application = get_wsgi_application()
start_watch()
