"""Every address of the product, by noun."""

from django.urls import URLPattern, URLResolver

without_language: list[URLPattern | URLResolver] = []
pages: list[URLPattern | URLResolver] = []
