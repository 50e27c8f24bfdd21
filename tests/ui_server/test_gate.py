"""Who gets in, and what nobody gets; a real server, asked over HTTP."""

from __future__ import annotations

import json
import time
from pathlib import Path

import httpx
import pytest

from ingest.errors import JixiaoError
from tests.assistant.test_cli import jixiao
from tests.conftest import SAMPLES
from ui.server.accounts import Accounts, Role
from ui.server.gate import COOKIE

from .conftest import PASSWORDS, Serve, log_in
from .events import call, event_id

PAGE = {"Accept": "text/html"}


def events(folder: Path) -> list[dict[str, object]]:
    lines = (folder / "access.log").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_a_stranger_is_sent_to_the_login_page_and_back(client: httpx.Client) -> None:
    answer = client.get("/reports?year=2022", headers=PAGE)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=/reports%3Fyear%3D2022"
    assert 'name="next" value="/reports?year=2022"' in client.get(answer.headers["location"]).text


@pytest.mark.parametrize(
    "path",
    [
        "/config", "/gradio_api/queue/data?session_hash=x", "/gradio_api/heartbeat/x",
        "/gradio_api/startup-events", "/gradio_api/user", "/gradio_api/file=/etc/passwd",
        "/api/v1/reports", "/api/v1/openapi.json", "/mcp", "/admin", "/theme.css",
    ],
)  # fmt: skip
def test_a_stranger_gets_nothing_else(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (401, 404)
    assert set(answer.json()) == {"error"}


def test_a_login_is_a_cookie_that_scripts_cannot_read(address: str) -> None:
    client = httpx.Client(base_url=address, trust_env=False)
    data = {"username": "reader", "password": PASSWORDS["reader"], "next": "/reports"}
    answer = client.post("/login", data=data)
    assert (answer.status_code, answer.headers["location"]) == (303, "/reports")
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith(COOKIE)
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert client.get("/", headers=PAGE).status_code == 200


@pytest.mark.parametrize("next", ["//evil.example", "https://evil.example", "/\\evil.example", "x"])
def test_a_login_never_leads_to_another_site(address: str, next: str) -> None:
    data = {"username": "reader", "password": PASSWORDS["reader"], "next": next}
    answer = httpx.post(f"{address}/login", data=data, trust_env=False)
    assert answer.headers["location"] == "/"


def test_a_logout_ends_the_session_on_the_server(address: str) -> None:
    client = log_in(address, "reader")
    key = client.cookies[COOKIE]
    assert client.post("/logout").status_code == 303
    answer = httpx.get(f"{address}/config", cookies={COOKIE: key}, trust_env=False)
    assert answer.status_code == 401


def test_guessing_is_stopped_even_with_the_right_password(serve: Serve) -> None:
    address = serve(max_failed_logins=3, lockout_minutes=1)

    def attempt(password: str) -> httpx.Response:
        data = {"username": "reader", "password": password}
        return httpx.post(f"{address}/login", data=data, trust_env=False)

    wrong = [attempt("guess-123") for _ in range(3)]
    assert [answer.status_code for answer in wrong] == [401, 401, 401]
    assert attempt(PASSWORDS["reader"]).status_code == 429
    basic = httpx.get(
        f"{address}/api/v1/reports", auth=("reader", PASSWORDS["reader"]), trust_env=False
    )
    assert basic.status_code == 429
    assert int(basic.headers["retry-after"]) <= 61
    assert log_in(address, "editor")


def test_a_session_ends_after_its_time(serve: Serve) -> None:
    client = log_in(serve(session_hours=1 / 3600), "reader")
    assert client.get("/config").status_code == 200
    time.sleep(1.1)
    assert client.get("/config").status_code == 401


def test_another_website_can_do_nothing_with_the_cookie(address: str) -> None:
    client = log_in(address, "editor")
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        answer = client.post("/logout", headers=headers)
        assert answer.status_code == 403, headers
        assert answer.json()["error"]["code"] == "elsewhere"
    read = client.get("/config", headers={"Origin": "https://evil.example"})
    assert read.status_code == 403
    assert "access-control-allow-origin" not in read.headers


def test_a_reader_cannot_upload_not_even_past_the_page(address: str, folder: Path) -> None:
    client = log_in(address, "reader")
    file = {"files": ("new.txt", b"text")}
    assert client.post("/gradio_api/upload", files=file).status_code == 403
    assert client.post("/api/v1/reports", files=file).status_code == 403
    assert client.delete("/api/v1/reports/any").status_code == 403
    # The event itself, with a file that the server has.
    editor = log_in(address, "editor")
    uploaded = editor.post("/gradio_api/upload", files=file).json()
    message = call(
        client,
        event_id(client, "read"),
        [[{"path": uploaded[0], "meta": {"_type": "gradio.FileData"}}]],
    )
    assert "not upload or remove reports" in json.dumps(message)
    assert len(client.get("/api/v1/reports", auth=("reader", PASSWORDS["reader"])).json()) == 2
    refused = [event for event in events(folder) if event["event"] == "refused"]
    assert refused
    assert refused[-1]["user"] == "reader"


def test_a_role_taken_away_counts_at_once(address: str, folder: Path) -> None:
    accounts = Accounts(folder)
    accounts.add("temp", "temp-secret", Role.ADMIN)
    client = log_in(address, "temp", "temp-secret")
    assert client.get("/api/v1/access-log").status_code == 200
    accounts.set_role("temp", Role.READER)
    assert client.get("/api/v1/access-log").status_code == 403
    accounts.remove("temp")
    assert client.get("/api/v1/access-log").status_code == 401


def test_only_administrators_see_accounts_and_the_log(address: str) -> None:
    for name, status in (("reader", 403), ("editor", 403), ("admin", 200)):
        client = log_in(address, name)
        assert client.get("/admin").status_code == status
        assert client.get("/api/v1/users").status_code == status
    page = client.get("/admin").text
    assert "reader" in page
    assert PASSWORDS["reader"] not in page
    assert "scrypt" not in page


def test_a_hostile_name_is_only_text_in_the_log(address: str) -> None:
    data = {"username": "<script>alert(1)</script>", "password": "whatever"}
    page = httpx.post(f"{address}/login", data=data, trust_env=False).text
    assert "<script" not in page
    shown = log_in(address, "admin").get("/admin").text
    assert "&lt;script&gt;" in shown
    assert "<script" not in shown


def test_what_happened_is_in_the_log(address: str, folder: Path) -> None:
    client = log_in(address, "editor")
    client.post("/api/v1/ask", json={"question": "2022年员村街实际支出多少"})
    sent = {"files": ("budget.txt", (SAMPLES / "yuancun-2023.txt").read_bytes())}
    read = client.post("/api/v1/reports", files=sent).json()
    assert read[0]["problem"] is None
    report = next(r for r in client.get("/api/v1/reports").json() if r["year"] == 2023)
    assert client.delete(f"/api/v1/reports/{report['id']}").status_code == 204
    client.post("/logout")
    mine = [event for event in events(folder) if event["user"] == "editor"][-5:]
    names = [event["event"] for event in mine]
    assert names == ["login", "question", "upload", "remove", "logout"]
    assert mine[1]["question"] == "2022年员村街实际支出多少"
    assert mine[2]["file"] == "budget.txt"
    assert mine[3]["report"] == report["id"]
    assert all(event["address"] == "127.0.0.1" and event["time"] for event in mine)


def test_questions_are_limited_a_user(serve: Serve) -> None:
    address = serve(questions_per_minute=2)
    asked = {"question": "2022年员村街实际支出多少"}
    reader, editor = log_in(address, "reader"), log_in(address, "editor")
    codes = [reader.post("/api/v1/ask", json=asked).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    answer = reader.post("/api/v1/ask", json=asked, headers={"Accept-Language": "en"})
    assert "Too many questions" in answer.json()["error"]["message"]
    assert 0 < int(answer.headers["retry-after"]) <= 60
    assert editor.post("/api/v1/ask", json=asked).status_code == 200


def test_an_upload_has_a_largest_size(serve: Serve) -> None:
    client = log_in(serve(max_upload_mb=1), "editor")
    big = b"x" * (1024 * 1024 + 10_000)
    answer = client.post("/api/v1/reports", files={"files": ("big.txt", big)})
    assert answer.status_code == 413
    assert "1 MB" in answer.json()["error"]["message"]

    def pieces():  # type: ignore[no-untyped-def]
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="b.txt"\r\n\r\n'
        yield big

    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    assert client.post("/api/v1/reports", content=pieces(), headers=kind).status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd", "/gradio_api/file=http://127.0.0.1/",
        "/gradio_api/file=../../etc/passwd", "/gradio_api/proxy=http://127.0.0.1/",
        "/gradio_api/vibe-code/", "/gradio_api/openapi.json", "/monitoring",
        "/gradio_api/call/read", "/gradio_api/run/read", "/gradio_api/deep_link", "/docs", "/redoc",
    ],
)  # fmt: skip
def test_no_file_by_its_path_and_no_unused_door(address: str, path: str) -> None:
    assert log_in(address, "admin").get(path).status_code == 404


