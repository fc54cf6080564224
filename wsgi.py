"""The WSGI entry point: `gunicorn wsgi:app`."""

import sys

from participatie.app import create_app
from participatie.settings import SettingError, from_process
from participatie.web.assets import AssetsMissingError

try:
    app = create_app(from_process())
except (SettingError, AssetsMissingError) as error:
    sys.exit(str(error))
