"""pyarrow writing a table that somebody else has made."""
import io

import pyarrow as pa
import pyarrow.parquet as pq

tables = {}


def versions():
    return {"pyarrow": pa.__version__}


def load(paths):
    """Keeps the rows of some Parquet files."""
    tables["table"] = pa.concat_tables([pq.read_table(path) for path in paths])
    return tables["table"].num_rows


def write():
    sink = io.BytesIO()
    pq.write_table(tables["table"], sink)
    return len(sink.getvalue())
