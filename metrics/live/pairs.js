// Pairs of units that change places: where, and which of them change the watch list or the leader. A pair changes
// places at most once, for every exponent, because a balance's bent power is linear in the social share.

// Returns the social share at which two units change places, NaN where they never do.
function flipOf(model, i, j) {
  const F = model.financial.value;
  const S = model.social.value;
  if (!((F[i] - F[j]) * (S[i] - S[j]) < 0)) return NaN;
  const { f, s } = bentSides(model);
  const df = f[i] - f[j];
  const share = df / (df + s[j] - s[i]);
  return Number.isFinite(share) ? 100 * Math.min(1, Math.max(0, share)) : NaN;
}

// Returns both healths of all units on the scale on which a balance is linear in the share.
function bentSides(model) {
  if (!model.bent) {
    const { root } = model;
    const bentOf = (side) => Float64Array.from(model[side].value, (v) => linear(root, v));
    model.bent = { f: bentOf("financial"), s: bentOf("social") };
  }
  return model.bent;
}

// Returns the value on the scale on which a weighted mean is linear in the weight; NaN where there is none.
function linear(root, value) {
  if (!Number.isFinite(root.p)) return NaN;
  const y = bent(logUp(root, root.dual ? 1 - value : value), root.p);
  return Number.isFinite(y) ? (root.dual ? -y : y) : NaN;
}

// Returns every pair that changes places, in no order: {count, one, other, share}, arrays of which `count` are used.
function pairsOf(model) {
  if (model.pairs) return model.pairs;
  const { full } = model;
  const size = (full.length * (full.length - 1)) / 2;
  const pairs = { count: 0, one: new Uint16Array(size), other: new Uint16Array(size), share: new Float64Array(size) };
  for (let a = 0; a < full.length; a += 1) {
    for (let b = a + 1; b < full.length; b += 1) {
      const share = flipOf(model, full[a], full[b]);
      if (Number.isNaN(share)) continue;
      pairs.one[pairs.count] = full[a];
      pairs.other[pairs.count] = full[b];
      pairs.share[pairs.count] = share;
      pairs.count += 1;
    }
  }
  model.pairs = pairs;
  return pairs;
}

function crossing(model, i, j, share) {
  return { i, j, share, value: balanceOf(model, i, share) };
}

// Returns the pairs that change places in rising order of their share, each with the balance there.
function crossingsOf(model) {
  const { count, one, other, share } = pairsOf(model);
  const order = Array.from({ length: count }, (_, k) => k).sort((a, b) => share[a] - share[b]);
  return order.map((k) => crossing(model, one[k], other[k], share[k]));
}

// Returns which of two units stands lower just above a share of 0, below 0 where it is the first. The weakest link
// does not follow the weight: between the ends its order is that of any one share.
function startOrder(model) {
  const s = model.social.value;
  const f = Number.isFinite(model.root.p) ? model.financial.value : model.full.reduce((held, u) => {
    held[u] = balanceOf(model, u, 50);
    return held;
  }, new Float64Array(model.n));
  return (a, b) => f[a] - f[b] || s[a] - s[b] || a - b;
}

// Returns how the set of the `size` lowest units changes from a share of 0 to 100:
// {start, steps: [{out, into, share}]}.
function trackOf(model, size) {
  const order = [...model.full].sort(startOrder(model));
  const low = order.slice(0, size);
  const rest = order.slice(size);
  const steps = [];
  const s = model.social.value;
  for (;;) {
    let next = null;
    low.forEach((a, at) => {
      rest.forEach((b, to) => {
        if (!(s[a] > s[b])) return; // only who gains on the other leaves below it
        const share = flipOf(model, a, b);
        if (share < (next ? next.share : Infinity)) next = { at, to, share };
      });
    });
    if (!next) return { start: order.slice(0, size), steps };
    const { at, to, share } = next;
    steps.push({ out: low[at], into: rest[to], share });
    [low[at], rest[to]] = [rest[to], low[at]];
  }
}

// Returns the track of the watch list, and that of all units but the leader.
function tracks(model) {
  if (!model.tracks) {
    const last = Math.max(0, model.full.length - 1);
    const watch = trackOf(model, model.places);
    const first = trackOf(model, last);
    const keys = ({ steps }) => new Set(steps.map(({ out, into }) => pairKey(out, into)));
    model.tracks = { watch, first, edges: keys(watch), leads: keys(first) };
  }
  return model.tracks;
}

function pairKey(i, j) {
  return Math.min(i, j) * 65536 + Math.max(i, j);
}

// Tells whether a crossing decides who is on the watch list.
function atEdge(model, { i, j }) {
  return tracks(model).edges.has(pairKey(i, j));
}

// Returns the shares in which every unit of the front stays before every unit of the back.
function aheadRange(model, front, back) {
  const range = [0, 100];
  const s = model.social.value;
  for (const a of front) {
    for (const b of back) {
      const share = flipOf(model, a, b);
      if (Number.isNaN(share)) continue;
      // A unit of the front that leads on the social side is ahead from the crossing on, otherwise up to it.
      if (s[a] > s[b]) range[0] = Math.max(range[0], share);
      else range[1] = Math.min(range[1], share);
    }
  }
  return range;
}

// Returns the shares between which the leader at this share stays first.
export function safeRange(model, view) {
  const order = ranking(model, view);
  return aheadRange(model, order.slice(-1), order.slice(0, -1));
}

// Returns the shares between which the watch list at this share keeps its units.
export function watchRange(model, view) {
  const order = ranking(model, view);
  return aheadRange(model, order.slice(model.places), order.slice(0, model.places));
}

// Returns the units with both healths in the order of a view, worst first.
function ranking(model, view) {
  return view.order.filter((u) => model.isFull[u]);
}
