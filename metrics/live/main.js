// The component: takes the data, redraws everything within each input event, tells Python on release.

const MOUNTED = new WeakMap();

// Mounts the component or hands it new data; Streamlit calls this again for each change of data or theme.
export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".evenkeel");
  if (!data || !root) return undefined;
  if (!MOUNTED.has(root)) MOUNTED.set(root, mount(root));
  const live = MOUNTED.get(root);
  live.tell = setStateValue;
  live.open = (id) => setTriggerValue("open", id);
  receive(live, data);
  return () => {
    live.watcher.disconnect();
    MOUNTED.delete(root);
  };
}

function mount(root) {
  const place = (name) => root.querySelector(`.${name}`);
  const live = { root, place, share: null, themes: {}, selected: null, change: null, sent: { social: [], themes: [] } };
  Object.assign(live, { locks: new Set(), past: [], future: [], last: null, range: null });
  const on = { input: (value) => moveShare(live, value), settle: () => settle(live) };
  live.chart = makeChart(place("chart"));
  live.map = makeMap(place("chart"));
  live.views = makeViews(place("views"), (name) => look(live, name));
  turn(live, "lines");
  live.list = makeList(place("list"), (u) => pick(live, u));
  live.list.body.addEventListener("scroll", () => {
    if (lookAt(live.list)) settled(live);
  });
  live.control = makeShare(place("share"), place("tools"), {
    ...on,
    copy: () => copyLink(live),
    reset: () => startAgain(live, live.data.board ?? live.data.social),
  });
  live.panel = makeThemes(place("themes"), {
    input: (theme, value) => moveTheme(live, theme, value),
    settle: on.settle,
    reset: () => startAgain(live, live.share),
    lock: (theme) => toggleLock(live, theme),
    undo: () => step(live, true),
    redo: () => step(live, false),
  });
  listenToKeys(live);
  live.tableTitle = element(element(place("table"), "summary", ""), "span", "");
  live.table = makeTable(element(place("table"), "div", "table-body"), {
    input: (range) => {
      live.range = range;
      settled(live);
    },
    settle: () => live.tell("range", live.range.join("-")),
  });
  place("table").addEventListener("toggle", () => settled(live));
  listenToChart(live);
  listenToMap(live);
  live.watcher = new ResizeObserver(() => {
    if (live.model && root.clientWidth && (root.clientWidth !== live.width || isStaged(root) !== live.staged)) fit(live);
  });
  live.watcher.observe(root);
  root.addEventListener("fit", () => live.model && root.clientWidth && fit(live)); // another dress at the same width
  document.fonts.ready.then(() => {
    MEASURES.clear();
    if (live.model) fit(live);
  });
  return live;
}

// Takes new data. A value that Python sends back because we sent it is no news: the hand may have moved on.
function receive(live, data) {
  const before = live.data;
  live.data = data;
  live.words = speaker(data.language || "en", data.words || {});
  live.model = makeModel(data);
  if (isNews(live, "social", data.social, before)) live.share = Math.round(data.social ?? 50);
  if (isNews(live, "themes", data.themes || {}, before)) live.themes = { ...data.themes };
  const now = { share: live.share, themes: live.themes };
  if (JSON.stringify(now) !== JSON.stringify(live.last)) live.last = now;
  if (!before || before.range !== data.range) live.range = rangeOf(data.range) ?? around(data.board ?? live.share);
  if (!before || before.selected !== data.selected) live.selected = data.selected ?? null;
  live.root.dataset.dark = isDark(live.root) ? "1" : "0";
  if (Object.keys(live.themes).length) setThemes(live.model, live.themes);
  const was = before && before.units.map((unit) => unit.id).join() === data.units.map((unit) => unit.id).join();
  if (!was) live.chart.domain = null;
  live.change = !isSet(data.board) || (was && live.change) ? keepChange(live)
    : changeOnTheWay(live.model, data.board, live.share, selectedIndex(live));
  makeLines(live.chart, live.model);
  fit(live);
}

function isNews(live, name, value, before) {
  const text = JSON.stringify(value ?? null);
  const at = live.sent[name].indexOf(text);
  if (at >= 0) {
    live.sent[name].splice(0, at + 1);
    return false;
  }
  return !before || text !== JSON.stringify((name === "themes" ? before.themes || {} : before[name]) ?? null);
}

function turn(live, name) {
  live.root.dataset.view = name;
  for (const choice of live.views.choices) choice.input.checked = choice.name === name;
}

// Shows the weight lines or the map.
function look(live, name) {
  turn(live, name);
  draw(live);
  settled(live);
}

function selectedIndex(live) {
  const u = live.data.units.findIndex((unit) => unit.id === live.selected);
  return u < 0 ? null : u;
}

// Returns the latest change of places with its crossing found anew: other weights move it or take it away.
function keepChange(live) {
  const { change, model } = live;
  if (!change) return null;
  const { fell, rose } = change;
  const share = change.cross ? flipOf(model, fell, rose) : NaN;
  return { ...change, cross: Number.isNaN(share) ? null : crossing(model, fell, rose, share) };
}

