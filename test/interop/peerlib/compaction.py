"""DeltaCAT's own compactor over a partition of a .db file, on Ray in local mode; its artifacts stay in memory."""
import atexit
import io
import itertools
import json
import logging
import shutil
import tempfile
import time
from unittest import mock

import deltacat.aws.s3u as s3
import deltacat.compute.compactor_v2.private.compaction_utils as compaction_utils
import deltacat.compute.compactor_v2.steps.merge as merge_step
import deltacat.tests.local_deltacat_storage as ds
import pyarrow as pa
import ray
from deltacat.compute.compactor import RoundCompletionInfo
from deltacat.compute.compactor.model.compact_partition_params import CompactPartitionParams
from deltacat.compute.compactor_v2.compaction_session import compact_partition
from deltacat.storage import DeltaLocator, PartitionLocator, SortKey
from deltacat.storage.model.sort_key import SortOrder
from deltacat.types.media import ContentType, StorageType

from .cells import table_to_json

BUCKET = "interop"
bucket = {}


def upload(url, body, **_):
    bucket[url] = body


def download(url, fail_if_not_found=True, **_):
    if url in bucket:
        return {"Body": io.BytesIO(bucket[url].encode())}
    if fail_if_not_found:
        raise FileNotFoundError(url)
    return None


def stop_ray(folder):
    ray.shutdown()
    shutil.rmtree(folder, ignore_errors=True)


def start_ray():
    if not ray.is_initialized():
        folder = tempfile.mkdtemp(prefix="interop-ray-")
        atexit.register(stop_ray, folder)
        ray.init(
            local_mode=True, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR, _temp_dir=folder
        )
        # The suites run with it: a row in the wrong hash bucket is an error, not a warning.
        merge_step.BUCKETING_SPEC_COMPLIANCE_PROFILE = "ASSERT"


def partition_of(db, table, values):
    stream = ds.get_stream(table["namespace"], table["tableName"], table["tableVersion"], db_file_path=db)
    return stream, ds.get_partition(stream.locator, values, db_file_path=db)


def compact(
    db, source, destination, primary_keys, sort_keys=(), partition_values=None, drop_duplicates=True,
    hash_bucket_count=3, records_per_file=4_000_000, last_position=None, rounds=1,
):
    """Compacts the source's committed partition into the destination's table; the compacted records and their delta."""
    start_ray()
    _, partition = partition_of(db, source, partition_values)
    target_stream, _ = partition_of(db, destination, partition_values)
    kwargs = {"db_file_path": db}
    params = CompactPartitionParams.of({
        "compaction_artifact_s3_bucket": BUCKET,
        "compacted_file_content_type": ContentType.PARQUET,
        "dd_max_parallelism_ratio": 1.0,
        "deltacat_storage": ds,
        "deltacat_storage_kwargs": kwargs,
        "destination_partition_locator": PartitionLocator.of(target_stream.locator, partition_values, None),
        "drop_duplicates": drop_duplicates,
        "hash_bucket_count": hash_bucket_count,
        "last_stream_position_to_compact": last_position or partition.stream_position,
        "list_deltas_kwargs": {**kwargs, "equivalent_table_types": []},
        "pg_config": None,
        "primary_keys": set(primary_keys),
        "read_kwargs_provider": None,
        "rebase_source_partition_locator": None,
        "rebase_source_partition_high_watermark": None,
        "records_per_compacted_file": records_per_file,
        "s3_client_kwargs": {},
        "source_partition_locator": partition.locator,
        "sort_keys": [SortKey.of(name, SortOrder(order)) for name, order in sort_keys] or None,
        "num_rounds": rounds,
    })
    # The mock drops the second of two deltas of one millisecond, and the buckets' deltas come that close.
    clock = itertools.count(int(time.time() * 1000))
    bucket.clear()
    with mock.patch.object(s3, "upload", upload), mock.patch.object(s3, "download", download), \
            mock.patch.object(ds, "current_time_ms", lambda: next(clock)), \
            mock.patch.object(compaction_utils, "current_time_ms", lambda: next(clock)):
        url = compact_partition(params)
    if url is None:
        return None
    info = RoundCompletionInfo(json.loads(bucket[url]))
    locator = DeltaLocator(info.compacted_delta_locator)
    tables = ds.download_delta(locator, storage_type=StorageType.LOCAL, db_file_path=db)
    table = pa.concat_tables(tables).combine_chunks() if tables else None
    return {"delta": locator, "table": None if table is None else table_to_json(table), "files": len(tables)}