def test_neither_the_store_nor_the_accounts_are_served(address: str, folder: Path) -> None:
    client = log_in(address, "admin")
    for name in ("accounts.json", "access.log", "catalog.sqlite"):
        assert client.get(f"/gradio_api/file={folder / name}").status_code == 404


def test_without_accounts_it_is_for_this_machine_only(filled: Path, tmp_path: Path) -> None:
    from assistant.service import Assistant
    from assistant.settings import Settings
    from tests.conftest import open_store
    from ui.server.run import served, who_may_come

    assistant = Assistant(open_store(filled))
    with served(assistant, Settings()) as address:
        assert httpx.get(f"{address}/config", trust_env=False).status_code == 200
        rebound = httpx.get(f"{address}/config", headers={"Host": "evil.example"}, trust_env=False)
        assert rebound.status_code == 403
    assert who_may_come(assistant, "::1", without_accounts=False) == "loopback"
    assert who_may_come(assistant, "0.0.0.0", without_accounts=True) == "anyone"
    for host in ("0.0.0.0", "192.0.2.1", "::", "server.example"):
        with pytest.raises(JixiaoError, match="jixiao user add"):
            who_may_come(assistant, host, without_accounts=False)
    assistant.store.close()


def test_the_command_refuses_another_address_without_accounts(filled: Path) -> None:
    done = jixiao("serve", "--host", "0.0.0.0", "--port", "0", "--store", str(filled))
    assert done.returncode == 1
    assert "--without-accounts" in done.stderr
    assert done.stderr.count("\n") == 1


