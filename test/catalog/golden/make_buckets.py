"""Makes buckets.json: python make_buckets.py > buckets.json, where deltacat 1.1.42 and getdaft 0.3.6 are installed.

`default` is what DeltaCAT's compactor assigns a record to; `iceberg` what Daft's Iceberg transform does.
"""
import datetime as dt
import decimal
import json
import sys

import daft
import pyarrow as pa
import pyarrow.compute as pc
from deltacat.compute.compactor_v2.utils.primary_key_index import (
    generate_pk_hash_column,
    pk_digest_to_hash_bucket_index,
)
from deltacat.compute.compactor.utils import system_columns as sc

D = decimal.Decimal
COLUMNS = [
    ("int8", ["-128", "127", None], pa.int8(), int),
    ("int32", ["34", "-1", None, "0"], pa.int32(), int),
    ("int64", ["34", "9223372036854775807", "-9223372036854775808", None], pa.int64(), int),
    ("uint32", ["0", "4294967295"], pa.uint32(), int),
    ("uint64", ["0", "18446744073709551615"], pa.uint64(), int),
    ("float32", ["1", "0.1", "1e10", "9.9e9", "3.4e38", "1e-5", "1e-6", "16777216", "-0", "123456.7", "NaN"], pa.float32(), float),
    ("float64", ["1", "1.5", "-0.0", "1e21", "1e-5", "1.25e-5", "1e-6", "1e-7", "123456789.123", "9999999999", "1e10", "1.2345678901234568e17", "0.1", "5e-324", "Infinity", "-Infinity"], pa.float64(), float),
    ("bool", ["true", "false", None], pa.bool_(), lambda t: t == "true"),
    ("string", ["", "iceberg", "æøå", "naïve 🎈", None], pa.string(), str),
    ("large_string", ["x", "a|b"], pa.large_string(), str),
    ("decimal(12,2)", ["14.20", "10.50", "-0.01", "0.00", None], pa.decimal128(12, 2), D),
    ("decimal(38,0)", ["99999999999999999999999999999999999999", "-1"], pa.decimal128(38, 0), D),
    ("decimal(20,10)", ["0.0000000001", "-0.0000012300", "0.0000010000", "1.0000000000", "0.0000000000"], pa.decimal128(20, 10), D),
    ("date32", ["2017-11-16", "1970-01-01", "1969-12-31", "0001-01-01", "9999-12-31"], pa.date32(), dt.date.fromisoformat),
    ("timestamp[s]", ["1969-12-31T23:59:59", "2017-11-16T22:31:08"], pa.timestamp("s"), dt.datetime.fromisoformat),
    ("timestamp[ms]", ["2017-11-16T22:31:08.000", "1969-12-31T23:59:59.999"], pa.timestamp("ms"), dt.datetime.fromisoformat),
    ("timestamp[us]", ["2017-11-16T22:31:08.000000", "2017-11-16T22:31:08.000001", "1969-12-31T23:59:59.999999"], pa.timestamp("us"), dt.datetime.fromisoformat),
    ("timestamp[us, UTC]", ["2017-11-16T22:31:08.000001Z"], pa.timestamp("us", "UTC"), lambda t: dt.datetime.fromisoformat(t[:-1])),
    ("time32[s]", ["22:31:08"], pa.time32("s"), dt.time.fromisoformat),
    ("time32[ms]", ["22:31:08.001"], pa.time32("ms"), dt.time.fromisoformat),
    ("time64[us]", ["22:31:08.000000", "00:00:00.000001"], pa.time64("us"), dt.time.fromisoformat),
    ("duration[ms]", ["-1", "3661"], pa.duration("ms"), lambda t: dt.timedelta(milliseconds=int(t))),
    ("binary", ["616263", ""], pa.binary(), bytes.fromhex),
    ("fixed_size_binary[4]", ["61626364"], pa.binary(4), bytes.fromhex),
]
BUCKETS = [1, 2, 7, 16, 1000]


def default(table, names, count):
    hashed = generate_pk_hash_column([table], names, requires_hash=True)[0]
    return [pk_digest_to_hash_bucket_index(digest, count) for digest in sc.pk_hash_string_column_np(hashed)]


def iceberg(array, count):
    # Daft hashes a decimal's zero as no byte and a negative one as 16, where the specification has the fewest bytes.
    if pa.types.is_decimal(array.type):
        return None
    try:
        frame = daft.from_arrow(pa.table({"c": array}))
        return frame.select(daft.col("c").partitioning.iceberg_bucket(count)).to_pydict()["c_bucket"]
    except BaseException:  # Daft has no bucket for the type
        return None


result = []
for name, texts, kind, read in COLUMNS:
    array = pa.array([None if text is None else read(text) for text in texts], kind)
    table = pa.table({"c": array, "d": pa.array([str(i) for i in range(len(array))])})
    result.append({
        "type": name,
        "cells": texts,
        "texts": pc.cast(array, pa.string()).to_pylist(),
        "default": {str(n): default(table, ["c"], n) for n in BUCKETS},
        "composite": {str(n): default(table, ["c", "d"], n) for n in BUCKETS},
        "iceberg": {str(n): iceberg(array, n) for n in BUCKETS},
    })
json.dump(result, sys.stdout, indent=1)
