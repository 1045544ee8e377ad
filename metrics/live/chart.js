// The chart: one line a unit over every social share, the limits as bands, the rule at the present share.

const SAMPLES = 40; // a curve is drawn through 41 points; a weighted arithmetic mean is a straight line
const WIDE = { height: 456, top: 34, bottom: 396, inset: 44 };
const NAMED = ["leader", "partner", "third"]; // at most three lines are thick, each with its name on it
const NARROW = { height: 360, top: 34, bottom: 300, inset: 28 };
const STAGE = { height: 232, top: 34, bottom: 174, inset: 36 }; // for a projector: small, and drawn enlarged
const FEW = 40; // units, up to which every crossing is a point; of more only those of the watch list and the leader

// Returns the chart with all nodes that stay for its life.
function makeChart(host) {
  const svg = shape(host, "svg", "chart-svg", { role: "img" });
  const layer = (name) => shape(svg, "g", name, {});
  const chart = { svg, units: [], ticks: layer("ticks"), bandWords: [], memory: {} };
  chart.amber = shape(chart.ticks, "rect", "band-below", {});
  chart.red = shape(chart.ticks, "rect", "band-critical", {});
  chart.grid = shape(chart.ticks, "g", "", {});
  chart.crowd = ["line", "line in-band"].map((name) => shape(svg, "path", name, {}));
  chart.lines = layer("lines");
  chart.points = shape(svg, "path", "crossings", {});
  chart.words = layer("band-words");
  chart.rule = shape(svg, "path", "rule crisp", {});
  chart.thick = NAMED.map(() => shape(svg, "path", "thick", {}));
  chart.dots = shape(svg, "path", "dots", {});
  chart.named = NAMED.map(() => shape(svg, "circle", "dot", {}));
  chart.swapStem = shape(svg, "path", "stem", {});
  chart.swapPoint = shape(svg, "circle", "swap", { r: 4.5 });
  chart.swapText = shape(svg, "text", "swap-text", {});
  chart.labels = NAMED.map(() => shape(svg, "text", "label", {}));
  chart.titles = ["financial", "social", "ink"].map((name) => shape(svg, "text", `title ${name}`, { y: 14 }));
  Object.assign(chart, makeAxis(svg));
  chart.grip = shape(svg, "rect", "grip", { width: 28 });
  return chart;
}

// Fits the chart to a width: scales, bands, ticks. `size` picks the layout.
function fitChart(chart, model, words, width, size) {
  const narrow = size === "narrow";
  const box = narrow ? NARROW : size === "stage" ? STAGE : WIDE;
  Object.assign(chart, box, { width, size, narrow, left: box.inset, right: width - box.inset });
  const [low, high] = chart.domain;
  chart.x = (share) => chart.left + ((chart.right - chart.left) * share) / 100;
  chart.y = (value) => chart.bottom - ((chart.bottom - chart.top) * (value - low)) / (high - low);
  put(chart.svg, { width, height: box.height, viewBox: `0 0 ${width} ${box.height}` });
  put(chart.grip, { y: 18, height: box.bottom - 4 });
  drawBands(chart, model, words);
  drawTicks(chart, model, words);
  fitAxis(chart, words);
  put(chart.titles[0], { x: 0 });
  put(chart.titles[1], { x: width, "text-anchor": "end" });
  put(chart.titles[2], { "text-anchor": "middle" });
  write(chart.titles[0], words.say("financial_health"));
  write(chart.titles[1], words.say("social_health"));
}

// Widens the chart's range of balances to all that the units reach; it never shrinks while one looks at it.
function reach(chart, model) {
  const { limit, critical } = model.data;
  const seen = [];
  for (const side of SIDES) for (const v of model[side].value) if (!Number.isNaN(v)) seen.push(100 * v);
  if (isSet(limit)) seen.push(limit - 8, limit + 8);
  if (isSet(critical) && Math.min(...seen) < critical) seen.push(critical - 6);
  const low = Math.max(0, Math.floor((Math.min(...seen) - 2) / 5) * 5);
  const high = Math.min(100, Math.ceil((Math.max(...seen) + 6) / 5) * 5);
  const [a, b] = chart.domain || [low, high];
  const next = seen.length ? [Math.min(a, low), Math.max(b, high)] : [0, 100];
  const changed = !chart.domain || next[0] !== a || next[1] !== b;
  chart.domain = next;
  return changed;
}

