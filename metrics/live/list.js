// The list, worst first. A row is a place, not a unit: the reading order is
// always the order on the screen, and only what differs is written.

const [ROW, STAGE_ROW] = [36, 26]; // pixels
const DASH = "\u2013";
const UP = "M4.5 10.5V1.5M1 5L4.5 1.5L8 5";
const DOWN = "M4.5 1.5V10.5M1 7L4.5 10.5L8 7";

// Returns the list with its head; rows are made when the number of units is known.
function makeList(host, onPick) {
  const head = element(host, "div", "list-head");
  const list = {
    head: element(head, "span", "grey"),
    limit: element(head, "span", "grey limit-word"),
    note: element(head, "span", "grey note"),
    body: element(host, "div", "list-body", { tabindex: "-1" }),
    slots: [],
    first: 0,
    last: Infinity,
    row: ROW,
  };
  list.line = element(list.body, "div", "limit-line");
  list.rows = element(list.body, "ol", "rows");
  list.between = element(list.body, "div", "between", { "aria-hidden": "true" });
  list.watch = element(list.between, "span", "watch");
  list.rows.addEventListener("click", (event) => {
    const row = event.target.closest("button");
    if (row) onPick(Number(row.dataset.unit));
  });
  return list;
}

function makeSlot(list) {
  const item = element(list.rows, "li", "item");
  const row = element(item, "button", "row", { type: "button" });
  const slot = { item, row };
  slot.rank = element(row, "span", "rank");
  slot.name = element(row, "span", "name");
  slot.move = element(row, "span", "move");
  slot.arrow = shape(shape(slot.move, "svg", "", { width: 9, height: 12, "aria-hidden": "true" }), "path", "arrow", {});
  slot.steps = element(slot.move, "span", "");
  slot.bar = shape(row, "svg", "bar", { height: 36, "aria-hidden": "true" });
  slot.range = shape(slot.bar, "rect", "range", { y: 15, height: 6, rx: 1 });
  slot.mark = shape(slot.bar, "path", "mark", {});
  slot.number = element(row, "span", "number");
  slot.shape = shape(shape(row, "svg", "", { width: 12, height: 12, "aria-hidden": "true" }), "path", "", {});
  slot.word = element(row, "span", "word");
  slot.open = element(list.between, "span", "open");
  return slot;
}

// Notes which rows the list's own window shows; the others wait for the end of a drag. Returns whether it moved.
function lookAt(list) {
  const { scrollTop, clientHeight, scrollHeight } = list.body;
  const first = scrollHeight > clientHeight ? Math.floor(scrollTop / list.row) : 0;
  const moved = first !== list.first;
  list.first = first;
  list.last = scrollHeight > clientHeight ? first + Math.ceil(clientHeight / list.row) : Infinity;
  return moved;
}

// Fits the list to its data and width.
function fitList(list, model, words, domain, size) {
  const { data } = model;
  const narrow = size === "narrow" || size === "stage";
  list.row = size === "stage" ? STAGE_ROW : ROW;
  while (list.slots.length > model.n) {
    const { item, open } = list.slots.pop();
    item.remove();
    open.remove();
  }
  while (list.slots.length < model.n) list.slots.push(makeSlot(list));
  list.track = narrow ? 58 : 110;
  const [low, high] = domain;
  list.x = (value) => 4 + ((list.track - 8) * (value - low)) / (high - low);
  const gap = (u) => model.spreads[u] || SIDES.some((side) => model[side].best[u] - model[side].worst[u] > TIE);
  list.gaps = model.full.some(gap);
  write(list.head, words.say("list_head"));
  write(list.note, list.gaps ? words.say(narrow ? "list_note_short" : "list_note") : "");
  list.slots.forEach((slot, k) => {
    style(slot.open, "top", `${list.row * (k + 1) - 8}px`);
    put(slot.bar, { width: list.track });
    write(slot.open, "\u2248");
  });
  write(list.watch, `${words.say("watch_list")} \u2191`);
  const limited = isSet(data.limit);
  show(list.line, limited);
  show(list.limit, limited);
  if (!limited || !list.slots.length) return;
  const whole = list.rows.getBoundingClientRect();
  const left = list.slots[0].bar.getBoundingClientRect().left - whole.left;
  const x = Math.round(left / enlarged(list.rows, whole) + list.x(data.limit)) + 0.5;
  write(list.limit, words.number(data.limit));
  style(list.limit, "left", `${x}px`);
  fitNote(list, x);
  style(list.line, "left", `${x}px`);
}

// The note stands beside the head, or below it where it would run into the limit's number.
function fitNote(list, x) {
  style(list.note, "flex-basis", "auto");
  if (list.note.offsetTop === list.head.offsetTop && list.note.offsetLeft < x + 14) style(list.note, "flex-basis", "100%");
}

