"""Rivals in Python: one JSON request a line on stdin, one JSON answer a line on stdout.

Request: {"op": "mock.stage", "args": {…}}. Answer: {"result": …} or {"error": "…"}.
With "times": the operation that often; the result is the median of the milliseconds that it took here.
"""
import gc
import json
import os
import statistics
import sys
import time
import traceback

# Libraries print what they like; only answers may reach the real stdout.
answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))


def operation(name):
    module, function = name.split(".")
    return getattr(__import__(f"rivals.{module}", fromlist=[function]), function)


def timed(op, args, times=1, before=None):
    """The median milliseconds of `op`; each time, `before` prepares it untimed."""
    run, prepare = operation(op), operation(before) if before else None
    milliseconds = []
    gc.collect()
    for _ in range(times):
        if prepare:
            prepare(**args)
        start = time.perf_counter_ns()
        run(**args)
        milliseconds.append((time.perf_counter_ns() - start) / 1e6)
    return statistics.median(milliseconds)


def answer(request):
    try:
        if "times" in request:
            return {"result": timed(**request)}
        return {"result": operation(request["op"])(**request["args"])}
    except Exception:
        return {"error": traceback.format_exc()}


for line in sys.stdin:
    answers.write(json.dumps(answer(json.loads(line))) + "\n")
    answers.flush()
