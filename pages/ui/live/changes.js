// What just changed: which two units changed places, where, and what turned the scale.

// Returns how strongly each leaf pulls the balance of a unit at a social share: its derivative, 0 when missing.
function pullsOf(model, u, share) {
  const key = `${u}|${share}`;
  if (model.pulls.has(key)) return model.pulls.get(key);
  const { compiled } = model;
  const pulls = new Float64Array(compiled.leaves);
  const { value } = model.scored[u];
  const weightsOf = (node) => (node.path === "" ? node.kids.map((kid) => sideWeight(kid, share)) : node.weights);
  const down = (node, own, pull) => {
    const values = node.kids.map((kid) => (kid.leaf ? model.z[u][kid.index] ?? NaN : value[kid.index]));
    const weights = weightsOf(node);
    const all = weights.reduce((sum, w, k) => sum + (w > 0 && !Number.isNaN(values[k]) ? w : 0), 0);
    node.kids.forEach((kid, k) => {
      if (!(weights[k] > 0) || Number.isNaN(values[k]) || !(all > 0)) return;
      const part = pull * (weights[k] / all) * bend(node, values[k], own);
      if (kid.leaf) pulls[kid.index] = part;
      else down(compiled.nodes[kid.index], values[k], part);
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

// Returns how much more than its weight a child counts under an exponent other than 1.
function bend(node, child, own) {
  const up = (v) => node.epsilon + (1 - node.epsilon) * (node.dual ? 1 - v : v);
  if (!Number.isFinite(node.p)) return Math.abs(child - own) < TIE ? 1 : 0;
  return node.p === 1 ? 1 : Math.pow(Math.max(up(child), TIE) / Math.max(up(own), TIE), node.p - 1);
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

// Returns the crossings passed on the way from one share to another; at a crossing itself nothing has passed yet.
function passed(model, from, to) {
  const low = Math.min(from, to) - TIE;
  const high = Math.max(from, to) - TIE;
  return model.crossings.filter(({ share }) => share > low && share <= high);
}

// Returns the change of places that matters most on the way from one share to another, null when there is none:
// one at the edge of the watch list, else the selected unit's, else the leader's, else the last one passed.
function changeOnTheWay(model, from, to, selected) {
  const list = passed(model, from, to);
  if (!list.length) return null;
  const toSocial = to > from;
  if (!toSocial) list.reverse();
  const weight = (cross) => {
    const { i, j, below } = cross;
    if (atEdge(model, cross)) return 3;
    if (i === selected || j === selected) return 2;
    return below === model.full.length - 2 ? 1 : 0;
  };
  let main = list[0];
  for (const cross of list) if (weight(cross) >= weight(main)) main = cross;
  const f = model.financial.value;
  const richer = f[main.i] > f[main.j] ? main.i : main.j;
  const poorer = richer === main.i ? main.j : main.i;
  const [fell, rose] = toSocial ? [richer, poorer] : [poorer, richer];
  const reason = reasonOf(model, fell, rose, main.share, toSocial);
  return { kind: "share", cross: main, fell, rose, at: main.share, reason, others: list.length - 1 };
}

// Returns the change of places between two orders that matters most, null when there is none.
function changeOfOrder(model, before, after, theme) {
  const was = new Map(before.order.map((u, k) => [u, k]));
  let main = null;
  let count = 0;
  for (let b = 0; b < after.ranked; b += 1) {
    for (let a = 0; a < b; a += 1) {
      const [fell, rose] = [after.order[a], after.order[b]];
      if (!(was.get(fell) > was.get(rose)) || was.get(fell) >= before.ranked) continue;
      count += 1;
      const edge = a < model.places && b >= model.places;
      if (!main || (edge && !main.edge)) main = { kind: "theme", fell, rose, edge, theme };
    }
  }
  return main && { ...main, others: count - 1 };
}

// Tells whether a crossing decides who is on the watch list.
function atEdge(model, cross) {
  return cross.below === model.places - 1 && model.places < model.full.length;
}

// Returns the crossing nearest to a share, one that decides the watch list before any other; null when there is none.
function nearest(model, share) {
  const edges = model.crossings.filter((cross) => atEdge(model, cross));
  let best = null;
  for (const cross of edges.length ? edges : model.crossings) {
    if (!best || Math.abs(cross.share - share) < Math.abs(best.share - share)) best = cross;
  }
  return best;
}

// Tells whether two intervals overlap and at least one of them is more than a point.
function overlap(one, other) {
  if (!(one[1] - one[0] > TIE) && !(other[1] - other[0] > TIE)) return false;
  return one[0] <= other[1] && other[0] <= one[1];
}

// Tells whether what is missing leaves the order of two units open at this share.
function isOpen(model, a, b, share) {
  const [one, other] = [a, b].map((u) => intervalOf(model, u, share, balanceOf(model, u, share)));
  return overlap(one, other);
}
