"""Every public page, by noun."""

from django.urls import URLPattern, path

from commitments.views import files
from commitments.views.public import (
    about,
    briefs,
    calendar,
    changes,
    charts,
    citing,
    commitment_files,
    commitment_list,
    commitments,
    compare,
    corrections,
    embeds,
    findings,
    home,
    indicators,
    instruments,
    method,
    organisations,
    owing,
    programmes,
    record,
    releases,
    search,
    sources,
    wordings,
)

routes: list[URLPattern] = [
    path("", home.home, name="home"),
    path("programmes/", programmes.programme_list, name="programme-list"),
    path("programmes/<slug:slug>/", programmes.programme_detail, name="programme-detail"),
    path(
        "programmes/<slug:programme>/priorities/<slug:slug>/",
        programmes.priority_detail,
        name="priority-detail",
    ),
    path("priorities/", programmes.priority_list, name="priority-list"),
    path("commitments/", commitment_list.commitment_list, name="commitment-list"),
    *(
        path(
            f"commitments.{form}",
            commitment_list.commitment_export,
            {"form": form},
            name="commitment-export",
        )
        for form in ("csv", "xlsx")
    ),
    path("search/", search.search, name="search"),
    path("commitments/<slug:slug>/", commitments.commitment_detail, name="commitment-detail"),
    path("commitments/<slug:slug>/share.png", embeds.commitment_picture, name="commitment-picture"),
    path("commitments/<slug:slug>/wordings/", wordings.wording_compare, name="wording-compare"),
    path(
        "commitments/<slug:slug>/updates/<int:number>/",
        commitments.update_detail,
        name="update-detail",
    ),
    path(
        "commitments/<slug:slug>/cite.<slug:form>",
        commitment_files.commitment_cite,
        name="commitment-cite",
    ),
    path(
        "commitments/<slug:slug>/updates/<int:number>/cite.<slug:form>",
        commitment_files.update_cite,
        name="update-cite",
    ),
    path(
        "commitments/<slug:slug>/history.csv",
        commitment_files.commitment_history,
        name="commitment-history",
    ),
    path("organisations/", organisations.organisation_list, name="organisation-list"),
    path(
        "organisations/<slug:slug>/",
        organisations.organisation_detail,
        name="organisation-detail",
    ),
    path(
        "organisations/<slug:slug>/cite.<slug:form>",
        citing.organisation_cite,
        name="organisation-cite",
    ),
    path("programmes/<slug:slug>/brief/", briefs.programme_brief, name="programme-brief"),
    path(
        "programmes/<slug:slug>/brief.pdf", briefs.programme_brief_pdf, name="programme-brief-pdf"
    ),
    path(
        "programmes/<slug:programme>/priorities/<slug:slug>/brief/",
        briefs.priority_brief,
        name="priority-brief",
    ),
    path(
        "programmes/<slug:programme>/priorities/<slug:slug>/brief.pdf",
        briefs.priority_brief_pdf,
        name="priority-brief-pdf",
    ),
    path("indicators/", indicators.indicator_list, name="indicator-list"),
    path("indicators/<slug:slug>/", indicators.indicator_detail, name="indicator-detail"),
    path("indicators/<slug:slug>/cite.<slug:form>", citing.indicator_cite, name="indicator-cite"),
    path("indicators/<slug:slug>/chart.svg", charts.indicator_svg, name="indicator-svg"),
    path("indicators/<slug:slug>/values.csv", charts.indicator_csv, name="indicator-csv"),
    path(
        "commitments/<slug:slug>/targets/<int:number>/chart.svg",
        charts.target_svg,
        name="target-svg",
    ),
    path(
        "commitments/<slug:slug>/targets/<int:number>/values.csv",
        charts.target_csv,
        name="target-csv",
    ),
    path("instruments/", instruments.instrument_list, name="instrument-list"),
    path("instruments/<slug:slug>/", instruments.instrument_detail, name="instrument-detail"),
    path("sources/", sources.source_list, name="source-list"),
    path("sources/<slug:slug>/", sources.source_detail, name="source-detail"),
    path("sources/<slug:slug>/file/", files.source_file, name="source-file"),
    path("owing/", owing.owing_list, name="owing-list"),
    path("corrections/", corrections.correction_list, name="correction-list"),
    path("about/", about.about, name="about"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("data/", about.data, name="data"),
    path("releases/", releases.release_list, name="release-list"),
    path("gaps/", findings.gap_list, name="gap-list"),
    path("compare/", compare.day_compare, name="day-compare"),
    path("method/", method.method, name="method"),
    path("method/<int:version>/", method.method_version, name="method-version"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("changes/", changes.change_list, name="change-list"),
    path("embed/commitments/<slug:slug>/", embeds.commitment_embed, name="commitment-card"),
    path(
        "embed/commitments/<slug:slug>/badge.svg",
        embeds.commitment_badge,
        name="commitment-badge",
    ),
    path(
        "embed/programmes/<slug:programme>/priorities/<slug:slug>/",
        embeds.priority_embed,
        name="priority-card",
    ),
    path("record/", record.event_list, name="event-list"),
    path("record/<int:sequence>/", record.event_detail, name="event-detail"),
]
