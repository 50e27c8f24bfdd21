"""Web pages: the article without the site, tables with their spans, any encoding."""

from __future__ import annotations

import html
import time

import pytest

from ingest.document import Document, Paragraph, Table
from ingest.errors import UnreadableFile
from ingest.readers import Limits, Source, read_source
from ingest.readers.html_bytes import page_text, without_unseen
from tests.ingest.readers import project_form

ARTICLE = "".join(
    f"<p>{n}月完成服务{n}00人次，群众满意度达到9{n % 10}%，资金按时拨付。</p>" for n in range(1, 13)
)
MENU = "".join(f'<li><a href="/{n}.html">政务公开栏目{n}</a></li>' for n in range(12))


def read(page: str | bytes, name: str = "页面.html", limits: Limits | None = None) -> Document:
    data = page.encode() if isinstance(page, str) else page
    return read_source(Source(name, data, limits or Limits()))


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def project_form_table() -> str:
    """The ministry's form as a web page has it: only cells where they begin, with spans."""
    rows = []
    for number in range(1, project_form.ROWS + 1):
        cells = []
        for row, _, down, across, text in project_form.CELLS:
            if row != number:
                continue
            about = (f' rowspan="{down}"' if down > 1 else "") + (
                f' colspan="{across}"' if across > 1 else ""
            )
            inner = html.escape(text).replace("\n", "<br/>")
            cells.append(f"<td{about}><p class=MsoNormal>{inner}&nbsp;</p></td>")
        rows.append("<tr>" + "\n".join(cells) + "</tr>")
    return "<table border=1>" + "\n".join(rows) + "</table>"


@pytest.mark.parametrize(
    "around",
    [
        "<html><body>{}</body></html>",
        # An old government page: the whole of it laid out by tables.
        "<html><body><table><tr><td colspan=2>某区人民政府</td></tr><tr><td><table>"
        "<tr><td><a href=1>首页</a></td></tr><tr><td><a href=2>机构</a></td></tr>"
        "<tr><td><a href=3>公开</a></td></tr><tr><td><a href=4>互动</a></td></tr></table></td>"
        "<td><div class=TRS_Editor>{}</div></td></tr></table></body></html>",
    ],
)
def test_the_project_form_cell_by_cell(around: str) -> None:
    document = read(around.format("<p>附件2</p>" + project_form_table()))
    assert lines(document) == [
        "附件2",
        "项目支出绩效自评表",
        "（2022年度）",
        "单位：万元",
        project_form.NOTE,
    ]
    assert isinstance(document.blocks[-1], Paragraph)
    (table,) = tables(document)
    assert project_form.texts(table) == project_form.expected_texts()
    assert project_form.read_spans(table) == project_form.spans()


def test_equal_neighbours_are_not_fused_and_repeated_headers_keep_their_columns() -> None:
    (table,) = tables(
        read(
            "<table><tr><th>年初预算<th>全年预算<th>执行数<th>指标值<th>指标值"
            "<tr><td>120.00<td>120.00<td>120.00<td>≥3<td>3</table>"
        )
    )
    assert table.texts == (
        ("年初预算", "全年预算", "执行数", "指标值", "指标值"),
        ("120.00", "120.00", "120.00", "≥3", "3"),
    )


def test_a_table_keeps_its_caption_title_and_unit() -> None:
    page = (
        "<table><caption>表1 收支情况</caption><tr><td colspan=3>2022年度收支表</td></tr>"
        "<tr><td></td><td></td><td>单位：万元</td></tr>"
        "<tr><td>项目</td><td>预算</td><td>决算</td></tr><tr><td>甲</td><td>1</td><td>2</td></tr>"
        "<tr><td colspan=3>注：四舍五入。</td></tr></table>"
    )
    document = read(page)
    kinds = [b.text if isinstance(b, Paragraph) else b.texts for b in document.blocks]
    assert kinds == [
        "表1 收支情况",
        "2022年度收支表",
        "单位：万元",
        (("项目", "预算", "决算"), ("甲", "1", "2")),
        "注：四舍五入。",
    ]
    unit = document.blocks[2]
    assert isinstance(unit, Paragraph)
    assert unit.place.cell == "表1 R2C3"


def test_spans_beyond_the_table_merge_nothing() -> None:
    (table,) = tables(
        read(
            "<table><tr><td rowspan=0>类</td><td colspan=1000>a</td></tr>"
            "<tr><td>b</td><td rowspan=99999999>1</td></tr><tr><td colspan=x>c</td></tr></table>"
        )
    )
    assert table.texts == (("类", "a", ""), ("", "b", "1"), ("", "c", ""))
    assert [table.rows[0][0].row_span, table.rows[0][1].column_span] == [3, 2]
    assert table.rows[1][2].row_span == 2


