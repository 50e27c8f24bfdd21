"""One indicator across departments and years: a table, a chart, every value with its source."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from typing import Any, cast

import gradio as gr

from assistant.answer import Language
from assistant.comparing import Comparer, Comparison, Series, SeriesKey, Subject, Wanted
from assistant.comparing.sheet import save_comparison
from assistant.service import Assistant
from ingest.errors import JixiaoError
from ui.cited import sources_html
from ui.comparison import MOST_ROWS, comparison_html
from ui.context import PageContext, request_language
from ui.downloads import download_button, fresh_path
from ui.markup import escape
from ui.names import subject_names
from ui.plots import plot_html
from ui.render import line_html
from ui.text import words

_log = logging.getLogger(__name__)
_MOST_CHOICES = 500  # indicators offered in the list; any other is found by typing it
_CHOSEN_AT_FIRST = 8  # departments shown before anyone has chosen


def build(context: PageContext) -> None:
    """The page over the service."""
    page = _Page(context)
    with gr.Column(elem_id="jx-compare"):
        context.line("heading", "jx-heading")
        context.line("hint", "jx-faint")
        empty = gr.HTML(visible=False, apply_default_css=False)
        with gr.Column() as whole:
            with gr.Row(elem_id="jx-compare-choice", elem_classes="jx-choice"):
                indicator = gr.Dropdown(
                    label=context.label("indicator"),
                    info=context.label("indicator_info"),
                    allow_custom_value=True,
                    value=None,
                    scale=3,
                    min_width=240,
                    elem_id="jx-indicator",
                )
                subjects = gr.Dropdown(
                    label=context.label("subjects"),
                    info=context.label("subjects_info"),
                    multiselect=True,
                    scale=4,
                    min_width=240,
                    elem_id="jx-subjects",
                )
                years = gr.CheckboxGroup(
                    label=context.label("years"), scale=2, min_width=180, elem_id="jx-years"
                )
            with gr.Row(elem_classes="jx-columns"):
                with gr.Column(scale=5, min_width=320):
                    table = gr.HTML(elem_id="jx-table", apply_default_css=False)
                    download_button(
                        context,
                        "download",
                        page.workbook,
                        [indicator, subjects, years],
                        "jx-compare-file",
                    )
                    plot = gr.HTML(elem_id="jx-plot", apply_default_css=False)
                with gr.Column(scale=4, min_width=320, elem_classes="jx-side"):
                    sources = gr.HTML(elem_id="jx-panel", apply_default_css=False)
    shown = [table, sources, plot]
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    choice = [indicator, subjects, years]
    context.app.load(page.start, None, [empty, whole, *choice, *shown], **quiet)
    # Who clicks on while an answer is under way gets the answer to the last click.
    quiet["trigger_mode"] = "always_last"
    indicator.input(page.choose, indicator, [*choice, *shown], **quiet)
    for narrowed in (subjects, years):
        narrowed.input(page.narrow, choice, shown, **quiet)


class _Page:
    """What happens on the page: each public method is one event."""

    def __init__(self, context: PageContext) -> None:
        self._service = context.service
        self._comparer = Comparer(cast(Assistant, context.service))

    def start(self, request: gr.Request) -> list[Any]:
        """The opened page, with the indicator that most reports have."""
        language = request_language(request)
        first = self._comparer.suggested()
        if first is None:
            said = words("compare", language)
            text = line_html(said["empty"], "hint")
            link = f'<p><a class="jx-action" href="./reports">{said["to_reports"]}</a></p>'
            nothing = [gr.skip()] * 6
            return [gr.update(value=text + link, visible=True), gr.update(visible=False), *nothing]
        return [gr.skip(), gr.skip(), *self._chosen(first, language)]

    def choose(self, typed: str | None, request: gr.Request) -> list[Any]:
        """An indicator was picked or typed."""
        language = request_language(request)
        said = words("compare", language)
        catalogue = self._comparer.catalogue()
        key = _key(typed)
        series = catalogue.get(key) if key else None
        alike: list[Series] = []
        text = (typed or "").strip()
        if series is None and text:
            series, alike = catalogue.chosen(text)
        if series is not None:
            return self._chosen(series, language)
        if alike:
            message = said["several"].format(text=text)
            offered = gr.update(choices=[_choice(s, language) for s in alike], value=None)
            listed = "".join(f"<li>{escape(_choice(s, language)[0])}</li>" for s in alike)
            shown = line_html(message, "hint") + f'<ul class="jx-alike">{listed}</ul>'
            return [offered, gr.skip(), gr.skip(), shown, gr.skip(), ""]
        message = said["unknown"].format(text=text) if text else said["choose"]
        again = gr.update(choices=self._choices(language))
        shown = line_html(message, "hint")
        return [again, gr.skip(), gr.skip(), shown, gr.skip(), ""]

    def narrow(
        self,
        typed: str | None,
        subjects: Sequence[str] | None,
        years: Sequence[str] | None,
        request: gr.Request,
    ) -> list[Any]:
        """Departments or years were chosen."""
        language = request_language(request)
        series = self._series(typed)
        if series is None:
            text = line_html(words("compare", language)["choose"], "hint")
            return [text, gr.skip(), ""]
        return self._shown(series, _subjects(subjects), _years(years), language)

    def workbook(
        self,
        typed: str | None,
        subjects: Sequence[str] | None,
        years: Sequence[str] | None,
        request: gr.Request,
    ) -> str:
        """The comparison in force as a file."""
        language = request_language(request)
        series = self._series(typed)
        if series is None:
            raise JixiaoError(words("compare", language)["choose"])
        wanted = Wanted(series.key, _subjects(subjects), _years(years))
        path = fresh_path("jixiao-compare.xlsx")
        save_comparison(self._comparer.compare(wanted), path, language)
        return str(path)

    def _series(self, typed: str | None) -> Series | None:
        catalogue = self._comparer.catalogue()
        key = _key(typed)
        return catalogue.get(key) if key else catalogue.chosen((typed or "").strip())[0]

    def _chosen(self, series: Series, language: Language) -> list[Any]:
        """The choices that an indicator leaves, and its table."""
        subjects = self._comparer.subjects(series)
        names = subject_names(subjects)
        years = self._comparer.years(series)
        first = subjects[:_CHOSEN_AT_FIRST]
        return [
            gr.update(choices=self._choices(language, series), value=_value(series)),
            gr.update(
                choices=[(names[s], _of_subject(s)) for s in subjects],
                value=[_of_subject(s) for s in first],
            ),
            gr.update(choices=[str(y) for y in years], value=[str(y) for y in years]),
            *self._shown(series, tuple(first), tuple(years), language),
        ]

    def _shown(
        self,
        series: Series,
        subjects: tuple[Subject, ...],
        years: tuple[int, ...],
        language: Language,
    ) -> list[Any]:
        """Table, sources and chart of a choice."""
        try:
            made = self._comparer.compare(Wanted(series.key, subjects, years))
        except JixiaoError as error:
            return [line_html(str(error), "error"), gr.skip(), ""]
        except Exception:
            _log.exception("an indicator was not compared")
            failed = line_html(words("compare", language)["failed"], "error")
            return [failed, gr.skip(), ""]
        return [
            comparison_html(made, language),
            self._sources(made, language),
            plot_html(made, language),
        ]

    def _sources(self, made: Comparison, language: Language) -> str:
        rows = made.subjects[:MOST_ROWS]
        cells = [made.cells[s, y] for s in rows for y in made.years]
        shown = {c.citation for c in cells} | {i for c in cells for i in c.others}
        citations = [c for c in made.citations if c.id in shown]
        return sources_html(citations, made.passages, self._service.report, language)

    def _choices(self, language: Language, chosen: Series | None = None) -> list[tuple[str, str]]:
        listed = self._comparer.catalogue().search("", _MOST_CHOICES)
        if chosen is not None and chosen not in listed:
            listed = [chosen, *listed]
        return [_choice(series, language) for series in listed]


def _choice(series: Series, language: Language) -> tuple[str, str]:
    """What an indicator is called in the list, and its value there."""
    unit = f"（{series.unit}）" if series.unit else ""
    name = f"{series.name}{unit}"
    if language == "en":
        name = f"{series.name} — {series.english}" if series.english else series.name
        name += f" ({series.unit})" if series.unit else ""
    return name, _value(series)


def _value(series: Series) -> str:
    return json.dumps(list(series.key), ensure_ascii=False)


def _key(value: str | None) -> SeriesKey | None:
    """The key that a choice stands for; None for words that somebody typed."""
    try:
        name, aimed, base = json.loads(value or "")
    except (ValueError, TypeError):
        return None
    return SeriesKey(name, aimed, base) if isinstance(name, str) else None


def _of_subject(subject: Subject) -> str:
    return json.dumps([subject.department, subject.project], ensure_ascii=False)


def _subjects(values: Sequence[str] | None) -> tuple[Subject, ...]:
    return tuple(Subject(*json.loads(value)) for value in values or ())


def _years(values: Sequence[str] | None) -> tuple[int, ...]:
    return tuple(int(value) for value in values or ())
