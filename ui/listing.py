"""A list whose buttons say to the server which of its items is meant."""

from __future__ import annotations

import ui.offline  # noqa: F401  before Gradio

import gradio as gr  # isort: skip

# A click on a button with data-jx-look is a ``select`` event with what it holds.
_CLICKED = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-jx-look]');
  if (button) trigger('select', { value: button.dataset.jxLook });
});
"""


def listing(name: str) -> gr.HTML:
    """The component, under the id ``name``."""
    return gr.HTML(elem_id=name, apply_default_css=False, js_on_load=_CLICKED)
