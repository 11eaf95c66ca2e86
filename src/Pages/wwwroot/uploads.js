// Puts files into a table straight from the browser: none of them passes through the page's connection. The page gets counts.
import { ofDrop, ofInput } from "./chosen-files.js";
import { saveCsv } from "./csv.js";
import { Reports } from "./reports.js";
import { UploadQueue } from "./upload-queue.js";

const maxShownErrors = 100;

/** @returns {Uploads} The files of a page. */
export function create(page, elements, texts, maxBytes) {
  return new Uploads(page, elements, texts, maxBytes);
}

class Uploads {
  #elements; #texts; #maxBytes; #reports;
  #chosen = []; #queue = null; #shownErrors = 0;
  #listening = new AbortController();

  constructor(page, elements, texts, maxBytes) {
    [this.#elements, this.#texts, this.#maxBytes] = [elements, texts, maxBytes];
    this.#reports = new Reports(() => this.#reportTo(page));
    const { files, folder, drop } = elements;
    const { signal } = this.#listening;
    for (const input of [files, folder]) {
      input.addEventListener("change", () => this.#take(input), { signal });
      // What was chosen before this script was there.
      this.#take(input);
    }
    drop.addEventListener("dragover", event => {
      event.preventDefault();
      drop.classList.add("over");
    }, { signal });
    drop.addEventListener("dragleave", () => drop.classList.remove("over"), { signal });
    drop.addEventListener("drop", event => {
      event.preventDefault();
      drop.classList.remove("over");
      ofDrop(event.dataTransfer, found => this.#add(found));
    }, { signal });
    drop.dataset.listens = "";
  }

  /** Opens the browser's dialog: files or folder. */
  choose(what) {
    this.#elements[what].click();
  }

  /** Sends what was chosen. */
  start(table, keyRule, onExistingKey) {
    const target = { table, keyRule, onExistingKey };
    this.#queue = new UploadQueue(this.#chosen, target, this.#texts, this.#maxBytes, () => this.#reports.change());
    [this.#chosen, this.#shownErrors] = [[], 0];
    this.#queue.goOn();
  }

  pause() {
    this.#queue?.pause();
  }

  goOn() {
    this.#queue?.goOn();
  }

  /** Ends the upload: what is stored stays. */
  stop() {
    this.#queue?.stop();
  }

  /** Forgets what was chosen, and errors. */
  clear() {
    [this.#chosen, this.#queue, this.#shownErrors] = [[], null, 0];
    this.#reports.change();
  }

  /** Saves all errors as a file. */
  saveErrors(name) {
    const errors = this.#queue?.errors ?? [];
    saveCsv(name, [["file", "key", "code", "message"], ...errors.map(error => [error.file, error.key, error.code, error.message])]);
  }

  dispose() {
    this.#queue?.stop();
    this.#listening.abort();
    this.#reports.end();
  }

  #take(input) {
    this.#add(ofInput(input.files));
    input.value = "";
  }

  #add(found) {
    if (this.#queue?.isOpen || found.length === 0) return;
    this.#queue = null;
    for (const file of found) this.#chosen.push(file);
    this.#reports.change();
  }

  async #reportTo(page) {
    const queue = this.#queue;
    if (queue === null) {
      await page.invokeMethodAsync("Report", { phase: "choosing", total: this.#chosen.length, errors: [] });
      return;
    }

    const errors = queue.errors.slice(this.#shownErrors, maxShownErrors);
    await page.invokeMethodAsync("Report", { ...queue.state(), errors });
    this.#shownErrors += errors.length;
  }
}
