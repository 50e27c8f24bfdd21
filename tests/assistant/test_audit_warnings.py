"""An answer says where the report contradicts the figure that it gives, with both places cited."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answer import Language
from assistant.service import Assistant
from tests.conftest import SAMPLES, open_store

REPORT = """临川县交通运输局2023年度部门整体支出绩效自评报告
一、绩效完成情况
改造农村公路危桥12座。新建客运站3个。
排查入河排污口1246个，完成整治987个，整治率79.8%。
二、存在问题
受汛期影响，改造农村公路危桥10座。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("contradicting")
    (folder / "report.txt").write_text(REPORT, "utf-8")
    store = open_store(folder / "store")
    assistant = Assistant(store, today=date(2026, 1, 15))
    assistant.ingest_files([folder / "report.txt", SAMPLES / "yuancun-2022.txt"])
    yield assistant
    store.close()


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "报告自相矛盾"), ("en", "The report contradicts itself")]
)
def test_a_contradiction_of_the_figure_is_a_warning_with_its_places(
    assistant: Assistant, language: Language, said: str
) -> None:
    answer = assistant.ask("临川县2023年入河排污口整治率是多少", language)
    assert [f.value for f in answer.figures] == ["79.8"]
    (warning,) = answer.warnings
    assert warning.startswith(said)
    assert "79.21%" in warning  # 987 ÷ 1246
    cited = [c.quote for c in answer.citations if f"[{c.id}]" in warning]
    assert any("987个" in quote for quote in cited)
    assert any("1246个" in quote for quote in cited)


def test_other_figures_of_the_report_are_answered_without_it(assistant: Assistant) -> None:
    answer = assistant.ask("临川县2023年新建客运站多少个")
    assert [f.value for f in answer.figures] == ["3"]
    assert answer.warnings == ()


def test_what_the_answer_itself_warns_of_is_not_said_twice(assistant: Assistant) -> None:
    answer = assistant.ask("员村街2022年预算完成率是多少")
    assert sum("98.08" in warning for warning in answer.warnings) == 1
