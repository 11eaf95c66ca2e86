#!/usr/bin/env bash
# Creates a table, adds a picture, searches for it and prints the nearest hit. Arguments: the service's address, a picture.
set -euo pipefail
service=${1:-http://127.0.0.1:5000}
service=${service%/}
picture=${2:-$(dirname "$0")/../strawberry.jpg}
table=${TABLE:-samples}

call() { # Arguments: a path, then options of curl. Prints the answer; exits if the service returns an error.
    local answer
    answer=$(curl -sS "$service$1" -H "token: ${TOKEN:-}" "${@:2}")
    case $answer in
        *'"code":10000'*) printf '%s\n' "$answer" ;;
        *) printf '%s\n' "$answer" >&2; exit 1 ;;
    esac
}

# A picture is too long for a command line, so the body is piped. tr joins the lines of base64.
image() { base64 <"$picture" | tr -d '\n'; }

call "/milvus/img/table?table=$table" -X POST >/dev/null

{ printf '{"table":"%s","tags":"strawberry","image":"' "$table"; image; printf '"}'; } |
    call /milvus/img/add -H "Content-Type: application/json" --data-binary @- >/dev/null

{ printf '{"table":"%s","TOP_K":1,"image":"' "$table"; image; printf '"}'; } |
    call /milvus/img/search -H "Content-Type: application/json" --data-binary @- |
    sed -E 's/.*"id":([0-9]+),"tags":"([^"]*)".*"distance":([0-9.eE+-]+).*/id=\1 tags=\2 distance=\3/'