def test_the_foot_of_a_table_comes_last_and_stray_tags_are_seen_through() -> None:
    (table,) = tables(
        read(
            "<table><tfoot><tr><td>合计<td>3</tfoot><tbody><form><tr><td>甲</td><td>1</td></tr>"
            "<tr><td>乙</td><td>2</td></tr></form></tbody></table>"
        )
    )
    assert table.texts == (("甲", "1"), ("乙", "2"), ("合计", "3"))


def test_headings_lines_and_entities() -> None:
    document = read(
        "<h1>绩效自评<br>报告</h1><div>一行<p>二行&nbsp;&lt;90&percnt;</p>三行<br/>四行</div>"
        "<h2><span>一、概况</span></h2><ul><li>甲<li>乙</ul><pre>丙\n丁</pre>"
        "跨\n  行 and\nmore"
    )
    assert [(b.text, b.level) for b in document.blocks if isinstance(b, Paragraph)] == [
        ("绩效自评", 1),
        ("报告", 1),
        ("一行", None),
        ("二行 <90%", None),
        ("三行", None),
        ("四行", None),
        ("一、概况", 2),
        ("甲", None),
        ("乙", None),
        ("丙", None),
        ("丁", None),
        ("跨行 and more", None),
    ]


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("gb18030", ""),
        ("gbk", '<meta charset="gb2312">'),
        ("big5", '<meta http-equiv=Content-Type content="text/html; charset=big5">'),
        ("utf-8", "<meta charset=gb2312>"),  # saved anew, the declaration left behind
        ("gbk", "<meta charset=utf-8>"),
        ("utf-8", "<meta charset=nonsense>"),
    ],
)
def test_encodings(encoding: str, head: str) -> None:
    page = f"<html><head>{head}</head><body><p>本年度預算執行率為一百</p></body></html>"
    assert lines(read(page.encode(encoding))) == ["本年度預算執行率為一百"]


def test_a_page_cut_within_a_character_keeps_the_rest() -> None:
    data = "<html><body><p>预算执行情况良好</p><p>完成".encode()[:-1]
    assert lines(read(data))[0] == "预算执行情况良好"


@pytest.mark.parametrize(
    "site",
    [
        "<nav><ul>MENU</ul></nav>ARTICLE<footer>版权所有 某区财政局 电话12345678</footer>",
        "<div class='header nav-box'><ul>MENU</ul></div><div id=content>ARTICLE</div>"
        "<div class=footer>版权所有 某区财政局</div><div class='bdsharebuttonbox'>微信</div>",
        "<div class=crumb>您现在的位置：<a href=/>首页</a> &gt; <a href=/a>财政</a></div>"
        "<form id=aspnetForm><div class=wrap>ARTICLE</div><ul>MENU</ul></form>",
        "<p>当前位置：首页 &gt; 公开</p><article>ARTICLE</article><aside><ul>MENU</ul></aside>",
        "<table><tr><td><table><tr><td>MENU</td></tr></table></td><td>ARTICLE</td></tr></table>",
        "<script>var a='<p>脚本</p>';</script><style>p{}</style><!-- <p>注释</p> -->ARTICLE"
        "<div style='color:red; display : none'>隐藏</div><p hidden>隐藏</p>"
        "<iframe>框</iframe><select><option>选项</select><noscript>无</noscript>",
    ],
)
def test_what_the_site_puts_around_the_article_goes(site: str) -> None:
    page = site.replace("ARTICLE", ARTICLE).replace("MENU", MENU)
    found = lines(read(f"<html><body>{page}</body></html>"))
    assert len(found) == 12
    assert found[0].startswith("1月完成服务100人次")


def test_the_article_stays_whatever_it_is_called() -> None:
    page = f"<div class=footer><div class=nav>{ARTICLE}</div></div>"
    assert len(lines(read(page))) == 12
    lead = "<p>所在位置：天河区。</p><p>上一条指标未完成。</p>"
    assert lines(read(lead + ARTICLE))[:2] == ["所在位置：天河区。", "上一条指标未完成。"]
    header = "<div class=header><h1>某局2022年度自评</h1></div>"
    assert lines(read(header + ARTICLE))[0] == "某局2022年度自评"
    hidden = f"<div style='display:none' id=zoom>{ARTICLE}</div>"
    assert len(lines(read(hidden))) == 12


def test_a_table_with_figures_stays_even_among_links() -> None:
    rows = "".join(
        f"<tr><td><a href={n}>某单位第{n}号项目绩效自评表</a></td><td>{n}0.5</td></tr>"
        for n in range(1, 7)
    )
    (table,) = tables(read(f"<div class=links><table>{rows}</table></div>{ARTICLE}"))
    assert table.texts[5] == ("某单位第6号项目绩效自评表", "60.5")


