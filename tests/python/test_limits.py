"""Long calls end when they are told to: by a limit, by Ctrl-C."""

import _thread
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest

from .estates import generic_graph

ENDLESS = dict(source="n00", target="n39", via="lonely", max_expansions=2**62)


@pytest.fixture(scope="module")
def complete():
    """More simple paths than anyone can list, none of which passes the lonely node."""
    ids = [f"n{i:02}" for i in range(40)]
    return generic_graph({(s, t): 0.9 for s in ids for t in ids if s != t}, lonely=["lonely"])


@pytest.fixture(autouse=True)
def interruptible():
    """A shell starts what runs in its background with SIGINT ignored, and Python then leaves it so."""
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, previous)


def test_timeout(complete):
    begun = time.monotonic()
    paths = complete.paths(**ENDLESS, timeout=0.2)
    assert 0.1 < time.monotonic() - begun < 20
    assert (
        not paths.complete and not paths.exact and paths.limit.name == "timeout" and paths.limit.value == 0.2
    )
    assert "not complete: limit timeout 0.2" in repr(paths)
    assert paths.to_dict()["limit"]["name"] == "timeout"


def test_expansions(complete):
    few = complete.paths(k=10**6, source="n00", target="n39", max_expansions=2000)
    assert few.limit.name == "expansions" and few.more and len(few) > 0
    again = complete.paths(k=10**6, source="n00", target="n39", max_expansions=2000)
    assert again.to_dict() == few.to_dict(), "the same bound stops at the same place"


def test_interrupt(complete):
    """interrupt_main() needs the GIL in another thread: that it gets through shows that the search has let go
    of it."""
    timer = threading.Timer(0.3, _thread.interrupt_main)
    timer.start()
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        complete.paths(**ENDLESS, timeout=120)
    timer.join()
    assert 0.2 < time.monotonic() - begun < 30
    assert complete.paths(k=1, source="n00", target="n39").complete, "and nothing is broken afterwards"


def test_interrupt_from_the_terminal():
    script = textwrap.dedent("""
        import json, signal, crosscut
        signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where a shell's background began
        ids = [f"n{i:02}" for i in range(40)]
        text = json.dumps({"graph": {"nodes": [{"id": i, "kinds": ["T"], "properties": {}} for i in ids +
        ["lonely"]],
            "edges": [{"kind": "E", "start": {"value": s}, "end": {"value": t}, "properties": {}}
                      for s in ids for t in ids if s != t]}})
        graph = crosscut.loads(text).attack_graph("generic")
        print("searching", flush=True)
        try:
            graph.paths(source="n00", target="n39", via="lonely", max_expansions=2**62, timeout=120)
        except KeyboardInterrupt:
            print("interrupted")
    """)
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "searching\n"
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=60)
    assert (rest, process.returncode) == ("interrupted\n", 0)


def test_another_handler_may_go_on(complete):
    """A handler that does not raise does not end the call."""
    seen = []
    previous = signal.signal(signal.SIGUSR1, lambda *_: seen.append(time.monotonic()))
    try:
        timer = threading.Timer(0.2, lambda: signal.raise_signal(signal.SIGUSR1))
        timer.start()
        paths = complete.paths(**ENDLESS, timeout=1.0)
        ended = time.monotonic()
        timer.join()
    finally:
        signal.signal(signal.SIGUSR1, previous)
    assert paths.limit.name == "timeout"
    assert len(seen) == 1 and seen[0] < ended, "the handler ran while the search went on"
