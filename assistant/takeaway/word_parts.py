"""The parts of a .docx that are the same in every document: styles, relations, types."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

NS = {"w": _MAIN, "r": _OFFICE}
W = f"{{{_MAIN}}}"
BULLETS = 1  # number of the bulleted list; numbered ones follow

CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_TYPES}.{kind}+xml"/>'
        for part, kind in (
            ("styles", "styles"),
            ("numbering", "numbering"),
            ("settings", "settings"),
            ("footnotes", "footnotes"),
            ("footer1", "footer"),
        )
    )
    + '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
PACKAGE_RELS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rDocument" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rCore" Type="{_PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
DOCUMENT_RELS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="r{kind.capitalize()}" Type="{_OFFICE}/{kind}" Target="{target}.xml"/>'
        for kind, target in (
            ("styles", "styles"),
            ("numbering", "numbering"),
            ("settings", "settings"),
            ("footnotes", "footnotes"),
            ("footer", "footer1"),
        )
    )
    + "</Relationships>"
)
SETTINGS = (
    f'{_HEAD}<w:settings xmlns:w="{_MAIN}"><w:zoom w:percent="100"/>'
    '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)
FOOTER = (
    f'{_HEAD}<w:ftr xmlns:w="{_MAIN}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>'
)

# Style, what it is called, size in half points, colour, other run and paragraph properties.
_STYLES = (
    ("title", "Title", 36, "1B4570", "<w:b/>", '<w:spacing w:after="60"/><w:jc w:val="center"/>'),
    ("faint", "Subtitle", 18, "5A6675", "", '<w:spacing w:after="120"/>'),
    ("question", "heading 1", 26, "1B4570", "<w:b/>",
     '<w:keepNext/><w:spacing w:before="320" w:after="80"/><w:outlineLvl w:val="0"/>'),
    ("heading", "heading 2", 22, "1C2733", "<w:b/>",
     '<w:keepNext/><w:spacing w:before="120" w:after="40"/><w:outlineLvl w:val="1"/>'),
    ("body", "Body Text", 22, "1C2733", "", '<w:spacing w:after="80" w:line="320"/>'),
    ("formula", "Formula", 21, "1C2733", "",
     '<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="8FB2D2"/></w:pBdr>'
     '<w:spacing w:before="60" w:after="80" w:line="300"/><w:ind w:left="240"/>'),
    ("warning", "Warning", 21, "7A4B00", "",
     '<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="D9A441"/></w:pBdr>'
     '<w:spacing w:before="60" w:after="80" w:line="300"/><w:ind w:left="240"/>'),
    ("Cell", "Cell", 20, "1C2733", "", '<w:spacing w:before="20" w:after="20"/>'),
    ("Footer", "footer", 18, "5A6675", "", '<w:jc w:val="center"/>'),
    ("FootnoteText", "footnote text", 18, "1C2733", "", '<w:spacing w:after="20"/>'),
)  # fmt: skip
_HEADINGS = {"title", "question", "heading"}


def styles() -> str:
    """``styles.xml``; headings in 黑体, text in 宋体, Latin letters in Times and Arial."""
    made = [
        f'{_HEAD}<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'{_fonts("Times New Roman", "宋体")}<w:sz w:val="22"/>'
        # Latin text said to be Chinese would have its numbers broken at line ends.
        '<w:lang w:val="en-GB" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "</w:style>"
    ]
    for name, called, size, colour, run, paragraph in _STYLES:
        fonts = _fonts("Arial", "黑体") if name in _HEADINGS else ""
        made.append(
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{called}"/>'
            f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{fonts}{run}'
            f'<w:color w:val="{colour}"/><w:sz w:val="{size}"/></w:rPr></w:style>'
        )
    made.append(
        '<w:style w:type="character" w:styleId="FootnoteReference">'
        '<w:name w:val="footnote reference"/><w:rPr><w:color w:val="1B4570"/>'
        '<w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    )
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="A9B4C0"/>' for side in sides
    )
    made.append(
        '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/>'
        f'<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar><w:left w:w="100" '
        'w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" '
        'w:fill="EFF4F9"/></w:tcPr></w:tblStylePr></w:style></w:styles>'
    )
    return "".join(made)


def numbering(firsts: Sequence[int]) -> str:
    """``numbering.xml``: bullets, then a list of its own for each first number."""
    kinds = [("bullet", "•", 1), *(("decimal", "%1.", first) for first in firsts)]
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="{first}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{shown}"/><w:pPr><w:ind w:left="440" w:hanging="330"/></w:pPr></w:lvl>'
        "</w:abstractNum>"
        for number, (kind, shown, first) in enumerate(kinds, BULLETS)
    )
    concrete = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        for number in range(BULLETS, BULLETS + len(kinds))
    )
    return f'{_HEAD}<w:numbering xmlns:w="{_MAIN}">{abstract}{concrete}</w:numbering>'


def core_properties(title: str, language: str) -> str:
    """``core.xml``: the title and who made it."""
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>Jixiao</dc:creator>"
        f"<dc:language>{language}</dc:language></cp:coreProperties>"
    )


def _fonts(latin: str, chinese: str) -> str:
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}" w:eastAsia="{chinese}"/>'
