// What just changed: which two units changed places, where, and what turned the scale.

// Returns how strongly each leaf pulls the balance of a unit at a social share: its derivative, 0 when missing.
function pullsOf(model, u, share) {
  const key = `${u}|${share}`;
  if (model.pulls.has(key)) return model.pulls.get(key);
  if (model.pulls.size > 64) model.pulls.clear();
  const { compiled } = model;
  const pulls = new Float64Array(compiled.leaves);
  const { value } = model.scored[u];
  const weightsOf = (node) => (node.path === "" ? node.kids.map((kid) => sideWeight(kid, share)) : node.weights);
  const down = (node, own, pull) => {
    const values = gather(node, model.z[u], value, NaN);
    pushesOf(node, values, weightsOf(node), own).forEach((part, k) => {
      const kid = node.kids[k];
      if (kid.leaf) pulls[kid.index] = pull * part;
      else if (part) down(compiled.nodes[kid.index], values[k], pull * part);
    });
  };
  const total = balanceOf(model, u, share);
  if (!Number.isNaN(total)) down(compiled.at.get(""), total, 1);
  model.pulls.set(key, pulls);
  return pulls;
}

function sideWeight(kid, share) {
  return kid.path === "social" ? share : 100 - share;
}

// Returns {plus, minus}: the leaf on which `fell` leads most in the pillar that lost weight, and the leaf on
// which it lags most in the pillar that gained; a pillar's name stands in where no leaf shows it.
function reasonOf(model, fell, rose, share, toSocial) {
  const { leaves } = model.data;
  const mine = pullsOf(model, fell, share);
  const theirs = pullsOf(model, rose, share);
  const best = { plus: null, minus: null };
  const size = { plus: TIE, minus: TIE };
  const losing = toSocial ? "financial" : "social";
  leaves.forEach((leaf, k) => {
    const a = model.z[fell][k];
    const b = model.z[rose][k];
    if (a === null || b === null) return;
    const lead = ((mine[k] + theirs[k]) / 2) * (a - b);
    const side = leaf.path.startsWith(`${losing}/`) ? "plus" : "minus";
    const effect = side === "plus" ? lead : -lead;
    if (effect > size[side]) {
      size[side] = effect;
      best[side] = leaf;
    }
  });
  const title = (leaf, fallback) => (leaf ? leaf.title || leaf.short : fallback);
  return { plus: title(best.plus, losing), minus: title(best.minus, toSocial ? "social" : "financial") };
}

// Returns the change of places that matters most on the way from one share to another, null when there is none:
// one at the edge of the watch list, else the selected unit's, else the leader's, else the last one passed. At a
// crossing itself nothing has passed yet.
function changeOnTheWay(model, from, to, selected) {
  const low = Math.min(from, to) - TIE;
  const high = Math.max(from, to) - TIE;
  const toSocial = to > from;
  const { edges, leads } = tracks(model);
  const { count, one, other, share } = pairsOf(model);
  let main = null;
  let passed = 0;
  for (let k = 0; k < count; k += 1) {
    if (!(share[k] > low && share[k] <= high)) continue;
    passed += 1;
    const key = pairKey(one[k], other[k]);
    const mine = one[k] === selected || other[k] === selected;
    const weight = edges.has(key) ? 3 : mine ? 2 : leads.has(key) ? 1 : 0;
    const later = main && (toSocial ? share[k] >= main.share : share[k] <= main.share);
    if (!main || weight > main.weight || (weight === main.weight && later)) main = { weight, k, share: share[k] };
  }
  if (!main) return null;
  const [i, j] = [one[main.k], other[main.k]];
  const f = model.financial.value;
  const [richer, poorer] = f[i] > f[j] ? [i, j] : [j, i];
  const [fell, rose] = toSocial ? [richer, poorer] : [poorer, richer];
  const reason = reasonOf(model, fell, rose, main.share, toSocial);
  const cross = crossing(model, i, j, main.share);
  return { kind: "share", cross, fell, rose, at: main.share, reason, others: passed - 1 };
}

// Returns the change of places between two orders that matters most, null when there is none.
function changeOfOrder(model, before, after, theme) {
  const was = new Int32Array(model.n);
  before.order.forEach((u, k) => {
    was[u] = k < before.ranked ? k : -1; // without a balance before, it has overtaken nobody
  });
  let main = null;
  let count = 0;
  for (let b = 0; b < after.ranked; b += 1) {
    const place = was[after.order[b]];
    for (let a = 0; a < b; a += 1) {
      if (was[after.order[a]] <= place) continue;
      count += 1;
      const edge = a < model.places && b >= model.places;
      if (!main || (edge && !main.edge)) {
        main = { kind: "theme", fell: after.order[a], rose: after.order[b], edge, theme };
      }
    }
  }
  return main && { ...main, others: count - 1 };
}

// Returns the crossing nearest to a share, one that decides the watch list before any other; null when there is none.
function nearest(model, share) {
  const { steps } = tracks(model).watch;
  const near = (best, next) => (!best || Math.abs(next.share - share) < Math.abs(best.share - share) ? next : best);
  const edge = steps.reduce(near, null);
  if (edge) return { i: Math.min(edge.out, edge.into), j: Math.max(edge.out, edge.into), share: edge.share };
  const { count, one, other, share: at } = pairsOf(model);
  let best = -1;
  for (let k = 0; k < count; k += 1) if (best < 0 || Math.abs(at[k] - share) < Math.abs(at[best] - share)) best = k;
  return best < 0 ? null : { i: one[best], j: other[best], share: at[best] };
}
