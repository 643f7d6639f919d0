"""`python -m tests.papers.unseen DIR [--seed N] [--each N]`: draws the second set with its truth file. Wants Chromium."""

import argparse
import io
import json
from pathlib import Path
from random import Random

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.papers.unseen import british, chinese
from tests.papers.unseen.page import Paper
from tests.papers.unseen.taking import taken

CHROMIUM = "/usr/bin/chromium"
EACH = 3


def main() -> None:
    """Draw the papers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=EACH)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    truth = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for draw in (*chinese.PAPERS, *british.PAPERS):
            for number in range(given.each):
                random = Random(f"{given.seed}-{draw.__module__}-{draw.__name__}-{number}")
                paper = draw(random)
                way = paper.ways[number % len(paper.ways)]
                name = f"{paper.country.lower()}-{draw.__name__}-{number}.{_ENDING.get(way, 'jpg')}"
                (given.folder / name).write_bytes(_drawn(browser, paper, way, random))
                truth.append({"file": name, "kind": paper.kind, "how": way, "fields": dict(paper.fields)})
        browser.close()
    (given.folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")


def _drawn(browser: Browser, paper: Paper, way: str, random: Random) -> bytes:
    page = browser.new_page(
        viewport={"width": paper.width, "height": 500}, device_scale_factor=3 if paper.width < 500 else 2
    )
    try:
        page.set_content(paper.document())
        if way == "pdf":
            return page.pdf(format="A4", scale=0.9)
        shot = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
        return taken(shot, way, random)
    finally:
        page.close()


_ENDING = {"pdf": "pdf", "screen": "png"}

if __name__ == "__main__":
    main()
