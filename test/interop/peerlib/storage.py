"""Calls of DeltaCAT's SQLite mock by name, with given ids and clock."""
import contextlib
import copy
import sqlite3
import types
import uuid
from unittest import mock

import deltacat.tests.local_deltacat_storage as ds
import deltacat.tests.test_utils.storage as empty_deltas
import pyarrow as pa
from deltacat.aws.redshift import Manifest, ManifestAuthor
from deltacat.aws.redshift.model import manifest as manifest_model
from deltacat.storage import (
    DeleteParameters, Delta, DeltaLocator, DeltaType, Partition, PartitionFilter, PartitionLocator, SortKey, Stream,
    StreamLocator,
)
from deltacat.storage.model.sort_key import SortOrder
from deltacat.types.media import ContentType, StorageType, TableType

from .cells import table_from_json, table_to_json


def connect(path, *args, **kwargs):
    """As sqlite3.connect, without waiting for the disk: these files are made for a test and thrown away."""
    connection = sqlite3.connect(path, *args, **kwargs)
    connection.execute("PRAGMA synchronous = OFF")
    return connection


ds.sqlite3 = types.SimpleNamespace(connect=connect, Cursor=sqlite3.Cursor, Connection=sqlite3.Connection)


class Exhausted(Exception):
    """A call took more ids or times than the test gave."""


def taker(values, what):
    remaining = iter(values)

    def take():
        for value in remaining:
            return value
        raise Exhausted(f"No more {what} were given")

    return take


@contextlib.contextmanager
def determined(ids, times):
    """Ids and clock from two lists; without them the real ones, but a clock that never gives one millisecond twice
    (the mock drops the second of two deltas of one millisecond)."""
    with contextlib.ExitStack() as stack:
        if ids is not None:
            take_id = taker(ids, "ids")
            stack.enter_context(mock.patch.object(uuid, "uuid4", take_id))
            stack.enter_context(mock.patch.object(manifest_model, "uuid4", take_id))
        if times is not None:
            now = taker(times, "times")
            stack.enter_context(mock.patch.object(ds, "current_time_ms", now))
            stack.enter_context(mock.patch.object(empty_deltas, "current_time_ms", now))
        yield


def either(locator_key, entity, locator):
    return lambda document: entity(document) if locator_key in document else locator(document)


def optional(convert):
    return lambda value: None if value is None else convert(value)


CONVERTERS = {
    "stream": Stream,
    "stream_locator": StreamLocator,
    "partition": Partition,
    "previous_partition": optional(Partition),
    "partition_like": either("partitionLocator", Partition, PartitionLocator),
    "delta": Delta,
    "delta_like": either("deltaLocator", Delta, DeltaLocator),
    "deltas": lambda deltas: [Delta(delta) for delta in deltas],
    "delta_type": DeltaType,
    "delete_parameters": optional(DeleteParameters),
    "author": optional(ManifestAuthor),
    "manifest_author": optional(ManifestAuthor),
    "content_type": ContentType,
    "storage_type": StorageType,
    "table_type": TableType,
    "partition_filter": optional(PartitionFilter),
    "sort_keys": optional(lambda keys: [SortKey.of(name, SortOrder(order)) for name, order in keys]),
    "data": lambda value: Manifest(value) if isinstance(value, dict) and "entries" in value else value,
}


def resolve(value, refs):
    if isinstance(value, dict):
        if "$ref" in value:
            return copy.deepcopy(refs[value["$ref"]])
        if "$table" in value:
            return table_from_json(value["$table"])
        return {key: resolve(item, refs) for key, item in value.items()}
    if isinstance(value, list):
        return [resolve(item, refs) for item in value]
    return value


def arguments(args, refs):
    resolved = {name: resolve(value, refs) for name, value in args.items()}
    return {name: CONVERTERS[name](value) if name in CONVERTERS else value for name, value in resolved.items()}


def to_json(result):
    if hasattr(result, "all_items"):
        return [to_json(item) for item in result.all_items()]
    if isinstance(result, pa.Table):
        return {"$table": table_to_json(result)}
    if isinstance(result, list):
        return [to_json(item) for item in result]
    return copy.deepcopy(result)


def call(name, args, db):
    if name == "merge_deltas":
        return Delta.merge_deltas(**args)
    return getattr(ds, name)(**args, db_file_path=db)


def take(path, refs):
    """A part of an earlier result: `s.locator` is the stream's own locator."""
    name, part = path.split(".")
    document = refs[name]
    if part != "locator":
        return document[part]
    key = next(key for key in document if key.endswith("Locator"))
    return copy.deepcopy(document[key])


def run(db, steps, ids=None, times=None, refs=None):
    """Each step's result or error, in the vectors' form. A step that the mock refuses doesn't end the run."""
    refs = dict(refs or {})
    outcomes = []
    with determined(ids, times):
        for step in steps:
            if "take" in step:
                refs[step["as"]] = take(step["take"], refs)
                outcomes.append({})
                continue
            try:
                result = to_json(call(step["call"], arguments(step["args"], refs), db))
            except Exhausted:
                raise
            except Exception as error:
                outcomes.append({"raises": {"type": type(error).__name__, "message": str(error)}})
                continue
            if "as" in step:
                refs[step["as"]] = result
            outcomes.append({"returns": result})
    return outcomes