function drawBands(chart, model, words) {
  const { limit, critical } = model.data;
  const [low] = chart.domain;
  const width = chart.right - chart.left;
  const band = (node, from, to) => {
    const on = isSet(from) && from > low;
    const top = on ? chart.y(from) : chart.bottom;
    const bottom = !isSet(to) || to < low ? chart.bottom : chart.y(to);
    put(node, { x: chart.left, y: px(top), width: px(width), height: px(Math.max(0, bottom - top)) });
    return { on: on && bottom - top > 22, bottom };
  };
  const amber = band(chart.amber, limit, critical);
  const red = band(chart.red, critical, null);
  empty(chart.words);
  chart.bandWords = [];
  const word = (level, place, key, value) => {
    if (!place.on) return;
    const text = words.say(chart.narrow ? `${key}_short` : key, { limit: value });
    const y = place.bottom - 10;
    shape(chart.words, "path", level, { d: statusPath(level, chart.left + 14, y, 8) });
    shape(chart.words, "text", "", { x: chart.left + 24, y: px(y + 4), "data-on": level }).textContent = text;
    const right = chart.left + 26 + textWidth(text, chart.small);
    chart.bandWords.push({ x0: chart.left + 6, x1: right, y0: y - 9, y1: y + 8 });
  };
  word("below", amber, "band_below", limit);
  word("critical", red, "band_critical", critical);
}

// Returns the balances that get a tick: the limits first, others at the limits' own distance.
function tickValues(chart, { limit, critical }) {
  const [low, high] = chart.domain;
  const step = limit && critical && limit - critical >= 10 && limit - critical <= 20 ? limit - critical : 20;
  const from = limit ?? 0;
  const values = [limit, critical].filter(isSet);
  for (let k = -10; k <= 10; k += 1) {
    const v = from + k * step;
    if (values.every((other) => Math.abs(chart.y(v) - chart.y(other)) > 20)) values.push(v);
  }
  return values.filter((v) => v >= low && v <= high);
}

function drawTicks(chart, model, words) {
  const { limit, critical } = model.data;
  empty(chart.grid);
  for (const v of tickValues(chart, model.data)) {
    const y = chart.y(v);
    if (v !== limit && v !== critical && y < chart.bottom - 2) {
      shape(chart.grid, "path", "hair crisp", { d: `M${chart.left} ${px(y)}H${px(chart.right)}` });
    }
    const text = words.number(v);
    shape(chart.grid, "text", "grey", { x: chart.left - 8, y: px(y + 4), "text-anchor": "end" }).textContent = text;
    shape(chart.grid, "text", "grey", { x: px(chart.right + 8), y: px(y + 4) }).textContent = text;
  }
  const frame = `M${chart.left} ${chart.top}V${chart.bottom}M${px(chart.right)} ${chart.top}V${chart.bottom}`;
  shape(chart.grid, "path", "frame", { d: `${frame}M${chart.left} ${chart.bottom}H${px(chart.right)}` });
}

// Makes one line a unit; of many units all lines are two paths, one for those that fall below the limit.
function makeLines(chart, model) {
  empty(chart.lines);
  chart.many = model.n > FEW;
  chart.units = (chart.many ? [] : model.data.units).map((unit, u) => {
    const group = shape(chart.lines, "g", "unit", { "data-unit": u });
    shape(group, "title", "", {}).textContent = unit.name;
    return { line: shape(group, "path", "line", {}), hit: shape(group, "path", "hit", {}) };
  });
  chart.samples = model.data.units.map(() => new Float64Array(SAMPLES + 1));
}

