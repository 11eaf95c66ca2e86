// Five tasks with the native API. Arguments: the service's address, the folder of the sample pictures.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const service = (process.argv[2] ?? 'http://127.0.0.1:5000').replace(/\/$/, '');
const pictures = process.argv[3] ?? fileURLToPath(new URL('../../', import.meta.url));
const table = process.env.TABLE ?? 'tasks';

async function open(method, path, body, contentType = 'application/json', query = {}) {
  const url = new URL(`${service}/v1/${path}`);
  url.search = new URLSearchParams(query);
  const headers = { 'Content-Type': contentType, token: process.env.TOKEN ?? '' };
  const response = await fetch(url, { method, headers, body });
  if (response.ok) return response;
  const problem = await response.json(); // code, detail, and field, value, bound if a field is at fault
  throw new Error(`${problem.code}: ${problem.detail}`);
}

async function call(...request) {
  const text = await (await open(...request)).text();
  return text === '' ? null : JSON.parse(text);
}

// 1. Create a table with attributes.
const attributes = [{ name: 'price', type: 'number' }, { name: 'brand', type: 'string' }];
const created = await call('PUT', `tables/${table}`, JSON.stringify({ metric: 'cosine', attributes }));
console.log('table:', created.metric);

// 2. Add a picture under a key.
const strawberry = await readFile(join(pictures, 'strawberry.jpg'));
const fields = { product_id: '4711', attributes: JSON.stringify({ price: 3.5, brand: 'acme' }) };
let item = await call('PUT', `tables/${table}/items/strawberry`, strawberry, 'image/jpeg', fields);
console.log('item:', item.key, item.effect);

// 3. Import a list and follow its progress.
const lines = [];
for (const [key, name, price] of [['hamburger', 'hamburger.jpg', 8], ['pizza', 'pizza.webp', 9]]) {
  const image = (await readFile(join(pictures, name))).toString('base64');
  lines.push(JSON.stringify({ key, image, attributes: { price } }));
}
const started = await call('POST', `tables/${table}/imports`, lines.join('\n'), 'application/x-ndjson');
const events = await open('GET', `imports/${started.id}/events`);
let progress;
let rest = '';
for await (const text of events.body.pipeThrough(new TextDecoderStream())) { // ends with the import; after ten minutes open the events again
  const parts = (rest + text).split('\n');
  rest = parts.pop();
  for (const line of parts) if (line.startsWith('data: ')) progress = JSON.parse(line.slice(6));
}
console.log('import:', progress.state, progress.stored, 'stored', progress.failed, 'failed');

// 4. Search by a picture with a filter.
const found = await call('POST', `tables/${table}/search`, strawberry, 'image/jpeg', { filter: 'price < 5', limit: 3 });
for (const hit of found.hits) console.log('hit:', hit.key, hit.score.toFixed(2));

// 5. Find an item by its key, and delete it.
item = await call('GET', `tables/${table}/items/strawberry`);
console.log('price:', item.attributes.price);
await call('DELETE', `tables/${table}/items/strawberry`);
console.log('deleted:', item.key);
