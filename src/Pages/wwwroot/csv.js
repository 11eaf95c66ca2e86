// Saves rows as a CSV file that a spreadsheet opens without running anything in it.

/** @param {string[][]} rows */
export function saveCsv(name, rows) {
  // The mark at the start tells spreadsheets that it is UTF-8.
  const blob = new Blob(["\ufeff", rows.map(row => row.map(cell).join(",")).join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// A spreadsheet takes a cell that begins with one of these for a formula, also in full width and after spaces. After an apostrophe it is text.
function cell(value) {
  const text = /^[\s\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}
