"""A letterbox: a server on this machine that keeps whatever is posted to it."""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Letter:
    headers: dict
    """By names in lower case."""
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


@dataclass
class Letterbox:
    url: str = ""
    letters: list = field(default_factory=list)
    statuses: list = field(default_factory=list)
    """Answered to the next letters; afterwards 200."""

    def events(self):
        return [letter.json["event"] for letter in self.letters]


@contextmanager
def open_letterbox():
    box = Letterbox()

    class Slot(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            box.letters.append(Letter(headers, body))
            self.send_response(box.statuses.pop(0) if box.statuses else 200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Slot) as server:
        server.daemon_threads = True
        box.url = f"http://127.0.0.1:{server.server_port}/told?by=vendor"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join(10)
