"""The scorecard as a Markdown table, for where readers decide whether to trust the answers."""

from __future__ import annotations

from eval.judge import Outcome, Share
from eval.metrics import Scores
from eval.scorecard import Scorecard, parts, set_rows

_HEAD = (
    "| questions | turns | right | wrong figure | refused, though said | silence kept "
    "| refusals that are right | of another year | citations that hold their figure |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|\n"
)


def scorecard_markdown(card: Scorecard) -> str:
    """A row a set, open ones first, then a row each for all that are open and all kept."""
    return _HEAD + "".join(_row(*each) for each in set_rows(card)) + "\n" + _silence(card) + "\n"


def _row(name: str, part: str, scores: Scores) -> str:
    strong = "**" if name == "all" else ""
    title = f"{part}, all" if name == "all" else f"{part}: `{name}`"
    cells = (
        title,
        f"{scores.turns:,}",
        _percent(scores.accuracy),
        _percent(scores.wrong_figures),
        _percent(Share(scores.outcomes[Outcome.REFUSED], scores.turns)),
        _of(scores.refusal_recall),
        _of(scores.refusal_precision),
        _of(scores.wrong_years),
        _percent(scores.citation_precision),
    )
    return "| " + " | ".join(f"{strong}{cell}{strong}" for cell in cells) + " |\n"


def _silence(card: Scorecard) -> str:
    """How many of the questions have no answer in the reports."""
    shares = [
        f"{scores.silent} of {scores.turns} {part} turns ({scores.silent / scores.turns:.0%})"
        for part, scores in parts(card)
        if scores.turns
    ]
    return f"The reports say nothing on {' and '.join(shares)}."


def _percent(share: Share) -> str:
    return "–" if share.rate is None else f"{share.rate:.1%}".replace("%", " %")


def _of(share: Share) -> str:
    return f"{share.good} of {share.total}" if share.total else "–"
