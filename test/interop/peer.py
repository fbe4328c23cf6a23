"""A long-lived peer for the interop tests: one JSON request a line on stdin, one JSON answer a line on stdout.

Request: {"id": 1, "op": "rows", "args": {"path": "…"}}. Answer: {"id": 1, "result": …}, or {"id": 1, "error": {…}}.
Started with pyarrow alone (the newer one), it answers what needs no DeltaCAT.
"""
import base64
import io
import json
import os
import sys
import traceback

# Libraries print what they like; only answers may reach the real stdout.
answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import pyarrow  # noqa: E402
from peerlib import arrow_types, cells, files, frames  # noqa: E402


def hello():
    return {"python": sys.version.split()[0], "pyarrow": pyarrow.__version__}


def read_blobs(blobs):
    """Cells of blobs as {"bytes": base64, "contentType", "schema"?}; one that pyarrow refuses has an error in its place."""
    tables = []
    for blob in blobs:
        try:
            schema = blob.get("schema")
            source = io.BytesIO(base64.b64decode(blob["bytes"]))
            table = files.read_table(source, blob["contentType"], arrow_types.parse_schema(schema) if schema else None)
            table.validate(full=True)
            tables.append({"table": cells.table_to_json(table), "nbytes": table.nbytes})
        except Exception as error:
            tables.append({"error": f"{type(error).__name__}: {error}"})
    return tables


def write_blobs(blobs):
    return [files.write_blob(blob["table"], blob["contentType"]) for blob in blobs]


def read_schemas(texts):
    """Schemas of the stored form: base64 of an Arrow IPC schema message."""
    buffers = [pyarrow.py_buffer(base64.b64decode(text)) for text in texts]
    return [arrow_types.schema_to_json(pyarrow.ipc.read_schema(buffer)) for buffer in buffers]


def write_schemas(schemas):
    return [base64.b64encode(arrow_types.parse_schema(s).serialize().to_pybytes()).decode() for s in schemas]


def run(**args):
    from peerlib import storage

    return storage.run(**args)


def compact(**args):
    from peerlib import compaction

    return compaction.compact(**args)


OPS = {
    "hello": hello,
    "rows": files.read_rows,
    "read_blobs": read_blobs,
    "write_blobs": write_blobs,
    "read_schemas": read_schemas,
    "write_schemas": write_schemas,
    "same_records": lambda pairs: [frames.same_records(**pair) for pair in pairs],
    "run": run,
    "compact": compact,
}


def answer(request):
    try:
        return {"id": request["id"], "result": OPS[request["op"]](**request.get("args", {}))}
    except Exception as error:
        where = traceback.format_exc()
        return {"id": request["id"], "error": {"type": type(error).__name__, "message": str(error), "traceback": where}}


for line in sys.stdin:
    answers.write(json.dumps(answer(json.loads(line))) + "\n")
    answers.flush()
