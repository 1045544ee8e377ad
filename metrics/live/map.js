// The trade-off map: every unit by its financial and social health, the frontier that nobody betters on both sides,
// and the line of all that have the balance of one unit, which turns with the social share.

const STEPS = 60; // pieces of a curved line of equal balance
const SHAPES = ["within", "below", "critical"];
const SPOTS = [
  [8, 4, "start"], [-8, 4, "end"], [0, -9, "middle"], [0, 18, "middle"],
  [7, -7, "start"], [-7, -7, "end"], [7, 16, "start"], [-7, 16, "end"],
];

function makeMap(host) {
  const svg = shape(host, "svg", "map-svg", { role: "img" });
  const map = { svg, grid: shape(svg, "g", "", {}), names: [] };
  map.plot = shape(svg, "svg", "map-plot", {});
  map.iso = shape(map.plot, "path", "iso", {});
  map.frontier = shape(svg, "path", "frontier", {});
  map.points = SHAPES.map((level) => shape(svg, "path", `map-points ${level}`, {}));
  map.focus = shape(svg, "circle", "map-focus", {});
  map.labels = shape(svg, "g", "", {});
  map.hover = shape(svg, "text", "label map-name", {});
  map.titles = ["social", "financial"].map((name) => shape(svg, "text", `title ${name}`, {}));
  map.notes = [0, 1].map(() => shape(svg, "text", "grey", { "text-anchor": "middle" }));
  return map;
}

// Returns the units that nobody betters on both sides, by rising financial health.
export function frontierOf(model) {
  const [F, S] = [model.financial.value, model.social.value];
  const order = [...model.full].sort((a, b) => F[b] - F[a] || S[b] - S[a]);
  let best = null;
  const found = order.filter((u) => {
    const on = best === null || S[u] > S[best] || (S[u] === S[best] && F[u] === F[best]);
    if (on) best = u;
    return on;
  });
  return found.reverse();
}

// Fits the map to the chart's place and its range of healths, the same on both sides.
function fitMap(map, chart, model, words) {
  const shared = ["width", "narrow", "left", "right", "top", "bottom", "small", "bold", "domain"];
  for (const name of shared) map[name] = chart[name];
  const [low, high] = map.domain;
  map.x = (v) => map.left + ((map.right - map.left) * (100 * v - low)) / (high - low);
  map.y = (v) => map.bottom - ((map.bottom - map.top) * (100 * v - low)) / (high - low);
  put(map.svg, { width: chart.width, height: chart.height, viewBox: `0 0 ${chart.width} ${chart.height}` });
  put(map.plot, { x: map.left, y: map.top, width: px(map.right - map.left), height: map.bottom - map.top });
  drawMapGrid(map, chart, model, words);
  write(map.titles[0], words.say("map_social"));
  put(map.titles[0], { x: 0, y: 14 });
  write(map.titles[1], words.say("map_financial"));
  put(map.titles[1], { x: map.width, y: map.bottom + 30, "text-anchor": "end" });
}

function drawMapGrid(map, chart, model, words) {
  const { limit, critical } = model.data;
  empty(map.grid);
  const text = (value, attributes) => {
    shape(map.grid, "text", "grey", attributes).textContent = words.number(value);
  };
  for (const value of tickValues(chart, model.data)) {
    const [x, y] = [px(map.x(value / 100)), px(map.y(value / 100))];
    const name = value === limit || value === critical ? "limit crisp" : "hair crisp";
    shape(map.grid, "path", name, { d: `M${map.left} ${y}H${px(map.right)}M${x} ${map.top}V${map.bottom}` });
    text(value, { x: map.left - 8, y: Number(y) + 4, "text-anchor": "end" });
    text(value, { x, y: map.bottom + 15, "text-anchor": "middle" });
  }
  shape(map.grid, "path", "frame", { d: `M${map.left} ${map.top}V${map.bottom}H${px(map.right)}` });
}

