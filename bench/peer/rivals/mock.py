"""DeltaCAT's SQLite mock, called as its own walkthrough says: one connection, handed to every call."""
import datetime
import itertools
import os
import sqlite3

import deltacat
import deltacat.tests.local_deltacat_storage as ds
import pyarrow as pa
import pyarrow.parquet  # noqa: F401  (the mock uses it without importing it)
from deltacat.storage import Delta, DeltaType
from deltacat.types.media import StorageType

# The mock drops the second of two deltas of one millisecond.
clock = itertools.count(1_709_251_200_000)
ds.current_time_ms = lambda: next(clock)

SCHEMA = pa.schema(
    [
        pa.field("id", pa.int64(), nullable=False),
        ("country", pa.string()),
        ("total", pa.float64()),
        ("paid", pa.bool_()),
        ("at", pa.timestamp("us", "UTC")),
    ]
)
AT = datetime.datetime(2024, 3, 1, 0, 0, 0, 1, datetime.timezone.utc)
THREE_ROWS = pa.table(
    {
        "id": [0, 1, 2],
        "country": ["NO", "SE", None],
        "total": [0, 1.5, 3],
        "paid": [True, False, True],
        "at": [AT] * 3,
    },
    SCHEMA,
)

open_catalogs = {}


class OpenCatalog:
    def __init__(self, path, synchronous):
        self.path = path
        self.connection = sqlite3.connect(path)
        if not synchronous:
            self.connection.execute("PRAGMA synchronous = OFF")
        self.at = {"sqlite3_con": self.connection, "sqlite3_cur": self.connection.cursor()}
        self.partition = None
        self.staged = None


def versions():
    return {"deltacat": deltacat.__version__, "pyarrow": pa.__version__, "sqlite (Python)": sqlite3.sqlite_version}


def build(path, tables, partitions_per_table, deltas_per_partition, synchronous=True):
    """A whole catalog in a new file, which is gone afterwards."""
    catalog = OpenCatalog(path, synchronous)
    ds.create_namespace("shop", {}, **catalog.at)
    for table in range(tables):
        name = f"table{table}"
        ds.create_table_version("shop", name, "1", partition_keys=[{"keyName": "country", "keyType": "string"}], **catalog.at)
        stream = ds.get_stream("shop", name, "1", **catalog.at)
        for value in range(partitions_per_table):
            partition = ds.commit_partition(ds.stage_partition(stream, [f"value{value}"], **catalog.at), **catalog.at)
            for _ in range(deltas_per_partition):
                ds.commit_delta(ds.stage_delta(THREE_ROWS, partition, DeltaType.UPSERT, **catalog.at), **catalog.at)
    catalog.connection.close()
    os.remove(path)


def open_with_deltas(key, path, deltas, synchronous=True):
    """A catalog that stays open, of one partition with so many committed deltas."""
    catalog = OpenCatalog(path, synchronous)
    open_catalogs[key] = catalog
    ds.create_namespace("shop", {}, **catalog.at)
    ds.create_table_version("shop", "orders", "1", **catalog.at)
    stream = ds.get_stream("shop", "orders", "1", **catalog.at)
    catalog.partition = ds.commit_partition(ds.stage_partition(stream, [], **catalog.at), **catalog.at)
    for _ in range(deltas):
        stage(key)
        commit(key)


def stage(key):
    catalog = open_catalogs[key]
    catalog.staged = ds.stage_delta(THREE_ROWS, catalog.partition, DeltaType.UPSERT, **catalog.at)


def commit(key):
    catalog = open_catalogs[key]
    catalog.staged = ds.commit_delta(catalog.staged, **catalog.at)


def download(key):
    catalog = open_catalogs[key]
    [table] = ds.download_delta(Delta(catalog.staged), storage_type=StorageType.LOCAL, **catalog.at)
    assert table.num_rows == 3


def list_deltas(key, count):
    catalog = open_catalogs[key]
    deltas = ds.list_partition_deltas(catalog.partition, **catalog.at).all_items()
    assert len(deltas) >= count, len(deltas)


def close(key):
    catalog = open_catalogs.pop(key)
    catalog.connection.close()
    os.remove(catalog.path)
