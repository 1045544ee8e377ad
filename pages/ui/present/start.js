
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
    root.querySelector("dialog").addEventListener("close", () => home(button));
    held.text = text;
  }
  return () => {
    held.shown?.remove();
    MOUNTED.delete(root);
  };
}

// The page does not know which button of a shadow had the focus, and what is not on the full screen cannot take it.
function home(button) {
  const back = () => button.focus({ preventScroll: true });
  if (document.fullscreenElement) document.addEventListener("fullscreenchange", back, { once: true });
  else back();
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
