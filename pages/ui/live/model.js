// What the component knows: the units, their healths, and what they come to at a social share.
// Healths stand inside as 0..1, on the screen as 0..100; a social share is 0..100 throughout.

const SIDES = ["financial", "social"];
const TIE = 1e-9; // two balances nearer than this are equal: rounding, not order
const LEVELS = { none: 0, within: 0, below: 1, critical: 2 };

function isSet(value) {
  return value !== null && value !== undefined;
}

function healths(n) {
  return { value: new Float64Array(n), worst: new Float64Array(n), best: new Float64Array(n) };
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
  };
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

// Puts theme weights in (path -> weight, 0..100; what is not named keeps the policy's) and scores every unit.
function setThemes(model, weights) {
  for (const theme of model.themes) theme.parent.weights[theme.position] = weights[theme.path] ?? theme.percent;
  const at = SIDES.map((side) => model.compiled.at.get(side).index);
  model.scored = model.z.map((z) => scoreUnit(model.compiled, z));
  model.scored.forEach((scores, u) => {
    SIDES.forEach((side, k) => {
      for (const part of ["value", "worst", "best"]) model[side][part][u] = scores[part][at[k]];
    });
  });
  model.pulls.clear();
  model.crossings = crossingsOf(model);
  model.places = Math.min(model.data.watch ?? 3, model.full.length);
}

// Returns the balance of a unit from its two healths at a social share.
function balanceOf(model, u, share) {
  return nodeValue(model.root, [model.financial.value[u], model.social.value[u]], [100 - share, share]);
}

// Returns the exact interval of a balance: what is missing at its worst, and at its best.
function intervalOf(model, u, share, value) {
  const weights = [100 - share, share];
  const ends = ["worst", "best"].map((part) => powerMean(model.root, [model.financial[part][u], model.social[part][u]], weights));
  return Number.isNaN(value) ? ends : [Math.min(ends[0], value), Math.max(ends[1], value)];
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

// Returns the value on the scale on which a weighted mean is linear in the weight; NaN where there is none.
function linear(root, value) {
  if (!Number.isFinite(root.p)) return NaN;
  const y = bent(logUp(root, root.dual ? 1 - value : value), root.p);
  return Number.isFinite(y) ? (root.dual ? -y : y) : NaN;
}

// Returns each pair's one social share at which it changes places, in rising order, with the balance there
// and how many units stand below: {i, j, share, value, below}. Pairs that never change places have none.
function crossingsOf(model) {
  const { root, n } = model;
  const f = Array.from(model.financial.value, (v) => linear(root, v));
  const s = Array.from(model.social.value, (v) => linear(root, v));
  model.full = [];
  for (let u = 0; u < n; u += 1) {
    if (!Number.isNaN(model.financial.value[u]) && !Number.isNaN(model.social.value[u])) model.full.push(u);
  }
  const found = [];
  model.full.forEach((i, at) => {
    for (let k = at + 1; k < model.full.length; k += 1) {
      const j = model.full[k];
      const df = f[i] - f[j];
      const ds = s[j] - s[i];
      if (!(df * ds > 0)) continue;
      const w = df / (df + ds);
      const y = (1 - w) * f[i] + w * s[i];
      const slack = TIE * Math.max(1, Math.abs(y));
      let below = 0;
      for (const u of model.full) if (u !== i && u !== j && (1 - w) * f[u] + w * s[u] < y - slack) below += 1;
      found.push({ i, j, share: 100 * w, value: balanceOf(model, i, 100 * w), below });
    }
  });
  return found.sort((a, b) => a.share - b.share);
}

// Returns the shares between which the leader at this share stays first.
export function safeRange(model, view) {
  const range = [0, 100];
  for (const { i, j, share } of model.crossings) {
    if (i !== view.leader && j !== view.leader) continue;
    if (share < view.share - TIE) range[0] = Math.max(range[0], share);
    else range[1] = Math.min(range[1], share);
  }
  return range;
}

// Returns how many of the watch list's places depend on the social share: those of units that are not on it
// at every share. A unit is always on it when never as many units as there are places stand below it.
export function placesDecided(model) {
  // The weakest link does not follow the weight: between the ends its order is that of any one share.
  const f = Number.isFinite(model.root.p) ? model.financial.value : viewAt(model, 50).value;
  const s = model.social.value;
  const mine = new Map(model.full.map((u) => [u, []]));
  for (const cross of model.crossings) {
    mine.get(cross.i).push(cross);
    mine.get(cross.j).push(cross);
  }
  let always = 0;
  for (const u of model.full) {
    const under = new Set(model.full.filter((v) => v !== u && (f[v] - f[u] || s[v] - s[u] || v - u) < 0));
    let most = under.size;
    mine.get(u).forEach((cross, k, list) => {
      const other = cross.i === u ? cross.j : cross.i;
      if (!under.delete(other)) under.add(other);
      const next = list[k + 1];
      if (!next || next.share > cross.share + TIE) most = Math.max(most, under.size);
    });
    if (most < model.places) always += 1;
  }
  return model.places - always;
}
