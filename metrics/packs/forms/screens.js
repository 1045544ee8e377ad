// The screens of a presentation: the pack's blocks, parted so that each screen holds what fits.

const READABLE = 16; // pixels of the smallest letters of a chart, else it has the screen for itself
const UNDER = 96; // pixels for a chart's title and for what stands below it
const SPARE = 4; // pixels below a table
const LATER = ["annex", "definitions", "method"]; // kinds that one turns to when asked: after all others

// Lays all screens out anew for the window as it is.
function lay(show) {
  const trial = { ...show, screens: [] };
  trial.screens.push(titleScreen(show));
  const all = [...show.parts.querySelectorAll("section.part[data-kind]")];
  const later = (part) => LATER.includes(part.dataset.kind);
  for (const part of [...all.filter((one) => !later(one)), ...all.filter(later)]) laySection(trial, part);
  show.screens = trial.screens;
  show.stage.replaceChildren();
}

function titleScreen({ known }) {
  const node = made(null, "div", "screen title", null);
  made(node, "p", "kicker", known.institution);
  made(node, "h1", "", known.title);
  if (known.sample) made(node, "p", "", "").append(made(null, "span", "sample", known.sample));
  const facts = made(node, "dl", "pairs", null);
  for (const [name, text] of known.basis) pair(facts, name, text);
  made(node, "p", "note", known.words.present_keys);
  return { node, from: "title", title: known.title, basis: known.kind };
}

// Returns a block as it may stand a second time: names of places are left to the first.
function copied(block) {
  const copy = block.cloneNode(true);
  for (const node of [copy, ...copy.querySelectorAll("[id]")]) {
    if (!node.closest("svg")) node.removeAttribute("id");
  }
  return copy;
}

// Begins a screen of a section, in its place on the stage so that it can be measured.
function begin(trial, part, from) {
  const node = made(null, "div", "screen", null);
  const kicker = part.querySelector(":scope > .kicker");
  if (kicker) made(node, "p", "kicker", kicker.textContent);
  const title = part.querySelector(":scope > h2").textContent;
  made(node, "h2", "", title);
  const body = made(node, "div", "body", null);
  trial.stage.replaceChildren(node);
  const basis = part.querySelector(":scope > .basis").textContent;
  const screen = { node, body, from, title, basis, only: true };
  trial.screens.push(screen);
  return screen;
}

// Returns how far down a screen is filled; places are counted from the body's own top.
function used({ body }) {
  const last = body.lastElementChild;
  return last ? last.offsetTop + last.offsetHeight : 0;
}

// Returns how large the smallest letters of a chart would be in the room that a screen has left.
function legible(screen, block) {
  const svg = block.querySelector("svg");
  const { width, height } = svg?.viewBox.baseVal ?? {};
  if (!width) return READABLE;
  const letters = [...svg.querySelectorAll("[font-size]")].map((node) => parseFloat(node.getAttribute("font-size")));
  const { clientWidth, clientHeight } = screen.body;
  const times = Math.min(clientWidth / width, (clientHeight - used(screen) - UNDER) / height);
  return times * Math.min(12, ...letters);
}

const overfull = ({ body }) => body.scrollHeight > body.clientHeight + 1;

function laySection(trial, part) {
  const blocks = [...part.querySelectorAll(":scope > [data-block]")];
  let screen = null;
  let taken = null; // by a chart or the live weights, which take all the room there is: a note on it goes to the foot
  const fresh = (from) => (screen = begin(trial, part, from));
  if (!blocks.length) fresh(part.id);
  for (const block of blocks) {
    const kind = block.dataset.block;
    if (!screen && taken && block.classList.contains("note")) taken.basis += ` · ${block.textContent.trim()}`;
    else if (kind === "text" || kind === "figures" || kind === "signature") screen = layFlow(screen, block, fresh);
    else {
      if (!screen || !screen.only || kind === "live" || used(screen) > FLOW * screen.body.clientHeight) fresh(block.id);
      else if (kind === "chart" && legible(screen, block) < READABLE) fresh(block.id);
      screen.only = false;
      if (kind === "chart") layChart(screen, block, trial.known.words);
      else if (kind === "table") layTable(trial, screen, block, fresh);
      else screen.live = block.querySelector(".weights");
      taken = kind === "table" ? null : screen;
      screen = kind === "table" ? trial.screens.at(-1) : null;
    }
  }
}

