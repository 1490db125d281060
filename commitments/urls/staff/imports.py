"""Where workbooks are saved from and brought back to."""

from django.urls import URLPattern, path

from commitments.views.staff import imports, workbooks

routes: list[URLPattern] = [
    path("imports/", imports.import_list, name="import-list"),
    path("imports/add/", imports.import_create, name="import-create"),
    path("imports/<int:pk>/", imports.import_detail, name="import-detail"),
    path("imports/<int:pk>/apply/", imports.import_apply, name="import-apply"),
    path("imports/<int:pk>/discard/", imports.import_discard, name="import-discard"),
    path("imports/<int:pk>/errors.<slug:form>", imports.import_errors, name="import-errors"),
    path("programmes/<slug:slug>/plan.xlsx", workbooks.workbook_export, name="workbook-export"),
    path(
        "programmes/<slug:slug>/plan/<slug:name>.csv", workbooks.sheet_export, name="sheet-export"
    ),
    path(
        "programmes/<slug:slug>/template.xlsx",
        workbooks.workbook_template,
        name="workbook-template",
    ),
]
