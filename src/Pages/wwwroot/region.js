// Draws a box on a picture: by mouse, pen or touch, and by keyboard. The page keeps the box; this only shows it while it changes.

const attached = new WeakMap();
const step = 0.02; // Of the picture, for a key.
const smallest = 0.02;

const share = (value) => Math.min(1, Math.max(0, value));

export function attach(frame, page) {
  const end = new AbortController();
  const target = frame.querySelector(".region-target");
  const box = frame.querySelector(".region-box");
  const listen = (type, handle) => target.addEventListener(type, handle, { signal: end.signal });

  const read = () =>
    box.hidden
      ? null
      : {
          x: parseFloat(box.style.left) / 100,
          y: parseFloat(box.style.top) / 100,
          width: parseFloat(box.style.width) / 100,
          height: parseFloat(box.style.height) / 100,
        };
  const show = (area) => {
    box.hidden = area === null;
    if (area === null) return;
    for (const [side, value] of [["left", area.x], ["top", area.y], ["width", area.width], ["height", area.height]])
      box.style[side] = `${(value * 100).toFixed(3)}%`;
  };
  const send = (area) => page.invokeMethodAsync("DrawnAsync", area.x, area.y, area.x + area.width, area.y + area.height);

  let start = null;
  let before = null;
  const at = (event) => {
    const picture = target.getBoundingClientRect();
    return { x: share((event.clientX - picture.left) / picture.width), y: share((event.clientY - picture.top) / picture.height) };
  };
  const between = (a, b) => ({ x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) });

  listen("pointerdown", (event) => {
    if (event.button !== 0) return;
    target.setPointerCapture(event.pointerId);
    before = read();
    start = at(event);
  });
  listen("pointermove", (event) => {
    if (start) show(between(start, at(event)));
  });
  listen("pointerup", (event) => {
    if (!start) return;
    const area = between(start, at(event));
    start = null;
    // A click draws nothing.
    if (area.width < smallest || area.height < smallest) show(before);
    else send(area);
  });
  listen("pointercancel", () => {
    if (start) show(before);
    start = null;
  });

  // The box is sent when the last key is up, not with each repetition: a search runs for every box.
  let isMoved = false;
  listen("keydown", (event) => {
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      page.invokeMethodAsync("ClearedAsync");
      return;
    }
    const [right, down] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    if (right === 0 && down === 0) return;
    event.preventDefault();
    const area = read() ?? { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
    if (event.shiftKey) {
      area.width = Math.min(1 - area.x, Math.max(smallest, area.width + right * step));
      area.height = Math.min(1 - area.y, Math.max(smallest, area.height + down * step));
    } else {
      area.x = Math.min(1 - area.width, Math.max(0, area.x + right * step));
      area.y = Math.min(1 - area.height, Math.max(0, area.y + down * step));
    }
    show(area);
    isMoved = true;
  });
  const finish = () => {
    const area = isMoved ? read() : null;
    isMoved = false;
    if (area) send(area);
  };
  listen("keyup", finish);
  listen("blur", finish);
  attached.set(frame, end);
  target.dataset.listens = "";
}

export function detach(frame) {
  attached.get(frame)?.abort();
  attached.delete(frame);
}
