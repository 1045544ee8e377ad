// What the component knows: the units, their healths, and what they come to at a social share.
// Healths stand inside as 0..1, on the screen as 0..100; a social share is 0..100 throughout.

const SIDES = ["financial", "social"];
const TIE = 1e-9; // two balances nearer than this are equal: rounding, not order
const LEVELS = { none: 0, within: 0, below: 1, critical: 2 };

function isSet(value) {
  return value !== null && value !== undefined;
}

function healths(n) {
  const parts = ["value", "worst", "best", "down", "up"];
  return Object.fromEntries(parts.map((part) => [part, new Float64Array(n)]));
}

// Returns the model of a data set, scored with the policy's own theme weights.
export function makeModel(data) {
  const compiled = compileTree({ leaves: data.leaves, nodes: data.nodes });
  const n = data.units.length;
  const model = {
    data,
    compiled,
    n,
    root: compiled.at.get(""),
    z: data.units.map((unit) => (unit.too_few ? data.leaves.map(() => null) : unit.leaves)),
    financial: healths(n),
    social: healths(n),
    pulls: new Map(),
    // Every change of places in rising order of its share, made when it is asked for.
    get crossings() {
      return (this.sorted ??= crossingsOf(this));
    },
  };
  model.scored = model.z.map((z) => scoreUnit(compiled, z));
  model.spreads = spreadsOf(model);
  model.themes = themesOf(model);
  setThemes(model, {});
  model.boardRank = isSet(data.board) ? viewAt(model, data.board).rank : null;
  return model;
}

// Returns the children of the two pillars, each with its weight in percent of its pillar.
function themesOf(model) {
  const { data, compiled } = model;
  const titles = new Map([...data.nodes, ...data.leaves].map((part) => [part.path, part.title || part.short]));
  const themes = [];
  for (const side of SIDES) {
    const parent = compiled.at.get(side);
    const all = parent.weights.reduce((sum, w) => sum + w, 0);
    parent.kids.forEach((kid, position) => {
      const percent = all > 0 ? (100 * parent.weights[position]) / all : 0;
      themes.push({ path: kid.path, title: titles.get(kid.path) || kid.path, side, parent, position, percent });
    });
  }
  return themes;
}

// Puts theme weights in (path -> weight, 0..100; what is not named keeps the policy's) and scores every unit anew:
// only the two pillars, as what stands below a theme does not move with its weight.
function setThemes(model, weights) {
  const moved = new Set(model.full ? [] : SIDES);
  for (const { path, side, parent, position, percent } of model.themes) {
    const weight = weights[path] ?? percent;
    if (weight !== parent.weights[position]) moved.add(side);
    parent.weights[position] = weight;
  }
  for (const side of moved) for (let u = 0; u < model.n; u += 1) scorePillar(model, side, u);
  const has = (u) => SIDES.every((side) => !Number.isNaN(model[side].value[u]));
  model.isFull = model.z.map((_, u) => has(u));
  model.full = [...model.z.keys()].filter((u) => model.isFull[u]);
  model.places = Math.min(model.data.watch ?? 3, model.full.length);
  Object.assign(model, { bent: null, pairs: null, tracks: null, verdict: null, sorted: null });
  model.pulls.clear();
}

// Scores one pillar of a unit from its themes: health, exact bounds where data are missing, survey error.
function scorePillar(model, side, u) {
  const node = model.compiled.at.get(side);
  const scores = model.scored[u];
  const { weights } = node;
  const read = (part, gap) => powerMean(node, gather(node, model.z[u], scores[part], gap), weights);
  const own = gather(node, model.z[u], scores.value, NaN);
  const value = nodeValue(node, own, weights);
  const [worst, best] = [read("worst", 0), read("best", 1)];
  const kept = { value, worst: Number.isNaN(worst) ? 0 : worst, best: Number.isNaN(best) ? 1 : best };
  for (const part in kept) scores[part][node.index] = model[side][part][u] = kept[part];
  for (const part of ["down", "up"]) model[side][part][u] = spreadOf(model, node, u, part, own, value);
}

// Returns the balance of a unit from its two healths at a social share.
function balanceOf(model, u, share) {
  const { root } = model;
  const [f, s] = [model.financial.value[u], model.social.value[u]];
  if (root.p !== 1 || root.dual || !(f >= 0) || !(s >= 0)) return nodeValue(root, [f, s], [100 - share, share]);
  if (share === 0 || share === 100) return share ? s : f;
  const mean = ((100 - share) * f + share * s) / (100 - share + share);
  return Math.min(Math.max(mean, Math.min(f, s)), Math.max(f, s));
}

// Returns "within", "below" or "critical" for a health of 0..1; "none" when it is missing or has no limit.
function levelOf(model, value) {
  const { limit, critical, decimals } = model.data;
  if (Number.isNaN(value)) return "none";
  const shown = rounded(value, decimals ?? 0); // as displayed, so that no "50" stands beside "below limit 50"
  if (isSet(critical) && shown < critical) return "critical";
  if (!isSet(limit)) return "none";
  return shown < limit ? "below" : "within";
}

// Returns the worst level of the three healths, and whose it is where the balance alone looks better.
function statusOf(model, u, value) {
  const own = levelOf(model, value);
  let level = own;
  let cause = "";
  for (const side of SIDES) {
    const found = levelOf(model, model[side].value[u]);
    if (LEVELS[found] > LEVELS[level]) {
      level = found;
      cause = side;
    }
  }
  if (model.data.units[u].capped && level !== "none") return { level: "critical", cause: "capped" };
  return { level, cause };
}

// Returns a value as it is shown (0..100), rounded half up with the tolerance of metrics/score.py.
function rounded(value, decimals) {
  const scale = 10 ** decimals;
  return Math.floor(value * 100 * scale + 0.5 + 1e-9) / scale;
}

// Returns everything that the screen shows at a social share: balances, order (worst first), ranks, statuses.
export function viewAt(model, share) {
  const { n, data } = model;
  const decimals = data.decimals ?? 0;
  const view = { share, value: new Array(n), shown: new Array(n), rank: new Array(n).fill(null) };
  const ranked = [];
  const without = [];
  for (let u = 0; u < n; u += 1) {
    view.value[u] = balanceOf(model, u, share);
    view.shown[u] = rounded(view.value[u], decimals);
    (Number.isNaN(view.value[u]) ? without : ranked).push(u);
  }
  const f = model.financial.value;
  const s = model.social.value;
  ranked.sort((a, b) => {
    const gap = view.value[a] - view.value[b];
    return Math.abs(gap) > TIE ? gap : f[a] - f[b] || s[a] - s[b] || a - b;
  });
  let better = 0; // how many units are shown with a higher number
  for (let k = ranked.length - 1; k >= 0; k -= 1) {
    const above = ranked[k + 1];
    if (above === undefined || view.shown[above] !== view.shown[ranked[k]]) better = ranked.length - 1 - k;
    view.rank[ranked[k]] = better + 1;
  }
  view.order = ranked.concat(without);
  view.ranked = ranked.length;
  view.leader = ranked.length ? ranked[ranked.length - 1] : null;
  return view;
}
