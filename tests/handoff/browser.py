"""Documents in real programs: Chromium with axe-core, LibreOffice. Where one is missing, its tests are skipped."""

import json
import re
import subprocess
from html import escape
from pathlib import Path
from shutil import which
from typing import Any

from tests.handoff.fhir_checks import TOOLS

CHROMIUM = which("chromium")
OFFICE = which("soffice")
AXE = TOOLS / "node_modules/axe-core/axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def axe(document: bytes, folder: Path, *, width: int, dark: bool) -> list[dict[str, Any]]:
    """What axe-core finds against a page in Chromium of that width."""
    run = f"axe.run({{runOnly: {json.dumps(_RULES)}}}).then(found => {{"
    run += "const at = document.createElement('pre'); at.id = 'axe';"
    run += "at.textContent = JSON.stringify({violations: found.violations, passes: found.passes.length,"
    run += " wide: document.documentElement.scrollWidth, shown: innerWidth}); document.body.append(at); })"
    page = document.decode().replace("default-src 'none'; ", "")  # the page allows no script; the checker is one
    page = page.replace("</body>", f"<script>{AXE.read_text(encoding='utf-8')}</script><script>{run}</script></body>")
    shown = _chromium(page, folder, "--virtual-time-budget=20000", "--dump-dom", width=width, dark=dark).decode()
    found = re.search(r'<pre id="axe">(.*?)</pre>', shown, re.DOTALL)
    assert found, "the checker did not finish"
    answer = json.loads(found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    assert answer["passes"] > 10
    assert answer["wide"] <= max(answer["shown"], width), "it can be scrolled sideways"
    violations: list[dict[str, Any]] = answer["violations"]
    return violations


def cut_off(document: bytes, folder: Path, width: int) -> int:
    """How many pixels of a page lie outside a frame of that width: Chromium's own window cannot be so narrow."""
    measure = "const at = frame.contentDocument.documentElement;"
    measure += "document.body.dataset.wide = at.scrollWidth - at.clientWidth"
    frame = f'<iframe id="frame" width="{width}" height="900" style="border: 0" srcdoc="{escape(document.decode())}"'
    page = f"<!DOCTYPE html><body>{frame} onload='{measure}'></iframe></body>"
    shown = _chromium(page, folder, "--virtual-time-budget=20000", "--dump-dom", width=1000, dark=False).decode()
    found = re.search(r'data-wide="(\d+)"', shown)
    assert found, "the page was not laid out"
    return int(found[1])


def printed(document: bytes, folder: Path) -> bytes:
    """A page as Chromium prints it, as PDF."""
    out = folder / "printed.pdf"
    _chromium(document.decode(), folder, "--no-pdf-header-footer", f"--print-to-pdf={out}", width=1000, dark=False)
    return out.read_bytes()


def _chromium(page: str, folder: Path, *arguments: str, width: int, dark: bool) -> bytes:
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    assert CHROMIUM
    command = [
        CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}",
        f"--window-size={width},900", f"--blink-settings=preferredColorScheme={0 if dark else 1}",
        *arguments, file.as_uri(),
    ]  # fmt: skip
    return subprocess.run(command, capture_output=True, check=True, timeout=180).stdout


def office_pdfs(folder: Path, **documents: bytes) -> dict[str, bytes]:
    """Word files as LibreOffice lays them out, as PDF; in one start, which takes longer than all of them."""
    files = [folder / f"{name}.docx" for name in documents]
    for file in files:
        file.write_bytes(documents[file.stem])
    assert OFFICE
    command = [OFFICE, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), *map(str, files)], capture_output=True, check=True, timeout=300)
    return {file.stem: file.with_suffix(".pdf").read_bytes() for file in files}
