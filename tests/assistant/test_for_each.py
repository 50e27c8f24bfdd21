"""So much for each of something: the unit keeps what it is for each of, to the last answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer, Status
from assistant.service import Assistant
from tests.conftest import open_store

REPORT = """2023年度部门整体支出绩效自评报告
单位名称：云岭镇人民政府（虚构）
一、基本情况
2023年全年支出3200.5万元。
二、绩效情况
（一）培训情况。全年举办农技培训12期600人次，培训成本180元/人次，低于200元/人次的标准。
（二）道路养护。养护道路35公里，养护成本1.2万元/公里。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("each")
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    store = open_store(folder / "store")
    read = Assistant(store, today=date(2026, 1, 15))
    read.ingest_files([folder / "report.txt"])
    yield read
    store.close()


def turns(assistant: Assistant, *questions: str) -> list[Answer]:
    conversation = assistant.new_conversation()
    return [conversation.ask(question) for question in questions]


def test_it_is_said_with_what_it_is_for_each_of(assistant: Assistant) -> None:
    (answer,) = turns(assistant, "2023年道路养护成本是多少")
    assert [(f.value, f.unit) for f in answer.figures] == [("1.2", "万元/公里")]
    assert "1.2万元/公里" in answer.answer
    (english,) = turns(assistant, "What was the road maintenance cost in 2023?")
    assert "ten thousand yuan per kilometre" in english.answer


def test_another_unit_of_money_is_for_each_too(assistant: Assistant) -> None:
    _, converted = turns(assistant, "2023年道路养护成本是多少", "换成元")
    assert [(f.value, f.unit) for f in converted.figures] == [("12000", "元/公里")]


def test_it_is_no_part_of_a_sum(assistant: Assistant) -> None:
    (answer,) = turns(assistant, "培训成本占全年支出的比例是多少")
    assert answer.status is Status.NOT_FOUND
