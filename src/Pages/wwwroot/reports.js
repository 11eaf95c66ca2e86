// Tells the page that something has changed: at most twice a second, and not before the page has taken the report before.

const every = 500;

export class Reports {
  #send; #last = 0; #timer = null; #isSending = false; #isChanged = false; #hasEnded = false;

  /** @param {() => Promise<void>} send Sends the present state. */
  constructor(send) {
    this.#send = send;
  }

  change() {
    this.#isChanged = true;
    if (this.#timer !== null || this.#isSending || this.#hasEnded) return;
    this.#timer = setTimeout(() => this.#report(), Math.max(0, this.#last + every - performance.now()));
  }

  end() {
    this.#hasEnded = true;
    clearTimeout(this.#timer);
  }

  async #report() {
    [this.#timer, this.#isSending, this.#isChanged, this.#last] = [null, true, false, performance.now()];
    try {
      await this.#send();
    } catch {
      // The page's connection is lost for a moment. The next report has the same counts.
      this.#isChanged = true;
    }

    this.#isSending = false;
    if (this.#isChanged) this.change();
  }
}
