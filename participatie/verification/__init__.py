"""Is this result what these ballots give? Checks a downloaded bundle with no database, no network and no web.

It needs Python alone, no other package: `python3 -m participatie.verification BUNDLE.zip`.
"""

from participatie.verification.checking import receipts_set_aside, verify
from participatie.verification.contents import BundleFacts, FormerCount, Seal, SetAside, WithdrawnRules, files_of
from participatie.verification.hashes import ballots_sha256, receipts_sha256, sealed_sha256
from participatie.verification.packing import NotABundleError, pack, unpack
from participatie.verification.report import Difference, Report

__all__ = [
    "BundleFacts",
    "Difference",
    "FormerCount",
    "NotABundleError",
    "Report",
    "Seal",
    "SetAside",
    "WithdrawnRules",
    "ballots_sha256",
    "files_of",
    "pack",
    "receipts_set_aside",
    "receipts_sha256",
    "sealed_sha256",
    "unpack",
    "verify",
]
