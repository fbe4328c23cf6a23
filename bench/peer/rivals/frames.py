"""pandas' frame assertion."""
import pandas as pd
from pandas.testing import assert_frame_equal

from . import parquet

frames = {}


def versions():
    return {"pandas": pd.__version__}


def make(rows, differences):
    """Three frames: two of equal cells in memory of their own, and one in which so many prices are others."""
    frames["left"] = parquet.ten_columns(rows).to_pandas()
    frames["right"] = parquet.ten_columns(rows).to_pandas()
    frames["changed"] = parquet.ten_columns(rows).to_pandas()
    frames["changed"].loc[:: rows // differences, "price"] = -1


def equal():
    assert_frame_equal(frames["left"], frames["right"])


def different():
    try:
        assert_frame_equal(frames["left"], frames["changed"])
    except AssertionError as error:
        return len(str(error))
    raise ValueError("the frames are equal")