def test_a_form_of_long_texts_stays_a_table() -> None:
    labels = ["项目概况", "绩效分析", "存在问题", "改进措施"]
    rows = "".join(
        f"<tr><td rowspan=1>{label}</td><td>{ARTICLE if n == 1 else '无。'}</td></tr>"
        for n, label in enumerate(labels)
    )
    (table,) = tables(read(f"<table>{rows}</table>"))
    assert [row[0] for row in table.texts] == labels
    assert table.texts[1][1].count("\n") == 11


def test_a_nested_table_follows_the_outer_one_and_a_frame_is_its_text() -> None:
    inner = "<table><tr><td>指标</td><td>值</td></tr><tr><td>数量</td><td>3</td></tr></table>"
    frame = "<table><tr><td><p>甲</p><p>乙</p></td></tr></table>"
    page = f"<table><tr><td>见{inner}</td><td>1.00</td><td>2.00</td></tr>"
    outer, nested = tables(read(f"{page}<tr><td>{frame}</td><td>3.00</td><td>4.00</td></tr>"))
    assert outer.texts == (("见", "1.00", "2.00"), ("甲\n乙", "3.00", "4.00"))
    assert nested.texts == (("指标", "值"), ("数量", "3"))
    assert nested.rows[1][1].place.cell == "表2 R2C2"


def test_links_to_attachments_stay() -> None:
    files = "".join(f"<p><a href='f{n}.docx'>附件{n}</a></p>" for n in range(1, 6))
    assert lines(read(f"{ARTICLE}<div>{files}</div>"))[-1] == "附件5"


@pytest.mark.parametrize(
    "outside",
    ["<h1>{}</h1>", "<div class='article-title'>{}</div>", "<h1>某区政府</h1><h1>{}</h1>"],
)
def test_a_title_outside_the_container_is_kept(outside: str) -> None:
    title = "某局2022年度绩效自评报告"
    page = f"<body>{outside.format(title)}<div class=date>2023-05-06</div><div id=zoom>{ARTICLE}"
    first = read(page).blocks[0]
    assert isinstance(first, Paragraph)
    assert (first.text, first.level) == (title, 1)
    meta = f"<meta name=ArticleTitle content='{title}'>"
    assert lines(read(f"<head>{meta}</head><body><div id=zoom>{ARTICLE}</div>"))[0] == title
    inside = f"<div class=bt>{title}</div><div id=zoom><p>{title}</p>{ARTICLE}</div>"
    assert lines(read(inside)).count(title) == 1


def test_malformed_pages_are_read() -> None:
    document = read("<p>未闭合<table><tr><td>甲<td>1<tr><td>乙<td>2</table><b><p>后</div></table>")
    assert lines(document) == ["未闭合", "后"]
    assert tables(document)[0].texts == (("甲", "1"), ("乙", "2"))


def test_text_below_thousands_of_unclosed_tags_is_not_lost() -> None:
    assert lines(read("<body>" + "<font size=1>" * 5000 + "<p>深处</p>")) == ["深处"]


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<html><body></body></html>", "no text"),
        ("<html><body><script>1</script></body></html>", "no text"),
        ("纯文本", "no tags"),
        ("<table><tr><td>x" * 3000, "nested too deeply"),
        ("<html><!-- ", "no text"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(page: str, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason) as refusal:
        read(page)
    assert str(refusal.value).startswith("页面.html: ")


def test_a_table_beyond_the_limits_is_refused() -> None:
    page = "<table>" + "<tr><td>1<td>2<td>3" * 40 + "</table>"
    with pytest.raises(UnreadableFile, match="more than 100 table cells"):
        read(page, limits=Limits(max_cells=100))
    bomb = "<table>" + "<tr><td colspan=1000 rowspan=60000>1<td>2" * 5000 + "</table>"
    with pytest.raises(UnreadableFile, match="table cells"):
        read(bomb)


@pytest.mark.parametrize(
    "filler",
    [
        '<img src="data:image/png;base64,' + "iVBORw0K" * 500_000 + '">',
        "<script>" + "if(a<b){x='<p>';}" * 250_000 + "</script>",
        "<script>" * 500_000,
        "<!-- " * 800_000,
        "<style " * 500_000,
        "data:image/png;base64" * 200_000,
        "<p>&nbsp; \n" * 300_000,
        " \n" * 2_000_000,
    ],
)
def test_megabytes_of_what_nobody_sees_take_no_time(filler: str) -> None:
    page = f"<html><body>{ARTICLE}{filler}".encode()
    start = time.process_time()
    found = lines(read(page))
    assert found[0].startswith("1月完成服务100人次")
    assert time.process_time() - start < 15  # seconds; quadratic ones would take hours


def test_only_what_is_unseen_is_cut() -> None:
    kept = without_unseen(b"<P>a<SCRIPT x>b</Script >c<!--d--!>-->e<styles>f<style>g")
    assert kept == b"<P>a c e<styles>f<style>g"
    assert page_text("<p>数据data:预算</p>".encode()) == "<p>数据data:预算</p>"
