"""`/view/<path>`: a page of ours that can do nothing, around a file of the user in an origin of its own."""

from __future__ import annotations

import pytest

from tests.server.running import Running


def test_the_file_is_in_a_frame_that_reaches_nothing(served: Running) -> None:
    (served.root / "a b.html").write_text("<script>1</script>")

    page = served.api("GET", "view/a%20b.html")

    assert (page.status, page.headers["Content-Type"]) == (200, "text/html; charset=UTF-8")
    assert b'<iframe sandbox="allow-scripts" src="/files/a%20b.html"' in page.body
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert b"<script>" not in page.body


def test_a_name_is_no_markup(served: Running) -> None:
    name = '"><img src=x onerror=alert(1)>.html'
    (served.root / name).write_text("x")

    page = served.api("GET", "view/%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E.html")

    assert page.status == 200
    assert b"<img" not in page.body


@pytest.mark.parametrize(("path", "status"), [("gone.html", 404), ("", 404), ("..%2Fa", 403), (".a", 403)])
def test_only_files_of_the_workspace_are_viewed(served: Running, path: str, status: int) -> None:
    assert served.api("GET", f"view/{path}").status == status
