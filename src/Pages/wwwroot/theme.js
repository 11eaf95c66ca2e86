// Dark or light: what the user chose, or else what the system has.
const key = "imagesearch.dark";

export function isDark() {
  const kept = localStorage.getItem(key);
  return kept === null ? matchMedia("(prefers-color-scheme: dark)").matches : kept === "true";
}

export function keep(isDark) {
  localStorage.setItem(key, String(isDark));
}
