// Browsers have a clipboard for pages of https and of this machine only.

/**
 * @param {string} text
 * @returns {Promise<boolean>} Whether the text is in the clipboard.
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
