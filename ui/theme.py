"""The look of the page: calm, of one blue, with the system's own fonts.

Fonts are named, never fetched, so the page looks right on an office network
without internet.
"""

from __future__ import annotations

import gradio as gr
from gradio.themes.utils.colors import Color
from gradio.themes.utils.fonts import Font

_SANS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")
_MONO = ("SFMono-Regular", "Consolas", "Noto Sans Mono CJK SC", "monospace")

_BLUE = Color(
    name="jixiao",
    c50="#eff4f9",
    c100="#dde8f2",
    c200="#bcd1e5",
    c300="#8fb2d2",
    c400="#5f8dba",
    c500="#3a6ea3",
    c600="#235688",
    c700="#1b4570",
    c800="#163758",
    c900="#102a44",
    c950="#0a1c2f",
)


def theme() -> gr.themes.Base:
    """The theme of the page, in light and dark."""
    return gr.themes.Base(
        primary_hue=_BLUE,
        secondary_hue=_BLUE,
        neutral_hue="slate",
        text_size="md",
        radius_size="sm",
        font=[Font(name) for name in _SANS],
        font_mono=[Font(name) for name in _MONO],
    ).set(
        body_background_fill="#f5f6f8",
        body_background_fill_dark="#0f151d",
        block_background_fill="#ffffff",
        block_background_fill_dark="#171f2a",
        body_text_color="#1c2733",
        body_text_color_dark="#e6ebf1",
        input_placeholder_color="#667385",
        input_placeholder_color_dark="#93a1b1",
        background_fill_primary_dark="#171f2a",
        background_fill_secondary_dark="#1d2733",
        block_border_width="1px",
        block_shadow="none",
        button_primary_background_fill="*primary_600",
        button_primary_background_fill_hover="*primary_700",
        button_primary_background_fill_dark="*primary_500",
        button_primary_background_fill_hover_dark="*primary_600",
        button_primary_text_color="#ffffff",
        input_background_fill="#ffffff",
        input_background_fill_dark="#121a24",
    )
