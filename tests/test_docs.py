"""What is written for people: decisions are counted without a gap, and every link leads to something that is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s]+?)(#[^)]*)?\)")


def test_decisions_are_counted_from_one_without_a_gap() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))

    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    assert [page.read_text(encoding="utf-8").partition(".")[0] for page in pages] == [
        f"# {number}" for number in range(1, len(pages) + 1)
    ]


def test_every_link_leads_to_something_that_is_there() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target, _ in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]

    assert not broken
