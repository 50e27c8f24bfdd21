"""The judge as a fixture."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer import Answer
from eval.judge import Judgement, judge
from eval.questions import Expectation
from tests.eval.answers import exchange


@pytest.fixture
def verdict() -> Callable[[Expectation, Answer | None], Judgement]:
    return lambda expectation, answer: judge(exchange(expectation, answer))
