"""How does a text get translated by LibreTranslate or DeepL? One request for all texts of an object, with a time limit.

LibreTranslate: POST /translate with {"q": [...], "source", "target", "format", "api_key"} gives {"translatedText": [...]}.
DeepL: POST /v2/translate with {"text": [...], "source_lang", "target_lang"} and the key in a header gives
{"translations": [{"text": ...}, ...]}.
"""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from participatie.settings import DEEPL, Engine

TIMEOUT_SECONDS = 15
MOST_BYTES = 1024 * 1024
#: These are about this one text; every other failure is about the server, and the next text would meet it too.
ABOUT_ONE_TEXT = frozenset(
    {HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY}
)
#: DeepL wants to know which English.
TARGETS_OF_DEEPL = {"en": "EN-GB"}


class EngineError(Exception):
    """The engine gave no translation. The message holds no text and no key; `of_one_text` tells whether to go on with others."""

    def __init__(self, message: str, *, of_one_text: bool = False) -> None:
        """Say why."""
        super().__init__(message)
        self.of_one_text = of_one_text


class StaysHere(HTTPRedirectHandler):
    """Goes nowhere else: the key and the texts are for the server of the setting alone."""

    def redirect_request(self, *_where: Any) -> None:
        """Refuse; the answer counts as a failure."""
        return


def translate(engine: Engine, texts: Sequence[str], source: str, target: str) -> list[str]:
    """Return these texts in another language, in the same order. Raises EngineError."""
    request = _deepl(engine, texts, source, target) if engine.name == DEEPL else _libre(engine, texts, source, target)
    answer = _answer_to(request)
    try:
        if engine.name == DEEPL:
            translated = [each["text"] for each in answer["translations"]]
        else:
            translated = list(answer["translatedText"])
    except (KeyError, TypeError) as error:
        raise EngineError("het antwoord heeft een andere vorm dan verwacht") from error
    if len(translated) != len(texts) or not all(isinstance(text, str) and text.strip() for text in translated):
        raise EngineError("niet elke tekst kwam vertaald terug", of_one_text=True)
    return translated


def _libre(engine: Engine, texts: Sequence[str], source: str, target: str) -> Request:
    asked: dict[str, Any] = {"q": list(texts), "source": source, "target": target, "format": "text"}
    if engine.key:
        asked["api_key"] = engine.key
    return _request(f"{engine.url}/translate", asked, {})


def _deepl(engine: Engine, texts: Sequence[str], source: str, target: str) -> Request:
    asked = {
        "text": list(texts),
        "source_lang": source.upper(),
        "target_lang": TARGETS_OF_DEEPL.get(target, target.upper()),
    }
    return _request(f"{engine.url}/v2/translate", asked, {"Authorization": f"DeepL-Auth-Key {engine.key}"})


def _request(url: str, asked: Mapping[str, Any], headers: Mapping[str, str]) -> Request:
    # The scheme was checked with the settings: http or https.
    return Request(  # noqa: S310
        url,
        data=json.dumps(asked).encode(),
        headers={"Content-Type": "application/json", "Accept": "application/json", **headers},
        method="POST",
    )


def _answer_to(request: Request) -> Any:
    try:
        with build_opener(StaysHere).open(request, timeout=TIMEOUT_SECONDS) as response:
            body = response.read(MOST_BYTES + 1)
    except HTTPError as error:
        with error:
            message = f"status {error.code}"
            raise EngineError(message, of_one_text=error.code in ABOUT_ONE_TEXT) from error
    except (OSError, HTTPException) as error:
        raise EngineError(type(error).__name__) from error
    if len(body) > MOST_BYTES:
        raise EngineError("het antwoord is te groot", of_one_text=True)
    try:
        return json.loads(body)
    except ValueError as error:
        raise EngineError("het antwoord is geen JSON") from error
