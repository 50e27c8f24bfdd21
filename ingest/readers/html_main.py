"""The main content of a web page, without what the site puts around it.

Nothing is left out that holds a good part of the page's running text or a
table with figures: rather some of the site's text too many than a report cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from ingest.readers.html_flow import Element, Line, flow, line_of, plain_lines

_DROPPED_NAMES = """
    audio applet button canvas datalist embed head iframe input link map meta noframes noscript
    object option rp rt script select style svg template textarea title video
"""
_DROPPED = frozenset(_DROPPED_NAMES.split())
_MEASURED_NAMES = """
    article aside blockquote body center dd dir div dl fieldset footer form header main menu
    nav ol section table ul
"""
_MEASURED = frozenset(_MEASURED_NAMES.split())
_SITE_TAGS = frozenset({"nav", "aside", "footer", "header", "form", "menu"})
_SITE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary"})
_SITE_NAMES = re.compile(
    r"""(?:(?:site|page|main|top|bottom|left|right|global|sub|web|g|m|ty|gy)[-_]?)?
    (?:nav|navbar|navigation|menu|foot|footer|header|breadcrumbs?|crumbs?|position|weizhi|dqwz
    |sidebar|share|bdshare\w{0,20}|social|copyright|pagination|pager|related|recommend
    |friend-?links?|links|search|searchbox|login|toolbar|banner|logo|qrcode|ewm|hotnews)
    (?:[-_]?(?:box|bar|wrap|wrapper|inner|con|list|area|nav|\d{1,2}))?""",
    re.X,
)
_CONTENT_NAMES = re.compile(
    r"""(?:\w{1,12}[-_])?(?:article|artical|content|contents|trs_editor|trs_uedit\w{0,20}|zoom|news
    |newscontent|detail|details|maincontent|arcontent|text|txt|view|main|body|con|xxgk|editor)
    (?:[-_]?(?:box|con|content|text|txt|body|main|detail|info|wrap|\d{1,2}))?""",
    re.X,
)
_TITLE_NAMES = re.compile(r"(?:\w{1,12}[-_])?(?:title|bt|biaoti|headline)(?:[-_]?\w{1,6})?")
_REPORT_TITLE = re.compile(r"绩效|自评|报告|预算|决算|20\d\d")
_TITLE_METAS = ("ArticleTitle", "articletitle", "og:title")
_FILE_LINK = re.compile(
    r"\.(?:docx?|xlsx?|pdf|zip|rar|wps|et|ofd|png|jpe?g|txt|csv)(?:[?#]|$)", re.I
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
FIGURE = re.compile(r"[^\w\s]?\s?[-－]?\d[\d,，.．]*\s?\S{0,3}")
_MARK = "jixiao-dropped"  # the tag of what is about to be taken out
_FIGURES = 3  # in its cells make a table one with figures
_LONGEST_FIGURE = 24


@dataclass(slots=True)
class Weight:
    """How much of which kind an element holds."""

    chars: int = 0
    link_chars: int = 0
    links: int = 0
    figures: int = 0  # cells' texts that are a number

    @property
    def running(self) -> int:
        """Characters outside links."""
        return self.chars - self.link_chars


def main_content(page: Element) -> tuple[Element, list[str]]:
    """The element with the report, and lines of a title that stands outside it."""
    body = page.find("body")
    body = page if body is None else body
    metas = _meta_titles(page)
    _drop_unseen(body)
    weights = _weigh(body)
    parts = _site_parts(body, weights)
    if parts:
        _drop(body, parts)
        weights = _weigh(body)
    content = _container(body, weights)
    if content is body:
        return body, []
    return content, _title_outside(body, content, metas)


def _drop_unseen(body: Element) -> None:
    """Take out what is never text of a page, and what is hidden on it."""
    etree.strip_elements(
        body, *_DROPPED, etree.Comment, etree.ProcessingInstruction, with_tail=False
    )
    hidden = [element for element in body.xpath(".//*[@hidden or @style]") if _is_hidden(element)]
    if hidden:
        half = _length(body) / 2
        # Some pages hide the article until a script shows it.
        _drop(body, [element for element in hidden if _length(element) <= half])


def _is_hidden(element: Element) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style) and bool(_HIDDEN.search(style))


def _length(element: Element) -> int:
    return sum(len(text.strip()) for text in element.itertext())


def _drop(body: Element, elements: list[Element]) -> None:
    """Take elements out; the text after each stays."""
    for element in elements:
        element.tag = _MARK
    etree.strip_elements(body, _MARK, with_tail=False)


def _weigh(body: Element) -> dict[Element, Weight]:
    """The weight of each element that may be dropped or chosen."""
    weights: dict[Element, Weight] = {}
    open_weights = [Weight()]
    links = cells = 0

    def count(text: str | None) -> None:
        text = text.strip() if text else ""
        if not text:
            return
        weight = open_weights[-1]
        weight.chars += len(text)
        if links:
            weight.link_chars += len(text)
        elif cells and len(text) <= _LONGEST_FIGURE and FIGURE.fullmatch(text):
            weight.figures += 1

    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = element.tag
        is_link = tag == "a" and element.get("href") is not None
        if event == "start":
            if tag in _MEASURED:
                weights[element] = Weight()
                open_weights.append(weights[element])
            cells += tag in {"td", "th"}
            links += is_link
            open_weights[-1].links += is_link and not _FILE_LINK.search(element.get("href"))
            count(element.text)
            continue
        cells -= tag in {"td", "th"}
        links -= is_link
        if tag in _MEASURED:
            closed = open_weights.pop()
            above = open_weights[-1]
            above.chars += closed.chars
            above.link_chars += closed.link_chars
            above.links += closed.links
            above.figures += closed.figures
        if element is not body:
            count(element.tail)
    weights.setdefault(body, open_weights[0])
    return weights


def _site_parts(body: Element, weights: dict[Element, Weight]) -> list[Element]:
    """Navigation, footers and link lists, the outermost of each."""
    total = weights[body].running
    parts: list[Element] = []
    walk = etree.iterwalk(body, events=("start",), tag=tuple(_MEASURED))
    for _, element in walk:
        weight = weights[element]
        if element is body or weight.figures >= _FIGURES or weight.running * 4 > total:
            continue  # never the article
        if _is_site_part(element) or _is_link_list(element, weight):
            parts.append(element)
            walk.skip_subtree()
    return parts


def _is_site_part(element: Element) -> bool:
    named = (
        element.tag in _SITE_TAGS
        or element.get("role") in _SITE_ROLES
        or any(_SITE_NAMES.fullmatch(name) for name in _names(element))
    )
    return named and (element.tag == "nav" or not _holds_title(element))


def _holds_title(element: Element) -> bool:
    """An article's own header holds its title; a site's header stands outside the article."""
    if element.tag == "header" and next(element.iterancestors("article", "main"), None) is not None:
        return True
    titles = element.iter("h1", "h2", "h3")
    return any(_REPORT_TITLE.search("".join(title.itertext())) for title in titles)


def _is_link_list(element: Element, weight: Weight) -> bool:
    return weight.links >= 4 and weight.link_chars * 10 >= weight.chars * 6


def _names(element: Element) -> list[str]:
    """The words of its class and id, in lower case."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()[:400].split()


