"""The HTTP API as another program uses it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest

from tests.conftest import SAMPLES
from ui.server.accounts import Accounts

from .conftest import PASSWORDS

SCHEMA = json.loads((Path(__file__).parents[1] / "answer.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def api(address: str, folder: Path) -> Iterator[httpx.Client]:
    """A program with an editor's token."""
    token = Accounts(folder).new_token("editor")
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=address, headers=headers, trust_env=False, timeout=60) as client:
        yield client


def ask(api: httpx.Client, question: str, **more: Any) -> dict[str, Any]:
    answer = api.post("/api/v1/ask", json={"question": question, **more})
    assert answer.status_code == 200, answer.text
    given: dict[str, Any] = answer.json()
    jsonschema.validate(given, SCHEMA)
    return given


@pytest.mark.parametrize(
    ("question", "status", "value"),
    [
        ("2022年员村街代征个人出租房屋税多少？", "answered", "2100.52"),
        ("How much rental tax did Yuancun collect in 2022?", "answered", "2100.52"),
        ("员村街2022年实际支出比2021年增长多少", "answered", "6.25"),
        ("2022年有多少只大熊猫", "not_found", None),
        ("2022年存在哪些问题", "answered", None),
    ],
)
def test_an_answer_is_the_answer_object_of_the_contract(
    api: httpx.Client, question: str, status: str, value: str | None
) -> None:
    given = ask(api, question)
    assert given["status"] == status
    assert value is None or value in [f["value"] for f in given["figures"]]


def test_every_labelled_question_gets_an_answer_that_fits_the_schema(api: httpx.Client) -> None:
    from eval.questions import load_questions

    turns = [c.turns[0].question for c in load_questions() if c.reports == "samples"]
    for question in turns[::4]:
        ask(api, question)


def test_a_follow_up_by_conversation_or_by_turns(api: httpx.Client) -> None:
    first = ask(api, "2022年员村街代征个人出租房屋税多少？")
    by_id = ask(api, "目标呢？", conversation=first["conversation"])
    by_turns = ask(api, "目标呢？", turns=["2022年员村街代征个人出租房屋税多少？"])
    for given in (by_id, by_turns):
        assert [f["value"] for f in given["figures"]] == ["1600"]
    # The value asked for stands in the report: 目标 1600 万元.
    assert "1600" in (SAMPLES / "yuancun-2022.txt").read_text("utf-8", errors="ignore")


def test_the_language_can_be_chosen(api: httpx.Client) -> None:
    given = ask(api, "2022年员村街代征个人出租房屋税多少？", language="en")
    assert given["language"] == "en"


def test_a_conversation_is_of_one_user_only(api: httpx.Client, address: str) -> None:
    mine = ask(api, "2022年员村街实际支出多少")["conversation"]
    body = {"question": "那2021年呢？", "conversation": mine}
    other = httpx.post(
        f"{address}/api/v1/ask", json=body, auth=("reader", PASSWORDS["reader"]), trust_env=False
    )
    assert other.status_code == 404
    assert other.json()["error"]["code"] == "unknown_conversation"
    assert api.post("/api/v1/ask", json=body).status_code == 200


def test_reports_and_their_contents(api: httpx.Client) -> None:
    reports = api.get("/api/v1/reports", params={"department": "员村", "year": 2022}).json()
    assert [r["file"] for r in reports] == ["yuancun-2022.txt"]
    contents = api.get(f"/api/v1/reports/{reports[0]['id']}").json()
    assert contents["figures"] == reports[0]["figures"] > 50
    assert any("出租屋管理" in task["name"] for task in contents["tasks"])
    figures = api.get(f"/api/v1/reports/{reports[0]['id']}/figures").json()
    assert len(figures) == reports[0]["figures"]
    source = (SAMPLES / "yuancun-2022.txt").read_text("utf-8", errors="ignore")
    tax = next(f for f in figures if f["value"] == "2100.52")
    assert tax["unit"] == "万元"
    assert tax["quote"] in source


def test_figures_are_found_by_words_department_and_year(api: httpx.Client) -> None:
    found = api.get("/api/v1/figures", params={"q": "出租房屋税", "year": 2021}).json()
    assert found[0]["value"] == "1836.40"
    assert {f["year"] for f in found} == {2021}
    assert api.get("/api/v1/figures", params={"q": "税", "department": "棠东"}).json() == []


