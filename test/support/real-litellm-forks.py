"""Starts LiteLLM proxies that share one import.

Importing LiteLLM takes most of its start. This program imports it once and forks a child for each proxy; the child goes on
as the `litellm` command does, from its command line on. What LiteLLM reads from its environment while it is imported comes
from this program's environment; everything else comes from the child's.

Input, one JSON object a line:   {"args": [...], "environment": {...}, "folder": "...", "log": "..."}
Output, one JSON object a line:  {"ready": true}, then for each input {"started": pid}, and {"ended": pid, "code": code}

All children are killed when the input ends, so none outlives the test.
"""

import contextlib
import gc
import json
import os
import select
import signal
import sys

import litellm.proxy.proxy_server  # noqa: F401  the expensive import
from litellm import run_server


def say(message):
    os.write(1, (json.dumps(message) + "\n").encode())


def start(proxy):
    pid = os.fork()
    if pid == 0:
        become(proxy)
    return pid


def become(proxy):
    """The child: takes over the environment, the folder and the streams that the command would have been started with."""
    os.setsid()
    os.chdir(proxy["folder"])
    os.environ.clear()
    os.environ.update(proxy["environment"])
    log = os.open(proxy["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.argv = ["litellm", *proxy["args"]]
    code = 1
    try:
        run_server()  # ends with SystemExit, as click's commands do
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def reap(running):
    """Reports the children that have ended."""
    for pid in list(running):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            running.discard(pid)
            say({"ended": pid, "code": os.waitstatus_to_exitcode(status)})


def main():
    gc.freeze()  # keeps the collector from copying what parent and children share
    say({"ready": True})
    running, rest = set(), b""
    while True:
        reap(running)
        if not select.select([0], [], [], 0.1)[0]:
            continue
        read = os.read(0, 65536)
        if not read:
            break
        *lines, rest = (rest + read).split(b"\n")
        for line in lines:
            pid = start(json.loads(line))
            running.add(pid)
            say({"started": pid})
    for pid in running:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


main()
