
// The button of the app: makes the presentation of the pack that the page was given, and makes it anew for another pack.
const MOUNTED = new WeakMap();

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".starting");
  if (!root || !data) return undefined;
  const button = root.querySelector(".start");
  if (!MOUNTED.has(root)) {
    MOUNTED.set(root, { text: "", shown: null });
    button.addEventListener("click", () => MOUNTED.get(root).shown.open());
  }
  const held = MOUNTED.get(root);
  button.textContent = data.label;
  const text = JSON.stringify(data);
  if (text !== held.text && !held.shown?.isOpen()) {
    held.shown?.remove();
    held.shown = presented(root, data);
    // What had the focus is unknown to a page whose button lies in a shadow of its own.
    root.querySelector("dialog").addEventListener("close", () => button.focus({ preventScroll: true }));
    held.text = text;
  }
  return () => {
    held.shown?.remove();
    MOUNTED.delete(root);
  };
}

// The texts of the parts were escaped when the pack was written; what draws in them carries no script.
function presented(root, { known, parts }) {
  const holder = document.createElement("div");
  holder.append(document.createRange().createContextualFragment(parts));
  return makePresentation(root, known, holder, { dark: () => groundIsDark(root) });
}

function groundIsDark(root) {
  const ink = made(root, "span", "", null);
  ink.style.color = "var(--st-background-color, #fff)";
  const [r, g, b] = getComputedStyle(ink).color.match(/[\d.]+/g).map(Number);
  ink.remove();
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 128;
}
