"""Sources that updates rest on: marked as faulty, and as mended."""

from django.urls import URLPattern, path

from commitments.views.staff import source_faults

routes: list[URLPattern] = [
    path(
        "sources/<int:pk>/faults/add/",
        source_faults.source_fault_create,
        name="source-fault-create",
    ),
    path(
        "source-faults/<int:pk>/resolve/",
        source_faults.source_fault_resolve,
        name="source-fault-resolve",
    ),
]
