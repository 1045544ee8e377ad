// Names on the lines: each at the first place that is free; where two would meet, the less urgent is dropped.

const PLACES = [0.99, 0.86, 0.72, 0.01, 0.14, 0.28, 0.56, 0.42];
const HOLD = 3; // a name stays where it is until another place is this much better, so that it does not flicker

// Returns the box of a text by its anchor, with a little air.
function textBox(x, y, width, anchor) {
  const x0 = anchor === "end" ? x - width : anchor === "middle" ? x - width / 2 : x;
  return { x0: x0 - 3, x1: x0 + width + 3, y0: y - 12, y1: y + 4 };
}

function meets(a, b) {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

// Returns how far a unit's line reaches up and down between two places of the chart.
function span(chart, u, x0, x1) {
  const ys = [lineY(chart, u, x0), lineY(chart, u, (x0 + x1) / 2), lineY(chart, u, x1)];
  return ys.some(Number.isNaN) ? null : [Math.min(...ys), Math.max(...ys)];
}

// Tells whether a unit's line runs through a box: asked for every line at every place, so without a detour.
function strikes(chart, u, box) {
  const a = lineY(chart, u, box.x0);
  const b = lineY(chart, u, box.x1);
  if (Number.isNaN(a) || Number.isNaN(b)) return false;
  return !(a < box.y0 && b < box.y0) && !(a > box.y1 && b > box.y1);
}

// Returns how bad a place is: 0 = free; from 100 on another text stands there or it is off the plot.
function cost(chart, box, own, thick, taken, ruleX) {
  if (box.x0 < chart.left - 2 || box.x1 > chart.right + 2 || box.y0 < chart.top - 12 || box.y1 > chart.bottom) return 200;
  let sum = 0;
  for (const other of taken) if (meets(box, other)) sum += 100;
  for (const other of chart.bandWords) if (meets(box, other)) sum += 12;
  if (ruleX > box.x0 - 8 && ruleX < box.x1 + 8) sum += 6;
  const lines = chart.many ? thick : chart.samples.keys(); // among many lines no place is free of thin ones
  for (const u of lines) if (u !== own && strikes(chart, u, box)) sum += thick.includes(u) ? 8 : 1.5;
  return sum;
}

// Returns the places along a line where its name could stand, above and below it.
function alongLine(chart, u, width) {
  const room = chart.right - chart.left - 14;
  const found = [];
  PLACES.forEach((part, k) => {
    const x0 = chart.left + 7 + (room - width) * part;
    const reachY = span(chart, u, x0, x0 + width);
    if (!reachY) return;
    found.push({ x: x0, y: reachY[0] - 8, anchor: "start", bias: k * 0.4 });
    found.push({ x: x0, y: reachY[1] + 17, anchor: "start", bias: k * 0.4 + 0.2 });
  });
  return found;
}

// Returns the places beside the rule for the leader's name.
function besideRule(chart, u, x, width) {
  const left = span(chart, u, x - width, x);
  const right = span(chart, u, x, x + width);
  const found = [];
  if (left) found.push({ x: x - 4, y: left[0] - 9, anchor: "end", bias: 0 });
  if (right) found.push({ x: x + 5, y: right[0] - 9, anchor: "start", bias: 1 });
  if (left) found.push({ x: x - 4, y: left[1] + 19, anchor: "end", bias: 2 });
  if (right) found.push({ x: x + 5, y: right[1] + 19, anchor: "start", bias: 3 });
  return found;
}

// Returns the best of some places; the one held so far wins unless another is clearly better.
function choose(chart, name, places, width, own, thick, taken, ruleX) {
  const held = chart.memory[name];
  let best = null;
  places.forEach((place, k) => {
    const box = textBox(place.x, place.y, width, place.anchor);
    const rule = name === "leader" ? -1e6 : ruleX;
    const price = cost(chart, box, own, thick, taken, rule) + place.bias - (held === `${own}/${k}` ? HOLD : 0);
    if (!best || price < best.price) best = { ...place, box, price, key: `${own}/${k}` };
  });
  if (!best || best.price >= 90) return null;
  chart.memory[name] = best.key;
  return best;
}

// Returns what a height of the plot stands on: "below", "critical", or nothing for the plain ground.
function standsOn(chart, y) {
  const top = (band) => Number(band.getAttribute("y"));
  if (y > chart.bottom) return null;
  if (Number(chart.red.getAttribute("height")) > 0 && y - 4 > top(chart.red)) return "critical";
  return Number(chart.amber.getAttribute("height")) > 0 && y - 4 > top(chart.amber) ? "below" : null;
}

function setLabel(chart, node, place, text) {
  write(node, place ? text : "");
  if (!place) return;
  put(node, { x: px(place.x), y: px(place.y), "text-anchor": place.anchor, "data-on": standsOn(chart, place.y) });
}

// Draws the names of the selected unit, the swap's partner and the leader, and the share of the swap.
function drawLabels(chart, model, words, view, marks) {
  const x = chart.x(view.share);
  const thick = NAMED.map((name) => marks[name]).filter((u) => u !== null);
  const taken = [];
  drawSwap(chart, words, view, marks, taken);
  for (const k of [2, 1, 0]) {
    const name = NAMED[k];
    const u = marks[name];
    const first = u === view.leader && !model.data.one && view.ranked > 1 && !chart.narrow;
    const text = u === null ? "" : labelText(model, words, view, u, first);
    const width = text ? textWidth(text, chart.bold) : 0;
    const twice = k === 0 && u === marks.third;
    const places = !text || twice ? [] : name === "leader" ? besideRule(chart, u, x, width) : alongLine(chart, u, width);
    const place = choose(chart, name, places, width, u, thick, taken, x);
    if (place) taken.push(place.box);
    setLabel(chart, chart.labels[k], place, text);
  }
  drawLimitMarks(chart, model, words, view, marks, thick, taken);
}

function labelText(model, words, view, u, first) {
  const params = { name: model.data.units[u].name, value: words.number(view.shown[u], model.data.decimals ?? 0) };
  if (Number.isNaN(view.value[u])) return params.name;
  return words.say(first ? "label_leads" : "label", params);
}

// Draws the latest swap as a large point with its share, the text away from the rule.
function drawSwap(chart, words, view, { cross }, taken) {
  if (!cross) {
    put(chart.swapPoint, { r: 0 });
    put(chart.swapStem, { d: null });
    write(chart.swapText, "");
    return;
  }
  const [cx, cy] = [chart.x(cross.share), chart.y(100 * cross.value)];
  const share = words.percent(Math.round(cross.share));
  const text = chart.narrow ? share : words.say("swap_at", { share });
  const width = textWidth(text, chart.small);
  const down = cy + 40 < chart.bottom ? 1 : -1;
  let anchor = cross.share <= view.share ? "end" : "start";
  if (anchor === "end" && cx - width < chart.left + 4) anchor = "start";
  if (anchor === "start" && cx + width > chart.right - 4) anchor = "end";
  const rule = chart.x(view.share);
  const free = rule > cx ? Math.min(cx + 2, rule - 5) : Math.max(cx - 2, rule + 5);
  const x = (anchor === "end") === rule > cx || rule === cx ? free : cx + (anchor === "end" ? 2 : -2);
  const y = down > 0 ? cy + 33 : cy - 24;
  put(chart.swapPoint, { cx: px(cx), cy: px(cy), r: 4.5 });
  put(chart.swapStem, { d: `M${px(cx)} ${px(cy + 5 * down)}V${px(cy + 20 * down)}` });
  write(chart.swapText, text);
  put(chart.swapText, { x: px(x), y: px(y), "text-anchor": anchor, "data-on": standsOn(chart, y) });
  taken.push(textBox(x, y, width, anchor), { x0: cx - 7, x1: cx + 7, y0: cy - 7, y1: cy + 7 });
}
