"""What readers said of answers, as escaped HTML."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Language
from eval.feedback import Feedback, labelled
from ui.markup import escape
from ui.text import words

_MOST = 30


def opinions_html(questions: int, feedback: Sequence[Feedback], language: Language) -> str:
    """How many there are, and the latest, each open one with a button to say what is right."""
    said = words("quality", language)
    from_feedback = len(list(labelled(feedback)))
    counted = {item.turns: item for item in feedback}.values()
    waiting = [item for item in counted if not item.right and not item.expected]
    counts = said["kept_counts"].format(
        questions=questions, labelled=from_feedback, feedback=len(feedback), open=len(waiting)
    )
    # Of several verdicts on one answer the last counts.
    last = {item.turns: (number, item) for number, item in enumerate(feedback)}
    latest = sorted(last.values(), key=lambda pair: -pair[0])[:_MOST]
    items = "".join(_item(number, item, language) for number, item in latest)
    more = ""
    if len(feedback) > _MOST:
        more = f'<p class="jx-line jx-hint">{escape(said["more_feedback"].format(count=_MOST))}</p>'
    return f'<p class="jx-line">{escape(counts)}</p><ul class="jx-findings">{items}</ul>{more}'


def _item(number: int, item: Feedback, language: Language) -> str:
    said = words("quality", language)
    question = item.turns[-1]
    before = "".join(f'<span class="jx-where">{escape(turn)}</span>' for turn in item.turns[:-1])
    comment = f'<p class="jx-said">{escape(item.comment)}</p>' if item.comment else ""
    expected = ""
    if item.expected:
        shown = f"{said['expected']}: {item.expected}{item.unit}"
        expected = f'<span class="jx-where">{escape(shown)}</span>'
    elif not item.right:
        label = escape(said["fill_for"].format(question=question))
        expected = (
            f'<button type="button" class="jx-look" data-jx-look="{number}" aria-label="{label}">'
            f"{escape(said['fill'])}</button>"
        )
    verdict = said["good" if item.right else "bad"]
    return (
        f'<li class="jx-finding"><div class="jx-finding-head"><span class="jx-badge">'
        f'{escape(verdict)}</span><span class="jx-where">{escape(item.when[:10])}</span></div>'
        f'{before}<p class="jx-said"><strong>{escape(question)}</strong></p>'
        f"{comment}{expected}</li>"
    )
