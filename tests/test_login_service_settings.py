"""A login service is off until it is set, and set wrongly it stops the start."""

from pathlib import Path

import pytest

from participatie.settings import LoginService, SettingError
from tests.test_settings import read

WHOLE = {
    "OIDC_ISSUER": "https://inloggen.example.nl/digid/",
    "OIDC_CLIENT_ID": "lindewaard",
    "OIDC_CLIENT_SECRET": "een-geheim",
    "OIDC_NAME": "DigiD",
}


def test_nobody_logs_in_elsewhere_by_default(tmp_path: Path) -> None:
    assert read(tmp_path).oidc is None


def test_a_login_service_can_be_set(tmp_path: Path) -> None:
    service = read(tmp_path, **WHOLE).oidc
    assert service == LoginService("https://inloggen.example.nl/digid/", "lindewaard", "een-geheim", "DigiD")
    assert (service.host, service.postcode_claim) == ("inloggen.example.nl", "address.postal_code")
    other = read(tmp_path, **WHOLE, OIDC_POSTCODE_CLAIM="postcode").oidc
    assert other is not None
    assert other.postcode_claim == "postcode"
    assert read(tmp_path, **WHOLE | {"OIDC_ISSUER": "http://127.0.0.1:8080"}).oidc is not None


@pytest.mark.parametrize(
    "given, named",
    [
        *(({name: ""}, name) for name in WHOLE),
        ({"OIDC_ISSUER": "http://inloggen.example.nl"}, "OIDC_ISSUER"),
        ({"OIDC_ISSUER": "inloggen.example.nl"}, "OIDC_ISSUER"),
        ({"OIDC_ISSUER": "https://naam:geheim@inloggen.example.nl"}, "OIDC_ISSUER"),
        ({"OIDC_ISSUER": "https://inloggen.example.nl/?a=b"}, "OIDC_ISSUER"),
        ({"OIDC_NAME": "Digi\nD"}, "OIDC_NAME"),
    ],
)
def test_a_wrong_login_service_stops_the_start(tmp_path: Path, given: dict[str, str], named: str) -> None:
    with pytest.raises(SettingError, match=named) as refusal:
        read(tmp_path, **WHOLE | given)
    assert "een-geheim" not in str(refusal.value)
