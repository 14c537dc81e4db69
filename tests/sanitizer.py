# SPDX-License-Identifier: Apache-2.0
"""Builds with a sanitizer, the settings to run them with, and what they reported.

Each process writes its report to a file: a server that ends badly after its test is found, too."""
import os
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
# name: folder, -Db_sanitize, how much longer everything may take
BUILDS = {"address": ("build-asan", "address,undefined", 4), "thread": ("build-tsan", "thread", 6)}


def build(name):
    folder, kinds, _ = BUILDS[name]
    if not (ROOT / folder / "build.ninja").exists():
        subprocess.run(["meson", "setup", folder, f"-Db_sanitize={kinds}", "-Doptimization=1"],
                       cwd=ROOT, env={**os.environ, "CC": "clang"}, check=True,
                       stdout=subprocess.DEVNULL)
    subprocess.run(["ninja", "-C", folder, "--quiet"], cwd=ROOT, check=True)


def environment(name):
    folder, _, patience = BUILDS[name]
    kept = ROOT / folder / "reports"
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    kept.chmod(0o777)  # a program of a test may run as another user
    log = f"log_path={kept}/report"
    settings = {
        "DAYBOOK_BUILD": str(ROOT / folder),
        "DAYBOOK_TEST_REPORTS": str(kept),
        "DAYBOOK_TEST_PATIENCE": str(patience),
        "ASAN_OPTIONS": f"detect_leaks=1:{log}",
        "UBSAN_OPTIONS": f"halt_on_error=1:print_stacktrace=1:{log}",
        "LSAN_OPTIONS": f"suppressions={ROOT}/tests/data/sanitizer/leaks:print_suppressions=0",
        "TSAN_OPTIONS": f"suppressions={ROOT}/tests/data/sanitizer/threads:{log}",
    }
    return {**os.environ, **settings}


def reports_wanted():
    return "DAYBOOK_TEST_REPORTS" in os.environ


def reports():
    """What has been reported since the settings were asked for: name and text of each."""
    kept = os.environ.get("DAYBOOK_TEST_REPORTS")
    files = sorted(pathlib.Path(kept).iterdir()) if kept else []
    return [(f.name, f.read_text(errors="replace")) for f in files]
