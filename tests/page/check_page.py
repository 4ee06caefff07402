"""Opens a report in headless Chromium and looks at it as a reader would. Usage: check_page.py PAGE.html OUT_DIR

Speaks the browser's DevTools protocol over two pipes. Prints what is wrong, a line each, and exits 1; leaves screenshots
(laptop in light and dark, phone) and the printed page in OUT_DIR. Needs Debian's chromium and nothing but Python's own library.
"""
import base64
import fcntl
import json
import os
import pathlib
import select
import shutil
import signal
import sys
import tempfile
import time

PATIENCE_S = 60


class Browser:
    """One page of a browser without window; every message it sends is kept."""

    def __init__(self, profile):
        to_browser, self.out = os.pipe()
        self.into, from_browser = os.pipe()
        # Out of the way of 3 and 4, where the browser looks for them.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (to_browser, from_browser)]
        silence = os.open(os.devnull, os.O_RDWR)
        actions = [(os.POSIX_SPAWN_DUP2, silence, standard) for standard in (0, 1, 2)]
        actions += [(os.POSIX_SPAWN_DUP2, ends[0], 3), (os.POSIX_SPAWN_DUP2, ends[1], 4)]
        self.process = os.posix_spawnp(
            "chromium",
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
             "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--host-resolver-rules=MAP * ~NOTFOUND", "--remote-debugging-pipe", f"--user-data-dir={profile}"],
            os.environ, file_actions=actions)
        for end in (to_browser, from_browser, silence, *ends):
            os.close(end)
        self.buffer = b""
        self.events = []
        self.last_id = 0
        self.session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def receive(self, deadline):
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.into], [], [], max(0.0, deadline - time.monotonic()))
            part = os.read(self.into, 1 << 20) if ready else b""
            if not part:
                raise SystemExit("the browser does not answer")
            self.buffer += part
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **parameters):
        self.last_id += 1
        message = {"id": self.last_id, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + PATIENCE_S
        while True:
            answer = self.receive(deadline)
            if answer.get("id") == self.last_id:
                if "error" in answer:
                    raise SystemExit(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def wait_for(self, event):
        deadline = time.monotonic() + PATIENCE_S
        while not any(one.get("method") == event for one in self.events):
            self.events.append(self.receive(deadline))

    def evaluate(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise SystemExit(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def click(self, expression):
        where = self.evaluate(f"(() => {{ const e = {expression}; e.scrollIntoView({{block: 'center'}}); "
                              "const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=where[0], y=where[1], button="left", clickCount=1)

    def press_enter(self):
        key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
        self.call("Input.dispatchKeyEvent", type="keyDown", text="\r", **key)
        self.call("Input.dispatchKeyEvent", type="keyUp", **key)

    def end(self):
        os.close(self.out)
        os.close(self.into)
        deadline = time.monotonic() + 10
        while os.waitpid(self.process, os.WNOHANG)[0] == 0:
            if time.monotonic() > deadline:
                os.kill(self.process, signal.SIGKILL)
                os.waitpid(self.process, 0)
                return
            time.sleep(0.02)


# Words of a figure that leave it, or that lie on others; slanted ones have boxes larger than themselves.
TEXT_PROBLEMS = """
(() => {
  const problems = [];
  for (const figure of document.querySelectorAll("figure")) {
    const svg = figure.querySelector("svg");
    if (!svg) continue;
    const frame = svg.getBoundingClientRect();
    const boxes = [];
    for (const text of svg.querySelectorAll("text")) {
      const box = text.getBoundingClientRect();
      if (box.width === 0) continue;
      const name = figure.id + ": '" + text.textContent.trim() + "'";
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 ||
          box.bottom > frame.bottom + 1) problems.push(name + " leaves the picture");
      if (/rotate\\(-?[1-8]/.test(text.parentElement.getAttribute("transform") || "")) continue;
      for (const [other, word] of boxes) {
        const wide = Math.min(box.right, other.right) - Math.max(box.left, other.left);
        const high = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
        const line = Math.min(box.width, box.height, other.width, other.height);
        if (wide > 0.3 * line && high > 0.3 * line) problems.push(name + " lies on " + word);
      }
      boxes.push([box, name]);
    }
  }
  return problems;
})()
"""

ROWS = "Array.from(document.querySelectorAll('table')[{table}].tBodies[0].rows, r => r.cells[{column}].textContent)"
HEAD = "document.querySelectorAll('table')[{table}].tHead.rows[0].cells[{column}]"


def check_opening(browser, address, problems):
    for event in browser.events:
        method, about = event.get("method"), event.get("params", {})
        if method == "Runtime.exceptionThrown":
            problems.append(f"the page's script failed: {about['exceptionDetails'].get('text')}")
        if method == "Log.entryAdded" and about["entry"]["level"] in ("error", "warning"):
            problems.append(f"the browser says: {about['entry']['text']}")
        if method == "Runtime.consoleAPICalled":
            problems.append(f"the page wrote to the console: {about['type']}")
        if method == "Network.requestWillBeSent" and about["request"]["url"].split("#")[0] != address:
            problems.append(f"the page asked for {about['request']['url']}")


def check_figures(browser, problems):
    boxes = browser.evaluate("Array.from(document.querySelectorAll('figure'), f => { const s = f.querySelector('svg'); "
                             "const b = (s || f).getBoundingClientRect(); return [f.id, !!s, b.width, b.height]; })")
    if not boxes:
        problems.append("no figure")
    for name, has_picture, width, height in boxes:
        if not has_picture or width < 100 or height < 50:
            problems.append(f"{name} is not to be seen")
    ids = browser.evaluate("Array.from(document.querySelectorAll('[id]'), e => e.id)")
    if len(ids) != len(set(ids)):
        problems.append("two elements of the same id")
    problems.extend(browser.evaluate(TEXT_PROBLEMS))


def check_sorting(browser, problems):
    tables = browser.evaluate("Array.from(document.querySelectorAll('table'), t => t.tHead.rows[0].cells.length)")
    for table, columns in enumerate(tables):
        for column in range(columns):
            place = {"table": table, "column": column}
            head = HEAD.format(**place)
            values = ROWS.replace("r.cells[{column}].textContent",
                                  "r.cells[{column}].dataset.value ?? r.cells[{column}].textContent").format(**place)
            numeric = browser.evaluate(f"{head}.classList.contains('number')")
            before = browser.evaluate(values)
            browser.click(f"{head}.querySelector('button')")
            upwards = browser.evaluate(values)
            states = [browser.evaluate(f"{head}.getAttribute('aria-sort')")]
            browser.evaluate(f"{head}.querySelector('button').focus()")
            browser.press_enter()
            states.append(browser.evaluate(f"{head}.getAttribute('aria-sort')"))
            downwards = browser.evaluate(values)
            browser.press_enter()
            states.append(browser.evaluate(f"{head}.getAttribute('aria-sort')"))
            name = f"table {table + 1}, column {column + 1}"
            if states != ["ascending", "descending", "none"]:
                problems.append(f"{name}: aria-sort went {states}")
            if browser.evaluate(values) != before:
                problems.append(f"{name}: the third click does not give back the order")
            if numeric:
                present = [float(one) for one in before if one != ""]
                missing = [""] * (len(before) - len(present))
                texts = lambda row: [float(one) if one != "" else "" for one in row]
                if texts(upwards) != sorted(present) + missing or texts(downwards) != sorted(present)[::-1] + missing:
                    problems.append(f"{name}: numbers are not sorted: {upwards}, {downwards}")
            elif sorted(upwards) != sorted(before) or [one for one in upwards if one] != [one for one in downwards if one][::-1]:
                problems.append(f"{name}: words are not sorted: {upwards}, {downwards}")


def check_policy(browser, problems):
    blocked = browser.evaluate("fetch('https://example.org/').then(() => false, () => true)")
    injected = browser.evaluate("(() => { const s = document.createElement('script'); s.textContent = 'window.got_in = 1'; "
                                "document.body.append(s); s.remove(); return window.got_in === 1; })()")
    if not blocked or injected:
        problems.append("the page's policy lets in what it should not")


def shoot(browser, out, name, width, height, scheme, problems):
    browser.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                 mobile=width < 600)
    browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    wide = browser.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        problems.append(f"{name}: the page is {wide} pixels wide on a screen of {width}")
    picture = browser.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)
    (out / f"{name}.png").write_bytes(base64.b64decode(picture["data"]))


def main():
    page, out = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    problems = []
    profile = tempfile.mkdtemp()
    browser = Browser(profile)
    try:
        browser.call("Emulation.setDeviceMetricsOverride", width=1280, height=800, deviceScaleFactor=1, mobile=False)
        browser.call("Page.navigate", url=page.as_uri())
        browser.wait_for("Page.loadEventFired")
        check_figures(browser, problems)
        check_sorting(browser, problems)
        browser.evaluate("window.scrollTo(0, 0)")
        for name, width, height, scheme in (("laptop", 1280, 800, "light"), ("laptop-dark", 1280, 800, "dark"),
                                            ("phone", 390, 844, "light")):
            shoot(browser, out, name, width, height, scheme, problems)
        browser.call("Emulation.clearDeviceMetricsOverride")
        printed = browser.call("Page.printToPDF", paperWidth=8.27, paperHeight=11.69, preferCSSPageSize=True)
        (out / "printed.pdf").write_bytes(base64.b64decode(printed["data"]))
        check_opening(browser, page.as_uri(), problems)
        check_policy(browser, problems)
    finally:
        browser.end()
        shutil.rmtree(profile, ignore_errors=True)
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)


main()
