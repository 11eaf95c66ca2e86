<?php
// Five tasks with the native API. Arguments: the service's address, the folder of the sample pictures.
declare(strict_types=1);

$service = rtrim($argv[1] ?? 'http://127.0.0.1:5000', '/');
$pictures = $argv[2] ?? __DIR__ . '/../..';
$table = getenv('TABLE') ?: 'tasks';

function call(string $method, string $path, ?string $body = null, string $type = 'application/json', array $query = [], ?callable $onText = null): mixed
{
    global $service;
    $request = curl_init("$service/v1/$path" . ($query ? '?' . http_build_query($query) : ''));
    $text = '';
    curl_setopt_array($request, [
        CURLOPT_CUSTOMREQUEST => $method,
        CURLOPT_HTTPHEADER => ["Content-Type: $type", 'token: ' . (getenv('TOKEN') ?: '')],
        CURLOPT_CONNECTTIMEOUT => 10,
        CURLOPT_WRITEFUNCTION => function ($request, string $part) use (&$text, $onText): int {
            $text .= $part;
            if ($onText !== null) {
                $onText($part);
            }
            return strlen($part);
        },
    ]);
    if ($body !== null) {
        curl_setopt($request, CURLOPT_POSTFIELDS, $body);
    }
    if (curl_exec($request) === false) {
        throw new RuntimeException(curl_error($request));
    }
    if (curl_getinfo($request, CURLINFO_RESPONSE_CODE) >= 400) {
        $problem = json_decode($text, true, 512, JSON_THROW_ON_ERROR); // code, detail, and field, value, bound if a field is at fault
        throw new RuntimeException("{$problem['code']}: {$problem['detail']}");
    }
    return $text === '' || $onText !== null ? null : json_decode($text, true, 512, JSON_THROW_ON_ERROR);
}

// 1. Create a table with attributes.
$attributes = [['name' => 'price', 'type' => 'number'], ['name' => 'brand', 'type' => 'string']];
$created = call('PUT', "tables/$table", json_encode(['metric' => 'cosine', 'attributes' => $attributes]));
echo "table: {$created['metric']}\n";

// 2. Add a picture under a key.
$strawberry = file_get_contents("$pictures/strawberry.jpg");
$fields = ['product_id' => '4711', 'attributes' => json_encode(['price' => 3.5, 'brand' => 'acme'])];
$item = call('PUT', "tables/$table/items/strawberry", $strawberry, 'image/jpeg', $fields);
echo "item: {$item['key']} {$item['effect']}\n";

// 3. Import a list and follow its progress.
$lines = [];
foreach ([['hamburger', 'hamburger.jpg', 8], ['pizza', 'pizza.webp', 9]] as [$key, $name, $price]) {
    $image = base64_encode(file_get_contents("$pictures/$name"));
    $lines[] = json_encode(['key' => $key, 'image' => $image, 'attributes' => ['price' => $price]]);
}
$started = call('POST', "tables/$table/imports", implode("\n", $lines), 'application/x-ndjson');
$progress = null;
$rest = '';
call('GET', "imports/{$started['id']}/events", onText: function (string $text) use (&$progress, &$rest): void {
    $parts = explode("\n", $rest . $text); // ends with the import; after ten minutes open the events again
    $rest = array_pop($parts);
    foreach ($parts as $line) {
        if (str_starts_with($line, 'data: ')) {
            $progress = json_decode(substr($line, 6), true);
        }
    }
});
echo "import: {$progress['state']} {$progress['stored']} stored {$progress['failed']} failed\n";

// 4. Search by a picture with a filter.
$found = call('POST', "tables/$table/search", $strawberry, 'image/jpeg', ['filter' => 'price < 5', 'limit' => 3]);
foreach ($found['hits'] as $hit) {
    printf("hit: %s %.2f\n", $hit['key'], $hit['score']);
}

// 5. Find an item by its key, and delete it.
$item = call('GET', "tables/$table/items/strawberry");
echo "price: {$item['attributes']['price']}\n";
call('DELETE', "tables/$table/items/strawberry");
echo "deleted: {$item['key']}\n";
