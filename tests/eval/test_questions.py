"""Question files: what is refused, and that the ones that ship hold."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from assistant.answer import Status
from eval.judge import describe
from eval.quantities import squeeze, states
from eval.questions import QUESTIONS, QuestionFileError, load_questions

PROJECT = Path(__file__).resolve().parents[2]
SAMPLES = PROJECT / "samples"
REAL = Path(os.environ.get("JIXIAO_REAL_REPORTS", PROJECT.parent / "shared" / "reports"))

GOOD = {
    "id": "a",
    "category": "task",
    "language": "zh",
    "reports": "samples",
    "turns": ["多少？"],
    "expect": [{"status": "answered", "figures": [{"value": "1", "unit": "万元", "year": 2022}]}],
}


def write(tmp_path: Path, *items: object) -> Path:
    path = tmp_path / "q.jsonl"
    path.write_text("\n".join(json.dumps(item, ensure_ascii=False) for item in items), "utf-8")
    return path


def test_a_line_is_read(tmp_path):
    [conversation] = load_questions(write(tmp_path, GOOD))
    assert conversation.turns[0].expect.statuses == (Status.ANSWERED,)
    assert conversation.turns[0].expect.figures[0].year == 2022


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"language": "fr"}, "'language' must be one of zh, en"),
        ({"turns": []}, "'turns' has no question"),
        ({"turns": ["a", "b"]}, "2 turns but 1 entries"),
        ({"surprise": 1}, "unknown keys: surprise"),
        ({"expect": [{"status": "perhaps"}]}, "'status' must be one of"),
        ({"expect": [{}]}, "'status' must be one of"),
        ({"expect": [{"status": "answered"}]}, "expects no figure, no quote"),
        ({"expect": [{"status": "not_found", "quote_contains": ["x"]}]}, "not to be answered"),
        ({"expect": [{"status": "answered", "figures": [{"value": 1.5}]}]}, "quotation marks"),
        ({"expect": [{"status": "answered", "figures": [{"value": "x"}]}]}, "not a decimal"),
        ({"expect": [{"status": "answered", "figures": [{"value": "NaN"}]}]}, "not a decimal"),
        ({"id": " "}, "'id' must be a non-empty text"),
    ],
)
def test_a_bad_line_is_named(tmp_path, change, problem):
    path = write(tmp_path, GOOD, {**GOOD, "id": "b", **change})
    with pytest.raises(QuestionFileError, match=r"q\.jsonl, line 2: ") as caught:
        load_questions(path)
    assert problem in str(caught.value)
    assert caught.value.line == 2


def test_not_json(tmp_path):
    path = tmp_path / "q.jsonl"
    path.write_text("{", "utf-8")
    with pytest.raises(QuestionFileError, match="line 1: not a JSON object"):
        load_questions(path)


def test_not_utf8(tmp_path):
    path = tmp_path / "q.jsonl"
    path.write_bytes("多少".encode("gb18030"))
    with pytest.raises(QuestionFileError, match="cannot be read as UTF-8"):
        load_questions(path)


def test_an_id_is_used_once(tmp_path):
    with pytest.raises(
        QuestionFileError, match=r"line 2: id 'a' is already used in q\.jsonl, line 1"
    ):
        load_questions(write(tmp_path, GOOD, GOOD))


def test_nothing_there(tmp_path):
    with pytest.raises(QuestionFileError, match="no such file"):
        load_questions(tmp_path / "none.jsonl")
    with pytest.raises(QuestionFileError, match=r"no file of questions .\.jsonl"):
        load_questions(tmp_path)


def test_the_set_that_ships_is_large_and_balanced():
    conversations = load_questions()
    languages = Counter(c.language for c in conversations)
    assert len(conversations) >= 200
    assert min(languages.values()) >= 0.4 * len(conversations)
    for reports in ("samples", "real"):
        part = [c for c in conversations if c.reports == reports]
        assert len(part) >= 100
        refusals = [c for c in part if c.turns[0].expect.statuses[0] is Status.NOT_FOUND]
        assert 0.15 * len(part) <= len(refusals) <= 0.30 * len(part)
    assert len({c.category for c in conversations}) >= 10
    assert sum(len(c.turns) > 1 for c in conversations) >= 15


def test_quotations_are_short():
    for conversation in load_questions():
        for turn in conversation.turns:
            assert all(len(quote) <= 15 for quote in turn.expect.quotes), conversation.id


def test_no_question_is_asked_twice_of_the_same_reports():
    first = Counter((c.reports, c.turns) for c in load_questions())
    assert [turns for (_, turns), count in first.items() if count > 1] == []


def unsupported(reports: str, sources: dict[tuple[str, int], str]) -> list[str]:
    """Expected figures and quotes that the reports they are ascribed to do not hold."""
    faults = []
    for conversation in load_questions():
        if conversation.reports != reports:
            continue
        for turn in conversation.turns:
            computed = {value for figure in turn.expect.computed for value in figure.values}
            for figure in turn.expect.figures:
                texts = [
                    text
                    for (department, year), text in sources.items()
                    if figure.department in (None, department) and figure.year in (None, year)
                ]
                if not any(
                    option in computed or states(text, option.value, option.unit)
                    for text in texts
                    for option in figure.values
                ):
                    faults.append(f"{conversation.id}: {describe(figure)}")
            faults.extend(
                f"{conversation.id}: {quote}"
                for quote in turn.expect.quotes
                if not any(squeeze(quote) in squeeze(text) for text in sources.values())
            )
    return faults


def test_the_real_report_says_what_is_expected_of_it():
    path = REAL / "yuancun-2022.txt"
    if not path.is_file():
        pytest.skip("the real report is not beside the project")
    assert unsupported("real", {("员村", 2022): path.read_text("utf-8-sig")}) == []


def test_the_samples_say_what_is_expected_of_them():
    sources = {
        ("员村", year): (SAMPLES / f"yuancun-{year}.txt").read_text("utf-8-sig")
        for year in (2021, 2022, 2023)
    }
    sources["棠东", 2022] = (SAMPLES / "tangdong-2022.txt").read_text("gb18030")
    assert unsupported("samples", sources) == []


def test_the_questions_lie_beside_the_code():
    assert {path.name for path in QUESTIONS.glob("*.jsonl")} == {
        "samples.jsonl",
        "yuancun_real.jsonl",
    }
