// What the server can't know of a browser.

/** @returns {string} The IANA name of the browser's time zone. */
export function timeZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC";
}
