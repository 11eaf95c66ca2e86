// Finds the pictures among files and folders that a user chooses or drops.

// What the service takes (docs/pictures.md). Files that are chosen one by one are sent whatever their names are.
const pictureName = /\.(jpe?g|png|webp|gif|tiff?|avif)$/i;
const systemName = /^(\..*|thumbs\.db|desktop\.ini|__macosx)$/i;

/** @param {FileList} files Files of an input, with their paths if a folder was chosen. */
export function ofInput(files) {
  return [...files]
    .map(file => ({ path: file.webkitRelativePath || file.name, isOfFolder: file.webkitRelativePath !== "", open: async () => file }))
    .filter(isPicture);
}

/**
 * The files of a drop, folders read to their ends.
 * @param {DataTransfer} transfer
 * @param {(files: object[]) => void} found Called with some files at a time: a folder may have hundreds of thousands.
 */
export async function ofDrop(transfer, found) {
  // The browser empties the transfer when the event ends.
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry?.()).filter(entry => entry);
  if (entries.length === 0) found(ofInput(transfer.files));
  for (const entry of entries) await read(entry, false, found);
}

async function read(entry, isOfFolder, found) {
  if (entry.isFile) {
    const file = { path: entry.fullPath.replace(/^\//, ""), isOfFolder, open: () => new Promise((opened, failed) => entry.file(opened, failed)) };
    found([file].filter(isPicture));
    return;
  }

  if (systemName.test(entry.name)) return;
  const reader = entry.createReader();
  for (;;) {
    const part = await new Promise((done, failed) => reader.readEntries(done, failed)).catch(() => []);
    if (part.length === 0) return;
    for (const inner of part) await read(inner, true, found);
  }
}

function isPicture({ path, isOfFolder }) {
  return !path.split("/").some(name => systemName.test(name)) && (!isOfFolder || pictureName.test(path));
}
