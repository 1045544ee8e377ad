// What a figure rests on, in a panel: value, date, n, definition, weights. All of it comes from the pack itself.

// Returns a new element with a text; text is always set as text.
function made(parent, tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined && text !== null) node.textContent = text;
  if (parent) parent.appendChild(node);
  return node;
}

function filled(text, params) {
  return text.replace(/\{(\w+)\}/g, (place, name) => (name in params ? params[name] : place));
}

// Reads the name of a figure: what, day and place, as the pack writes it.
function named(ref) {
  const read = (part) => decodeURIComponent(part.replace(/%(?!25|7C|3B|3D)/g, "%25"));
  const [what = "", day = "", where = ""] = ref.split("|");
  const place = where.split(";").filter(Boolean).map((pair) => pair.split("=").map(read));
  return { what: read(what), day, place };
}

// Makes the panel below a parent. `shown` is where the pack's figures stand: the page, or the parts of the app's pack.
function makeDrill(parent, known, shown) {
  const { words } = known;
  const panel = made(parent, "aside", "drill", null);
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-labelledby", "drill-title");
  panel.hidden = true;
  const close = made(panel, "button", "button leave", words.page_close);
  close.type = "button";
  const body = made(panel, "div", "drill-body", null);
  const drill = { panel, body, known, shown, from: null, isOpen: () => !panel.hidden };
  drill.close = () => {
    panel.hidden = true;
    drill.from?.focus?.({ preventScroll: true });
  };
  close.addEventListener("click", drill.close);
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    drill.close();
  });
  panel.addEventListener("click", (event) => {
    const figure = event.target.closest("data[data-ref]");
    if (figure) showFigure(drill, figure);
  });
  drill.open = (title, said, from) => {
    drill.from = from ?? drill.from;
    body.replaceChildren();
    const head = made(body, "h2", "", title);
    head.id = "drill-title";
    if (said) made(body, "p", "grey", said);
    panel.hidden = false;
    panel.scrollTop = 0;
    close.focus({ preventScroll: true });
  };
  return drill;
}

function pair(list, name, text, className) {
  if (text === "" || text === null || text === undefined) return null;
  const row = made(list, "div", className, null);
  made(row, "dt", "", name);
  return made(row, "dd", "", text);
}

function dayOf(known, day) {
  const found = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(found.getTime())) return day;
  return new Intl.DateTimeFormat(known.language === "en" ? "en-GB" : known.language, { dateStyle: "long", timeZone: "UTC" }).format(found);
}

function numberOf(known, value, digits) {
  return new Intl.NumberFormat(known.language, { maximumFractionDigits: digits }).format(value);
}

// Returns the value with all that the engine found of it; shares as percent.
function exact(known, figure) {
  const value = figure.getAttribute("value");
  if (!value) return "";
  return figure.dataset.unit === "%" ? `${numberOf(known, 100 * Number(value), 8)}\u202f%` : numberOf(known, Number(value), 8);
}

// Returns the heads between which a figure stands: its row's and its column's, or the label above it.
function headsOf(figure) {
  const cell = figure.closest("td");
  if (!cell) return [figure.closest("div")?.querySelector("dt")?.textContent ?? ""];
  const head = cell.closest("table").tHead?.rows[0]?.cells[cell.cellIndex];
  const row = cell.parentNode.querySelector("th");
  return [row, head].filter(Boolean).map((node) => node.textContent.trim()).filter(Boolean);
}

// Returns copies of a figure and of its status, which is said by a shape and a word.
function withMark(figure) {
  const mark = figure.parentNode.querySelector(".mark");
  if (!mark || mark.contains(figure)) return [figure.cloneNode(true)];
  const copy = mark.cloneNode(true);
  copy.querySelector(".unseen")?.classList.replace("unseen", "word");
  return [figure.cloneNode(true), " ", copy];
}

function titleOf(known, figure) {
  const { what } = named(figure.dataset.ref);
  const health = known.words[`health_${what}`];
  return known.definitions[what]?.title ?? health ?? headsOf(figure).at(-1) ?? what;
}

