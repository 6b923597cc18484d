"""`/api/adrastea/place`: a file of this machine, by its path in the workspace."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.server.running import Running


def test_a_file_below_the_root_has_a_path(served: Running) -> None:
    (served.root / "sub").mkdir()
    place = served.root / "sub" / "a b.py"
    place.write_text("x")

    answer = served.api("GET", f"api/adrastea/place?of={quote(str(place))}")

    assert answer.object() == {"path": "sub/a b.py"}


@pytest.mark.parametrize("system", ["/etc/passwd", "relative.py", "", "/", "~", "~nobody-here/a.py", "/a%00b"])
def test_a_file_elsewhere_has_none_and_nothing_is_said_of_where_we_are(served: Running, system: str) -> None:
    answer = served.api("GET", f"api/adrastea/place?of={system}")

    assert answer.status == 404
    assert str(served.root) not in answer.message()


def test_the_root_s_sibling_and_what_leads_out_have_none(served: Running) -> None:
    for system in (f"{served.root}-other/a.py", f"{served.root}/../a.py", str(served.root)):
        assert served.api("GET", f"api/adrastea/place?of={quote(system)}").status == 404


def test_a_hidden_file_stays_hidden(served: Running) -> None:
    assert served.api("GET", f"api/adrastea/place?of={quote(str(served.root / '.venv' / 'a.py'))}").status == 403


def test_a_question_without_a_path_makes_no_sense(served: Running) -> None:
    assert served.api("GET", "api/adrastea/place").status == 400
