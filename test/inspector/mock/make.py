"""Writes wounds.db with DeltaCAT's own SQLite mock (deltacat 1.1.42): one table for each thing that the mock is known to
leave behind, named after it, and one that is sound. Run it with a Python that has deltacat: python make.py"""

import copy
import os
import uuid

import pyarrow as pa

import deltacat.tests.local_deltacat_storage as storage
from deltacat.storage import Delta, DeltaType

HERE = os.path.dirname(os.path.abspath(__file__))
PATH = os.path.join(HERE, "wounds.db")

clock = [1_700_000_000_000]
count = [0]


def tick() -> int:
    clock[0] += 1000
    return clock[0]


def make_id() -> uuid.UUID:
    count[0] += 1
    return uuid.UUID(int=count[0], version=4)


storage.current_time_ms = tick
uuid.uuid4 = make_id
if os.path.exists(PATH):
    os.remove(PATH)
con = storage.sqlite3.connect(PATH)
db = {"sqlite3_con": con, "sqlite3_cur": con.cursor()}


def rows(*ids):
    return pa.table({"id": pa.array(ids, pa.int64())})


def stream(name, version="1"):
    return storage.create_table_version("mock", name, version, **db)


def partition(of, values=None, *ids):
    staged = storage.stage_partition(of, values, **db)
    for each in ids:
        commit(staged, each)
    return storage.commit_partition(staged, **db)


def commit(part, *ids, **options):
    return storage.commit_delta(storage.stage_delta(rows(*ids), part, **options, **db), **db)


storage.create_namespace("mock", {}, **db)

partition(stream("sound"), ["NO"], 1, 2)

# Two deltas staged in one millisecond: the second one's records stay, its row is ignored.
part = partition(stream("vanished"))
storage.current_time_ms = lambda: clock[0]
first, second = storage.stage_delta(rows(1), part, **db), storage.stage_delta(rows(2), part, **db)
storage.commit_delta(first, **db)
storage.current_time_ms = tick

# A commit at a position that is taken overwrites what stands there.
part = partition(stream("overwritten"))
first, second = storage.stage_delta(rows(1), part, **db), storage.stage_delta(rows(2), part, **db)
storage.commit_delta(first, **db)
second.locator.stream_position = first.stream_position
storage.commit_delta(second, **db)

# Two partitions staged against the same one, both committed.
of = stream("stale")
partition(of, None, 1)
one, other = storage.stage_partition(of, None, **db), storage.stage_partition(of, None, **db)
commit(one, 2)
commit(other, 3)
storage.commit_partition(one, **db)
storage.commit_partition(other, **db)

# A delta that comes to the old partition after the new one was staged.
of = stream("late")
old = partition(of, None, 1)
new = storage.stage_partition(of, None, **db)
commit(new, 2)
commit(old, 3)
storage.commit_partition(new, **db)

# A delta committed to a partition that had been replaced before.
of = stream("deprecated")
old = partition(of, None, 1)
partition(of, None, 2)
commit(old, 3)

# Compaction in place.
of = stream("in_place")
old = partition(of, None, 1)
new = storage.stage_partition(of, None, **db)
commit(new, 1)
commit(old, 2)
storage.commit_partition(new, old, **db)

# A merged delta, committed again after its answer was lost.
part = partition(stream("duplicate"))
merged = Delta.merge_deltas([storage.stage_delta(rows(1), part, **db), storage.stage_delta(rows(2), part, **db)])
again = copy.deepcopy(merged)
storage.commit_delta(merged, **db)
storage.commit_delta(again, **db)

# A single delete, merged.
part = partition(stream("delete_parameters"), None, 1)
delete = storage.stage_delta(
    rows(1), part, DeltaType.DELETE, delete_parameters=storage.DeleteParameters.of(["id"]), **db
)
storage.commit_delta(Delta.merge_deltas([delete]), **db)

# A version deleted with its stream.
partition(stream("deleted_stream"), None, 1)
storage.delete_stream("mock", "deleted_stream", "1", **db)

# … and created again: the partition is still there, under a stream that nothing knows of.
partition(stream("recreated_version"), None, 1)
storage.delete_stream("mock", "recreated_version", "1", **db)
partition(stream("recreated_version"), None, 2)

# A version that the mock counts itself.
stream("version_number")
stream("version_number", None)

# A stream that another has replaced.
partition(stream("replaced_stream"), None, 1)
storage.commit_stream(storage.stage_stream("mock", "replaced_stream", "1", **db), **db)

# Values that are equal once joined, and values that are no strings.
of = stream("joined_values")
partition(of, ["a,b"], 1)
storage.stage_partition(of, ["a", "b"], **db)
storage.stage_partition(stream("number_values"), [1], **db)

con.close()
