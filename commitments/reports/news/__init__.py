"""The public events as a reader wants them: one entry a deed, in words, the newest first."""

from commitments.reports.news.deeds import News, news
from commitments.reports.news.entries import Entry

__all__ = ["Entry", "News", "news"]
