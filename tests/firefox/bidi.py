"""Firefox, driven in the protocol it speaks itself (WebDriver BiDi): just what these tests need.

Playwright would bring a Firefox of its own, changed for it; this is the one that people have.
"""

from __future__ import annotations

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

PATIENCE = 120
"""Seconds after which a wait counts as failed; nothing is measured with it."""

_PREFERENCES = {
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.disable_open_during_load": False,
    "general.smoothScroll": False,
    "intl.accept_languages": "nl",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.enabled": False,
}

_WATCH = """() => {
  window.breaches = [];
  addEventListener("securitypolicyviolation", (event) => {
    window.breaches.push(`${event.violatedDirective}: ${event.blockedURI}`);
  });
}"""


class Trouble(Exception):
    """Firefox refused a command, or a script in the page threw."""


@dataclass
class Firefox:
    """A running Firefox. ``events``: what it told by itself, oldest first."""

    socket: ClientConnection
    events: list[dict[str, Any]] = field(default_factory=list)
    _last: int = 0

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Give a command and wait until it is done."""
        self._last += 1
        command = {"id": self._last, "method": method, "params": parameters}
        self.socket.send(json.dumps(command))
        while True:
            told = json.loads(self.socket.recv(timeout=PATIENCE))
            if told.get("id") != self._last:
                self.events.append(told)
            elif told["type"] == "error":
                raise Trouble(f"{method}: {told['error']}: {told['message']}")
            else:
                return dict(told["result"])


@contextmanager
def running_firefox(program: str, profile: Path, *, scripts: bool = True) -> Iterator[Firefox]:
    """Start one with an empty profile; without ``scripts`` pages cannot run any."""
    preferences = {**_PREFERENCES, "javascript.enabled": scripts}
    lines = [f"user_pref({json.dumps(n)}, {json.dumps(v)});\n" for n, v in preferences.items()]
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    command = [program, "--headless", "--no-remote", "--profile", str(profile)]
    with subprocess.Popen(
        [*command, "--remote-debugging-port", "0"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    ) as process:
        try:
            # No pings: they would come from a thread that draws from `random` while other tests run
            # in this process, and Hypothesis takes that for a test that draws outside its control.
            with connect(
                f"{_address(process)}/session", max_size=None, ping_interval=None
            ) as socket:
                firefox = Firefox(socket)
                firefox.call("session.new", capabilities={})
                firefox.call(
                    "session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"]
                )
                firefox.call("script.addPreloadScript", functionDeclaration=_WATCH)
                yield firefox
        finally:
            process.terminate()


def _address(process: subprocess.Popen[str]) -> str:
    """Firefox tells where it listens; after that nobody needs its words, but they must go somewhere."""
    assert process.stderr is not None
    heard = []
    for line in process.stderr:
        heard.append(line)
        found = re.search(r"WebDriver BiDi listening on (ws://\S+)", line)
        if found:
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return found[1]
    raise Trouble("Firefox did not start:\n" + "".join(heard))


@dataclass
class Tab:
    """A page of a visitor who shares nothing with others."""

    firefox: Firefox
    id: str

    @classmethod
    def opened(cls, firefox: Firefox, width: int = 360, height: int = 740) -> Tab:
        """In a context of its own, at the size of a phone."""
        firefox.events.clear()
        visitor = firefox.call("browser.createUserContext")["userContext"]
        tab = firefox.call("browsingContext.create", type="tab", userContext=visitor)["context"]
        size = {"width": width, "height": height}
        firefox.call("browsingContext.setViewport", context=tab, viewport=size)
        return cls(firefox, tab)

    def open(self, address: str) -> None:
        """Go there, and wait until all is loaded."""
        self.firefox.call("browsingContext.navigate", context=self.id, url=address, wait="complete")

    def run(self, expression: str) -> Any:
        """The value of an expression in the page, as plain data; works also where scripts are off."""
        return self._evaluated(f"JSON.stringify({expression}) ?? 'null'")

    def settled(self, promise: str) -> Any:
        """What a promise in the page comes to."""
        return self._evaluated(f"({promise}).then((value) => JSON.stringify(value) ?? 'null')")

    def _evaluated(self, expression: str) -> Any:
        found = self.firefox.call(
            "script.evaluate",
            expression=expression,
            target={"context": self.id},
            awaitPromise=True,
        )
        if found["type"] != "success":
            raise Trouble(f"{expression}: {found['exceptionDetails']['text']}")
        return json.loads(found["result"]["value"])

    def wait(self, selector: str) -> None:
        """Until such an element is there."""
        self.settled(
            f"""new Promise((found) => {{
              const look = () => document.querySelector({json.dumps(selector)}) && found(true);
              new MutationObserver(look).observe(document,
                {{ attributes: true, childList: true, subtree: true }});
              look();
            }})"""
        )

    def click(self, selector: str) -> None:
        """Press the one visible element that fits, as a finger would."""
        nodes = self.firefox.call(
            "browsingContext.locateNodes",
            context=self.id,
            locator={"type": "css", "value": selector},
        )["nodes"]
        visible = [node for node in nodes if self._bring_into_view(node)]
        if len(visible) != 1:
            raise Trouble(f"{len(visible)} visible elements fit {selector}")
        self._wait_until_it_takes_a_tap(visible[0])
        element = {"type": "element", "element": {"sharedId": visible[0]["sharedId"]}}
        presses = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": element},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        pointer = {"type": "pointer", "id": "finger", "actions": presses}
        self.firefox.call("input.performActions", context=self.id, actions=[pointer])

    def _wait_until_it_takes_a_tap(self, node: dict[str, Any]) -> None:
        """For a moment a new screen takes none; each look is a round trip, as page timers may be off."""
        for _ in range(3000):
            found = self.firefox.call(
                "script.callFunction",
                functionDeclaration="(element) => getComputedStyle(element).pointerEvents",
                arguments=[{"sharedId": node["sharedId"]}],
                target={"context": self.id},
                awaitPromise=False,
            )
            if found["result"]["value"] != "none":
                return
        raise Trouble("it never takes a tap")

    def type(self, text: str) -> None:
        """Press the keys of a text, where the focus is."""
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        keyboard = {"type": "key", "id": "keys", "actions": keys}
        self.firefox.call("input.performActions", context=self.id, actions=[keyboard])

    def _bring_into_view(self, node: dict[str, Any]) -> bool:
        found = self.firefox.call(
            "script.callFunction",
            functionDeclaration="""(element) => {
              element.scrollIntoView({ block: "center", behavior: "instant" });
              return element.checkVisibility({ visibilityProperty: true });
            }""",
            arguments=[{"sharedId": node["sharedId"]}],
            target={"context": self.id},
            awaitPromise=False,
        )
        return bool(found["result"]["value"])

    def wait_for_address(self, ending: str) -> None:
        """Until the address ends like this and its page is loaded; each look is a round trip."""
        for _ in range(3000):
            address, state = self.run("[location.href, document.readyState]")
            if address.endswith(ending) and state == "complete":
                return
        raise Trouble(f"still at {address}, not at …{ending}")

    @property
    def requests(self) -> list[str]:
        """What this page asked a server for, in order. (Firefox draws signs of its own with data: fonts.)"""
        self.run("1")  # whatever was told before this answer has been heard by then
        return [
            event["params"]["request"]["url"]
            for event in self.firefox.events
            if event["method"] == "network.beforeRequestSent"
            and event["params"].get("context") == self.id
            and event["params"]["request"]["url"].startswith("http")
        ]

    @property
    def complaints(self) -> list[str]:
        """Errors of scripts, and breaches of the policy by this page."""
        breaches = self.run("window.breaches ?? []")
        logged = [
            event["params"]["text"]
            for event in self.firefox.events
            if event["method"] == "log.entryAdded" and event["params"]["level"] == "error"
        ]
        return [*breaches, *logged]
