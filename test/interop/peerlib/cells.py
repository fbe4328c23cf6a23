"""Cells of Arrow arrays as JSON, exact: {"$int"}, {"$decimal"}, {"$base64"}, {"$timestamp"}, {"$date"}, {"$time"},
{"$duration"}, {"$float"}. Spelled with the unit's digits; a timestamp of a column with a zone is the instant, with Z."""
import base64
import math
import re
from decimal import Decimal

import pyarrow as pa
from pyarrow import types as t

from .arrow_types import parse_schema, schema_to_json

DIGITS = {"s": 0, "ms": 3, "us": 6, "ns": 9}
SAFE = 2**53


def civil(days):
    """(year, month, day) of a count of days since 1970-01-01, in the proleptic Gregorian calendar, for any year."""
    days += 719468
    era = days // 146097
    day_of_era = days - era * 146097
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    return year_of_era + era * 400 + (month <= 2), month, day_of_year - (153 * shifted + 2) // 5 + 1


def days_of(year, month, day):
    year -= month <= 2
    era = year // 400
    year_of_era = year - era * 400
    day_of_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
    return era * 146097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719468


def date_text(days):
    year, month, day = civil(days)
    sign = "" if 0 <= year <= 9999 else "-" if year < 0 else "+"
    return f"{sign}{abs(year):0{6 if sign else 4}d}-{month:02d}-{day:02d}"


def time_text(count, unit):
    digits = DIGITS[unit]
    seconds, fraction = divmod(count, 10**digits)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02d}:{minute:02d}:{second:02d}" + (f".{fraction:0{digits}d}" if digits else "")


def timestamp_text(count, unit, zone):
    days, rest = divmod(count, 86400 * 10 ** DIGITS[unit])
    return f"{date_text(days)}T{time_text(rest, unit)}{'Z' if zone else ''}"


def days_from_text(text):
    year, month, day = re.fullmatch(r"([+-]?\d+)-(\d\d)-(\d\d)", text).groups()
    return days_of(int(year), int(month), int(day))


def time_from_text(text, unit):
    hour, minute, second, fraction = re.fullmatch(r"(\d\d):(\d\d):(\d\d)(?:\.(\d+))?", text).groups()
    digits = DIGITS[unit]
    fraction = (fraction or "").ljust(digits, "0")
    assert set(fraction[digits:]) <= {"0"}, f"{text} has more digits than {unit}"
    return ((int(hour) * 60 + int(minute)) * 60 + int(second)) * 10**digits + int(fraction[:digits] or 0)


def timestamp_from_text(text, unit):
    date, time = text.removesuffix("Z").split("T")
    return days_from_text(date) * 86400 * 10 ** DIGITS[unit] + time_from_text(time, unit)


def number_to_json(value):
    if isinstance(value, int):
        return value if -SAFE < value < SAFE else {"$int": str(value)}
    value = float(value)
    if value == 0 and math.copysign(1, value) < 0:
        return {"$float": "-0.0"}
    if math.isfinite(value):
        return value
    return {"$float": "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"}


def scalar_to_json(kind):
    if t.is_decimal(kind):
        return lambda value: {"$decimal": format(value, "f")}
    if t.is_binary(kind) or t.is_large_binary(kind) or t.is_fixed_size_binary(kind):
        return lambda value: {"$base64": base64.b64encode(value).decode()}
    if t.is_boolean(kind) or t.is_string(kind) or t.is_large_string(kind) or t.is_null(kind):
        return lambda value: value
    return number_to_json


def counts(array, width):
    return array.view(pa.int32() if width == 32 else pa.int64()).to_pylist()


def cells(array):
    """The JSON cells of an array, one for each slot."""
    if isinstance(array, pa.ChunkedArray):
        return [cell for chunk in array.chunks for cell in cells(chunk)]
    kind = array.type
    if isinstance(array, pa.ExtensionArray):
        return cells(array.storage)
    if t.is_dictionary(kind):
        return cells(array.dictionary_decode())
    if t.is_date32(kind):
        return [n if n is None else {"$date": date_text(n)} for n in counts(array, 32)]
    if t.is_date64(kind):
        return [n if n is None else {"$date": date_text(n // 86400000)} for n in counts(array, 64)]
    if t.is_time(kind):
        return [n if n is None else {"$time": time_text(n, kind.unit)} for n in counts(array, kind.bit_width)]
    if t.is_timestamp(kind):
        return [n if n is None else {"$timestamp": timestamp_text(n, kind.unit, kind.tz)} for n in counts(array, 64)]
    if t.is_duration(kind):
        return [n if n is None else {"$duration": str(n)} for n in counts(array, 64)]
    if t.is_map(kind):
        return [
            [[key, value] for key, value in zip(cells(item.values.field(0)), cells(item.values.field(1)))]
            if item.is_valid else None
            for item in array
        ]
    if t.is_list(kind) or t.is_large_list(kind) or t.is_fixed_size_list(kind):
        return [cells(item.values) if item.is_valid else None for item in array]
    if t.is_struct(kind):
        columns = [(kind[i].name, cells(column)) for i, column in enumerate(array.flatten())]
        valid = array.is_valid().to_pylist()
        return [{name: column[i] for name, column in columns} if valid[i] else None for i in range(len(array))]
    convert = scalar_to_json(kind)
    return [None if value is None else convert(value) for value in array.to_pylist()]


def half(value):
    """pyarrow 12 takes nothing but numpy's own for a float16; the newer one, installed without numpy, takes a float."""
    try:
        from numpy import float16
    except ImportError:
        return float(value)
    return float16(value)


def value_from_json(kind, cell):
    """The Python value that pa.array() takes for one JSON cell; times as counts of their unit, so that none is rounded."""
    if cell is None:
        return None
    if t.is_dictionary(kind):
        return value_from_json(kind.value_type, cell)
    if t.is_map(kind):
        return [(value_from_json(kind.key_type, k), value_from_json(kind.item_type, v)) for k, v in cell]
    if t.is_list(kind) or t.is_large_list(kind) or t.is_fixed_size_list(kind):
        return [value_from_json(kind.value_type, item) for item in cell]
    if t.is_struct(kind):
        return {field.name: value_from_json(field.type, cell[field.name]) for field in kind}
    if not isinstance(cell, dict):
        return half(cell) if t.is_float16(kind) else float(cell) if t.is_floating(kind) else cell
    ((tag, text),) = cell.items()
    if tag == "$int" or tag == "$duration":
        return int(text)
    if tag == "$float":
        return half(text) if t.is_float16(kind) else float(text)
    if tag == "$decimal":
        return Decimal(text)
    if tag == "$base64":
        return base64.b64decode(text)
    if tag == "$date":
        return days_from_text(text) * (86400000 if t.is_date64(kind) else 1)
    if tag == "$time":
        return time_from_text(text, kind.unit)
    if tag == "$timestamp":
        return timestamp_from_text(text, kind.unit)
    raise ValueError(f"No cell is written as {cell}")


def array_from_json(kind, column):
    values = [value_from_json(kind, cell) for cell in column]
    if t.is_dictionary(kind):
        return pa.array(values, kind.value_type).dictionary_encode().cast(kind)
    return pa.array(values, kind)


def table_to_json(table):
    columns = [cells(column) for column in table.columns]
    return {"schema": schema_to_json(table.schema), "rows": [list(row) for row in zip(*columns)]}


def table_from_json(document):
    schema = parse_schema(document["schema"])
    rows = document["rows"]
    columns = [array_from_json(field.type, [row[i] for row in rows]) for i, field in enumerate(schema)]
    return pa.Table.from_arrays(columns, schema=schema)
