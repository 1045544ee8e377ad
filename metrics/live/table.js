// The same as a table: every figure of chart, map and list, for whoever reads it or has it read.

const COLUMNS = [
  "rank", "unit", "financial", "social", "balance", "range", "status", "limits", "nearest", "settled", "decided",
  "close", "first", "watched", "red",
];

// Returns the range of shares of an address (40-60), null where there is none or none that can be.
function rangeOf(text) {
  const found = /^(\d{1,3})-(\d{1,3})$/.exec(text ?? "");
  const [low, high] = found ? [Number(found[1]), Number(found[2])] : [0, 0];
  return low < high && high <= 100 ? [low, high] : null;
}

// Returns the range of shares within 10 points of one.
function around(share) {
  return [-10, 10].map((gap) => Math.min(100, Math.max(0, Math.round(share) + gap)));
}

// Returns the table: the text alternative of chart and list. `on` = {input, settle} get the range of weights that a
// board allows.
function makeTable(host, on) {
  const head = element(host, "div", "table-head");
  const table = { pairs: element(head, "span", "grey"), words: [], ends: [] };
  const field = element(head, "span", "range-field");
  const ask = () => {
    const [low, high] = table.ends.map((end) => Number(end.value));
    if (table.ends.every((end) => end.value !== "") && low >= 0 && high <= 100 && low < high) on.input([low, high]);
  };
  for (const name of ["range_from", "range_to"]) {
    const label = element(field, "label", "range-end");
    const word = element(label, "span", "grey");
    const box = element(label, "span", "number-box small");
    const end = element(box, "input", "", { type: "number", min: 0, max: 100, step: 1, inputmode: "numeric" });
    element(box, "span", "grey", { "aria-hidden": "true" }).textContent = "%";
    end.addEventListener("input", ask);
    end.addEventListener("change", () => on.settle());
    table.words.push({ name, word });
    table.ends.push(end);
  }
  const whole = element(host, "table", "figures");
  table.caption = element(whole, "caption", "");
  const heads = element(element(whole, "thead", ""), "tr", "");
  table.heads = COLUMNS.map((name) => element(heads, "th", name, { scope: "col" }));
  return Object.assign(table, { body: element(whole, "tbody", ""), rows: [] });
}

// Writes the table at a social share; the last columns are over the board's range of shares.
function drawTable(table, model, words, view, range) {
  const active = table.ends[0].getRootNode().activeElement;
  table.ends.forEach((end, k) => {
    if (end !== active) end.value = range[k];
  });
  for (const { name, word } of table.words) write(word, words.say(name));
  write(table.caption, words.say("table_caption", { share: words.percent(view.share) }));
  COLUMNS.forEach((name, k) => write(table.heads[k], words.say(`column_${name}`)));
  while (table.rows.length > model.n) table.rows.pop()[0].parentNode.remove();
  while (table.rows.length < model.n) {
    const row = element(table.body, "tr", "");
    const cell = (name) => (name === "unit" ? element(row, "th", name, { scope: "row" }) : element(row, "td", name));
    table.rows.push(COLUMNS.map(cell));
  }
  const kinds = classesAt(model, view);
  const parts = partsOf(model, range[0], range[1]);
  write(table.pairs, pairsText(words, kinds));
  view.order.forEach((u, k) => {
    const texts = rowTexts(model, words, view, u, kinds.each[u], parts[u]);
    COLUMNS.forEach((name, column) => write(table.rows[k][column], texts[name] ?? DASH));
  });
}

function pairsText(words, { settled: sure, decided, close }) {
  const n = sure + decided + close;
  return words.say("pairs", { n, settled: sure, decided, close });
}

// Returns what stands in the row of a unit, by column; what is left out has a dash.
function rowTexts(model, words, view, u, kinds, part) {
  const { data } = model;
  const digits = data.decimals ?? 0;
  const write01 = (v) => (Number.isNaN(v) ? DASH : words.number(rounded(v, digits), digits));
  const value = view.value[u];
  const known = !Number.isNaN(value);
  const [low, high] = known ? intervalOf(model, u, view.share, value).map(write01) : [DASH, DASH];
  const texts = {
    rank: view.rank[u] === null ? DASH : words.number(view.rank[u]),
    unit: data.units[u].name,
    financial: write01(model.financial.value[u]),
    social: write01(model.social.value[u]),
    balance: write01(value),
    range: low === high ? low : words.say("range", { low, high }),
    status: statusText(model, words, u, value).text,
  };
  if (known) for (const kind of ["settled", "decided", "close"]) texts[kind] = words.number(kinds[kind]);
  if (!model.isFull[u]) return texts;
  const limits = limitCrossings(model, u).map((cross) => crossingText(words, cross, false));
  const near = nearestSwap(model, u, view.share);
  const swap = ({ v, share }) => ({ name: data.units[v].name, share: words.percent(Math.round(share)) });
  const percent = (v) => words.percent(100 * v);
  return {
    ...texts,
    limits: limits.join(", ") || words.say("no_limit_crossed"),
    nearest: near ? words.say("swap_with", swap(near)) : words.say("no_swap"),
    first: percent(part.first),
    watched: percent(part.watch),
    red: percent(part.red),
  };
}

// Returns the unit with which one changes places nearest to a share, and where; null when it never does.
function nearestSwap(model, u, share) {
  let best = null;
  for (const v of model.full) {
    const at = v === u ? NaN : flipOf(model, u, v);
    if (Math.abs(at - share) < (best ? Math.abs(best.share - share) : Infinity)) best = { v, share: at };
  }
  return best;
}
