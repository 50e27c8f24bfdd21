"""An empty conversation, and the list of those before it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Language
from ui.chat.history import History
from ui.markup import escape
from ui.render import action
from ui.text import words

_EXAMPLES = 4


def welcome_html(loaded: bool, examples: Sequence[str], language: Language) -> str:
    """What stands in an empty chat: what this is for, and what to do first."""
    said = words("ask", language)
    title = f'<div class="jx-welcome-title">{escape(said["welcome_title"])}</div>'
    if not loaded:
        return (
            f'<div class="jx-welcome">{title}<p>{escape(said["welcome_empty"])}</p>'
            f'<p><a class="jx-primary" href="./reports">{escape(said["add_reports"])}</a></p></div>'
        )
    asked = "".join(
        f'<button type="button" class="jx-example">{escape(question)}</button>'
        for question in examples[:_EXAMPLES]
    )
    return (
        f'<div class="jx-welcome">{title}<p>{escape(said["welcome"])}</p>'
        f'<div class="jx-examples"><div class="jx-faint">{escape(said["examples"])}</div>'
        f"{asked}</div></div>"
    )


def past_html(history: History, current: str, language: Language) -> str:
    """The conversations of this browser, the latest first."""
    said = words("ask", language)
    title = f'<h2 class="jx-side-title">{escape(said["past"])}</h2>'
    if not history.past:
        return f'{title}<p class="jx-faint">{escape(said["no_past"])}</p>'
    items = "".join(
        f"<li{_marked(past.id == current)}>{action('open', past.title, number)}</li>"
        for number, past in enumerate(history.past)
    )
    return f'{title}<ul class="jx-past">{items}</ul>{action("clear", said["clear_past"])}'


def _marked(current: bool) -> str:
    return ' class="jx-current"' if current else ""
