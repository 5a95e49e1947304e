"""The demo's digest in a real browser: as wide as the window on phone and desk, dark where the reader is.

``WAKHAN_PICTURES=docs/pictures pytest tests/flows/mail/test_in_a_browser.py`` takes the pictures of the docs.
"""

import html
import json
import os
import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from flows.mail.digests import render_edition

BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium here; Debian: apt-get install chromium fonts-noto-cjk"
)

# Windows of a browser are never narrower than 500 pixels, so the phone is a frame in a page.
FRAMED = """<!doctype html><meta charset="utf-8"><body style="margin:0">
<iframe id="phone" srcdoc="{page}" style="border:0;width:{width}px;height:{height}px"></iframe>
<pre id="said" hidden></pre>
<script>
document.getElementById("phone").addEventListener("load", event => {{
  const page = event.target.contentDocument, style = event.target.contentWindow.getComputedStyle(page.body);
  const cut = [...page.querySelectorAll("body *")].filter(each => each.getBoundingClientRect().right > {width} + 1);
  document.getElementById("said").textContent = JSON.stringify({{
    wide: page.documentElement.scrollWidth,
    cut: cut.map(each => each.tagName + " " + each.textContent.slice(0, 60)),
    pictures: [...page.images].map(each => each.naturalWidth),
    smallest: Math.min(...[...page.querySelectorAll("p, td, div")].map(e => parseFloat(getComputedStyle(e).fontSize))),
    background: style.backgroundColor,
    ink: style.color,
    scripts: page.scripts.length,
  }});
}});
</script>"""


def browse(folder: Path, page: Path, *flags: str) -> str:
    """Open a page and return the document as the browser has it in the end."""
    assert BROWSER
    run = subprocess.run(
        [
            BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--virtual-time-budget=5000",
            f"--user-data-dir={folder / 'profile'}", *flags, page.as_uri(),
        ],
        capture_output=True, text=True, check=True, timeout=100,
    )  # fmt: skip
    return run.stdout


@pytest.fixture(scope="module")
def digest(demo) -> str:
    """The digest of the demo's first day, as the file that stands alone."""
    begun = demo.first.started_at
    return render_edition(demo.settings, since=begun - timedelta(days=1), until=demo.first.finished_at).page


@pytest.mark.parametrize("width", [390, 1000])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_fits_the_window_and_can_be_read(digest, tmp_path, width, dark):
    page = tmp_path / "framed.html"
    page.write_text(FRAMED.format(page=html.escape(digest), width=width, height=1600), encoding="utf-8")
    scheme = (f"--blink-settings=preferredColorScheme={0 if dark else 1}", f"--window-size={max(width, 500)},1700")
    document = browse(tmp_path, page, "--dump-dom", *scheme)
    said = json.loads(html.unescape(re.findall(r'<pre id="said"[^>]*>(.*?)</pre>', document, re.DOTALL)[0]))
    assert said["wide"] <= width
    assert said["cut"] == []
    assert said["pictures"]
    assert all(said["pictures"]), "a chart that does not load has no width"
    assert said["smallest"] >= 12
    assert said["scripts"] == 0
    assert contrast(said["ink"], said["background"]) >= 7  # WCAG 2.2, AAA
    assert (luminance(said["background"]) < 0.2) is dark
    if folder := os.environ.get("WAKHAN_PICTURES"):
        name = "digest" + ("-phone" if width < 500 else "") + ("-dark" if dark else "")
        picture = Path(folder).resolve() / f"{name}.png"
        browse(tmp_path, page, f"--screenshot={picture}", *scheme)
        with Image.open(picture) as taken:
            taken.crop((0, 0, width, 1600)).save(picture)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``rgb(r, g, b)`` as WCAG 2.2 defines it."""
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (int(number) / 255 for number in re.findall(r"\d+", colour)[:3])
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: str, background: str) -> float:
    """Return the contrast ratio of WCAG 2.2, from 1 to 21."""
    light, dark = sorted((luminance(ink), luminance(background)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
