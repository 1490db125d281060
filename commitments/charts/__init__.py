"""Charts: dated values drawn as pictures with the words and the table that say the same.

`target_chart` sets what was reported against what was promised; `indicator_chart` shows every
published value of a national figure; `spark` is the latter in the size of a word. A page shows
one with `{% include "components/chart.html" with chart=chart %}`.
"""

from commitments.charts.alone import alone
from commitments.charts.bars import bars
from commitments.charts.chart import Chart
from commitments.charts.kinds import indicator_chart, target_chart
from commitments.charts.readings import Kind, Reading
from commitments.charts.sparks import spark

__all__ = ["Chart", "Kind", "Reading", "alone", "bars", "indicator_chart", "spark", "target_chart"]
