// Puts files as items of a table, four at a time.

const lanes = 4;
// A connection that breaks off is tried again for about a minute.
const maxBroken = 6;
const maxWaitSeconds = 60;

export class UploadQueue {
  /** @type {{file: string, key: string, code: string, message: string}[]} */
  errors = [];

  #files; #texts; #maxBytes; #changed; #total;
  #again = []; #stored = 0; #skipped = 0;
  #phase = "paused"; #reason = null; #running = 0; #notBefore = 0; #sentMs = 0; #since = 0;
  #stopping = new AbortController();

  /**
   * @param {{path: string, open: () => Promise<File>}[]} files
   * @param {{table: string, keyRule: string, onExistingKey: string}} target
   * @param {object} texts Why a file is not sent, in the user's language.
   * @param {number} maxBytes The largest file.
   * @param {() => void} changed Called after every change of the state.
   */
  constructor(files, target, texts, maxBytes, changed) {
    [this.#texts, this.#maxBytes, this.#changed, this.#total] = [texts, maxBytes, changed, files.length];
    const keys = new Set();
    // Taken from the end.
    this.#files = files.filter(file => this.#address(file, target, keys)).reverse();
  }

  /** Whether there is more to send. */
  get isOpen() {
    return this.#phase === "sending" || this.#phase === "paused";
  }

  state() {
    const sending = this.#phase === "sending" ? performance.now() - this.#since : 0;
    return {
      phase: this.#phase, reason: this.#reason, total: this.#total, stored: this.#stored, skipped: this.#skipped, failed: this.errors.length,
      seconds: (this.#sentMs + sending) / 1000,
    };
  }

  goOn() {
    if (this.#phase !== "paused") return;
    [this.#phase, this.#reason, this.#since] = ["sending", null, performance.now()];
    for (let lane = this.#running; lane < lanes; lane++) this.#run();
    this.#changed();
  }

  pause(reason = null) {
    if (this.#phase === "sending") this.#leave("paused", reason);
  }

  stop() {
    if (!this.isOpen) return;
    this.#leave("stopped", null);
    this.#stopping.abort();
  }

  #leave(phase, reason) {
    if (this.#phase === "sending") this.#sentMs += performance.now() - this.#since;
    [this.#phase, this.#reason] = [phase, reason];
    this.#changed();
  }

  // Gives a file its key and address.
  #address(file, { table, keyRule, onExistingKey }, keys) {
    file.key = keyOf(file.path, keyRule);
    const rule = onExistingKey ? `?on_existing_key=${encodeURIComponent(onExistingKey)}` : "";
    try {
      file.url = `/v1/tables/${encodeURIComponent(table)}/items/${encodeURIComponent(file.key)}${rule}`;
    } catch {
      return !this.#fail(file, "key_invalid", this.#texts.badName); // A name that is not Unicode.
    }

    // In an address these would be folders.
    if (file.key === "." || file.key === "..") return !this.#fail(file, "key_invalid", this.#texts.badName);
    if (keys.has(file.key)) return !this.#fail(file, "key_repeated", this.#texts.sameKey);
    keys.add(file.key);
    return true;
  }

  async #run() {
    this.#running++;
    while (this.#phase === "sending") {
      const file = this.#again.pop() ?? this.#files.pop();
      if (!file) break;
      if (!(await this.#send(file))) this.#again.push(file);
      this.#changed();
    }

    this.#running--;
    if (this.#running === 0 && this.isOpen && this.#files.length + this.#again.length === 0) this.#leave("ended", null);
  }

  // Whether the file is done. Otherwise it is sent when the user goes on.
  async #send(file) {
    const body = await file.open().catch(() => null);
    if (body === null) return this.#fail(file, "unreadable", this.#texts.unreadable);
    if (body.size > this.#maxBytes) return this.#fail(file, "too_large", this.#texts.tooLarge);
    for (let broken = 0; this.#phase === "sending";) {
      const held = this.#notBefore - performance.now();
      if (held > 0) {
        await this.#wait(held);
        continue;
      }

      const answer = await this.#put(file, body);
      if (answer?.status === 401) {
        this.pause("session");
      } else if (answer?.status === 429 || answer?.status === 503) {
        // All lanes wait: the service is busy for each of them.
        const seconds = Math.min(Number(answer.headers.get("Retry-After")) || 1, maxWaitSeconds);
        this.#notBefore = Math.max(this.#notBefore, performance.now() + seconds * 1000);
      } else if (answer !== null && answer.status !== 502 && answer.status !== 504) {
        return this.#take(file, answer);
      } else if (this.#stopping.signal.aborted) {
        return false;
      } else if (!(await isReadable(body))) {
        return this.#fail(file, "unreadable", this.#texts.unreadable);
      } else if (++broken === maxBroken) {
        this.pause("unreachable");
      } else {
        await this.#wait(1000 * 2 ** (broken - 1) * (0.5 + Math.random()));
      }
    }

    return false;
  }

  // Null for a connection that broke off.
  async #put(file, body) {
    try {
      const headers = { "Content-Type": "application/octet-stream", "X-ImageSearch-Page": "1" };
      const answer = await fetch(file.url, { method: "PUT", body, headers, signal: this.#stopping.signal });
      return { status: answer.status, ok: answer.ok, headers: answer.headers, body: await answer.json().catch(() => ({})) };
    } catch {
      return null;
    }
  }

  #take(file, { status, ok, body }) {
    if (!ok) return this.#fail(file, body.code ?? String(status), body.detail ?? `HTTP ${status}`);
    if (body.effect === "skipped") this.#skipped++;
    else this.#stored++;
    return true;
  }

  #fail(file, code, message) {
    this.errors.push({ file: file.path, key: file.key, code, message });
    return true;
  }

  #wait(milliseconds) {
    return new Promise(done => {
      const timer = setTimeout(done, milliseconds);
      this.#stopping.signal.addEventListener("abort", () => { clearTimeout(timer); done(); }, { once: true });
    });
  }
}

function keyOf(path, rule) {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (rule === "path") return path;
  return rule === "stem" ? name.replace(/(.)\.[^.]*$/, "$1") : name;
}

// Distinguishes a file that was changed or removed from a connection that broke off.
async function isReadable(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
