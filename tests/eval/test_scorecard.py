"""The scorecard in its three forms."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from html.parser import HTMLParser

from rich.console import Console

from eval.metrics import evaluate
from eval.scorecard import Scorecard, print_scorecard
from eval.written import write_scorecard
from tests.eval.answers import answered, citation, exchange, expected, expecting, figure

HOSTILE = "<script>alert('x')</script><img src=x onerror=y>\"'&[bold]"


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = set()
        self.attributes = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def hostile_card():
    answer = answered(
        replace(figure("1"), label=HOSTILE, unit=HOSTILE, department=HOSTILE),
        text=HOSTILE,
        warnings=(HOSTILE,),
    )
    answer = replace(
        answer,
        citations=(replace(citation(HOSTILE), file=HOSTILE, section=HOSTILE),),
    )
    wanted = expecting(expected("2", HOSTILE), quotes=(HOSTILE,), texts=(HOSTILE,))
    failed = replace(exchange(wanted, None, question=HOSTILE), error=HOSTILE)
    return Scorecard(
        evaluate([exchange(wanted, answer, category=HOSTILE, question=HOSTILE), failed]),
        notes=(HOSTILE,),
    )


def test_hostile_text_is_escaped(tmp_path):
    _, page, _ = write_scorecard(hostile_card(), tmp_path)
    text = page.read_text("utf-8")
    parser = Tags()
    parser.feed(text)
    assert "<script>" not in text
    assert not parser.tags & {"script", "img", "iframe", "link", "a"}
    assert not {name for name in parser.attributes if name.startswith("on")}
    assert "&lt;script&gt;" in text


def test_the_page_needs_nothing_else(tmp_path):
    _, page, _ = write_scorecard(Scorecard(evaluate([])), tmp_path)
    text = page.read_text("utf-8")
    assert "http:" not in text
    assert "https:" not in text
    assert "src=" not in text
    assert "Misses (0)" in text


def test_a_miss_shows_question_expectation_answer_and_citation(tmp_path):
    wanted = expecting(expected("2100.52"))
    answer = answered(figure("900", "份"), text="备案900份[1]")
    _, page, _ = write_scorecard(Scorecard(evaluate([exchange(wanted, answer)])), tmp_path)
    text = page.read_text("utf-8")
    for part in ("收了多少税？", "2100.52万元 (2022)", "备案900份[1]", "房屋租赁合同登记备案900份"):
        assert part in text


def test_the_json_has_every_turn(tmp_path):
    data, *_ = write_scorecard(hostile_card(), tmp_path)
    scores = json.loads(data.read_text("utf-8"))
    assert scores["overall"]["turns"] == 2
    assert [turn["outcome"] for turn in scores["turns"]] == ["wrong_figure", "failed"]
    assert scores["overall"]["wrong_figure_rate"] == {"rate": 0.5, "good": 1, "total": 2}


def test_the_terminal_prints_hostile_text_as_it_is():
    stream = io.StringIO()
    print_scorecard(hostile_card(), Console(file=stream, width=400))
    assert HOSTILE in stream.getvalue()