// Puts a text or large figures where there is room, else on a new screen.
function layFlow(screen, block, fresh) {
  const place = screen ?? fresh(block.id);
  const copy = copied(block);
  pressable(copy, false);
  place.body.append(copy);
  if (!overfull(place) || place.body.childElementCount === 1) return place;
  copy.remove();
  const next = fresh(block.id);
  next.body.append(copy);
  return next;
}

function layChart(screen, block, words) {
  const copy = copied(block);
  copy.querySelector("details").remove();
  const under = made(copy, "div", "under", null);
  under.append(...copy.querySelectorAll(":scope > .note"));
  const more = made(under, "button", "button more", words.page_data);
  more.type = "button";
  more.dataset.more = block.id;
  more.dataset.title = block.querySelector("h3").textContent;
  if (screen.title === more.dataset.title) copy.querySelector("figcaption").remove();
  screen.body.append(copy);
  hint(copy);
}

// Returns runs of columns whose widths fit into some room, each run at least one column.
function runs(widths, room) {
  const found = [];
  let left = -1;
  widths.forEach((width, k) => {
    if (width > left || !found.length) {
      found.push([]);
      left = room;
    }
    found.at(-1).push(k + 1);
    left -= width;
  });
  return found;
}

// Splits a table into screens: columns where it is too wide, rows where it is too high; the heads stand on each.
function layTable(trial, first, block, fresh) {
  const whole = copied(block);
  first.body.append(whole);
  const table = whole.querySelector("table");
  const widths = [...table.tHead.rows[0].cells].map((cell) => cell.offsetWidth);
  const room = first.body.clientWidth;
  const wide = table.offsetWidth > room + 1 && room >= ROOMY;
  whole.remove();
  const pieces = [];
  for (const run of wide ? runs(widths.slice(1), room - widths[0]) : [null]) {
    let left = [...block.querySelectorAll("tbody tr")].map((_, k) => k);
    while (left.length || !pieces.length) {
      const screen = pieces.length ? fresh(block.id) : first;
      screen.only = false;
      const found = piece(screen, block, run, left);
      pieces.push(found.copy);
      left = left.slice(found.count);
    }
  }
  pieces.forEach((copy, k) => {
    const of = filled(trial.known.words.present_piece, { n: k + 1, of: pieces.length });
    if (pieces.length > 1) copy.querySelector("caption").append(` (${of})`);
    pressable(copy, false);
    hint(copy);
  });
}

// Puts as many rows of a table on a screen as fit, at least one; returns what stands there and how many they are.
function piece(screen, block, run, left) {
  const copy = copied(block);
  if (run) keepColumns(copy, run);
  const rows = [...copy.querySelectorAll("tbody tr")];
  rows.forEach((row, k) => left.includes(k) || row.remove());
  screen.body.append(copy);
  if (screen.body.clientWidth < ROOMY) return { copy, count: left.length }; // on a phone one goes down it by hand
  const over = () => copy.offsetTop + copy.offsetHeight + SPARE - screen.body.clientHeight;
  if (over() > 0) copy.classList.add("dense");
  const tall = left.map((k) => rows[k].offsetHeight);
  let count = left.length;
  for (let more = over(); more > 0 && count > 1; count -= 1) more -= tall[count - 1];
  count = Math.ceil(left.length / Math.ceil(left.length / count)); // no screen for a last row alone
  left.slice(count).forEach((k) => rows[k].remove());
  for (; overfull(screen) && count > 1; count -= 1) rows[left[count - 1]].remove(); // fewer rows, other widths
  return { copy, count };
}

function keepColumns(table, run) {
  const kept = new Set([0, ...run]);
  for (const row of table.querySelectorAll("tr")) {
    [...row.cells].forEach((cell, k) => kept.has(k) || cell.remove());
  }
}

// Says of a table or a drawing that is wider than its place that it can be moved, and lets the keys move it.
function hint(block) {
  const scroll = block.querySelector(".scroll");
  if (!scroll) return;
  const look = () => {
    const wider = scroll.scrollWidth > scroll.clientWidth + 1;
    block.querySelector(".hint").hidden = !wider;
    if (wider) scroll.tabIndex = 0;
    else scroll.removeAttribute("tabindex");
  };
  new ResizeObserver(look).observe(scroll);
}
