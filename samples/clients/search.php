<?php
// Creates a table, adds a picture, searches for it and prints the nearest hit. Arguments: the service's address, a picture.
declare(strict_types=1);

$service = rtrim($argv[1] ?? 'http://127.0.0.1:5000', '/');
$picture = $argv[2] ?? __DIR__ . '/../strawberry.jpg';
$table = getenv('TABLE') ?: 'samples';

function call(string $url, ?array $body = null): mixed
{
    $request = curl_init($url);
    curl_setopt_array($request, [
        CURLOPT_POST => true,
        CURLOPT_POSTFIELDS => $body === null ? '' : json_encode($body, JSON_THROW_ON_ERROR),
        CURLOPT_HTTPHEADER => ['Content-Type: application/json', 'token: ' . (getenv('TOKEN') ?: '')],
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT => 60,
    ]);
    $text = curl_exec($request);
    if ($text === false) {
        throw new RuntimeException(curl_error($request));
    }
    $answer = json_decode($text, true, 512, JSON_THROW_ON_ERROR);
    if ($answer['code'] !== 10000) {
        throw new RuntimeException($answer['message']);
    }
    return $answer['data'] ?? null;
}

$image = base64_encode(file_get_contents($picture));
call("$service/milvus/img/table?table=$table");
call("$service/milvus/img/add", ['table' => $table, 'tags' => 'strawberry', 'image' => $image]);
$hit = call("$service/milvus/img/search", ['table' => $table, 'TOP_K' => 1, 'image' => $image])[0];
printf("id=%d tags=%s distance=%.4f\n", $hit['id'], $hit['tags'], $hit['distance']);
