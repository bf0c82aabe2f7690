"""A person at a browser: goes to pages, reads, ticks, fills in, presses."""

import re
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from tests.axe import violations

PATIENCE = 20_000  # milliseconds; only a hang ends here


class Visit:
    """A browser context of its own, signed in by the button of ``/_demo/`` if a role is given."""

    def __init__(self, browser: Any, base: str, role: str | None = None, *, width: int, script: bool) -> None:
        self.base, self.role = base, role
        self.town = "konan"
        """Whose road this is: the paths of journeys are written for Konan, and lead here in another town."""
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        self.context = browser.new_context(
            java_script_enabled=script, viewport={"width": width, "height": 900 if width > 600 else 844},
            locale="ja-JP", timezone_id="Asia/Tokyo", accept_downloads=True,
        )  # fmt: skip
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.page.on("request", self._asked)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        if role:
            self.become(role)

    def end(self) -> None:
        """Close the browser's window."""
        self.context.close()

    def _asked(self, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and f"{address.scheme}://{address.netloc}" != self.base:
            self.foreign.append(f"{self.page.url} asked {request.url}")

    def _said(self, message: Any) -> None:
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def become(self, role: str) -> None:
        """Press a role's button."""
        self.open("/_demo/")
        self.page.locator(f'button[name="role"][value="{role}"]').click()
        assert "/_demo/" not in self.page.url

    # going and reading

    def open(self, path: str, status: int = 200) -> str:
        """Go there; the page's text."""
        if path.startswith("/konan/"):
            path = f"/{self.town}/{path.removeprefix('/konan/')}"
        answer = self.page.goto(path if path.startswith("http") else self.base + path)
        assert answer is not None and answer.status == status, (path, answer and answer.status)
        return self.text()

    def text(self) -> str:
        """What stands in the main part."""
        return str(self.page.locator("main").inner_text())

    def source(self) -> str:
        """The whole page as it stands in the browser: also what is hidden."""
        return str(self.page.content())

    def path(self) -> str:
        """Where one is."""
        return urlsplit(self.page.url).path

    def links(self, pattern: str) -> list[str]:
        """Addresses on this page whose path matches, each once."""
        found = [a.get_attribute("href") or "" for a in self.page.locator("a[href]").all()]
        return list(dict.fromkeys(href for href in found if re.search(pattern, href)))

    # writing and pressing

    def fill(self, **fields: str) -> None:
        """Type into fields by their names."""
        for name, value in fields.items():
            self.page.locator(f'main [name="{name}"]').first.fill(value)

    def choose(self, name: str, label: str) -> None:
        """Choose from a list by what it says."""
        self.page.locator(f'main select[name="{name}"]').select_option(label=label)

    def tick(self, name: str, *values: str) -> None:
        """Tick boxes or a round button by pressing their words, as people do."""
        for value in values or ("",):
            which = f'[value="{value}"]' if value else ""
            box = self.page.locator(f'main input[name="{name}"]{which}').first
            if not box.is_checked():
                box.check(force=True)

    def unfold(self, words: str) -> None:
        """Open what is folded away."""
        self.page.locator("main summary", has_text=words).first.click()

    def press(self, words: str, about: str = "", status: int | None = None) -> str:
        """Press a button, told from its like by what it is about; the text of the page it leads to."""
        return self._click(self.page.locator("button", has_text=words), about, status)

    def follow(self, words: str, about: str = "") -> str:
        """Follow a link; the text of the page it leads to."""
        return self._click(self.page.locator("a", has_text=words), about, None)

    def _click(self, found: Any, about: str, status: int | None) -> str:
        found = found.filter(has_text=about) if about else found
        assert found.count(), f"nothing to press at {self.page.url}:\n{self.text()}"
        with self.page.expect_navigation(wait_until="load") as going:
            found.first.click()
        answer = going.value
        assert status is None or (answer and answer.status) == status, (answer and answer.status, self.text())
        return self.text()

    # files, by the browser's own session

    def fetch(self, path: str) -> bytes:
        """Download."""
        answer = self.context.request.get(self.base + path)
        assert answer.ok, (path, answer.status)
        return bytes(answer.body())

    def upload(self, path: str, field: str, name: str, data: bytes) -> tuple[int, str]:
        """Send a file to the form of the page that is open, past the browser; status and text of the answer."""
        token = self.page.locator('main input[name="csrfmiddlewaretoken"]').first.get_attribute("value") or ""
        edge = "----journey"
        head = (
            f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
            f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
            "Content-Type: application/vnd.openxmlformats-officedocument.wordprocessingml.document\r\n\r\n"
        ).encode()
        cookies = "; ".join(f"{one['name']}={one['value']}" for one in self.context.cookies())
        request = urllib.request.Request(
            self.base + path, data=head + data + f"\r\n--{edge}--\r\n".encode(),
            headers={"Content-Type": f"multipart/form-data; boundary={edge}", "Cookie": cookies, "Origin": self.base},
        )  # fmt: skip
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    # looking closely

    def accessible(self) -> list[str]:
        """What axe finds here."""
        return violations(self.page)

    def fits(self) -> bool:
        """No scrolling sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
