"""What is asked for by the very name of a figure counts for more than what is called alike."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.conversation import State
from assistant.finder import _by_very_name
from assistant.plan import Lookup
from assistant.weighing import weighing
from tests.assistant.asking import over_text

# Invented.
TEXT = """青禾街道2022年度部门整体支出绩效自评报告
二、主要绩效
疫情防控期间社区下沉党员520人次，机关社区下沉党员310人次。
"""


def test_only_the_figure_called_just_so_is_raised(tmp_path_factory: pytest.TempPathFactory) -> None:
    for assistant in over_text("青禾2022.txt", TEXT, tmp_path_factory):
        reports = assistant.reports()
        plan = assistant.planner.plan("机关社区下沉党员", reports, State()).plan
        assert isinstance(plan, Lookup)
        weighed = weighing(assistant.store, plan.operands[0], [r.id for r in reports])
        assert weighed is not None
        raised = _by_very_name(np.zeros(len(weighed.located)), weighed, plan.operands[0])
        named = [x.figure.text for x, u in zip(weighed.located, raised, strict=True) if u > 0]
        assert named == ["310"]
