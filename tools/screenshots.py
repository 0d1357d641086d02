"""Pictures of the public site, and one page on which to compare them.

`make screenshots` calls this. It imports a source (the demo by default) into a database of
its own, serves it, and photographs one page of each type, with the demo also every block,
section and state (tools/states.py), at several widths and as printed on paper.

  tools/screenshots.py [SOURCE] [--pages NUMBER] [--only WORD] [--every-view] [--into FOLDER]

  SOURCE      another repository in the old format
  --pages     so many further pages, evenly from the sitemap
  --only      states whose name or address holds the word
  --every-view also 320 px, 200 % zoom, forced colours and reduced motion
"""

from __future__ import annotations

import argparse
import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools.fidelity import BASE, environment_for, manage, say, serving
from tools.states import BROKEN, State, states

DEMO = BASE / "demo"
# The text area of an A4 sheet with margins of 18 mm, in CSS pixels.
SHEET = 658
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--hide-scrollbars"]  # fmt: skip


@dataclass(frozen=True)
class View:
    """How a page is looked at: the options of a browser's window, and of its media."""

    name: str
    width: int
    scale: float = 1
    media: dict[str, Any] = field(default_factory=dict)


VIEWS = [
    View("360", 360),
    View("768", 768),
    View("1440", 1440),
    View("print", SHEET, media={"media": "print"}),
]
FURTHER_VIEWS = [
    View("320", 320),
    View("zoom-200", 720, scale=2),
    View("forced-colours", 1440, media={"forced_colors": "active", "reduced_motion": "reduce"}),
]


@dataclass(frozen=True)
class ServedSite:
    """A running site: its address, what it has to look at, and its page of a server error."""

    address: str
    states: list[State]
    error_page: str


def chromium() -> str:
    """Return the path of Chromium, or end with a message that says how to get it."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        raise SystemExit("This needs Chromium. On Debian: apt-get install chromium")
    return found


def sign_in(context: BrowserContext, site: str, name: str, password: str) -> Page:
    """Return the admin's first page, after somebody signed in at the site's address."""
    page = context.new_page()
    page.goto(f"{site}/admin/login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site}/admin/")
    return page


def sitemap_paths(address: str) -> list[str]:
    """Return the paths that a site's sitemap names, in its order."""
    with urllib.request.urlopen(f"{address}/sitemap.xml", timeout=60) as answer:
        found = re.findall(r"<loc>https?://[^/<]+([^<]*)</loc>", answer.read().decode())
    return [html.unescape(path) for path in found]


def spread(paths: list[str], number: int) -> list[str]:
    """Return so many of the paths, evenly from first to last."""
    if number <= 0 or not paths:
        return []
    step = max(len(paths) / number, 1)
    return [paths[int(place * step)] for place in range(min(number, len(paths)))]


@contextmanager
def imported_site(source: Path, pages: int = 0) -> Iterator[ServedSite]:
    """Import a source into a database of its own and serve it.

    Args:
        source: a repository in the old format; the demo also gets its showcase.
        pages: how many further pages to take from the sitemap.
    """
    with tempfile.TemporaryDirectory(prefix="screenshots-") as temporary:
        folder = Path(temporary)
        environment = environment_for(folder)
        manage(environment, "migrate", "--verbosity", "0")
        manage(environment, "import_isomer", str(source))
        is_demo = source.resolve() == DEMO
        found = _look_around(environment, with_showcase=is_demo)
        with serving(environment, folder) as address:
            if is_demo:
                here = states(found["types"], found["showcase"])
            else:
                here = [State(name, path) for name, path in found["types"].items()]
            taken = {state.path for state in here}
            further = [path for path in sitemap_paths(address) if path not in taken]
            here += [State("", path) for path in spread(further, pages)]
            yield ServedSite(address, here, found["error"])


