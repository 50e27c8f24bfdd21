"""What axe finds against WCAG 2.2 AA, and its own good practice, on a page as it stands."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Any) -> list[str]:
    """Each violation with the element that has it; none is what is wanted."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": _RULES}})
    return [
        f"{v['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
        for v in found.response["violations"]
        for node in v["nodes"]
    ]
