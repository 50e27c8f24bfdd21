"""The network that ships: the same whatever else is read, near in meaning, clear when damaged."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.reader.network import FIGURES, Network
from assistant.reader.put import PutFigure
from assistant.reader.second_look import NAMES, second_model
from assistant.reader.vocabulary import MODEL, Vocabulary
from ingest.errors import JixiaoError


def figure(called: str, clause: str = "", section: str = "一、基本情况") -> PutFigure:
    return PutFigure(called, section, clause or f"{called.split(' ')[0]}【个】")


STAFF = figure("年末在编教职工 实际", "县教育局内设股室#个 年末在编教职工【人】")
SCHOOLS = figure("小学 实际", "其中普通高中#所、初级中学#所、小学【所】")
OVERDUE = figure("退休教职工 实际", "年末在编教职工#人，其中专任教师#人 退休教职工【人】")
HAZARDS = figure("排查整治安全隐患 实际", "全年出动检查人员#人次 排查整治安全隐患【处】")
ALL = (STAFF, SCHOOLS, OVERDUE, HAZARDS)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("教育局吃编制饭的有多少人", STAFF),
        ("How many primary schools are there?", SCHOOLS),
        ("how many former staff draw a pension", OVERDUE),
        ("发现并改好了多少个安全上的毛病", HAZARDS),
    ],
)
def test_far_wordings_find_their_figure(question: str, meant: PutFigure) -> None:
    opinions = dict(zip(ALL, Network().opinions(question, ALL), strict=True))
    assert max(opinions, key=lambda f: opinions[f]) == meant


def test_an_opinion_does_not_depend_on_what_else_is_read() -> None:
    alone = [Network().opinions("小学有几所", [each])[0] for each in ALL]
    network = Network()
    network.opinions("全年花了多少钱", [*reversed(ALL), figure("全年执行数 资金")])
    assert network.opinions("小学有几所", ALL) == alone
    assert network.opinions("小学有几所", tuple(reversed(ALL))) == alone[::-1]


def test_a_long_text_is_read_to_its_length() -> None:
    long = figure("绩效" * 400, "完成情况，" * 400 + "【个】")
    tokens = Vocabulary()
    assert len(tokens.of_figure(long)) <= 80
    assert len(tokens.of_question("多少个" * 300)) <= 70
    assert len(tokens.of_sentence(["多少个" * 300] * 3)[0]) <= 150
    network = Network()
    assert len(network.opinions("多少个" * 300, [long, figure("")])) == 2
    assert network.sentence("多少个" * 300, ["几" * 300]).chance > 0


def test_a_damaged_network_is_named(tmp_path: Path) -> None:
    shutil.copytree(MODEL, tmp_path / "model")
    (tmp_path / "model" / FIGURES).write_bytes(b"cut short")
    with pytest.raises(JixiaoError, match=r"figures\.onnx"):
        Network(tmp_path / "model")


def test_the_weights_of_the_second_look_are_of_its_names() -> None:
    assert second_model().figures[NAMES.index("reader")] > 0  # it speaks for a figure