// Draws what moves with theme weights or another selected unit: frontier and names.
function placeMap(map, model, marks) {
  const [F, S] = [model.financial.value, model.social.value];
  const front = frontierOf(model);
  put(map.frontier, { d: front.length ? stairs(map, front, F, S) : null });
  nameMap(map, model, marks, front);
}

// Returns the edge of all that somebody betters: from each unit of the frontier down to the next one's height.
function stairs(map, front, F, S) {
  const at = (u) => [px(map.x(F[u])), px(map.y(S[u]))];
  const [, top] = at(front[0]);
  const way = front.map((u, k) => {
    const next = front[k + 1];
    return `H${at(u)[0]}V${next === undefined ? map.bottom : at(next)[1]}`;
  });
  return `M${map.left} ${top}${way.join("")}`;
}

// Writes the names that find a free place: the selected unit and the leader first, then the frontier, then the worst.
function nameMap(map, model, { leader, selected }, front) {
  const { units } = model.data;
  const spots = model.full.map((u) => ({ u, x: map.x(model.financial.value[u]), y: map.y(model.social.value[u]) }));
  const at = new Map(spots.map((spot) => [spot.u, spot]));
  const others = model.full.length > FEW ? [] : model.full;
  const wanted = [...new Set([selected, leader, ...front, ...others].filter((u) => at.has(u)))];
  const taken = spots.map(({ x, y }) => ({ x0: x - 5, x1: x + 5, y0: y - 5, y1: y + 5 }));
  empty(map.labels);
  for (const u of wanted) {
    const { x, y } = at.get(u);
    const strong = u === selected || u === leader;
    const width = textWidth(units[u].name, strong ? map.bold : map.small);
    const place = SPOTS.map(([dx, dy, anchor]) => {
      const box = textBox(x + dx, y + dy, width, anchor);
      return { x: x + dx, y: y + dy, anchor, box };
    }).find(({ box }) => inPlot(map, box) && !taken.some((other) => meets(box, other)));
    if (!place) continue;
    taken.push(place.box);
    const name = `map-name${strong ? " label" : ""}${u === selected ? " selected" : ""}`;
    const where = { x: px(place.x), y: px(place.y), "text-anchor": place.anchor };
    shape(map.labels, "text", name, where).textContent = units[u].name;
  }
}

function inPlot(map, box) {
  return box.x0 > map.left && box.x1 < map.right + 3 && box.y0 > map.top - 12 && box.y1 < map.bottom;
}

// Draws what moves with the share: the line of equal balance, the statuses, and what the line means.
function drawMap(map, model, words, view, marks) {
  const focus = marks.selected !== null && model.isFull[marks.selected] ? marks.selected : view.leader;
  const drawn = { within: "", below: "", critical: "" };
  for (const u of model.full) {
    const [x, y] = [map.x(model.financial.value[u]), map.y(model.social.value[u])];
    const { level } = statusOf(model, u, view.value[u]);
    if (level === "within" || level === "none") drawn.within += `M${px(x)} ${px(y)}h.01`;
    else drawn[level] += statusPath(level, x, y, 9);
  }
  SHAPES.forEach((level, k) => put(map.points[k], { d: drawn[level] || null }));
  const known = focus !== null && model.isFull[focus];
  put(map.iso, { d: known ? isoPath(map, model, view.share, view.value[focus]) : null });
  const at = known ? [map.x(model.financial.value[focus]), map.y(model.social.value[focus])].map(px) : [0, 0];
  const chosen = focus === marks.selected ? "map-focus selected" : "map-focus";
  put(map.focus, { cx: at[0], cy: at[1], r: known ? 8 : 0, class: chosen });
  const texts = [known ? isoText(model, words, view, focus) : "", words.say("map_frontier")];
  map.notes.forEach((note, k) => {
    write(note, texts[k]);
    put(note, { x: px(map.width / 2), y: map.bottom + 46 + 15 * k - (map.narrow ? 0 : 16) });
  });
}

