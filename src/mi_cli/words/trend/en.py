"""The texts around the way so far in English."""

from typing import Final

from mi_cli.records.terms import Ruler
from mi_cli.words.trend.model import TrendWords

EN: Final = TrendWords(
    language="en",
    rulers={Ruler.IMPORTANCE: "importance", Ruler.CONFIDENCE: "confidence", Ruler.READINESS: "readiness"},
    day="day",
    marks="change : sustain",
    steps_done="steps done",
    about_goal="Goal: {words}",
    unnamed="It was not said what this is about",
    asked=("{{ruler}}: asked at {{n}} of 1 visit", "{{ruler}}: asked at {{n}} of {count} visits"),
    share="share of change talk {day}: {share} %, 95 % interval {low} to {high} %",
    events="Events",
    one_lapse="a lapse, as told",
    lapses="{n} lapses, as told",
    none="Nothing is recorded yet. `mi session start` with the client's code begins an interview.",
    one_of_them="--json, --csv and -o are three ways to show it: give one of them.",
    made="Made for the client: {file}. `mi disclosures list` has it.",
    title="My way so far",
    intro="What I said at each visit, from 0 to 10. A dash means that I was not asked.",
    told="told at this visit",
    outro="These are my own answers. They are not grades, and nobody else gave them.",
    page_of="{page} of {pages}",
)