// Returns the words for a unit's status: why there is none, or the worst of its three healths.
function statusText(model, words, u, value) {
  const { level, cause } = statusOf(model, u, value);
  if (model.data.units[u].too_few) return { level: "none", text: words.say("too_few") };
  if (level === "none") return { level, text: Number.isNaN(value) ? words.say("not_enough") : "" };
  return { level, text: words.say(cause ? `${level}_${cause}` : level, { name: model.data.units[u].capped }) };
}

function stepsOf(model, view, u) {
  const was = model.boardRank ? model.boardRank[u] : null;
  return was === null || view.rank[u] === null ? 0 : view.rank[u] - was;
}

// Draws the list at a social share, all rows or those in sight. `marks` names the units that stand out.
function drawList(list, model, words, view, marks, whole) {
  const { data } = model;
  const places = Math.min(data.watch ?? 0, view.ranked);
  const ruled = places > 0 && view.ranked > places;
  show(list.watch, ruled);
  style(list.watch, "top", `${list.row * places - 8}px`);
  const [first, last] = whole ? [0, Infinity] : [list.first, list.last];
  const seen = (u, k) => k >= first && k <= last + 1;
  const intervals = view.order.map((u, k) => (seen(u, k) ? intervalOf(model, u, view.share, view.value[u]) : null));
  view.order.forEach((u, k) => {
    if (k < first || k > last) return;
    const slot = list.slots[k];
    const value = view.value[u];
    const ranked = !Number.isNaN(value);
    const status = statusText(model, words, u, value);
    const steps = stepsOf(model, view, u);
    const number = ranked ? words.number(view.shown[u], data.decimals ?? 0) : DASH;
    const strong = u === marks.selected ? " chosen" : NAMED.some((name) => marks[name] === u) ? " strong" : "";
    put(slot.row, { class: `row ${status.level}${strong}`, "data-unit": u });
    put(slot.row, { "aria-pressed": u === marks.selected });
    write(slot.rank, ranked ? words.number(view.rank[u]) : DASH);
    write(slot.name, data.units[u].name);
    put(slot.name, { title: data.units[u].name });
    put(slot.arrow, { d: steps ? (steps > 0 ? DOWN : UP) : null });
    write(slot.steps, steps ? words.number(Math.abs(steps)) : "");
    write(slot.number, number);
    put(slot.shape, { d: statusPath(status.level, 6, 6, 9) || null });
    write(slot.word, status.text);
    drawBar(list, slot, view, u, ranked ? intervals[k] : null);
    show(slot.open, list.gaps && k + 1 < view.ranked && overlap(intervals[k], intervals[k + 1]));
    put(slot.item, { class: ruled && k === places - 1 ? "item last-watched" : "item" });
  });
}

function drawBar(list, slot, view, u, interval) {
  if (!interval) {
    put(slot.mark, { d: null });
    put(slot.range, { width: 0 });
    return;
  }
  const inside = (value) => Math.min(list.track, Math.max(0, list.x(100 * value)));
  const x = inside(view.value[u]);
  const [low, high] = interval.map(inside);
  put(slot.mark, { d: `M${px(x)} 11v14` });
  put(slot.range, { x: px(low), width: px(high - low > 0.05 ? high - low : 0) });
}

// Writes what each row is called when it is read aloud; the hand that drags does not need it.
function nameRows(list, model, words, view) {
  const intervals = intervalsAt(model, view);
  view.order.forEach((u, k) => {
    const { text } = statusText(model, words, u, view.value[u]);
    const label = rowLabel(model, words, view, u, text, stepsOf(model, view, u));
    const next = neighbourText(model, words, view, intervals, k);
    put(list.slots[k].row, { "aria-label": `${label} ${next}`.trim(), title: next || null });
  });
}

function rowLabel(model, words, view, u, status, steps) {
  const { name } = model.data.units[u];
  if (view.rank[u] === null) return words.say("row_without", { name, status });
  const value = words.number(view.shown[u], model.data.decimals ?? 0);
  const label = words.say("row", { name, value, status, rank: view.rank[u], ranked: view.ranked });
  if (!steps) return label;
  return `${label} ${words.say(steps > 0 ? "row_down" : "row_up", { n: Math.abs(steps) })}`;
}

// Returns how sure the order of two neighbours is, in a sentence; nothing below the last one.
function neighbourText(model, words, view, intervals, k) {
  const [u, next] = [view.order[k], view.order[k + 1]];
  if (k + 1 >= view.ranked) return "";
  const name = model.data.units[next].name;
  if (view.shown[u] === view.shown[next]) return words.say("next_tied", { name });
  return words.say(`next_${classOf(model, intervals, u, next)}`, { name });
}

// Brings the selected unit's row into the list's own window; the page does not move.
function revealRow(list, view, u) {
  const slot = list.slots[view.order.indexOf(u)];
  if (!slot || list.body.scrollHeight <= list.body.clientHeight) return;
  const top = list.row * view.order.indexOf(u);
  const { scrollTop, clientHeight } = list.body;
  if (top < scrollTop) list.body.scrollTop = top;
  else if (top + list.row > scrollTop + clientHeight) list.body.scrollTop = top + list.row - clientHeight;
}