function nameOf(known, member) {
  return known.live?.data.units.find((unit) => unit.id === member)?.name ?? member;
}

function whose(known, figure) {
  const { place } = named(figure.dataset.ref);
  return place.map(([, member]) => nameOf(known, member)).join(", ") || known.words.whole;
}

// Shows all that a figure rests on.
function showFigure(drill, figure) {
  const { known, body } = drill;
  const { words } = known;
  const { what, day } = named(figure.dataset.ref);
  const from = drill.panel.contains(figure) ? null : figure;
  const heads = headsOf(figure).join(" · ");
  drill.open(titleOf(known, figure), "", from);
  made(body, "p", "big", "").append(figure.textContent, " ", ...withMark(figure).slice(1));
  made(body, "p", "grey", whose(known, figure));
  const facts = made(body, "dl", "pairs", null);
  pair(facts, words.page_value, exact(known, figure));
  if (figure.dataset.hidden) pair(facts, words.page_status, words.page_hidden);
  pair(facts, words.page_day, dayOf(known, day));
  const n = figure.dataset.n ? numberOf(known, Number(figure.dataset.n), 0) : words.page_unknown;
  if (!words[`health_${what}`]) pair(facts, words.page_n, n); // a health is of scores, each with its own n
  if (heads && heads !== titleOf(known, figure)) made(body, "p", "grey", heads);
  define(drill, what);
  weigh(drill, what);
}

// Writes the definition of what a figure measures.
function define(drill, what) {
  const { known: { definitions, words, language }, body } = drill;
  made(body, "h3", "", words.page_definition);
  const found = definitions[what];
  const composite = words[`health_${what}`] ? words.page_composite : words.page_no_definition;
  made(body, "p", "", found ? found.summary : composite);
  if (!found) return;
  const facts = made(body, "dl", "pairs", null);
  for (const name of ["settings", "source", "standard", "limits"]) pair(facts, words[`page_${name}`], found[name]);
  if (found.n !== null) pair(facts, words.page_n_whole, numberOf({ language }, found.n, 0));
  if (found.coverage !== null) pair(facts, words.page_coverage, `${numberOf({ language }, 100 * found.coverage, 1)}\u202f%`);
}

// Writes the weights: of the indicator in its theme, of the themes in a health, and what the pack says of them all.
function weigh(drill, what) {
  const { known, body } = drill;
  const { words, live } = known;
  made(body, "h3", "", words.page_weights);
  const facts = made(body, "dl", "pairs", null);
  const part = (node, all) => `${numberOf(known, (100 * node.weight) / all.reduce((sum, one) => sum + one.weight, 0), 1)}\u202f%`;
  if (live) {
    const { nodes, leaves } = live.data;
    const parentOf = ({ path }) => path.slice(0, Math.max(0, path.lastIndexOf("/")));
    live.indicators.forEach((indicator, k) => {
      if (indicator !== what) return;
      const theme = parentOf(leaves[k]);
      const share = part(leaves[k], leaves.filter((leaf) => parentOf(leaf) === theme));
      const title = nodes.find(({ path }) => path === theme)?.title ?? theme;
      pair(facts, words.page_weight, filled(words.page_weight_of, { share, theme: title }));
    });
    const below = nodes.filter((node) => node.path !== "" && parentOf(node) === (what === "balance" ? "" : what));
    for (const node of below) pair(facts, node.title || words[`health_${node.path}`] || node.path, part(node, below));
  }
  for (const [name, text] of known.basis) pair(facts, name, text);
}

