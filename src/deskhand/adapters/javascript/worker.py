"""One worker process: a line of JSON in, a line of JSON out, a fresh JavaScript context for every call.

It is started by itself (`python worker.py FOLDER`, the folder that holds the JavaScript library) and imports nothing of
Deskhand. What it may use is limited before the first script comes.
"""

import json
import sys

MEMORY = 32 << 20
"""Bytes that one script may use."""
ADDRESS_SPACE = 256 << 20
"""Bytes that the whole process may use."""
STACK = 256 << 10
SECONDS = 1.0
"""CPU seconds that one script may take."""
LARGEST = 1 << 20
"""Characters of a result."""

RUNNER = """
(function () {
  const parse = JSON.parse, write = JSON.stringify, say = String;
  const out = (value) => {
    let text;
    try { text = value === undefined ? "null" : write(value); } catch (error) {
      throw "it returned something that JSON cannot hold: " + error.message;
    }
    if (text === undefined) throw "it returned something that JSON cannot hold";
    return ["=", text].join("");
  };
  let settled = null;
  return [
    (text) => {
      const given = parse(text);
      const result = transform(given[0], given[1]);
      if (result === null || typeof result !== "object" || typeof result.then !== "function") return out(result);
      result.then((value) => { settled = out(value); }).catch((error) => { settled = ["!", say(error)].join(""); });
      return "~";
    },
    () => settled,
  ];
})()
"""


def limit() -> None:
    """Take away what a script could misuse if it broke out: files, processes, memory."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def run(source: str, data: str) -> str:
    """The JSON text of what the script makes of the data. Raises whatever goes wrong."""
    import quickjs

    context = quickjs.Context()
    context.set_memory_limit(MEMORY)
    context.set_max_stack_size(STACK)
    context.set_time_limit(SECONDS)
    context.eval(source)
    if context.eval("typeof transform") != "function":
        raise ValueError("it defines no function called `transform`")
    context.set("__runner", context.eval(RUNNER))
    context.set("__data", data)
    result = context.eval("__runner[0](__data)")
    if result == "~":
        while context.execute_pending_job():
            pass
        result = context.eval("__runner[1]()")
        if result is None:
            raise ValueError("the promise that `transform` returned never settles: nothing runs after it")
    if result.startswith("!"):
        raise ValueError(result[1:])
    if len(result) > LARGEST:
        raise ValueError(f"it returned more than {LARGEST} characters")
    return str(result[1:])


def answer(line: bytes) -> str:
    """One line's answer."""
    try:
        asked = json.loads(line)
        return json.dumps({"ok": run(asked["source"], asked["data"])})
    except MemoryError:
        return json.dumps({"error": "out of memory"})
    except Exception as error:  # whatever a script does is an answer, and the next one gets a new context
        return json.dumps({"error": str(error)[:2000] or type(error).__name__})


def main() -> None:
    """Answer line after line until the input ends."""
    sys.path.append(sys.argv[1])
    import quickjs  # noqa: F401 (before files are out of reach)

    if sys.platform != "win32":
        limit()
    for line in sys.stdin.buffer:
        sys.stdout.write(answer(line) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
