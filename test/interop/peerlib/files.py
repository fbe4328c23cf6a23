"""The rows of a .db file, and records of every content type, read without DeltaCAT."""
import base64
import io
import sqlite3

import pyarrow as pa
import pyarrow.csv
import pyarrow.feather
import pyarrow.json
import pyarrow.parquet

from .cells import table_from_json, table_to_json

TABLES = ["namespaces", "tables", "table_versions", "streams", "partitions", "deltas"]
DELIMITERS = {"text/csv": ",", "text/tsv": "\t", "text/psv": "|", "application/x-amzn-unescaped-tsv": "\t"}


def open_readonly(path):
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    connection.execute("PRAGMA query_only = ON")
    return connection


def blob_to_json(blob):
    """A record blob as the vectors give it: {"parquet": table}, {"text": …}, or null."""
    if blob is None:
        return None
    if blob[:4] == b"PAR1" and blob[-4:] == b"PAR1":
        return {"parquet": table_to_json(pa.parquet.read_table(io.BytesIO(blob)))}
    try:
        return {"text": blob.decode("utf-8")}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(blob).decode()}


def read_rows(path):
    """Every row of every table in rowid order; documents as their text, blobs decoded."""
    connection = open_readonly(path)
    try:
        rows = {table: [list(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY rowid")] for table in TABLES}
        data = connection.execute("SELECT uri, value FROM data ORDER BY rowid")
        rows["data"] = [[uri, blob_to_json(blob)] for uri, blob in data]
        check = connection.execute("PRAGMA integrity_check").fetchone()[0]
        return {"rows": rows, "integrity": check}
    finally:
        connection.close()


def read_table(source, content_type, schema=None):
    """Records of any content type as pyarrow reads them; text as DeltaCAT reads it (an unquoted empty cell is null)."""
    if content_type == "application/parquet":
        return pa.parquet.read_table(source)
    if content_type == "application/feather":
        return pa.feather.read_table(source)
    if content_type == "application/json":
        options = pa.json.ParseOptions(explicit_schema=schema) if schema else None
        return pa.json.read_json(source, parse_options=options)
    plain = content_type == "application/x-amzn-unescaped-tsv"
    return pa.csv.read_csv(
        source,
        parse_options=pa.csv.ParseOptions(delimiter=DELIMITERS[content_type], newlines_in_values=not plain),
        convert_options=pa.csv.ConvertOptions(
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=plain,
            column_types=schema,
        ),
    )


def write_blob(document, content_type):
    table = table_from_json(document)
    sink = io.BytesIO()
    if content_type == "application/parquet":
        pa.parquet.write_table(table, sink, version="2.6")  # earlier ones have no nanoseconds
    elif content_type == "application/feather":
        pa.feather.write_feather(table, sink)
    else:
        plain = content_type == "application/x-amzn-unescaped-tsv"
        options = pa.csv.WriteOptions(
            include_header=True, delimiter=DELIMITERS[content_type], quoting_style="none" if plain else "needed"
        )
        pa.csv.write_csv(table, sink, write_options=options)
    return {"bytes": base64.b64encode(sink.getvalue()).decode(), "nbytes": table.nbytes}
