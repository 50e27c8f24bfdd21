"""The assistant as one object: what commands, pages and programs use."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from assistant.answer import Answer, Language
from assistant.answering import answered
from assistant.composer import compose
from assistant.conversation import State, Told
from assistant.department_names import spoken_name
from assistant.departments import Aliases, canonical
from assistant.dictionary import dictionary
from assistant.execution.figures import place_of
from assistant.executor import Executor
from assistant.holdings import Holdings
from assistant.lexicon import lexicon
from assistant.plan import Lookup
from assistant.planners.rules import RulePlanner
from assistant.question import NO_ALIASES, read_question
from assistant.reading import reading, vocabulary
from assistant.results import Missing, Result, Silence
from assistant.splitting import clauses, split_questions
from assistant.suggestions import Suggestion, suggest
from assistant.verifier import Unsupported, verify
from index_store.store import ReportInfo, Store
from ingest.pipeline import Outcome, list_files, read_files
from ingest.readers import Limits
from ingest.report import Report, Role

_WARMED = 8  # reports read ahead of the first question
_SUGGESTED = 1000  # answers whose suggestions are remembered


class FileResult(NamedTuple):
    """What became of one file: the title of its report, or the problem."""

    file: str
    report: str | None
    problem: str | None


class InForce(NamedTuple):
    """The scope of a conversation: departments (none: all) and the year, if any."""

    departments: tuple[str, ...]
    year: int | None


class Assistant:
    """Answers over one store. Conversations share it and keep nothing in it."""

    def __init__(
        self,
        store: Store,
        *,
        today: date | None = None,
        max_question_chars: int = 1000,
        limits: Limits | None = None,
        aliases: Aliases = NO_ALIASES,
    ) -> None:
        self.store = store
        self.limits = limits or Limits()
        self.executor = Executor(store)
        self.aliases = aliases
        self.planner = RulePlanner(today or date.today(), max_question_chars, aliases, store.encode)
        self._reports: tuple[int, Holdings] | None = None
        self._suggested: dict[tuple[int, str, str], list[Suggestion]] = {}

    def reports(self) -> list[ReportInfo]:
        """The reports in the store, by department and year; kept until it changes."""
        generation = self.store.generation()
        if self._reports is None or self._reports[0] != generation:
            loaded = self.store.reports()
            one = canonical((r.department for r in loaded if r.department), self.aliases)
            named = (
                replace(r, department=one.get(r.department or "", r.department)) for r in loaded
            )
            self._reports = (generation, Holdings(named, self.aliases))
        return self._reports[1]

    def report(self, report_id: str) -> Report:
        """One report with all its passages and figures."""
        return self.store.report(report_id)

    def original(self, report_id: str) -> Path | None:
        """The file that a report was read from, where it was kept."""
        return self.store.original(report_id)

    def new_conversation(self) -> Conversation:
        """A conversation of its own, with nothing in force."""
        return Conversation(self)

    def ask(self, question: str, language: Language | None = None) -> Answer:
        """One question without a conversation."""
        return self.new_conversation().ask(question, language)

    def warm_up(self) -> None:
        """Load the encoder, the terms and the newest reports before the first question."""
        lexicon()
        dictionary()
        for info in sorted(self.reports(), key=lambda r: r.year or 0)[-_WARMED:]:
            kept = reading(self.report(info.id))
            if kept.vectors(self.store) is not None:
                vocabulary(self.store, self.report(info.id))

    def examples(self, language: Language) -> list[str]:
        """Questions that the loaded reports answer, from their own contents."""
        infos = self.reports()
        if not infos:
            return []
        newest = max(infos, key=lambda r: (r.year or 0, r.figures))
        report = self.report(newest.id)
        year = newest.year or ""
        task = next((t.name for t in report.tasks if t.funds), None)
        has_rate = any(f.role is Role.FUNDS and f.label == "预算完成率" for f in report.figures)
        earlier = any(
            r.year == (newest.year or 0) - 1 and r.department == newest.department for r in infos
        )
        several = len({r.department for r in infos}) > 1 and newest.department
        who = spoken_name(newest.department, language) if several and newest.department else ""
        before = newest.year - 1 if newest.year else None
        if language == "zh":
            asked = [f"{who}{year}年实际支出数是多少？"]
            asked += [f"{who}{year}年{task}用了多少资金？"] if task else []
            asked += [f"{who}{year}年预算完成率是多少？"] if has_rate else []
            asked += [f"{who}{year}年实际支出比{before}年增长多少？"] if earlier else []
            asked += [f"{who}{year}年存在哪些问题？"]
        else:
            of = f" of {who}" if who else ""
            asked = [f"What was the actual expenditure{of} in {year}?"]
            asked += [f"What was the budget completion rate{of} in {year}?"] if has_rate else []
            asked += (
                [f"How much did the actual expenditure{of} grow from {before} to {year}?"]
                if earlier
                else []
            )
            asked += [f"What problems did {who or 'the office'} report in {year}?"]
        return asked

    def read_ahead(
        self, paths: Sequence[Path], progress: Callable[[int, int, str], None] | None = None
    ) -> list[Outcome]:
        """Read files and store no report, to see first what would be stored."""
        files = list_files(paths)
        outcomes: list[Outcome] = []
        for number, path in enumerate(files):
            if progress:
                progress(number, len(files), path.name)
            for outcome in read_files([path], self.limits):
                for report in outcome.reports:
                    self.store.set_aside(report, path)
                outcomes.append(outcome)
        return outcomes

    def keep(self, reports: Sequence[Report]) -> list[str]:
        """Store reports that were read ahead: added, replaced or unchanged, each."""
        results = [self.store.add(report) for report in reports]
        self.store.ensure_indexes()
        return list(results)

    def suggestions(self, answer: Answer) -> list[Suggestion]:
        """Questions that may follow an answer, each certain to be answered.

        Found by asking them, which takes longer than the answer did, and so remembered
        until the store changes.
        """
        key = (self.store.generation(), answer.question, answer.answer)
        known = self._suggested.get(key)
        if known is None:
            if len(self._suggested) >= _SUGGESTED or any(
                generation != key[0] for generation, _, _ in list(self._suggested)[:1]
            ):
                self._suggested.clear()
            known = self._suggested[key] = suggest(self, answer)
        return known

    def ingest_files(
        self,
        paths: Sequence[Path],
        progress: Callable[[int, int, str], None] | None = None,
    ) -> list[FileResult]:
        """Read files into the store: (file name, report title or None, problem or None) each."""
        files = list_files(paths)
        outcomes: list[FileResult] = []
        for number, outcome in enumerate(read_files(files, self.limits)):
            if progress:
                progress(number, len(files), outcome.path.name)
            if outcome.refusal:
                outcomes.append(FileResult(outcome.path.name, None, outcome.refusal))
            for report in outcome.reports:
                self.store.add(report, outcome.path)
                outcomes.append(FileResult(outcome.path.name, report.title, None))
        self.store.ensure_indexes()
        return outcomes


class Conversation:
    """A run of questions; years, departments and the thing spoken of carry over."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.state = State()

    def in_force(self) -> InForce:
        """What a question that names neither office nor year is answered for."""
        return InForce(self.state.departments, next(iter(self.state.years), None))

    def set_scope(self, departments: Sequence[str], year: int | None) -> None:
        """Ask of these departments (none: of all) and this year from now on.

        A question that names others is answered for those.
        """
        self.state = self.state.within(tuple(departments), year)

    def ask(self, question: str, language: Language | None = None) -> Answer:
        """Answer a question, in its own language unless told otherwise.

        Several questions in one turn are answered one after the other.
        """
        began = time.perf_counter()
        reports = self.assistant.reports()
        parts = split_questions(question, self.assistant.planner.max_chars)
        results: list[Result] = []
        spoken: Language = language or read_question(question[:500], ()).language
        for part in parts:
            results += self._answered(part, reports)
        answer = self._compose(question, spoken, results)
        return replace(answer, elapsed_ms=round((time.perf_counter() - began) * 1000, 3))

    def _answered(self, question: str, reports: Sequence[ReportInfo]) -> list[Result]:
        """A question as a whole, else its clauses one after the other, if all have an answer.

        支出多少，改了多长: the second speaks of the first one's thing, as a follow-up would.
        """
        before = self.state
        whole = self._turn(question, reports)
        apart = clauses(question)
        if len(apart) < 2 or _has_all(whole, len(apart)):
            return [whole]
        after, self.state = self.state, before
        results = [self._turn(clause, reports) for clause in apart]
        if any(result.missing or result.choices or result.reports for result in results):
            self.state = after
            return [whole]
        return results

    def _turn(self, question: str, reports: Sequence[ReportInfo]) -> Result:
        """One question answered, and what is in force after it."""
        assistant = self.assistant
        plan, result = answered(
            assistant.planner, assistant.executor, question, reports, self.state
        )
        self.state = self.state.after(plan, found=not result.missing).having_said(question)
        self.state = self._leaning_on(result)
        return result

    def ask_again(self, question: str) -> Answer:
        """Answer a question that was answered before, to put a conversation together anew."""
        return self.ask(question)

    def _leaning_on(self, result: Result) -> State:
        """What is in force, with the figures just answered, or asked back."""
        if result.choices:
            return replace(self.state, choices=tuple(map(place_of, result.choices)))
        answered = tuple(place_of(r.located) for r in result.reported)
        sources = {r.located.report.id: r.located.report for r in result.reported}
        if len(sources) == 1:
            (source,) = sources.values()
            project = (source.project,) if source.project else ()
            self.state = replace(self.state, projects=project)
            if source.department and not self.state.departments:
                self.state = replace(self.state, departments=(source.department,))
            if source.year and not self.state.years:
                self.state = replace(self.state, years=(source.year,), assumed=True)
        self.state = self.state.having_told(_told(result, self.state))
        label = result.reported[0].located.figure.label if result.reported else None
        return self.state.answering(answered, label)

    def _compose(self, question: str, language: Language, results: Sequence[Result]) -> Answer:
        """Put the results into words; what the verifier refuses is not said."""
        if not results:
            results = [Result(missing=(Missing(Silence.REFUSED, detail="empty"),))]
        merged = results[0]
        answered = [r for r in results if not r.missing and not r.choices]
        if len(results) > 1 and answered:
            merged = Result(
                *(
                    tuple(x for r in answered for x in getattr(r, name))
                    for name in Result.__dataclass_fields__
                )
            )
        shown = question if len(question) <= 2000 else question[:2000] + "…"
        answer, sources = compose(shown, language, merged)
        try:
            verify(answer, sources.reports, sources.names)
        except Unsupported:
            answer, _ = compose(
                shown,
                language,
                Result(missing=(Missing(Silence.REFUSED, detail="unsupported"),)),
            )
        return answer


def _told(result: Result, state: State) -> tuple[Told, ...]:
    """The figures of an answer, each with what it was asked by; else what was reckoned with."""
    given = result.reported or (result.shown if result.computed else ())
    last = state.last
    asked = last.operands if isinstance(last, Lookup) else ()
    own = [o.named or o.words for o in asked] if len(asked) == len(given) else []
    question = state.said[0] if state.said else ""
    return tuple(
        Told(place_of(r.located), *r.located.base_value, own[n] if own else question)
        for n, r in enumerate(given)
    )


def _has_all(result: Result, asked: int) -> bool:
    """Whether a question of so many clauses is answered, unless with less than one figure each."""
    if result.missing or result.choices:
        return False
    if len({r.located.report.department for r in result.reported}) > 1:
        return False  # 发现多少，整改多少: of two offices, though one is spoken of
    plain = result.reported and not (result.computed or result.shown or result.quotations)
    return not plain or len({place_of(r.located) for r in result.reported}) >= asked
