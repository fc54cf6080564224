"""A real login service for the tests: OpenID Connect over HTTP, with keys of its own, which can be told to lie.

GET /.well-known/openid-configuration, /jwks and /login; POST /token, which checks the client, the code, and PKCE.
A browser that comes to /login is logged in as `subject` and sent back at once.
"""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from participatie.settings import LoginService
from tests.clock import TurnableClock

CLIENT_ID, CLIENT_SECRET = "lindewaard", "a-secret-of-the-tests"


@cache
def a_key(name: str) -> RSAKey:
    """A key of 2048 bits, made once."""
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


@dataclass
class LoginServer:
    """Use it as a context manager. `claims` go into the answer, over the honest ones; None leaves a claim out.

    `signs` is how the answer is signed: `honest`, `none`, `hs256` (with the public key as a shared one) or `foreign`
    (a key that is not the service's). `forgives` takes a code twice, `is_down` answers 503 to everything.
    """

    clock: TurnableClock
    subject: str = "burger-1"
    claims: dict[str, Any] = field(default_factory=dict)
    signs: str = "honest"
    forgives: bool = False
    is_down: bool = False
    document: dict[str, Any] = field(default_factory=dict)
    key: str = "first"
    asked: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Open on a free port."""
        self._codes: dict[str, dict[str, str]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_for(self))
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        """Close."""
        self._server.shutdown()
        self._server.server_close()

    @property
    def issuer(self) -> str:
        """The address, as PARTICIPATIE_OIDC_ISSUER wants it."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def settings(self) -> LoginService:
        """How this site knows the service."""
        return LoginService(self.issuer, CLIENT_ID, CLIENT_SECRET, "DigiD van Lindewaard")

    def lie(self, **claims: Any) -> None:
        """Say these claims from now on."""
        self.claims |= claims

    def log_in(self, address: str) -> str:
        """Be the browser at the service: log in there, and return the address that it is sent back to."""
        parts = urlsplit(address)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        assert parts._replace(query="").geturl() == f"{self.issuer}/login"
        assert (asked["client_id"], asked["response_type"]) == (CLIENT_ID, "code")
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def answer(self, path: str, authorization: str, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Return status and JSON for a request."""
        self.asked.append(path)
        if self.is_down:
            return 503, {"error": "temporarily_unavailable"}
        match path:
            case "/.well-known/openid-configuration":
                honest = {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/login",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/jwks",
                }
                return 200, honest | self.document
            case "/jwks":
                return 200, {"keys": [a_key(self.key).as_dict(private=False)]}
            case "/token":
                return self._token(authorization, asked)
        return 404, {"error": "not_found"}

    def _token(self, authorization: str, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        client = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if authorization != f"Basic {client}":
            return 401, {"error": "invalid_client"}
        begun = self._codes.get(asked["code"]) if self.forgives else self._codes.pop(asked["code"], None)
        digest = hashlib.sha256(asked["code_verifier"].encode()).digest()
        if (
            begun is None
            or begun["code_challenge"] != _base64(digest)
            or begun["redirect_uri"] != asked["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        moment = int(self.clock.now.timestamp())
        honest = {
            "iss": self.issuer, "sub": self.subject, "aud": CLIENT_ID, "nonce": begun["nonce"],
            "iat": moment, "exp": moment + 300, "address": {"postal_code": "9001 AB"},
        }  # fmt: skip
        said = {name: value for name, value in (honest | self.claims).items() if value is not None}
        return 200, {"access_token": "unused", "token_type": "Bearer", "id_token": self._signed(said)}

    def _signed(self, claims: dict[str, Any]) -> str:
        match self.signs:
            case "none":
                return f"{_unsigned({'alg': 'none', 'typ': 'JWT'}, claims)}."
            case "hs256":  # by hand: the library refuses to sign so
                text = _unsigned({"alg": "HS256", "kid": self.key}, claims)
                public = a_key(self.key).as_pem(private=False)
                return f"{text}.{_base64(hmac.new(public, text.encode(), hashlib.sha256).digest())}"
            case "foreign":
                return jwt.encode({"alg": "RS256", "kid": self.key}, claims, a_key("of somebody else"))
        return jwt.encode({"alg": "RS256", "kid": self.key}, claims, a_key(self.key))


def _base64(what: bytes) -> str:
    return base64.urlsafe_b64encode(what).rstrip(b"=").decode()


def _unsigned(header: dict[str, Any], claims: dict[str, Any]) -> str:
    return ".".join(_base64(json.dumps(part).encode()) for part in (header, claims))


def _handler_for(server: LoginServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say({name: values[0] for name, values in parse_qs(body).items()})

        def _say(self, asked: dict[str, str]) -> None:
            status, answer = server.answer(self.path, self.headers.get("Authorization", ""), asked)
            said = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_words: object) -> None:
            """Say nothing in the output of the tests."""

    return Handler