def _look_around(environment: dict[str, str], with_showcase: bool) -> dict[str, Any]:
    command = [sys.executable, "-m", "tools.showcase"]
    done = subprocess.run(
        command if with_showcase else [*command, "--only-look"],
        cwd=BASE, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"The sample pages could not be made:\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def photograph(browser: Browser, site: ServedSite, view: View, folder: Path) -> list[str]:
    """Write a picture of each state, and return what went wrong: scripts' errors, overflow."""
    context = browser.new_context(
        viewport={"width": view.width, "height": 900}, device_scale_factor=view.scale
    )
    context.route(f"**{BROKEN}", lambda route: route.fulfill(
        status=500, content_type="text/html", body=site.error_page))  # fmt: skip
    problems: list[str] = []
    for number, state in enumerate(site.states):
        if not state.exists_at(view.width) or (view.name == "print" and state.act):
            continue
        # A window of its own, so that a dismissed notification is back.
        page = context.new_page()
        page.emulate_media(**view.media)
        page.on("pageerror", partial(_note, problems, state.path))
        page.goto(site.address + state.path)
        page.evaluate("localStorage.clear()")
        if state.act:
            page.reload()
            state.act(page)
        _show_late_pictures(page)
        wider = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if wider > 0:
            problems.append(f"{state.path} is {wider} px wider than {view.name}")
        page.screenshot(path=folder / f"{number:03}-{view.name}.png", full_page=True)
        page.close()
    context.close()
    return problems


def _note(problems: list[str], path: str, error: Exception) -> None:
    problems.append(f"{path}: {error}")


def _show_late_pictures(page: Any) -> None:
    """Have pictures loaded that wait until they are near, and wait for them."""
    page.evaluate(
        "Promise.all([...document.images].map((image) => { image.loading = 'eager';"
        " return image.decode().catch(() => undefined); }))"
    )


def contact_sheet(site: ServedSite, views: list[View], folder: Path) -> Path:
    """Write the page that shows all pictures side by side, and return its path."""
    rows = []
    for number, state in enumerate(site.states):
        files = [(view.name, f"{number:03}-{view.name}.png") for view in views]
        cells = "".join(
            f'<td><a href="{file}"><img src="{file}" alt="{name}" loading="lazy"></a></td>'
            if (folder / file).exists()
            else "<td></td>"
            for name, file in files
        )
        title = html.escape(f"{number:03} {state.name}")
        rows.append(f"<tr><th>{title}<br><small>{html.escape(state.path)}</small></th>{cells}</tr>")
    head = "".join(f"<th>{view.name}</th>" for view in views)
    sheet = folder / "index.html"
    sheet.write_text(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Screenshots</title><style>"
        "body{font:14px system-ui}td,th{vertical-align:top;text-align:left;padding:8px;"
        "border-top:1px solid #ccc}img{width:22vw;max-height:60vh;object-fit:cover;"
        "object-position:top;border:1px solid #ccc}</style>"
        f"<table><tr><th></th>{head}</tr>{''.join(rows)}</table>",
        encoding="utf-8",
    )
    return sheet


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", nargs="?", type=Path, default=DEMO)
    parser.add_argument("--pages", type=int, default=0)
    parser.add_argument("--only", default="")
    parser.add_argument("--every-view", action="store_true")
    parser.add_argument("--into", type=Path, default=BASE / "screenshots")
    options = parser.parse_args()
    executable = chromium()
    views = VIEWS + (FURTHER_VIEWS if options.every_view else [])
    folder = options.into.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("[0-9][0-9][0-9]-*.png"):
        old.unlink()
    problems: list[str] = []
    say("Importing ...")
    with imported_site(options.source, options.pages) as served, sync_playwright() as playwright:
        wanted = [one for one in served.states if options.only in f"{one.name} {one.path}"]
        site = ServedSite(served.address, wanted, served.error_page)
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        for view in views:
            say(f"{view.name} ...")
            problems += photograph(browser, site, view, folder)
        browser.close()
        say(f"\n{contact_sheet(site, views, folder)}")
    for problem in problems:
        say(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
