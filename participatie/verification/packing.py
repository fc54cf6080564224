"""How does a bundle become one file, the same bytes wherever it is made, and how is a stranger's file opened safely?

A bundle is a ZIP without compression, without dates and in the order of its names. So nothing in it can unfold to
more than its own size, every byte of it is known beforehand, and nothing is ever written to disk.
"""

import re
import struct
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import crc32

MOST_BYTES = 64 * 1024 * 1024
MOST_FILES = 200
_NAME = re.compile(r"README\.txt|[a-z0-9][a-z0-9-]{0,80}\.(?:json|csv|txt|pb)", re.ASCII)
_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_FIXED = struct.pack("<HHHHH", 20, 0, 0, 0, 0x0021)  # version 2.0, no flags, stored, 1980-01-01 00:00
_LOCAL_HEAD = 30


class NotABundleError(Exception):
    """This file is no bundle, or none that this program reads; the message says why, in Dutch."""

    def __init__(self, why: str, **facts: object) -> None:
        """Keep the reason, with the facts by name filled in."""
        super().__init__(why.format(**facts))


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of these files: stored, sorted by name, all dated 1980-01-01."""
    package, directory = BytesIO(), BytesIO()
    for name, content in sorted(files.items()):
        named = name.encode("ascii")
        facts = _FIXED + struct.pack("<LLLHH", crc32(content), len(content), len(content), len(named), 0)
        directory.write(_CENTRAL + struct.pack("<H", 20) + facts)
        directory.write(struct.pack("<HHHLL", 0, 0, 0, 0, package.tell()) + named)
        package.write(_LOCAL + facts + named + content)
    start, size = package.tell(), directory.tell()
    package.write(directory.getvalue())
    package.write(_END + struct.pack("<HHHHLLH", 0, 0, len(files), len(files), size, start, 0))
    return package.getvalue()


def unpack(package: bytes) -> dict[str, bytes]:
    """Return the files in a bundle by name. Raises NotABundleError for what no bundle can be.

    Refused: too large, no ZIP, compressed or encrypted files, names with a path, names twice, and sizes that cannot be.
    """
    if len(package) > MOST_BYTES:
        raise NotABundleError("het bestand is groter dan {most} MB", most=MOST_BYTES // 1024 // 1024)
    try:
        with ZipFile(BytesIO(package)) as opened:
            entries = opened.infolist()
    except (BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise NotABundleError("het is geen ZIP-bestand, of het is beschadigd") from error
    if len(entries) > MOST_FILES or sum(max(entry.file_size, 0) for entry in entries) > len(package):
        raise NotABundleError("er zitten meer bestanden of bytes in dan kan")
    files: dict[str, bytes] = {}
    for entry in entries:
        if not _NAME.fullmatch(entry.filename) or entry.filename in files:
            raise NotABundleError("de naam {name!r} hoort niet in een bundel", name=entry.filename[:80])
        if entry.compress_type != ZIP_STORED or entry.compress_size != entry.file_size or entry.flag_bits:
            raise NotABundleError(
                "{name} is gecomprimeerd of versleuteld; een bundel is dat nooit", name=entry.filename
            )
        files[entry.filename] = _content(package, entry)
    return files


def _content(package: bytes, entry: ZipInfo) -> bytes:
    """Return what stands there, also when its checksum does not hold: the hashes say more of where it differs."""
    head = package[entry.header_offset : entry.header_offset + _LOCAL_HEAD]
    if len(head) < _LOCAL_HEAD:
        raise NotABundleError("{name} begint buiten het bestand", name=entry.filename)
    start = entry.header_offset + _LOCAL_HEAD + sum(struct.unpack("<HH", head[26:]))
    content = package[start : start + entry.file_size]
    if len(content) < entry.file_size:
        raise NotABundleError("{name} loopt door na het einde van het bestand", name=entry.filename)
    return content