def _container(body: Element, weights: dict[Element, Weight]) -> Element:
    """The smallest named container with nearly all of the text and every figure's table."""
    whole = weights[body]
    best, smallest = body, whole.running
    for element, weight in weights.items():
        if weight.running * 4 < whole.running * 3 or weight.figures < whole.figures:
            continue
        named = element.tag in {"article", "main"} or any(
            _CONTENT_NAMES.fullmatch(name) for name in _names(element)
        )
        if named and weight.running <= smallest:
            best, smallest = element, weight.running
    return best


def _title_outside(body: Element, content: Element, metas: list[str]) -> list[str]:
    """The article's title where the container does not hold it: the nearest one before it."""
    headings: dict[str, list[str]] = {"h1": [], "h2": [], "named": []}
    for _, element in etree.iterwalk(body, events=("start",)):
        if element is content:
            break
        if element.tag in {"h1", "h2"}:
            headings[element.tag] = plain_lines(element) or headings[element.tag]
        elif any(_TITLE_NAMES.fullmatch(name) for name in _names(element)):
            lines = plain_lines(element)
            if lines and len(lines) <= 3 and content not in element.iter():
                headings["named"] = lines
    found = metas or headings["h1"] or headings["named"] or headings["h2"]
    start = "".join(_first_texts(content)).replace(" ", "")
    return [] if "".join(found).replace(" ", "") in start else found


def _first_texts(content: Element) -> list[str]:
    """The first lines of the content, tables' rows included."""
    texts: list[str] = []
    for item in flow(content):
        texts.append(item.text if isinstance(item, Line) else _start(item))
        if len(texts) >= 12:
            break
    return texts


def _start(table: Element) -> str:
    return "".join("".join(table.itertext())[:600].split())


def _meta_titles(page: Element) -> list[str]:
    for meta in page.iter("meta"):
        if (meta.get("name") or meta.get("property")) in _TITLE_METAS:
            text = line_of(meta.get("content") or "")
            if text:
                return [text]
    return []
