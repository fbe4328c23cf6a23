"""Makes locators.json: python make_locators.py > locators.json, where deltacat 1.1.42 is installed."""
import json
import random
import sys

from deltacat.storage import DeltaLocator, NamespaceLocator, PartitionLocator, StreamLocator, TableLocator, TableVersionLocator

random.seed(7)
LATIN = "".join(map(chr, range(0x100)))
ODD = "\u2028\u2029\u200b\u3000\ufeff\u00ad\u0301\u0378\ue000\ufffe\U0001f388\U0010ffff\u0000\u001b\u007f\u0085é日本"
values = [
    None, [], ["NO"], ["it's"], ['a "quote"'], ["it's a \"quote\""], ["\\"], ["\t\n\r"], [LATIN], [ODD],
    [1, -1, 0, True, False, None], [9007199254740991, -9007199254740991], ["NO", "it's", 1, None],
    ["None"], ["1"], [""], ["", ""], ["a,b"], ["a", "b"], ["'"], ['"'], ["'\""],
]
for _ in range(40):
    values.append(["".join(random.choice(LATIN + ODD) for _ in range(random.randrange(6))) for _ in range(random.randrange(4))])

result = []
for names in [("shop", "orders", "1"), ("æøå 🎈", "a|b", "12"), ("a'b", 'c"d', "0")]:
    for value in values if names[0] == "shop" else values[:4]:
        namespace = NamespaceLocator.of(names[0])
        table = TableLocator.of(namespace, names[1])
        version = TableVersionLocator.of(table, names[2])
        stream = StreamLocator.of(version, "stream-id", "SQLITE3")
        partition = PartitionLocator.of(stream, value, "partition-id")
        delta = DeltaLocator.of(partition, 1700000000000)
        unplaced = DeltaLocator.of(partition, None)
        chain = [namespace, table, version, stream, partition, delta, unplaced]
        result.append({
            "names": names,
            "values": value,
            "canonical": [each.canonical_string() for each in chain],
            "digest": [each.hexdigest() for each in chain],
        })
json.dump(result, sys.stdout, indent=1)
