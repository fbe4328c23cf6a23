"""An independent word on whether two tables hold the same records."""
import json

from .cells import cells, table_from_json


def row_texts(table, columns):
    picked = [cells(table.column(name)) for name in columns]
    return [json.dumps(row, sort_keys=True) for row in zip(*picked)]


def same_records(left, right, ordered=False):
    """Whether two tables of one schema hold equal rows, each as often as in the other; NaN equals NaN, 0.0 not -0.0."""
    one, other = table_from_json(left), table_from_json(right)
    columns = sorted(one.column_names)
    if columns != sorted(other.column_names):
        return False
    if any(one.schema.field(name).type != other.schema.field(name).type for name in columns):
        return False
    left_rows, right_rows = row_texts(one, columns), row_texts(other, columns)
    return left_rows == right_rows if ordered else sorted(left_rows) == sorted(right_rows)