def test_the_calculator(api: httpx.Client) -> None:
    def calculate(expression: str) -> dict[str, Any]:
        made: dict[str, Any] = api.post("/api/v1/calculate", json={"expression": expression}).json()
        return made

    assert calculate("(73,260-57,768)/57,768")["result"] == "0.2681761529"
    bad = calculate("1/0")
    assert bad["result"] is None
    assert bad["error"]


def test_upload_and_remove(api: httpx.Client) -> None:
    files = [
        ("files", ("../../员村2023.txt", (SAMPLES / "yuancun-2023.txt").read_bytes())),
        ("files", ("坏.docx", b"not a document")),
    ]
    results = api.post("/api/v1/reports", files=files).json()
    assert [r["file"] for r in results] == ["员村2023.txt", "坏.docx"]
    assert results[0]["problem"] is None
    assert "supported: .docx" in results[1]["problem"]
    mine = api.get("/api/v1/reports", params={"year": 2023}).json()
    assert [f["value"] for f in ask(api, "2023年员村街实际支出多少")["figures"]] == ["12805.18"]
    assert api.delete(f"/api/v1/reports/{mine[0]['id']}").status_code == 204
    assert api.get(f"/api/v1/reports/{mine[0]['id']}").status_code == 404
    assert api.delete(f"/api/v1/reports/{mine[0]['id']}").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", "/api/v1/ask", {"question": ""}, 422, "invalid"),
        ("POST", "/api/v1/ask", {"question": "x" * 5000}, 422, "invalid"),
        ("POST", "/api/v1/ask", {"q": "2022年"}, 422, "invalid"),
        ("POST", "/api/v1/ask", {"question": "a", "conversation": "b"}, 404,
         "unknown_conversation"),
        ("GET", "/api/v1/figures", None, 422, "invalid"),
        ("GET", "/api/v1/reports/none", None, 404, "unknown_report"),
        ("GET", "/api/v1/nothing", None, 404, "not_found"),
        ("PUT", "/api/v1/ask", None, 404, "not_found"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["zh", "en"])
def test_failures_are_json_that_says_what_is_wrong(
    api: httpx.Client,
    method: str,
    path: str,
    body: dict[str, str] | None,
    status: int,
    code: str,
    language: str,
) -> None:
    answer = api.request(method, path, json=body, headers={"Accept-Language": language})
    assert answer.status_code == status
    problem = answer.json()["error"]
    assert problem["code"] == code
    assert problem["message"]
    if code != "invalid":
        assert any("一" <= c <= "鿿" for c in problem["message"]) == (language == "zh")


def test_a_body_that_is_not_json(api: httpx.Client) -> None:
    kind = {"Content-Type": "application/json"}
    answer = api.post("/api/v1/ask", content=b"{", headers=kind)
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "invalid"


@pytest.mark.parametrize(
    "authorization", ["Bearer wrong", "Basic !!!", "Basic cmVhZGVyOndyb25n", "Digest x", ""]
)
def test_the_wrong_key_opens_nothing(address: str, authorization: str) -> None:
    answer = httpx.get(
        f"{address}/api/v1/reports", headers={"Authorization": authorization}, trust_env=False
    )
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Basic")
    assert answer.json()["error"]["code"] == "needs_login"


def test_a_password_opens_the_api_too(address: str) -> None:
    for _ in range(2):
        answer = httpx.get(
            f"{address}/api/v1/reports", auth=("reader", PASSWORDS["reader"]), trust_env=False
        )
        assert answer.status_code == 200


def test_the_document_describes_every_address_fully(api: httpx.Client) -> None:
    document = api.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.")
    assert set(document["components"]["securitySchemes"]) == {"HTTPBasic", "HTTPBearer"}
    for path, methods in document["paths"].items():
        assert path.startswith("/api/v1/")
        for operation in methods.values():
            assert operation["description"], path
            assert operation["security"], path
            success = next(v for k, v in operation["responses"].items() if k.startswith("2"))
            schema = success.get("content", {}).get("application/json", {}).get("schema")
            assert schema != {}, path
            assert "401" in operation["responses"], path
    answer = document["components"]["schemas"]["Reply"]
    assert set(SCHEMA["required"]) <= set(answer["required"])