function isoText(model, words, view, u) {
  const value = words.number(view.shown[u], model.data.decimals ?? 0);
  return words.say("map_iso", { name: model.data.units[u].name, value, share: words.percent(view.share) });
}

// Returns the line of all pairs of healths that come to a balance at a share; straight only for an exponent of 1.
function isoPath(map, model, share, value) {
  const { root } = model;
  const ends = map.domain.map((v) => v / 100);
  const point = ([f, s]) => `${px(map.x(f) - map.left)} ${px(map.y(s) - map.top)}`;
  if (Number.isNaN(value)) return null;
  if (!Number.isFinite(root.p)) {
    // A weakest link: what is better on one side does not help.
    const out = (root.p < 0) !== root.dual ? ends[1] : ends[0];
    return `M${point([value, out])}L${point([value, value])}L${point([out, value])}`;
  }
  const w = share / 100;
  const steep = w < 0.5; // the side with more weight is the one that is solved for
  const whole = linear(root, value);
  let d = "";
  let pen = "M";
  for (let k = 0; k <= STEPS; k += 1) {
    const given = ends[0] + ((ends[1] - ends[0]) * k) / STEPS;
    const rest = (whole - (steep ? w : 1 - w) * linear(root, given)) / (steep ? 1 - w : w);
    const found = straightened(root, rest);
    if (!Number.isFinite(found) || found < -1 || found > 2) {
      pen = "M";
      continue;
    }
    d += pen + point(steep ? [found, given] : [given, found]);
    pen = "L";
  }
  return d || null;
}

// Returns the health that stands at a place of the scale of `linear`.
function straightened(root, place) {
  const y = root.dual ? -place : place;
  const log = root.p === 0 ? y : Math.log1p(root.p * y) / root.p;
  const up = (Math.exp(log) - root.epsilon) / (1 - root.epsilon);
  return root.dual ? 1 - up : up;
}

// Returns the unit whose point is nearest to a place of the map, null when none is near.
function unitNear(map, model, x, y) {
  let best = null;
  for (const u of model.full) {
    const gap = Math.hypot(map.x(model.financial.value[u]) - x, map.y(model.social.value[u]) - y);
    if (gap < 14 && (best === null || gap < best.gap)) best = { u, gap };
  }
  return best && best.u;
}

// A press on a point selects its unit; a pointer over it reads its name.
function listenToMap(live) {
  const { map } = live;
  const unitAt = (event) => {
    const { x, y } = placeOn(live, map.svg, event);
    return unitNear(map, live.model, x, y);
  };
  map.svg.addEventListener("click", (event) => {
    const u = unitAt(event);
    if (u !== null) pick(live, u);
  });
  map.svg.addEventListener("pointermove", (event) => {
    const u = unitAt(event);
    write(map.hover, u === null ? "" : live.model.data.units[u].name);
    if (u === null) return;
    const [x, y] = [map.x(live.model.financial.value[u]), map.y(live.model.social.value[u])];
    put(map.hover, { x: px(x), y: px(y - 12), "text-anchor": "middle" });
  });
}

// The switch between the two pictures: one at a time. `onChange` gets "lines" or "map".
function makeViews(host, onChange) {
  const views = { host, choices: [] };
  put(host, { role: "radiogroup" });
  for (const name of ["lines", "map"]) {
    const label = element(host, "label", `view view-${name}`);
    const input = element(label, "input", "", { type: "radio", name: "evenkeel-view", value: name });
    input.addEventListener("change", () => onChange(name));
    views.choices.push({ name, input, text: element(label, "span", "") });
  }
  return views;
}

function fitViews(views, words) {
  put(views.host, { "aria-label": words.say("view") });
  for (const { name, text } of views.choices) write(text, words.say(`view_${name}`));
}
