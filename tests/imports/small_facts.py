"""A small fact file of Test entries, and how tests change it."""

from datetime import date

from commitments.imports.facts import read_facts

TODAY = date(2026, 6, 1)

SMALL = """\
sources:
  - {id: test-law, title: "Test law", publisher: null, url: "https://example.org/law", published: "2025-12-20", language: vi, excerpt_only: true}
  - {id: test-press, title: "Test report", publisher: Test Press, url: null, published: "2026-03", language: en}

organisations:
  - {slug: test-ministry, name_en: "Test ministry", name_vi: "Bộ Thử nghiệm", kind: ministry, website: null, sources: [test-law]}
  - {slug: test-firm, name_en: "Test firm", name_vi: null, kind: company, website: "https://example.org", sources: [test-press]}

instruments:
  - {slug: test-decree, title_en: "Test decree", title_vi: null, number: "1/TEST", kind: decree, issuer: test-ministry, date: "2026-01-02", effective: null, status: in_force, sources: [test-law]}

priorities:
  - order: 1
    slug: test-priority
    title_en: "Test priority"
    title_vi: "Ưu tiên thử nghiệm"
    summary_en: "Test summary"
    summary_vi: "Tóm tắt thử nghiệm"
    stated_by: government
    sources: [test-law]
    tasks:
      - {slug: test-task, title_en: "Test task", title_vi: "Việc thử nghiệm", assigned_to: test-ministry, due: null, note: "Test note", instruments: [test-decree], sources: [test-law]}

missions:
  - slug: test-mission
    year: 2026
    title_en: "Test mission"
    title_vi: "Nhiệm vụ thử nghiệm"
    organisation: test-firm
    selected_by: null
    stage: accepted
    description_en: "Test description"
    description_vi: "Mô tả thử nghiệm"
    targets:
      - {text: "Test target", text_vi: "Chỉ tiêu thử nghiệm", translated: vi, metric: test_uses, comparator: at_least, value: 100000000000, unit: uses, due: "2026-Q2"}
      - {text: "Test range", text_vi: null, metric: test_share, comparator: range, value: 55, value_max: 60.5, unit: percent, due: "2026"}
    kind: corporate_commitment
    confidence: probable
    stated_by: company
    sources: [test-law, test-press]

mission_acceptances:
  - {organisation: test-firm, year: 2026, confidence: probable, reason: "Test reason", reason_vi: "Lý do thử nghiệm", translated: vi, missions: [test-mission], sources: [test-press]}

indicators:
  - slug: test-revenue
    name_en: "Test revenue"
    name_vi: "Doanh thu thử nghiệm"
    unit: "billion USD"
    points:
      - {year: 2020, value: 124.678, kind: actual, stated_by: government, source: test-law}
      - {date: "2026-01-10", comparator: more_than, value: 35000, kind: estimate, stated_by: press, note: "Test over", source: test-press}

updates:
  - {date: "2026-03-01", subject: test-mission, status_hint: in_progress, stated_by: company, summary_en: "Test progress", summary_vi: "Tiến độ thử nghiệm", sources: [test-press]}
  - {date: "2026-01-05", subject: test-mission, status_hint: announced, stated_by: company, summary_en: "Test announcement", summary_vi: "Công bố thử nghiệm", sources: [test-press]}
  - {date: "2026-03-02", subject: test-decree, status_hint: in_force, stated_by: government, summary_en: "Test effect", summary_vi: "Hiệu lực thử nghiệm", sources: [test-law]}

recognitions:
  - {year: 2025, organisation: test-firm, what: "Test honour", what_vi: "Vinh danh thử nghiệm", translated: vi, mission: test-mission, stated_by: press, sources: [test-press]}

contradictions:
  - {topic: "Test topic", topic_vi: "Chủ đề thử nghiệm", text: "Test sources disagree.", text_vi: "Các nguồn thử nghiệm không khớp.", translated: vi, sources: [test-law, test-press]}

gaps:
  - {text: "Test gap", text_vi: "Khoảng trống thử nghiệm", translated: vi}
"""


def changed(*replacements, text=SMALL):
    """The small file with each (old, new) put in place once."""
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def written(tmp_path, *replacements):
    """The path of the small file, changed, in a directory of the test."""
    path = tmp_path / "facts.yaml"
    path.write_text(changed(*replacements), encoding="utf-8")
    return path


def read(tmp_path, *replacements):
    return read_facts(written(tmp_path, *replacements), today=TODAY)
