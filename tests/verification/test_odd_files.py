"""What somebody hands over as a bundle may be anything: it is refused with a sentence, or it is a difference."""

import json
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from participatie.verification import NotABundleError, pack, unpack, verify
from participatie.verification.contents import MANIFEST, written
from participatie.verification.packing import MOST_BYTES
from tests.verification.made import FULL, PACKAGE, said_of, with_file


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "geen ZIP"),
        (b"PK\x03\x04 and nothing that follows", "geen ZIP"),
        (pack({"README.txt": b"x"}), "geen manifest.json"),
        (pack({"../out.txt": b"x"}), "hoort niet in een bundel"),
        (pack({"/etc/passwd": b"x"}), "hoort niet in een bundel"),
        (pack({MANIFEST: written({"format": 2, "files": {}}).encode()}), "nieuwere vorm"),
        (pack({f"a{number}.txt": b"" for number in range(300)}), "dan kan"),
        (PACKAGE[: len(PACKAGE) // 2], "geen ZIP"),
    ],
)
def test_what_is_no_bundle_is_refused_with_one_sentence(tmp_path: Path, content: bytes, why: str) -> None:
    """Abuse case 43, for files that somebody hands over."""
    file = tmp_path / "bundel.zip"
    file.write_bytes(content)
    said = said_of(file, exit_code=2).strip()
    assert why in said
    assert "\n" not in said
    assert json.loads(said_of(file, "--json", exit_code=2))["ok"] is False


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path) -> None:
    assert "bestaat niet" in said_of(tmp_path / "niets.zip", exit_code=2)
    assert "bestaat niet" in said_of(tmp_path, exit_code=2)
    large = tmp_path / "large.zip"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES * 40)
    assert "groter dan 64 MB" in said_of(large, exit_code=2)


def test_a_small_file_that_unfolds_to_much_is_never_unfolded(tmp_path: Path) -> None:
    """Abuse case 43: nothing in a bundle is compressed."""
    file = tmp_path / "bomb.zip"
    with ZipFile(file, "w", ZIP_DEFLATED) as bomb:
        bomb.writestr(MANIFEST, b"0" * 20_000_000)
    with pytest.raises(NotABundleError, match="dan kan"):
        verify(file.read_bytes())


@pytest.mark.parametrize("value", [b"[]", b"{}", b"null", b"1", b'"x"', b"[" * 100_000, b"1e999", b"9" * 5000, b"\xff"])
def test_a_file_of_any_other_shape_is_a_difference_and_no_error(value: bytes) -> None:
    for name in unpack(FULL):
        assert not verify(pack({**unpack(FULL), name: value})).is_right
        assert not verify(with_file(FULL, name, value)).is_right
