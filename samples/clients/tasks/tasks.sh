#!/usr/bin/env bash
# Five tasks with the native API. Arguments: the service's address, the folder of the sample pictures.
set -euo pipefail
service=${1:-http://127.0.0.1:5000}
service=${service%/}
pictures=${2:-$(dirname "$0")/../..}
table=${TABLE:-tasks}

call() { # Arguments: a method, a path, then options of curl. Prints the answer; an error prints the problem: code, detail, field, value, bound.
    curl -sS --fail-with-body -X "$1" "$service/v1/$2" -H "token: ${TOKEN:-}" "${@:3}"
}
member() { sed -nE "s/.*\"$1\":\"?([^\",}]*).*/\1/p"; } # Use jq in a program.
encode() { base64 <"$1" | tr -d '\n'; }

# 1. Create a table with attributes.
created=$(call PUT "tables/$table" -d '{
  "metric": "cosine",
  "attributes": [{"name": "price", "type": "number"}, {"name": "brand", "type": "string"}]}')
echo "table: $(member metric <<<"$created")"

# 2. Add a picture under a key.
item=$(call PUT "tables/$table/items/strawberry" \
    -F "image=@$pictures/strawberry.jpg" -F product_id=4711 -F 'attributes={"price": 3.5, "brand": "acme"}')
echo "item: $(member key <<<"$item") $(member effect <<<"$item")"

# 3. Import a list and follow its progress.
started=$({
    printf '{"key": "hamburger", "image": "%s", "attributes": {"price": 8}}\n' "$(encode "$pictures/hamburger.jpg")"
    printf '{"key": "pizza", "image": "%s", "attributes": {"price": 9}}\n' "$(encode "$pictures/pizza.webp")"
} | call POST "tables/$table/imports" -H "Content-Type: application/x-ndjson" --data-binary @-)
# The events end with the import; after ten minutes open them again.
progress=$(call GET "imports/$(member id <<<"$started")/events" -N | grep '^data: ' | tail -1)
echo "import: $(member state <<<"$progress") $(member stored <<<"$progress") stored $(member failed <<<"$progress") failed"

# 4. Search by a picture with a filter.
found=$(call POST "tables/$table/search" -F "image=@$pictures/strawberry.jpg" -F 'filter=price < 5' -F limit=3 -F fields=key,score)
sed 's/},{/\n/g' <<<"$found" | sed -nE 's/.*"key":"([^"]*)","score":([0-9.]+).*/\1 \2/p' |
    while read -r key score; do printf 'hit: %s %.2f\n' "$key" "$score"; done

# 5. Find an item by its key, and delete it.
item=$(call GET "tables/$table/items/strawberry")
echo "price: $(member price <<<"$item")"
call DELETE "tables/$table/items/strawberry"
echo "deleted: $(member key <<<"$item")"
