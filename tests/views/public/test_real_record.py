"""What the pages say of the real record, word for word, on the day after its newest entry."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from tests.views.public.reading import sections


@pytest.fixture(autouse=True)
def monday():
    """Here it is Thursday 2 July 2026."""
    with time_machine.travel(datetime(2026, 7, 2, 2, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def read(client, facts):
    def _read(path):
        return sections(client.get(f"/en/{path}"))

    return _read


def test_home_answers_the_three_questions(read):
    home = read("")

    assert list(home) == [
        "What was promised, and what has become of it",
        "How is it going?",
        "Who is late?",
        "What changed?",
        "Priorities",
        "Who owes an update",
        "Next dates",
        "Who accepted missions",
        "Indicators",
        "About this record",
    ]
    assert home["How is it going?"] == (
        "24 commitments 18 no stage stated 6 in progress"
        " 7 national missions 6 corporate pledges 11 tasks 24 Not asked to report"
        " Programme 2026 (7th national forum) · As of 2 July 2026"
    )
    assert home["Who is late?"] == (
        "Nobody. No open commitment is past its due date. No body has been asked to report here yet,"
        " so no update is owed, and none is shown as late."
        " Due next: 31 December 2026 5G network expansion in 2026"
        " 31 December 2026 VNPT 5G population coverage in 2026"
        " All commitments, worst first · Who owes an update"
    )
    assert home["What changed?"].startswith(
        "1 July 2026 · Record note loaded Resolution on breakthroughs in science"
    )
    assert home["Who owes an update"].startswith("Nobody, because nobody has been asked.")


def test_home_counts_the_tasks_of_the_four_priorities(read):
    assert read("")["Priorities"] == (
        "Only the tasks under each are counted here"
        " Priority 1 Complete the legal and policy framework"
        " 4 tasks 1 no stage stated 3 in progress"
        " Priority 2 Expand the domestic market and put Vietnamese products first in public"
        " procurement 4 tasks 3 no stage stated 1 in progress"
        " Priority 3 Develop enterprises that master core technologies and lead markets"
        " 1 task 1 in progress"
        " Priority 4 Attract, retain and train high-quality talent 2 tasks 2 no stage stated"
    )


def test_home_shows_eight_firms_and_names_six(read):
    named, _heading, apart = read("")["Who accepted missions"].partition(
        "Named beside them, unverified"
    )

    assert named.startswith(
        "Sources speak of 8 firms that accepted missions. They confirm 3, make 3 probable, and"
        " leave 2 without a name. CMC Technology Group Confirmed"
    )
    assert (named.count("Confirmed "), named.count("Probable ")) == (3, 3)
    assert named.endswith(
        "Place 7 Not named by any source found Place 8 Not named by any source found "
    )
    assert ("MISA" in named, "VTV" in named) == (False, False)
    assert apart == (
        " No source says that these bodies accepted a mission. They fill none of the places above."
        " MISA JSC Unverified One of the seven organisations honoured for 2025; no source says it"
        " accepted a mission for 2026 Vietnam Television (VTV) Unverified Spoke at the forum with"
        " an aim for VTVgo; it is a broadcaster and no source says it accepted a mission"
    )


def test_a_programme_counts_missions_and_pledges_per_organisation(read):
    assert read("programmes/2026/")["Missions and pledges"] == (
        "Counted for the organisation that leads Leading organisation Programme 2026"
        " FPT Corporation 3 corporate pledges"
        " 1Matrix JSC 2 national missions"
        " Viettel (Military Industry and Telecoms Group) 1 national mission 1 corporate pledge"
        " VNPT (Vietnam Posts and Telecommunications Group)"
        " 1 national mission 1 corporate pledge"
        " CMC Technology Group 1 national mission"
        " Ministry of Science and Technology (MOST) 1 national mission"
        " Sovico Group 1 national mission"
        " Vietnam Television (VTV) 1 corporate pledge"
    )


def test_a_task_says_how_far_its_decree_came_and_who_says_so(read):
    page = read("commitments/ai-sandbox-decree/")

    assert page["What was promised"] == (
        "Draft a Government decree on AI regulatory sandboxes"
        " Summary by the editors; the promised text was not found"
    )
    assert page["Where it stands"] == (
        "As of 2 July 2026 Stage What has happened? In progress As of 30 April 2026, according to the press;"
        " counted on import, not reviewed here. The step named last is “issued”. Whether that"
        " completes the commitment is for the delivery unit to decide."
        " Forecast Will the present date and target be met? No forecast given"
        " No forecast is asked for, because neither a due date nor a target was published."
        " Reporting Do we know? Not asked to report"
        " No reporting duty was given for it, so no update is owed."
        " Verification How do we know? Evidence given"
        " Evidence is attached to the statement; it was not yet confirmed."
        " An imported statement is never counted as confirmed."
        " Outcome What came of it, at the end of the year? Not assessed yet"
        " No outcome has been assessed for this commitment."
        " What these words mean: the method, version 1"
    )
    assert page["Plan"] == (
        "Original due date not published Present due date not published Targets"
        " No target and no figure were published, so there is nothing to measure against."
    )


def test_a_pledge_shows_its_figure_and_its_honour_apart(read):
    page = read("commitments/viettel-5g-network-2025/")

    assert page["Plan"] == (
        "Original due date 31 December 2025 Present due date 31 December 2025, unchanged"
        " Targets At least 20,000 5G base stations in operation"
        " Promised at least 20,000 stations By 31 December 2025 Reported"
        " none entered for this target; what was said stands below Report an error: target 1"
    )
    assert page["Period by period"].startswith("Not asked No body has been asked to report")
    assert page["Recognitions"] == (
        "Being honoured is not the same as having fulfilled. 2025: MOST letter 7868/BKHCN-CVT of"
        " 22 Dec 2025: 5G deployment commitment completed (22,758 stations against 20,000),"
        " nearly three weeks early Said by the government Viet Nam News"
    )


def test_a_mission_whose_name_was_not_found_says_what_is_known(read):
    page = read("commitments/viettel-national-mission-2026/")

    assert page["Who takes part"] == (
        "Lead Viettel (Military Industry and Telecoms Group) Accepted Probable"
        " Sources: CafeF, Viet Nam News (VNS)"
    )
    assert re.sub(r"event \d+", "event", page["History"]) == (
        "Newest first Nothing has been reported in the sources found"
        " 30 December 2025 Taken into the record from public sources By the editors · event"
        " · Entered in this record on 1 July 2026."
    )


def test_an_indicator_shows_where_sources_disagree(read):
    page = read("indicators/digital-technology-industry-revenue/")

    assert page["Published values"].partition("2024 151.86")[2].partition(" 2021 ")[0] == (
        " Estimate The government Doanh thu ngành công nghiệp công nghệ số Việt Nam đạt hơn 151"
        " tỷ USD 2024 149.3 Target The government"
        " Doanh thu công nghệ thông tin đạt hơn 149,3 tỷ USD năm 2024"
        " The sources disagree on 2023: 2 different values were published"
        " 2023 142 Estimate The government"
        " Giá trị xuất khẩu phần cứng, điện tử tăng gần 22% trong 2 tháng đầu năm"
        " 2023 137 Actual The government"
        " Doanh thu ngành công nghiệp công nghệ số Việt Nam đạt hơn 151 tỷ USD"
    )
    assert page["Contradictions"].startswith(
        "They rest on the same sources ICT revenue 2023 and growth to 2025 2023 is given as 142"
    )


def test_lists_hold_all_that_was_loaded(client, facts):
    counts = {}
    for path in ("sources", "organisations", "instruments", "indicators", "commitments"):
        counts[path] = client.get(f"/en/{path}/").context["page"].paginator.count
    gaps = client.get("/en/gaps/").context

    assert counts == {
        "sources": 94,
        "organisations": 19,
        "instruments": 21,
        "indicators": 33,
        "commitments": 33,
    }
    assert (len(gaps["contradictions"]), len(gaps["gaps"])) == (13, 16)
