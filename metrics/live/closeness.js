// How sure an order is: what survey error and missing data leave open, and what the weight alone decides.
// Mirrors metrics/closeness.py and metrics/robust.py.

// Returns for each unit and pillar what the survey error of its leaves does to each child of the pillar:
// squared half-widths {down, up} by child; null where no leaf of the unit has an interval.
function spreadsOf(model) {
  const { compiled, data } = model;
  return data.units.map(({ spans = [] }, u) => {
    const ends = new Map(spans.map(([leaf, low, high]) => [leaf, [low, high]]));
    if (!ends.size || data.units[u].too_few) return null;
    const sum = (kid, part) => {
      let total = 0;
      leafPushes(model, u, kid, 1, (leaf, push) => {
        if (!ends.has(leaf)) return;
        const [low, high] = ends.get(leaf);
        total += (push * (part === "down" ? model.z[u][leaf] - low : high - model.z[u][leaf])) ** 2;
      });
      return total;
    };
    const of = (side, part) => compiled.at.get(side).kids.map((kid) => sum(kid, part));
    return Object.fromEntries(SIDES.map((side) => [side, { down: of(side, "down"), up: of(side, "up") }]));
  });
}

// Calls `visit(leaf, derivative)` for every leaf at or below a child, by the score of that child.
function leafPushes(model, u, kid, push, visit) {
  if (kid.leaf) {
    if (isSet(model.z[u][kid.index])) visit(kid.index, push);
    return;
  }
  const node = model.compiled.nodes[kid.index];
  const scores = model.scored[u].value;
  const values = gather(node, model.z[u], scores, NaN);
  pushesOf(node, values, node.weights, scores[node.index]).forEach((part, k) => {
    if (part) leafPushes(model, u, node.kids[k], push * part, visit);
  });
}

// Returns the half-width of a pillar: the root of the sum of squares of (derivative x half-width) over its leaves.
function spreadOf(model, node, u, part, values, own) {
  const spread = model.spreads[u];
  if (!spread || Number.isNaN(own)) return 0;
  const squares = spread[node.path][part];
  let sum = 0;
  pushesOf(node, values, node.weights, own).forEach((push, k) => {
    sum += push * push * squares[k];
  });
  return Math.sqrt(sum);
}

// Returns the interval of a balance: what is missing at its worst and at its best, widened by survey error.
export function intervalOf(model, u, share, value) {
  const weights = [100 - share, share];
  const { financial, social, root } = model;
  const low = powerMean(root, [financial.worst[u], social.worst[u]], weights);
  const high = powerMean(root, [financial.best[u], social.best[u]], weights);
  if (Number.isNaN(value)) return [low, high];
  const bounds = [Math.min(low, value), Math.max(high, value)];
  if (!model.spreads[u]) return bounds;
  const [f, s] = pushesOf(root, [financial.value[u], social.value[u]], weights, value);
  const half = (part) => Math.sqrt((f * financial[part][u]) ** 2 + (s * social[part][u]) ** 2);
  return [Math.max(0, bounds[0] - half("down")), Math.min(1, bounds[1] + half("up"))];
}

// Returns the intervals of all units at a share; null for one without a balance.
function intervalsAt(model, view) {
  return view.value.map((value, u) => (Number.isNaN(value) ? null : intervalOf(model, u, view.share, value)));
}

// Tells whether two intervals overlap and at least one of them is wider than a rounding: too close to call.
function overlap(one, other) {
  if (!one || !other || (!(one[1] - one[0] > TIE) && !(other[1] - other[0] > TIE))) return false;
  return one[0] <= other[1] && other[0] <= one[1];
}

// Returns "close", "decided" or "settled" for two units with a balance, by their intervals at a share.
function classOf(model, intervals, a, b) {
  if (overlap(intervals[a], intervals[b])) return "close";
  return Number.isNaN(flipOf(model, a, b)) ? "settled" : "decided";
}

// Returns how many pairs of units are settled, decided by the weight, or too close to call at a share; `each` the
// same by unit.
export function classesAt(model, view) {
  const ranked = view.order.slice(0, view.ranked);
  const intervals = intervalsAt(model, view);
  const none = () => ({ settled: 0, decided: 0, close: 0 });
  const found = { ...none(), each: view.value.map(none) };
  ranked.forEach((a, k) => {
    for (const b of ranked.slice(k + 1)) {
      const kind = classOf(model, intervals, a, b);
      found[kind] += 1;
      found.each[a][kind] += 1;
      found.each[b][kind] += 1;
    }
  });
  return found;
}

// Tells whether two units stay too close to call at a share.
function isOpen(model, a, b, share) {
  const [one, other] = [a, b].map((u) => intervalOf(model, u, share, balanceOf(model, u, share)));
  return overlap(one, other);
}

