"""pyarrow writing and reading Parquet in memory, as the mock does."""
import io

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

COUNTRIES = np.array(["NO", "SE", "DK", "FI", "IS", "DE", "PL"])
tables = {}


def versions():
    return {"pyarrow": pa.__version__, "numpy": np.__version__}


def ten_columns(rows):
    row = np.arange(rows)
    return pa.table(
        {
            "id": row,
            "quantity": (row % 1000).astype("int32"),
            "price": (row * 7919 % 10007) / 100,
            "weight": np.sqrt(row),
            "country": COUNTRIES[row % 7],
            "name": pa.array([f"customer {number}" for number in row * 31 % 100003]),
            "paid": row % 3 == 0,
            "at": pa.array(1_700_000_000_000_000 + row * 1000).cast(pa.timestamp("us", "UTC")),
            "day": pa.array((19_000 + row % 2000).astype("int32")).cast(pa.date32()),
            "reference": (row.astype("uint64") * np.uint64(0x9E3779B97F4A7C15) & np.uint64(2**63 - 1)).astype("int64"),
        }
    )


def make(rows, path):
    """Keeps a table and its Parquet bytes; the same bytes go to a file."""
    table = ten_columns(rows)
    sink = io.BytesIO()
    pq.write_table(table, sink)
    tables["table"], tables["bytes"] = table, sink.getvalue()
    with open(path, "wb") as file:
        file.write(tables["bytes"])


def encode():
    sink = io.BytesIO()
    pq.write_table(tables["table"], sink)
    return len(sink.getvalue())


def decode():
    assert pq.read_table(io.BytesIO(tables["bytes"])).num_rows == tables["table"].num_rows
