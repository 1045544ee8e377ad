// The page's nodes: made once, then only what differs is written. Text is always set as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";
const KNOWN = new WeakMap(); // node -> what was last written to it

// Returns a new HTML element.
function element(parent, tag, className, attributes) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  for (const name in attributes) node.setAttribute(name, attributes[name]);
  if (parent) parent.appendChild(node);
  return node;
}

// Returns a new SVG element.
function shape(parent, tag, className, attributes) {
  const node = document.createElementNS(SVG, tag);
  if (className) node.setAttribute("class", className);
  for (const name in attributes) node.setAttribute(name, attributes[name]);
  parent.appendChild(node);
  return node;
}

function isNew(node, name, value) {
  let seen = KNOWN.get(node);
  if (!seen) KNOWN.set(node, (seen = {}));
  if (seen[name] === value) return false;
  seen[name] = value;
  return true;
}

// Writes attributes; null takes an attribute away.
function put(node, attributes) {
  for (const name in attributes) {
    const value = attributes[name];
    if (!isNew(node, name, value)) continue;
    if (value === null) node.removeAttribute(name);
    else node.setAttribute(name, value);
  }
}

// Writes the text of a node that holds nothing but text.
function write(node, text) {
  if (!isNew(node, "#text", text)) return;
  if (node.firstChild) node.firstChild.data = text;
  else node.textContent = text;
}

// Shows or hides a node.
function show(node, on) {
  put(node, { hidden: on ? null : "" });
}

// Writes a style property.
function style(node, name, value) {
  if (isNew(node, `style ${name}`, value)) node.style.setProperty(name, value);
}

function empty(node) {
  while (node.firstChild) node.removeChild(node.firstChild);
}

// Returns a number for an SVG attribute: two decimals are a fiftieth of what an eye can part.
function px(value) {
  return String(Math.round(value * 100) / 100);
}

// Returns how many times as large as laid out a node is shown: on a projector the whole component is enlarged.
function enlarged(node, box = node.getBoundingClientRect()) {
  return box.width && node.offsetWidth ? box.width / node.offsetWidth : 1;
}

// The status shapes: a triangle for "below limit", a square for "critical"; `size` is the square's side.
function statusPath(level, x, y, size) {
  const h = size / 2;
  if (level === "critical") return `M${px(x - h)} ${px(y - h)}h${size}v${size}h${-size}Z`;
  if (level === "below") {
    const w = h * 1.28;
    return `M${px(x)} ${px(y - h - 0.6)}L${px(x + w)} ${px(y + h)}H${px(x - w)}Z`;
  }
  return "";
}

const MEASURES = new Map();
let pencil = null;

// Returns the width of a text in pixels; measured once a text and font.
function textWidth(text, font) {
  const key = `${font}|${text}`;
  let width = MEASURES.get(key);
  if (width === undefined) {
    pencil = pencil || document.createElement("canvas").getContext("2d");
    pencil.font = font;
    width = pencil.measureText(text).width;
    MEASURES.set(key, width);
  }
  return width;
}

// Tells whether the page's ground is dark; Streamlit hands its theme down as custom properties.
function isDark(node) {
  const ground = getComputedStyle(node).getPropertyValue("--st-background-color").trim();
  if (!ground) return matchMedia("(prefers-color-scheme: dark)").matches;
  const ink = document.createElement("span");
  ink.style.color = ground;
  node.appendChild(ink);
  const [r, g, b] = getComputedStyle(ink).color.match(/[\d.]+/g).map(Number);
  ink.remove();
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 128;
}