// Returns what can be said of the watch list at a share: its units, how many of its places the weight decides, how many
// comparisons of a unit on it with one off it are too close to call, and who tie for its last place as displayed.
export function verdictAt(model, share) {
  const view = viewAt(model, share);
  const order = ranking(model, view);
  const intervals = intervalsAt(model, view);
  const { places } = model;
  const [list, off] = [order.slice(0, places), order.slice(places)];
  const at = new Map(order.map((u, k) => [u, k]));
  const start = startOrder(model);
  const decided = list.filter((u) => leaves(model, u, order, intervals, at, start)).length;
  let close = 0;
  for (const a of list) for (const b of off) close += overlap(intervals[a], intervals[b]) ? 1 : 0;
  const [last, next] = [list.at(-1), off[0]];
  const tied = off.length && list.length && view.shown[last] === view.shown[next] ? [last, next] : null;
  return { list, decided, close, tied };
}

// Tells whether a unit of the watch list leaves it somewhere through changes of places with units from which it is not
// too close to call; against the others it stays where it stands.
function leaves(model, u, order, intervals, at, start) {
  let under = 0; // how many units stand below it, from a share of 0 on
  const events = [];
  for (const v of order) {
    if (v === u) continue;
    const close = overlap(intervals[u], intervals[v]);
    if (close ? at.get(v) < at.get(u) : start(v, u) < 0) under += 1;
    const share = close ? NaN : flipOf(model, u, v);
    if (!Number.isNaN(share)) events.push({ share, step: model.social.value[u] > model.social.value[v] ? 1 : -1 });
  }
  if (under >= model.places) return true;
  events.sort((a, b) => a.share - b.share);
  return events.some(({ share, step }, k) => {
    under += step;
    const same = k + 1 < events.length && events[k + 1].share <= share + TIE;
    return !same && under >= model.places;
  });
}

// Returns where a unit's balance crosses the limits, as they are displayed: [{level, share, rises}], in rising order.
export function limitCrossings(model, u) {
  const { limit, critical } = model.data;
  const marks = [["below", limit], ["critical", critical]].filter(([, value]) => isSet(value));
  const found = marks.map(([level, value]) => ({ level, ...crossOf(model, u, shownLimit(model, value)) }));
  return found.filter(({ share }) => !Number.isNaN(share)).sort((a, b) => a.share - b.share);
}

// Returns the least health (0..1) that is displayed as a limit or more.
function shownLimit(model, limit) {
  return (limit - 0.5 / 10 ** (model.data.decimals ?? 0)) / 100;
}

// Returns the share at which a balance crosses a health, NaN where it never does, and whether it rises there.
function crossOf(model, u, health) {
  const [F, S] = [model.financial.value[u], model.social.value[u]];
  const { f, s } = bentSides(model);
  const share = (F - health) * (S - health) < 0 ? (100 * (linear(model.root, health) - f[u])) / (s[u] - f[u]) : NaN;
  return { share: Number.isFinite(share) ? Math.min(100, Math.max(0, share)) : NaN, rises: S > F };
}

// Returns for each unit in which part (0..1) of a range of shares it leads, is on the watch list, and is critical;
// null for a unit without both healths.
export function partsOf(model, low, high) {
  const { watch, first } = tracks(model);
  const parts = { first: new Float64Array(model.n), watch: new Float64Array(model.n) };
  const width = high - low;
  const inside = (share) => Math.min(high, Math.max(low, share));
  const walk = (track, name, others) => {
    const part = parts[name];
    const held = new Set(others ? model.full.filter((u) => !track.start.includes(u)) : track.start);
    let from = low;
    const pass = (to) => {
      for (const u of held) part[u] += (to - from) / width;
      from = to;
    };
    for (const { out, into, share } of track.steps) {
      pass(inside(share));
      held.delete(others ? into : out);
      held.add(others ? out : into);
    }
    pass(high);
  };
  walk(watch, "watch", false);
  walk(first, "first", true);
  const { critical } = model.data;
  const red = (u) => (isSet(critical) ? belowPart(model, u, shownLimit(model, critical), low, high) : 0);
  const of = (u) => ({ first: parts.first[u], watch: parts.watch[u], red: red(u) });
  return model.isFull.map((full, u) => (full ? of(u) : null));
}

// Returns in which part of a range of shares a unit's balance is below a health.
function belowPart(model, u, health, low, high) {
  const { share, rises } = crossOf(model, u, health);
  if (Number.isNaN(share)) return balanceOf(model, u, 50) < health ? 1 : 0;
  const at = Math.min(high, Math.max(low, share));
  return (rises ? at - low : high - at) / (high - low);
}
