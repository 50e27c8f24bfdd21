"""Read besides, figures are found by other words; a fragment is left to the ranker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.answer import Status
from assistant.reader import second_look
from assistant.reader.second_look import NAMES, together
from assistant.service import Assistant
from assistant.settings import settings
from tests.conftest import open_store

REPORT = """某县教育局2023年度绩效自评报告

一、部门基本情况
县教育局内设股室9个，年末在编教职工5312人，其中专任教师4786人；退休教职工2145人。

二、重点工作完成情况
资助家庭经济困难学生14285人次。参加课后服务学生46530人，占比90.87%。
"""


@pytest.fixture
def school_office(tmp_path: Path) -> Iterator[Assistant]:
    file = tmp_path / "某县教育局2023.txt"
    file.write_text(REPORT, encoding="utf-8")
    store = open_store(tmp_path / "store")
    assistant = Assistant(store)
    assistant.ingest_files([file])
    yield assistant
    store.close()


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("JIXIAO_READER", "none")
    settings.cache_clear()
    yield
    settings.cache_clear()


FAR = ("吃编制饭的教职员工总数", "5312")


def test_a_question_in_other_words_is_answered(school_office: Assistant) -> None:
    answer = school_office.ask(FAR[0])
    assert [str(f.value) for f in answer.figures] == [FAR[1]]


@pytest.mark.usefixtures("unread")
def test_without_the_reader_it_is_not(school_office: Assistant) -> None:
    assert not school_office.ask(FAR[0]).figures
    assert [str(f.value) for f in school_office.ask("退休教职工多少人").figures] == ["2145"]


def test_what_is_not_there_is_still_refused(school_office: Assistant) -> None:
    for question in ("校车有多少辆", "how many school buses are there?", "食堂有几家"):
        assert school_office.ask(question).status is Status.NOT_FOUND, question


def test_figures_that_were_not_read_have_the_lowest_opinion() -> None:
    seen = np.zeros((4, len(NAMES) - 2))
    null = np.array([1.0, 0.0, 0.0, 1.0, 0.0])
    utilities, _ = together(seen, null, [2, 0], np.array([3.0, -4.0]), english=False)
    assert utilities[2] > utilities[0]
    assert utilities[1] == utilities[3] == utilities[0]


def test_weights_of_other_names_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "weights.json"
    file.write_text('{"figures": {}, "english": {}, "none": {}}', encoding="utf-8")
    monkeypatch.setattr(second_look, "WEIGHTS", file)
    second_look.second_model.cache_clear()
    with pytest.raises(ValueError, match=r"eval\.reader"):
        second_look.second_model()
    second_look.second_model.cache_clear()
