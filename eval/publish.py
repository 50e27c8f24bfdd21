"""The scorecard as a Markdown table, for where readers decide whether to trust the answers.

In a file it stands between two marks, so that it can be put anew without touching the rest:

    <!-- scorecard:zh -->
    <!-- /scorecard -->
"""

from __future__ import annotations

import re
from pathlib import Path

from assistant.answer import Language
from eval.judge import Outcome, Share
from eval.metrics import Scores
from eval.scorecard import Scorecard, parts, set_rows
from ingest.errors import JixiaoError

_PLACE = re.compile(r"<!-- scorecard:(zh|en) -->\n.*?<!-- /scorecard -->", re.S)
_HEAD: dict[Language, tuple[str, ...]] = {
    "zh": ("问题", "轮数", "正确", "数据有误", "报告有而答没有", "报告没有且如实说明",
           "说没有而确实没有", "年份不对", "引文含所引数据"),
    "en": ("questions", "turns", "right", "wrong figure", "refused, though said", "silence kept",
           "refusals that are right", "of another year", "citations that hold their figure"),
}  # fmt: skip
_WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "open": "公开", "kept": "保留", "all": "{part}，合计", "set": "{part}：`{name}`",
        "of": "{good}/{total}", "silent": "{part}部分{turns}轮中有{count}轮（{share}）",
        "and": "，", "silence": "报告中没有答案的问题：{shares}。",
    },
    "en": {
        "open": "open", "kept": "kept", "all": "{part}, all", "set": "{part}: `{name}`",
        "of": "{good} of {total}", "silent": "{count} of {turns} {part} turns ({share})",
        "and": " and ", "silence": "The reports say nothing on {shares}.",
    },
}  # fmt: skip


def scorecard_markdown(card: Scorecard, language: Language = "en") -> str:
    """A row a set, open ones first, then a row each for all that are open and all kept."""
    head = _HEAD[language]
    lines = [_line(head), _line(("---", *["---:"] * (len(head) - 1)), "|")]
    lines += [_row(*each, language) for each in set_rows(card)]
    return "\n".join([*lines, "", _silence(card, language), ""])


def publish(card: Scorecard, path: Path) -> None:
    """Write the table into a new file, or at its marks in one that is there.

    Raises:
        JixiaoError: the file has no marks, or cannot be read or written.
    """
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else _marked(card, "en") + "\n"
        made, places = _PLACE.subn(lambda m: _marked(card, "zh" if m[1] == "zh" else "en"), text)
        if not places:
            raise JixiaoError(
                f"{path}: not overwritten; put <!-- scorecard:en --> and <!-- /scorecard --> "
                "where the table is to stand"
            )
        path.write_text(made, encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise JixiaoError(f"{path}: cannot be read and written as text ({error})") from error


def _marked(card: Scorecard, language: Language) -> str:
    table = scorecard_markdown(card, language)
    return f"<!-- scorecard:{language} -->\n{table}<!-- /scorecard -->"


def _row(name: str, part: str, scores: Scores, language: Language) -> str:
    words = _WORDS[language]
    strong = "**" if name == "all" else ""
    cells = (
        words["all" if name == "all" else "set"].format(part=words[part], name=name),
        f"{scores.turns:,}",
        _percent(scores.accuracy),
        _percent(scores.wrong_figures),
        _percent(Share(scores.outcomes[Outcome.REFUSED], scores.turns)),
        _of(scores.refusal_recall, words["of"]),
        _of(scores.refusal_precision, words["of"]),
        _of(scores.wrong_years, words["of"]),
        _percent(scores.citation_precision),
    )
    return _line([f"{strong}{cell}{strong}" for cell in cells])


def _silence(card: Scorecard, language: Language) -> str:
    """How many of the questions have no answer in the reports."""
    words = _WORDS[language]
    shares = [
        words["silent"].format(
            count=scores.silent,
            turns=f"{scores.turns:,}",
            part=words[part],
            share=f"{scores.silent / scores.turns:.0%}".replace("%", " %"),
        )
        for part, scores in parts(card)
        if scores.turns
    ]
    return words["silence"].format(shares=words["and"].join(shares))


def _line(cells: tuple[str, ...] | list[str], between: str = " | ") -> str:
    ends = ("| ", " |") if between != "|" else ("|", "|")
    return ends[0] + between.join(cells) + ends[1]


def _percent(share: Share) -> str:
    return "–" if share.rate is None else f"{share.rate:.1%}".replace("%", " %")


def _of(share: Share, words: str) -> str:
    return words.format(good=share.good, total=share.total) if share.total else "–"
