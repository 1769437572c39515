"""The secret key of an installation that was not given one: made once, kept under DATA_DIR, read by its owner only."""

import os
import secrets
from pathlib import Path


def stored_secret_key(path: Path) -> str:
    """Return the key in `path`, making it first if need be; two processes starting at once agree on one."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass  # made at an earlier start, which is the usual case
    return path.read_text()
