import json
import subprocess
import sys

SPEAKING = """
import logging, warnings
import structlog
from deskhand.logs import configure
configure()
structlog.get_logger().info("too quiet")
structlog.get_logger().error("ours", reference="r1")
logging.getLogger("uvicorn.error").info("too quiet")
logging.getLogger("uvicorn.error").error("theirs: %s", "why")
warnings.warn("careful")
try:
    1 / 0
except ZeroDivisionError:
    logging.getLogger("asyncio").exception("failed")
"""


def test_whoever_speaks_it_is_a_line_of_json_on_standard_error() -> None:
    done = subprocess.run([sys.executable, "-c", SPEAKING], capture_output=True, text=True, check=True)

    assert done.stdout == ""
    ours, theirs, warning, failed = [json.loads(line) for line in done.stderr.splitlines()]
    assert (ours["event"], ours["reference"], ours["level"]) == ("ours", "r1", "error")
    assert (theirs["event"], theirs["logger"], theirs["level"]) == ("theirs: why", "uvicorn.error", "error")
    assert (warning["level"], "careful" in warning["event"]) == ("warning", True)
    assert failed["exception"].endswith("ZeroDivisionError: division by zero")
    assert all(line["timestamp"].endswith("Z") for line in (ours, theirs, warning, failed))
