"""What the report says of itself."""

from __future__ import annotations

TITLE = "report-assistant, measured"
ABOUT = "Made by one command, `python -m eval report`; each figure is printed by the command that stands below it."
INTERVALS = (
    "A bracket is a 95 % interval: how far another draw of such questions may lie. Shares have the Wilson score "
    "interval; means and shares of things that come several to a question have a percentile bootstrap over questions. "
    "It says nothing of other archives.",
    "Better and worse than the run before means beyond the interval of the difference (Newcombe), or for times beyond "
    "25 %, counts and zeros at once. Times of another machine are not compared.",
    "A part that failed keeps its older figures and says so; a part that was never run says that.",
    "../shared is a folder of real reports and benchmarks that is not part of this repository.",
)