// Draws all lines and crossings anew: after new data, another width, other theme weights.
function drawLines(chart, model) {
  const { root } = model;
  const { limit } = model.data;
  const crowd = [[], []];
  chart.paths = chart.samples.map((samples, u) => {
    const [from, to] = SIDES.map((side) => 100 * model[side].value[u]);
    const straight = root.p === 1 && !Number.isNaN(from) && !Number.isNaN(to);
    for (let k = 0; k <= SAMPLES; k += 1) {
      samples[k] = straight ? from + ((to - from) * k) / SAMPLES : 100 * balanceOf(model, u, sampleShare(root, k));
    }
    const d = curve(chart, samples, straight ? SAMPLES : 1);
    const low = samples.some((v) => v < limit);
    if (chart.many) crowd[low ? 1 : 0].push(d);
    else {
      put(chart.units[u].line, { d, class: low ? "line in-band" : "line" });
      put(chart.units[u].hit, { d });
    }
    return d;
  });
  crowd.forEach((lines, k) => put(chart.crowd[k], { d: lines.join("") || null }));
  const point = ({ share, value }) => ring(chart.x(share), chart.y(100 * value), 2);
  put(chart.points, { d: drawnCrossings(model).map(point).join("") || null });
}

function drawnCrossings(model) {
  if (model.full.length <= FEW) return model.crossings;
  const { watch, first } = tracks(model);
  return [...watch.steps, ...first.steps].map(({ out, into, share }) => crossing(model, out, into, share));
}

// Returns a circle as a piece of a path: many in one path are drawn in one stroke.
function ring(x, y, r) {
  return `M${px(x - r)} ${px(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
}

// The weakest link jumps at the two ends, where one side has no weight; its line is that of the shares between.
function sampleShare(root, k) {
  const share = (100 * k) / SAMPLES;
  return Number.isFinite(root.p) ? share : Math.min(99.999, Math.max(0.001, share));
}

function curve(chart, samples, step) {
  let d = "";
  let pen = "M";
  for (let k = 0; k <= SAMPLES; k += step) {
    if (Number.isNaN(samples[k])) {
      pen = "M";
      continue;
    }
    d += `${pen}${px(chart.x((100 * k) / SAMPLES))} ${px(chart.y(samples[k]))}`;
    pen = "L";
  }
  return d || null;
}

// Returns the height of a unit's line at a place of the chart, NaN where it has none.
function lineY(chart, u, x) {
  const at = Math.min(SAMPLES, Math.max(0, ((x - chart.left) / (chart.right - chart.left)) * SAMPLES));
  const k = Math.min(SAMPLES - 1, Math.floor(at));
  const [a, b] = [chart.samples[u][k], chart.samples[u][k + 1]];
  return chart.y(a + (b - a) * (at - k));
}

// Draws what moves with the rule. `marks` = {leader, partner, third, selected, cross} names units and the latest
// swap: `third` is the selected unit or, when none is, the one that fell.
function drawShare(chart, model, words, view, marks) {
  const x = chart.x(view.share);
  put(chart.rule, { d: `M${px(x)} 26V${chart.narrow ? chart.bottom : chart.height}` });
  put(chart.grip, { x: px(x - 14) });
  const named = NAMED.map((name) => marks[name]);
  named.forEach((u, k) => {
    const chosen = u !== null && u === marks.selected;
    put(chart.thick[k], { d: u === null ? null : chart.paths[u], class: chosen ? "thick selected" : "thick" });
    put(chart.labels[k], { class: chosen ? "label selected" : "label" });
  });
  const heights = view.value.map((value) => chart.y(100 * value));
  const dot = (y) => (chart.many ? `M${px(x)} ${px(y)}h.01` : ring(x, y, 3));
  const plain = heights.map((y, u) => (Number.isNaN(y) || named.includes(u) ? "" : dot(y)));
  put(chart.dots, { d: plain.join("") || null, class: chart.many ? "dots many" : "dots" });
  named.forEach((u, k) => {
    const off = u === null || Number.isNaN(heights[u]);
    const kind = u !== null && u === marks.selected ? "dot selected" : "dot ink";
    put(chart.named[k], off ? { r: 0 } : { cx: px(x), cy: px(heights[u]), r: 4, class: kind });
  });
  drawHead(chart, words, view, x);
  drawAxis(chart, model, words, view, marks);
  drawLabels(chart, model, words, view, marks);
}

function drawHead(chart, words, view, x) {
  const text = words.say(chart.narrow ? "at_share" : "balance_at", { share: words.percent(view.share) });
  const half = textWidth(text, chart.bold) / 2;
  const ends = ["financial_health", "social_health"].map((key) => textWidth(words.say(key), chart.bold) + 14);
  const middle = Math.min(chart.width - ends[1] - half, Math.max(ends[0] + half, x));
  write(chart.titles[2], text);
  put(chart.titles[2], { x: px(middle) });
}
