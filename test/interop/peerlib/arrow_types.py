"""Arrow types by their text: pyarrow's own spelling, and the shorter one of fixtures (decimal(12,2), list<int64>)."""
import re

import pyarrow as pa

TOKEN = re.compile(r"\s*('[^']*'|[A-Za-z_][\w./+-]*|\d+|.)")

PLAIN = {
    "null": pa.null, "bool": pa.bool_, "int8": pa.int8, "int16": pa.int16, "int32": pa.int32, "int64": pa.int64,
    "uint8": pa.uint8, "uint16": pa.uint16, "uint32": pa.uint32, "uint64": pa.uint64,
    "float16": pa.float16, "halffloat": pa.float16, "float32": pa.float32, "float": pa.float32,
    "float64": pa.float64, "double": pa.float64, "string": pa.string, "large_string": pa.large_string,
    "binary": pa.binary, "large_binary": pa.large_binary, "date32": pa.date32, "date64": pa.date64,
}


class Parser:
    def __init__(self, text):
        self.text = text
        self.tokens = TOKEN.findall(text)
        self.at = 0

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, wanted=None):
        token = self.peek()
        if wanted is not None and token != wanted:
            raise ValueError(f"Type {self.text!r}: expected {wanted!r}, found {token!r}")
        self.at += 1
        return token

    def try_take(self, wanted):
        if self.peek() == wanted:
            self.at += 1
            return True
        return False

    def bracketed(self, opening, closing):
        """The bare words between two brackets; [] if there are none."""
        words = []
        if self.try_take(opening):
            while not self.try_take(closing):
                if not self.try_take(",") and not self.try_take("="):
                    words.append(self.take())
        return words

    def field(self, default_name):
        """`name: type`, or a type alone; `!` or `not null` after it says that it holds no null."""
        name = default_name
        if self.at + 1 < len(self.tokens) and self.tokens[self.at + 1] == ":":
            name = self.take()
            self.take(":")
        kind = self.type()
        nullable = True
        if self.try_take("!"):
            nullable = False
        elif self.try_take("not"):
            self.take("null")
            nullable = False
        return pa.field(name, kind, nullable)

    def type(self):
        name = self.take()
        if name in ("date32", "date64"):
            self.bracketed("[", "]")
        if name in PLAIN:
            return PLAIN[name]()
        if name in ("time32", "time64", "duration"):
            return getattr(pa, name)(*self.bracketed("[", "]"))
        if name == "timestamp":
            words = [word for word in self.bracketed("[", "]") if word != "tz"]
            return pa.timestamp(words[0], "".join(words[1:]) or None)
        if name == "fixed_size_binary":
            return pa.binary(int(self.bracketed("[", "]")[0]))
        if name in ("decimal", "decimal128", "decimal256"):
            precision, scale = (int(word) for word in self.bracketed("(", ")"))
            return (pa.decimal256 if name == "decimal256" else pa.decimal128)(precision, scale)
        self.take("<")
        if name in ("list", "large_list", "fixed_size_list"):
            field = self.field("item")
            self.take(">")
            if name == "fixed_size_list":
                return pa.list_(field, int(self.bracketed("[", "]")[0]))
            return pa.list_(field) if name == "list" else pa.large_list(field)
        if name == "struct":
            fields = []
            while not self.try_take(">"):
                fields.append(self.field(f"f{len(fields)}"))
                self.try_take(",")
            return pa.struct(fields)
        if name == "map":
            key = self.type()
            self.take(",")
            value = self.field("value")
            self.bracketed("(", ")")
            self.take(">")
            return pa.map_(key, value.type)
        if name == "dictionary":
            return self.dictionary()
        raise ValueError(f"Type {self.text!r}: {name!r} is not known")

    def dictionary(self):
        parts = {}
        positional = ["indices", "values", "ordered"]
        while not self.try_take(">"):
            key = positional[len(parts)]
            if self.at + 1 < len(self.tokens) and self.tokens[self.at + 1] == "=":
                key = self.take()
                self.take("=")
            parts[key] = self.take() == "1" if key == "ordered" else self.type()
            self.try_take(",")
        return pa.dictionary(parts["indices"], parts["values"], parts.get("ordered", False))


def parse_type(text):
    parser = Parser(text)
    kind = parser.type()
    if parser.peek():
        raise ValueError(f"Type {text!r}: {parser.peek()!r} follows it")
    return kind


def parse_schema(fields):
    """A schema from the vectors' form: [[name, type, nullable], ...]."""
    return pa.schema([pa.field(name, parse_type(kind), nullable) for name, kind, nullable in fields])


def schema_to_json(schema):
    return [[field.name, str(field.type), field.nullable] for field in schema]
