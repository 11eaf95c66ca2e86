"""Writes features as the first Python system stored them: base64(pickle.dumps(NumPy array)).

    python3 make.py            writes numpy-<version>.json beside this file
    python3 make.py hostile    writes hostile.json

Run once with each NumPy that is to be covered; the files are committed, so that the tests need no Python.
"""
import base64
import json
import os
import pathlib
import pickle
import pickletools
import subprocess
import sys

import numpy as np

HERE = pathlib.Path(__file__).parent


def text(data):
    return base64.b64encode(data).decode()


def unit(count, seed):
    values = np.random.RandomState(seed).standard_normal(count).astype("<f4")
    return values / np.linalg.norm(values)


def case(name, array, protocol, data=None):
    data = data or pickle.dumps(array, protocol)
    return {"name": name, "feature": text(data), "values": text(np.ascontiguousarray(array, "<f4").tobytes())}


def accepted():
    for protocol in (2, 3, 4, 5):
        row = unit(16, protocol)
        yield case(f"row, protocol {protocol}", row, protocol)
        yield case(f"one by n, protocol {protocol}", row.reshape(1, 16), protocol)
        yield case(f"strided, protocol {protocol}", unit(32, protocol)[::2], protocol)
        yield case(f"pure Python pickler, protocol {protocol}", row, protocol, pickle._dumps(row, protocol))
        yield case(f"optimized, protocol {protocol}", row, protocol, pickletools.optimize(pickle.dumps(row, protocol)))
        fixed = row.copy()
        fixed.flags.writeable = False
        yield case(f"read-only, protocol {protocol}", fixed, protocol)
        yield case(f"300 values, protocol {protocol}", unit(300, protocol), protocol)
    yield case("2048 values, default protocol", unit(2048, 7), pickle.DEFAULT_PROTOCOL)
    yield case("2048 values, protocol 2", unit(2048, 8), 2)


def refused():
    row = unit(16, 1)
    for protocol in (2, 3, 4, 5):
        others = {
            "float64": row.astype("<f8"),
            "float16": row.astype("<f2"),
            "int32": np.arange(16, dtype="<i4"),
            "big-endian": row.astype(">f4"),
            "two by eight": row.reshape(2, 8),
            "n by one": row.reshape(16, 1),
            "one by one by n": row.reshape(1, 1, 16),
            "Fortran order": np.asfortranarray(row.reshape(2, 8)),
            "no values": row[:0],
            "no dimension": np.array(row[0]),
            "scalar": row[0],
            "objects": np.array([1, "a"], dtype=object),
            "structure": np.zeros(4, dtype=[("a", "<f4")]),
            "matrix": np.asmatrix(row),
            "masked": np.ma.masked_array(row),
            "list of numbers": row.tolist(),
            "list of an array": [row],
            "pair of arrays": (row, row),
            "dictionary": {"a": row},
            "text": "a",
            "none": None,
        }
        for name, value in others.items():
            yield {"name": f"{name}, protocol {protocol}", "feature": text(pickle.dumps(value, protocol))}
    for protocol in (0, 1):
        yield {"name": f"row, protocol {protocol}", "feature": text(pickle.dumps(row, protocol))}


class Calls:
    def __init__(self, function, *arguments):
        self.reduced = (function, arguments)

    def __reduce__(self):
        return self.reduced


def hostile():
    touch = "touch imagesearch-was-run"
    row = unit(16, 1)
    calls = {
        "os.system": Calls(os.system, touch),
        "os.popen": Calls(os.popen, touch),
        "eval": Calls(eval, f"__import__('os').system('{touch}')"),
        "exec": Calls(exec, f"import os; os.system('{touch}')"),
        "subprocess": Calls(subprocess.check_output, ["sh", "-c", touch]),
        "open": Calls(open, "imagesearch-was-run", "w"),
        "getattr": Calls(getattr, row, "tofile"),
        "numpy.load": Calls(np.load, "a"),
        "call beside an array": (row, Calls(os.system, touch)),
        "call in an object array": np.array([Calls(os.system, touch)], dtype=object),
    }
    for protocol in (2, 3, 4, 5):
        for name, value in calls.items():
            yield {"name": f"{name}, protocol {protocol}", "feature": text(pickle.dumps(value, protocol))}


def write(name, content):
    (HERE / name).write_text(json.dumps(content, indent=1) + "\n")


if sys.argv[1:] == ["hostile"]:
    write("hostile.json", {"refused": list(hostile())})
else:
    write(f"numpy-{np.__version__}.json", {"accepted": list(accepted()), "refused": list(refused())})
