"""A real server for the tests that answers as LibreTranslate and DeepL say they do.

LibreTranslate: POST /translate, a list in `q` gives a list in `translatedText`; a wrong key is 403 with `error`.
DeepL: POST /v2/translate with `Authorization: DeepL-Auth-Key …`, `text` is a list; a wrong key is 403, too many 429.
"""

import json
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self

LIBRE_CODES = frozenset({"ar", "en", "nl", "pl", "tr", "uk"})
DEEPL_SOURCES = frozenset({"AR", "EN", "NL", "PL", "TR", "UK"})
DEEPL_TARGETS = frozenset({"AR", "EN-GB", "EN-US", "NL", "PL", "TR", "UK"})


@dataclass
class TranslationServer:
    """Answers every text with the text itself behind its language, as `[en] Een boom`; use it as a context manager.

    `fails_with` makes it answer that status, `answers` that text in place of JSON of its own.
    """

    key: str = "the-key"
    fails_with: int = 0
    answers: str | None = None
    received: list[dict[str, Any]] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Open on a free port."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_for(self))
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        """Close."""
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The address, as PARTICIPATIE_TRANSLATE_URL wants it."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, path: str, authorization: str, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Return status and JSON for a request."""
        if self.fails_with:
            return self.fails_with, {"error": "Too Many Requests"}
        if path == "/translate":
            return self._libre(asked)
        if path == "/v2/translate":
            return self._deepl(authorization, asked)
        return 404, {"error": "Not Found"}

    def _libre(self, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if self.key and asked.get("api_key") != self.key:
            return 403, {"error": "Invalid API key"}
        if not {"q", "source", "target"} <= asked.keys() or asked.get("format") not in ("text", "html"):
            return 400, {"error": "Invalid request: missing parameter"}
        if asked["source"] not in LIBRE_CODES or asked["target"] not in LIBRE_CODES:
            return 400, {"error": f"{asked['target']} is not supported"}
        self.received.append(asked)
        many = isinstance(asked["q"], list)
        translated = [f"[{asked['target']}] {text}" for text in (asked["q"] if many else [asked["q"]])]
        return 200, {"translatedText": translated if many else translated[0]}

    def _deepl(self, authorization: str, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if authorization != f"DeepL-Auth-Key {self.key}":
            return 403, {"message": "Forbidden"}
        if asked.get("target_lang") not in DEEPL_TARGETS or asked.get("source_lang") not in DEEPL_SOURCES:
            return 400, {"message": "Value for 'target_lang' not supported."}
        if not isinstance(asked.get("text"), list):
            return 400, {"message": "Parameter 'text' not specified."}
        self.received.append(asked)
        found = [
            {"detected_source_language": asked["source_lang"], "text": f"[{asked['target_lang']}] {text}"}
            for text in asked["text"]
        ]
        return 200, {"translations": found}


def _handler_for(server: TranslationServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, answer = server.answer(self.path, self.headers.get("Authorization", ""), json.loads(body))
            said = (server.answers if server.answers is not None else json.dumps(answer)).encode()
            self.send_response(status)
            if status in (301, 302, 307, 308):
                self.send_header("Location", f"{server.url}/elsewhere")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_words: object) -> None:
            """Say nothing in the output of the tests."""

    return Handler
