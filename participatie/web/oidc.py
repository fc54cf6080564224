"""How does somebody log in with the login service of the gemeente? OpenID Connect: code flow with PKCE, state and nonce.

As the Dutch profile (OIDC NL GOV) asks: every claim of the answer is checked, and only keys that the service alone has
may have signed it. The service is asked with a time limit, over https, and its redirects are not followed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from flask import current_app
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from requests import RequestException

from participatie.settings import THIS_MACHINE, LoginService
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.web.outside_login import Started

TIMEOUT_SECONDS = 5
KEPT_FOR = timedelta(hours=1)
LEEWAY_SECONDS = 60
#: Keys that are shared with us could have been used by us, or by whoever takes a public key for a shared one.
ASYMMETRIC = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
SIGNED = JWSRegistry(algorithms=ASYMMETRIC, strict_check_header=False)
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class ServiceError(Exception):
    """The service did not answer, or with something that is no answer. The message holds nothing of a person."""


@dataclass(slots=True)
class Known:
    """What the service says of itself: its addresses, and its keys once they were needed."""

    document: Mapping[str, Any]
    asked_at: datetime
    keys: KeySet | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Who somebody is there, and their postcode if it was said. Nothing else of the claims leaves this module."""

    subject: str
    postcode: str | None


class Client:
    """This site as a client of one login service."""

    def __init__(self, service: LoginService, redirect_uri: str, now: datetime) -> None:
        """Get ready; nothing is asked yet."""
        self.service = service
        self.now = now
        self._session = OAuth2Session(
            service.client_id,
            service.client_secret,
            scope="openid address" if service.postcode_claim.startswith("address") else "openid",
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            default_timeout=TIMEOUT_SECONDS,
        )

    def address(self, started: Started) -> str | Refused:
        """Return where to send the browser; refused where the service does not answer."""
        try:
            with self._session:
                endpoint = self._known().document["authorization_endpoint"]
                url: str = self._session.create_authorization_url(
                    endpoint, state=started.state, nonce=started.nonce, code_verifier=started.verifier
                )[0]
        except (ServiceError, RequestException):
            return refused(Refusal.LOGIN_SERVICE_DOWN)
        return url

    def answer(self, started: Started, given: Mapping[str, str], now: datetime) -> Answer | Refused:
        """Exchange the code that a browser came back with for who it is.

        Refused are an answer to another login, one that was not signed by this service for this site and this
        moment, a service that says no, and one that does not answer. The reason is not told: it helps forgers alone.
        """
        if not started.fits(given.get("state"), now) or not given.get("code"):
            return refused(Refusal.LOGIN_FAILED)
        if given.get("iss", self.service.issuer) != self.service.issuer:
            return refused(Refusal.LOGIN_FAILED)
        try:
            with self._session:
                return self._ask(started, given["code"])
        except (ServiceError, RequestException):
            return refused(Refusal.LOGIN_SERVICE_DOWN)
        except (OAuthError, JoseError, ValueError, KeyError, TypeError):
            return refused(Refusal.LOGIN_FAILED)

    def _ask(self, started: Started, code: str) -> Answer:
        known = self._known()
        methods = known.document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if "client_secret_basic" not in methods and "client_secret_post" in methods:
            self._session.token_endpoint_auth_method = "client_secret_post"  # noqa: S105 - the name of a method
        token = self._session.fetch_token(
            known.document["token_endpoint"],
            grant_type="authorization_code",
            code=code,
            code_verifier=started.verifier,
            allow_redirects=False,
        )
        claims = self._claims(known, token, started.nonce)
        subject = claims["sub"]
        if not isinstance(subject, str) or not subject.strip():
            raise ValueError("no subject")
        return Answer(subject, self._postcode(known, claims, subject))

    def _claims(self, known: Known, token: Mapping[str, Any], nonce: str) -> dict[str, Any]:
        try:
            signed = jwt.decode(token["id_token"], self._keys(known), registry=SIGNED)
        except InvalidKeyIdError:  # the service has new keys
            signed = jwt.decode(token["id_token"], self._keys(known, anew=True), registry=SIGNED)
        claims = CodeIDToken(
            signed.claims,
            signed.header,
            options={
                "iss": {"essential": True, "value": self.service.issuer},
                "aud": {"essential": True, "value": self.service.client_id},
                "nonce": {"essential": True, "value": nonce},
            },
            params={"nonce": nonce, "client_id": self.service.client_id, "access_token": token.get("access_token")},
        )
        claims.validate(now=int(self.now.timestamp()), leeway=LEEWAY_SECONDS)
        return dict(claims)

    def _postcode(self, known: Known, claims: Mapping[str, Any], subject: str) -> str | None:
        found = claim_in(claims, self.service.postcode_claim)
        endpoint = known.document.get("userinfo_endpoint")
        if found is None and isinstance(endpoint, str):
            try:
                more = self._json(endpoint, withhold_token=False)
            except (ServiceError, RequestException):  # who it is, is known; where they live is not
                return None
            # What is said there of somebody else is not about this visitor.
            found = claim_in(more, self.service.postcode_claim) if more.get("sub") == subject else None
        return found

    def _keys(self, known: Known, *, anew: bool = False) -> KeySet:
        if known.keys is None or anew:
            known.keys = KeySet.import_key_set(self._json(known.document["jwks_uri"]))  # type: ignore[arg-type]
        return known.keys

    def _known(self) -> Known:
        kept: dict[str, Known] = current_app.extensions["participatie.login_service"]
        known = kept.get(self.service.issuer)
        if known is None or not timedelta() <= self.now - known.asked_at < KEPT_FOR:
            document = self._json(f"{self.service.issuer.rstrip('/')}/.well-known/openid-configuration")
            if document.get("issuer") != self.service.issuer:
                raise ServiceError("the service calls itself otherwise")
            for name in ENDPOINTS:
                secure(document.get(name))
            known = kept[self.service.issuer] = Known(document, self.now)
        return known

    def _json(self, url: str, *, withhold_token: bool = True) -> dict[str, Any]:
        answer = self._session.get(secure(url), withhold_token=withhold_token, allow_redirects=False)
        if answer.status_code != 200:  # noqa: PLR2004 - what HTTP calls OK
            message = f"status {answer.status_code}"
            raise ServiceError(message)
        try:
            document = answer.json()
        except ValueError as error:
            raise ServiceError("no JSON") from error
        if not isinstance(document, dict):
            raise ServiceError("no JSON object")
        return document


def secure(url: object) -> str:
    """Return an address that may be asked: https, or on this machine. Raises ServiceError for any other."""
    parts = urlsplit(url) if isinstance(url, str) else None
    if parts is None or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in THIS_MACHINE)):
        raise ServiceError("an address without encryption")
    return parts.geturl()


def claim_in(claims: Mapping[str, Any], name: str) -> str | None:
    """Return a claim by its name, or by a path with dots as `address.postal_code`; None for what is no text."""
    found: Any = claims.get(name)
    if found is None:
        found = claims
        for part in name.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) and found.strip() else None
