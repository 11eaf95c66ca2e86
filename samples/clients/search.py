"""Creates a table, adds a picture, searches for it and prints the nearest hit. Arguments: the service's address, a picture."""
import base64
import json
import os
import pathlib
import sys
import urllib.request

service = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:5000"
picture = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else pathlib.Path(__file__).parent.parent / "strawberry.jpg"
table = os.environ.get("TABLE", "samples")


def call(path, body=None):
    request = urllib.request.Request(
        service + path,
        data=b"" if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "token": os.environ.get("TOKEN", "")},
        method="POST",
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        answer = json.load(response)
    if answer["code"] != 10000:
        raise RuntimeError(answer["message"])
    return answer.get("data")


image = base64.b64encode(picture.read_bytes()).decode()
call(f"/milvus/img/table?table={table}")
call("/milvus/img/add", {"table": table, "tags": "strawberry", "image": image})
hit = call("/milvus/img/search", {"table": table, "TOP_K": 1, "image": image})[0]
print(f"id={hit['id']} tags={hit['tags']} distance={hit['distance']:.4f}")