def test_under_a_path_behind_a_proxy(serve: Serve) -> None:
    address = serve(root_path="/jixiao").removesuffix("/jixiao")
    said = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "gov.example", "Host": "gov.example"}
    client = httpx.Client(base_url=address, trust_env=False, headers=said)
    # Cut off by the proxy, or not: both work.
    for path in ("/", "/jixiao/"):
        answer = client.get(path, headers=PAGE)
        assert answer.headers["location"] == "/jixiao/login"
    form = client.get("/login").text
    assert 'action="/jixiao/login"' in form
    data = {"username": "reader", "password": PASSWORDS["reader"], "next": "/reports"}
    answer = client.post("/login", data=data, headers={"Origin": "https://gov.example"})
    assert answer.headers["location"] == "/jixiao/reports"
    cookie = answer.headers["set-cookie"].lower()
    assert "path=/jixiao" in cookie
    assert "secure" in cookie
    key = answer.headers["set-cookie"].split("=", 1)[1].split(";")[0]
    config = client.get("/config", headers={"Cookie": f"{COOKIE}={key}"}).json()
    assert config["root"] == "https://gov.example/jixiao"
    assert client.get("/jixiao/health").json() == {"status": "ok"}


def test_a_stranger_cannot_speak_for_a_proxy(serve: Serve, folder: Path) -> None:
    address = serve(trusted_proxies="192.0.2.1")
    data = {"username": "ghost", "password": "whatever"}
    httpx.post(
        f"{address}/login", data=data, headers={"X-Forwarded-For": "203.0.113.5"}, trust_env=False
    )
    assert [e for e in events(folder) if e["user"] == "ghost"][-1]["address"] == "127.0.0.1"