// Shows a unit: its healths, all its figures in the pack, and what pulls its balance down most.
function showUnit(drill, id, from) {
  const { known, body, shown } = drill;
  const { words, live } = known;
  const unit = live.data.units.findIndex((one) => one.id === id);
  if (unit < 0) return;
  drill.open(nameOf(known, id), "", from);
  const healths = made(body, "dl", "figures", null);
  (live.healths[id] ?? []).forEach((health, k) => {
    const said = pair(healths, words[`health_${["financial", "social", "balance"][k]}`], health.text);
    const shape = { below: "\u25b2", critical: "\u25a0" }[health.level];
    if (shape) made(said, "span", `mark ${health.level}`, `${shape} ${health.word || words[`page_level_${health.level}`]}`);
  });
  const found = new Map();
  for (const figure of shown.querySelectorAll("data[data-ref]")) {
    const { place, what } = named(figure.dataset.ref);
    const own = place.length === 1 && place[0][1] === id && !words[`health_${what}`];
    if (own && !found.has(figure.dataset.ref)) found.set(figure.dataset.ref, figure);
  }
  drivers(drill, unit);
  if (found.size) made(body, "h3", "", words.page_figures_of);
  const list = made(body, "dl", "pairs", null);
  for (const figure of found.values()) {
    const { day } = named(figure.dataset.ref);
    const said = pair(list, `${titleOf(known, figure)}, ${dayOf(known, day)}`, "\u00a0");
    said.replaceChildren(...withMark(figure));
  }
  weigh(drill, "balance");
}

// Writes the three leaves whose low score takes most from a unit's balance, with their definitions.
function drivers(drill, unit) {
  const { known, body } = drill;
  const { data, indicators, own } = known.live;
  const weightOf = ({ path, weight }) => {
    const theme = path.slice(0, path.lastIndexOf("/"));
    const inTheme = data.leaves.filter((leaf) => leaf.path.startsWith(`${theme}/`));
    const sum = (list) => list.reduce((total, one) => total + one.weight, 0);
    const side = theme.split("/")[0];
    const themes = data.nodes.filter((node) => node.path.startsWith(`${side}/`));
    const node = themes.find((one) => one.path === theme);
    const pillar = side === "social" ? data.social : 100 - data.social;
    return (weight / sum(inTheme)) * (node ? node.weight / sum(themes) : 1) * pillar;
  };
  const lost = data.leaves
    .map((leaf, k) => ({ leaf, k, score: data.units[unit].leaves[k], weight: weightOf(leaf) }))
    .filter(({ score, k }) => typeof score === "number" && own[data.units[unit].id]?.[k])
    .sort((a, b) => b.weight * (1 - b.score) - a.weight * (1 - a.score))
    .slice(0, 3);
  if (!lost.length) return;
  made(body, "h3", "", known.words.page_drivers);
  const list = made(body, "dl", "pairs", null);
  for (const { leaf, k, score, weight } of lost) {
    const said = `${numberOf(known, 100 * score, 0)} · ${numberOf(known, weight, 1)}\u202f%`;
    const row = pair(list, leaf.title, said);
    const text = known.definitions[indicators[k]]?.summary;
    if (text) made(row.parentNode, "dd", "grey small", text);
  }
}

// Makes the figures of some place pressable: with the pointer and with Enter. `inTurn` leaves one tab stop a table.
function pressable(root, inTurn) {
  for (const table of root.querySelectorAll("table, dl.figures")) {
    table.querySelectorAll("data[data-ref]").forEach((figure, k) => {
      figure.setAttribute("role", "button");
      figure.tabIndex = inTurn && k > 0 && table.tagName === "TABLE" ? -1 : 0;
    });
  }
}

// Opens the panel on a click or on Enter at a figure; returns whether the event was of a figure.
function drillAt(drill, event) {
  const figure = event.target.closest?.("data[role=button]");
  if (!figure || drill.panel.contains(figure)) return false;
  if (event.type === "keydown" && event.key !== "Enter") return false;
  event.preventDefault();
  showFigure(drill, figure);
  return true;
}

// Mounts the live weights at a place of their own: markup and style sheet in a shadow root, data from the pack.
function mountLive(host, known, onUnit) {
  if (host.shadowRoot || !known.live) return;
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(known.style);
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(document.createRange().createContextualFragment(known.markup));
  const state = () => {}; // what the hand lets go of stays in the page: there is no server to tell
  mountWeights({
    data: { ...known.live.data, alone: true },
    parentElement: shadow,
    setStateValue: state,
    setTriggerValue: (name, id) => name === "open" && onUnit(id, host),
  });
}
