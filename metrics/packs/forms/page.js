// The page itself: the live weights in their place, figures that say what they rest on, the presentation.

const known = JSON.parse(document.getElementById("known").textContent);
const parts = document.getElementById("parts");
const drill = makeDrill(document.body, known, parts);
const presentation = makePresentation(document.body, known, parts, { address: true });
const start = document.querySelector(".start");

for (const host of parts.querySelectorAll(".weights")) mountLive(host, known, (id, from) => openUnit(id, from));
for (const table of parts.querySelectorAll(".table, figure")) hint(table);
pressable(parts, true);
start.hidden = false;
start.addEventListener("click", () => presentation.open());
document.addEventListener("click", (event) => presentation.isOpen() || drillAt(drill, event));
document.addEventListener("keydown", pressed);

// On a presentation's screen the live weights are the same as in the page: a unit opens the panel of where one is.
function openUnit(id, from) {
  if (presentation.isOpen()) presentation.unit(id, from);
  else showUnit(drill, id, from);
}

function pressed(event) {
  if (presentation.isOpen() || event.altKey || event.ctrlKey || event.metaKey) return;
  const at = event.composedPath()[0];
  if (event.key === "Escape" && drill.isOpen()) drill.close();
  else if (event.key.toLowerCase() === "p" && !at.matches?.(FIELD)) {
    event.preventDefault();
    presentation.open();
  } else if (!drillAt(drill, event)) moveAmong(at, event);
}

// Arrows go from figure to figure within a table, which is one stop of the Tab key.
function moveAmong(at, event) {
  const cell = at.matches?.("table data[role=button]") ? at.closest("td") : null;
  if (!cell) return;
  const { rows } = cell.closest("tbody");
  const row = [...rows].indexOf(cell.parentNode);
  const [down, right] = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key] ?? [0, 0];
  const next = rows[row + down]?.cells[cell.cellIndex + right]?.querySelector("data[role=button]");
  if (!next || next === at) return;
  event.preventDefault();
  at.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

// Paper has no summary to open: every chart's figures are printed.
let closed = [];
window.addEventListener("beforeprint", () => {
  closed = [...parts.querySelectorAll("details:not([open])")];
  for (const details of closed) details.open = true;
});
window.addEventListener("afterprint", () => {
  for (const details of closed) details.open = false;
});

const [, screen] = location.hash.match(/^#screen-(\d+)$/) ?? [];
if (screen) document.fonts.ready.then(() => presentation.open(Number(screen) - 1));
document.body.dataset.ready = "1";
