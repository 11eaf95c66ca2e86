// Puts pictures that are pasted, dropped or taken by the camera into a file input, as if they had been chosen there.

const attached = new WeakMap();
let shown = null;

function put(input, file) {
  const files = new DataTransfer();
  files.items.add(file);
  input.files = files.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Listens to the whole page: a picture may be pasted and dropped anywhere. */
export function attach(root, input, camera) {
  const end = new AbortController();
  const listen = (target, type, handle) => target.addEventListener(type, handle, { signal: end.signal });
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");

  listen(document, "paste", (event) => {
    const file = event.clipboardData?.files[0];
    if (!file) return; // Text goes where the cursor is.
    event.preventDefault();
    put(input, file);
  });
  listen(document, "dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault(); // Otherwise the browser leaves the page and opens the file.
    root.classList.add("is-target");
  });
  listen(document, "dragleave", (event) => {
    if (!event.relatedTarget) root.classList.remove("is-target");
  });
  listen(document, "drop", (event) => {
    root.classList.remove("is-target");
    if (!hasFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer.files[0]) put(input, event.dataTransfer.files[0]);
  });

  // The attribute makes phones open the camera. It is there for the click of this button only.
  let isCamera = false;
  listen(camera, "click", () => {
    isCamera = true;
    input.click();
  });
  listen(input, "click", () => {
    if (isCamera) input.setAttribute("capture", "environment");
    else input.removeAttribute("capture");
    isCamera = false;
  });
  attached.set(root, end);
  root.dataset.listens = "";
}

export function detach(root) {
  attached.get(root)?.abort();
  attached.delete(root);
  if (shown) URL.revokeObjectURL(shown);
  shown = null;
}

/** @returns {string} An address at which this page can show the chosen picture. */
export function show(input) {
  if (shown) URL.revokeObjectURL(shown);
  shown = URL.createObjectURL(input.files[0]);
  return shown;
}

/** Takes a picture of this site. */
export async function take(input, address) {
  const answer = await fetch(address);
  if (!answer.ok) return;
  const picture = await answer.blob();
  put(input, new File([picture], address.split("/").pop(), { type: picture.type }));
}
