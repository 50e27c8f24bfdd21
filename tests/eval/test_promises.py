"""What the labelled questions promise: most answered right, hardly a figure wrong.

The floors are the product's promises, not today's score; `jixiao eval` prints that.
"""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.service import Assistant
from eval.judge import Outcome, judge
from eval.questions import load_questions
from eval.runner import run


@pytest.mark.parametrize("part", ["real", "samples"])
def test_accuracy_and_wrong_figures(part: str, request: pytest.FixtureRequest) -> None:
    name = "real_assistant" if part == "real" else "sample_assistant"
    assistant: Assistant = request.getfixturevalue(name)
    questions = [q for q in load_questions() if q.reports == part]
    outcomes = Counter(judge(turn).outcome for turn in run(questions, assistant))
    turns = sum(outcomes.values())
    assert turns > 100
    assert outcomes[Outcome.RIGHT] / turns >= 0.9
    assert outcomes[Outcome.WRONG_FIGURE] / turns <= 0.01
