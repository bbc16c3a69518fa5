"""The models' libraries take seconds to import: nobody without a model waits for them."""

import subprocess
import sys

PROGRAM = """
import sys
import deskhand.bootstrap, deskhand.api.app, deskhand.adapters.llm.for_bench
print(sorted({"pydantic_ai", "openai", "anthropic", "httpx2"} & set(sys.modules)))
"""


def test_nothing_of_a_models_library_is_imported_before_a_model_is_asked() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