function moveShare(live, value) {
  if (value === live.share) return;
  live.change = changeOnTheWay(live.model, live.share, value, selectedIndex(live)) || live.change;
  live.share = value;
  draw(live);
}

function moveTheme(live, theme, value) {
  const before = live.view;
  live.themes = weightsWith(live.model, live.themes, live.locks, theme, value);
  rescore(live);
  const after = viewAt(live.model, live.share);
  live.change = changeOfOrder(live.model, before, after, theme) || keepChange(live);
  drawThemes(live.panel, live.model, live.words, live.locks);
  draw(live);
}

function rescore(live) {
  const { chart, model, words } = live;
  setThemes(model, live.themes);
  if (reach(chart, model)) {
    fitChart(chart, model, words, chart.width, chart.size);
    fitMap(live.map, chart, model, words);
    fitList(live.list, model, words, chart.domain, chart.size);
  }
  drawLines(chart, model);
  live.mapped = null;
  drawFinding(live, modeOf(model));
}

// Tells Python what was let go of, once.
function settle(live) {
  // In whole thousandths, so that a weight comes back from an address as it went.
  const weight = ({ path, percent }) => Math.round(1000 * (live.themes[path] ?? percent)) / 1000;
  const moved = Object.keys(live.themes).length > 0;
  const weights = moved ? Object.fromEntries(live.model.themes.map((theme) => [theme.path, weight(theme)])) : {};
  live.themes = weights;
  remember(live);
  tell(live, "social", live.share, live.data.social);
  tell(live, "themes", weights, live.data.themes || {});
  live.control.box.value = live.share; // whatever was typed and not taken
  drawThemes(live.panel, live.model, live.words, live.locks);
  settled(live);
}

function tell(live, name, value, held) {
  const text = JSON.stringify(value);
  const last = live.sent[name].length ? live.sent[name].at(-1) : JSON.stringify(held);
  if (text === last) return;
  live.sent[name].push(text);
  live.tell(name, value);
}

function startAgain(live, share) {
  const value = Math.round(share);
  live.locks.clear();
  if (Object.keys(live.themes).length) {
    live.themes = {};
    rescore(live);
    live.change = keepChange(live);
  }
  live.change = changeOnTheWay(live.model, live.share, value, selectedIndex(live)) || live.change;
  live.share = value;
  drawThemes(live.panel, live.model, live.words, live.locks);
  draw(live);
  settle(live);
}

function pick(live, u) {
  live.selected = live.data.units[u].id;
  draw(live);
  revealRow(live.list, live.view, u);
  live.open(live.selected);
}

async function copyLink(live) {
  const address = new URL(window.location.href);
  address.searchParams.set("social", String(live.share));
  const done = await copyText(address.href);
  write(live.control.copy, live.words.say(done ? "copied" : "not_copied"));
  clearTimeout(live.later);
  live.later = setTimeout(() => write(live.control.copy, live.words.say("copy_link")), 2500);
}

// Returns where an event is on a drawing, in the drawing's own pixels.
function placeOn(live, svg, event) {
  const { left, top } = svg.getBoundingClientRect();
  const times = enlarged(live.root);
  return { x: (event.clientX - left) / times, y: (event.clientY - top) / times };
}

// The rule can be dragged on the chart; a press without a move, on a line or a point, selects its unit.
function listenToChart(live) {
  const { svg, grip } = live.chart;
  let hold = null;
  const at = (event) => placeOn(live, svg, event).x;
  const shareAt = (x) => Math.min(100, Math.max(0, Math.round((100 * (x - live.chart.left)) / (live.chart.right - live.chart.left))));
  grip.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    hold = { start: at(event), offset: at(event) - live.chart.x(live.share), moved: false };
  });
  grip.addEventListener("pointermove", (event) => {
    if (!hold) return;
    if (Math.abs(at(event) - hold.start) > 3) hold.moved = true;
    if (hold.moved) moveShare(live, shareAt(at(event) - hold.offset));
  });
  const release = (event) => {
    if (!hold) return;
    if (!hold.moved && event.type === "pointerup") {
      const heights = live.view.value.map((value) => live.chart.y(100 * value));
      pickNear(live, heights, placeOn(live, svg, event).y);
    }
    hold = null;
    settle(live);
  };
  grip.addEventListener("pointerup", release);
  grip.addEventListener("pointercancel", release);
  svg.addEventListener("click", (event) => {
    const line = event.target.closest("[data-unit]");
    if (line) pick(live, Number(line.dataset.unit));
    else if (live.chart.many && at(event) > live.chart.left && at(event) < live.chart.right) {
      const { samples } = live.chart;
      const heights = samples.map((_, u) => lineY(live.chart, u, at(event)));
      pickNear(live, heights, placeOn(live, svg, event).y);
    }
  });
}

// Picks the unit whose line passes nearest to a height, when one is near.
function pickNear(live, heights, y) {
  let best = null;
  heights.forEach((height, u) => {
    const gap = Math.abs(height - y);
    if (gap < 12 && (best === null || gap < best.gap)) best = { u, gap };
  });
  if (best) pick(live, best.u);
}
