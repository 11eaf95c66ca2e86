// Creates a table, adds a picture, searches for it and prints the nearest hit. Arguments: the service's address, a picture.
import { readFile } from 'node:fs/promises';

const service = process.argv[2] ?? 'http://127.0.0.1:5000';
const picture = process.argv[3] ?? new URL('../strawberry.jpg', import.meta.url);
const table = process.env.TABLE ?? 'samples';

async function call(path, body) {
  const response = await fetch(new URL(path, service), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', token: process.env.TOKEN ?? '' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const answer = await response.json();
  if (answer.code !== 10000) throw new Error(answer.message);
  return answer.data;
}

const image = (await readFile(picture)).toString('base64');
await call(`/milvus/img/table?table=${table}`);
await call('/milvus/img/add', { table, tags: 'strawberry', image });
const [hit] = await call('/milvus/img/search', { table, TOP_K: 1, image });
console.log(`id=${hit.id} tags=${hit.tags} distance=${hit.distance.toFixed(4)}`);
