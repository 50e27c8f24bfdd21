"""What every page is built from: the service, its words, and who is asking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ui.offline  # noqa: F401  before Gradio

import gradio as gr  # isort: skip
from gradio.i18n import I18nData  # isort: skip

from assistant.answer import Language
from ui.service import Service
from ui.text import chosen_language, label_key, words


@dataclass(frozen=True)
class PageContext:
    """Handed to ``build`` of a page, which makes its components inside ``app``."""

    app: gr.Blocks
    service: Service
    name: str  # of the page, and of its words in ui/text

    def label(self, key: str, of: str | None = None) -> I18nData:
        """A word whose language the browser picks; ``of`` another file than the page's."""
        return I18nData(label_key(of or self.name, key))

    def line(self, key: str, look: str, of: str | None = None) -> gr.HTML:
        """A line of the page's own words, in the browser's language."""
        return gr.HTML(self.label(key, of), elem_classes=look, apply_default_css=False)

    def words(self, request: gr.Request, of: str | None = None) -> Mapping[str, str]:
        """The page's words in the language of a request."""
        return words(of or self.name, request_language(request))


def request_language(request: gr.Request) -> Language:
    """The language chosen on the page, or else the one the browser asks for."""
    return chosen_language(request.headers.get("cookie"), request.headers.get("accept-language"))
