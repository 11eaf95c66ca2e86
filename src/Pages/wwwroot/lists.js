// Sends a list of pictures to /v1 as an import, straight from the disk. Unlike fetch, XMLHttpRequest tells how much is sent.
import { Reports } from "./reports.js";

const maxTries = 4;
const maxWaitSeconds = 60;

/** @returns {ListFile} The list that is chosen in an input. */
export function create(page, input) {
  return new ListFile(page, input);
}

class ListFile {
  #input; #reports; #request = null; #isStopped = false; #sent = 0;

  constructor(page, input) {
    this.#input = input;
    this.#reports = new Reports(() => page.invokeMethodAsync("Sent", this.#sent));
  }

  choose() {
    this.#input.click();
  }

  /** The chosen file's name and size; null for none. */
  chosen() {
    const file = this.#input.files[0];
    return file ? { name: file.name, bytes: file.size } : null;
  }

  /**
   * Sends the list. The same key for every try makes it one import.
   * @returns {Promise<{status: number, id: string?, code: string?, detail: string?}>} Status 0: the connection broke off, or the user stopped.
   */
  async send(address, contentType, idempotencyKey, mayRepeat) {
    this.#isStopped = false;
    for (let tries = 1; ; tries++) {
      const answer = await this.#sendOnce(address, contentType, idempotencyKey);
      const isBusy = answer.status === 429 || answer.status === 503;
      const isBroken = answer.status === 0 && mayRepeat;
      if (this.#isStopped || tries === maxTries || !(isBusy || isBroken)) return answer;
      await new Promise(done => setTimeout(done, 1000 * Math.min(answer.wait || 2 ** tries, maxWaitSeconds)));
      if (this.#isStopped) return answer;
    }
  }

  stop() {
    this.#isStopped = true;
    this.#request?.abort();
  }

  dispose() {
    this.stop();
    this.#reports.end();
  }

  #sendOnce(address, contentType, idempotencyKey) {
    return new Promise(done => {
      const request = this.#request = new XMLHttpRequest();
      request.open("POST", address);
      request.setRequestHeader("Content-Type", contentType);
      request.setRequestHeader("Idempotency-Key", idempotencyKey);
      request.setRequestHeader("X-ImageSearch-Page", "1");
      request.upload.onprogress = event => {
        this.#sent = event.loaded;
        this.#reports.change();
      };
      request.onloadend = () => {
        this.#request = null;
        const body = parse(request.responseText);
        // What is imported is not sent twice by another click.
        if (body.id) this.#input.value = "";
        done({ status: request.status, id: body.id, code: body.code, detail: body.detail, wait: Number(request.getResponseHeader("Retry-After")) });
      };
      request.send(this.#input.files[0]);
    });
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
