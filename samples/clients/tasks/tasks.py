"""Five tasks with the native API. Arguments: the service's address, the folder of the sample pictures."""
import base64
import json
import os
import pathlib
import sys
import urllib.error
import urllib.parse
import urllib.request

service = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:5000"
pictures = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else pathlib.Path(__file__).parent.parent.parent)
table = os.environ.get("TABLE", "tasks")


def open_call(method, path, body=None, content_type="application/json", **query):
    url = f"{service}/v1/{path}" + (f"?{urllib.parse.urlencode(query)}" if query else "")
    headers = {"Content-Type": content_type, "token": os.environ.get("TOKEN", "")}
    request = urllib.request.Request(url, body, headers, method=method)
    try:
        return urllib.request.urlopen(request, timeout=60)
    except urllib.error.HTTPError as error:
        problem = json.load(error)  # code, detail, and field, value, bound if a field is at fault
        raise RuntimeError(f"{problem['code']}: {problem['detail']}") from None


def call(*arguments, **query):
    with open_call(*arguments, **query) as response:
        return json.loads(response.read() or "null")


# 1. Create a table with attributes.
attributes = [{"name": "price", "type": "number"}, {"name": "brand", "type": "string"}]
settings = {"metric": "cosine", "attributes": attributes}
created = call("PUT", f"tables/{table}", json.dumps(settings).encode())
print("table:", created["metric"])

# 2. Add a picture under a key.
strawberry = (pictures / "strawberry.jpg").read_bytes()
fields = {"product_id": "4711", "attributes": json.dumps({"price": 3.5, "brand": "acme"})}
item = call("PUT", f"tables/{table}/items/strawberry", strawberry, "image/jpeg", **fields)
print("item:", item["key"], item["effect"])

# 3. Import a list and follow its progress.
lines = [
    json.dumps({"key": key, "image": base64.b64encode((pictures / name).read_bytes()).decode(), "attributes": {"price": price}})
    for key, name, price in [("hamburger", "hamburger.jpg", 8), ("pizza", "pizza.webp", 9)]
]
started = call("POST", f"tables/{table}/imports", "\n".join(lines).encode(), "application/x-ndjson")
with open_call("GET", f"imports/{started['id']}/events") as events:
    for line in events:  # ends with the import; after ten minutes open the events again
        if line.startswith(b"data: "):
            progress = json.loads(line[6:])
print("import:", progress["state"], progress["stored"], "stored", progress["failed"], "failed")

# 4. Search by a picture with a filter.
found = call("POST", f"tables/{table}/search", strawberry, "image/jpeg", filter="price < 5", limit=3)
for hit in found["hits"]:
    print("hit:", hit["key"], f"{hit['score']:.2f}")

# 5. Find an item by its key, and delete it.
item = call("GET", f"tables/{table}/items/strawberry")
print("price:", item["attributes"]["price"])
call("DELETE", f"tables/{table}/items/strawberry")
print("deleted:", item["key"])
