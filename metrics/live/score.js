// Scores of one unit from its leaves, by the formula of metrics/score.py: a weighted power mean at each node.
// All values are healths from 0 to 1, 1 = safest; NaN = missing.

const SLACK = 1e-12; // a share of weight that equals the asked coverage but for rounding is enough

// Returns the exponent of a node as a number; JSON has no infinity, so it says "min" and "max".
function exponentOf(value) {
  if (value === "min") return -Infinity;
  if (value === "max") return Infinity;
  return value === undefined || value === null ? 1 : Number(value);
}

// Returns the path of a node's parent; the root's own path is "".
function parentOf(path) {
  const cut = path.lastIndexOf("/");
  return cut < 0 ? "" : path.slice(0, cut);
}

// Returns a tree ready for scoring: nodes with their rule and children, in an order that meets children first.
// `tree` = {leaves: [{path, weight}], nodes: [{path, weight, exponent, epsilon, coverage, dual}]}.
export function compileTree(tree) {
  const nodes = tree.nodes.map((node, index) => ({
    index,
    path: node.path,
    weight: node.weight ?? 1,
    p: exponentOf(node.exponent),
    epsilon: node.epsilon ?? 0.1,
    cover: node.coverage ?? 0.65,
    dual: Boolean(node.dual),
    kids: [],
    weights: [],
  }));
  const at = new Map(nodes.map((node) => [node.path, node]));
  const join = (path, weight, leaf, index) => {
    const parent = at.get(parentOf(path));
    parent.kids.push({ leaf, index, path });
    parent.weights.push(weight ?? 1);
  };
  for (const node of nodes) if (node.path !== "") join(node.path, node.weight, false, node.index);
  tree.leaves.forEach((leaf, index) => join(leaf.path, leaf.weight, true, index));
  const depth = (node) => (node.path === "" ? 0 : node.path.split("/").length);
  const order = [...nodes].sort((a, b) => depth(b) - depth(a));
  return { nodes, at, order, leaves: tree.leaves.length };
}

// Returns the share of weight that is present, 0..1; NaN when no child has any weight.
export function present(values, weights) {
  let all = 0;
  let here = 0;
  for (let k = 0; k < values.length; k += 1) {
    if (!(weights[k] > 0)) continue;
    all += weights[k];
    if (!Number.isNaN(values[k])) here += weights[k];
  }
  return all > 0 ? here / all : NaN;
}

// Returns (u^p - 1) / p of a logarithm ln u, for p = 0 ln u itself: rises with u for every exponent.
export function bent(log, p) {
  return p === 0 ? log : Math.expm1(p * log) / p;
}

// Returns the logarithm of a health lifted off zero by the node's epsilon.
export function logUp(node, value) {
  return Math.log(node.epsilon + (1 - node.epsilon) * value);
}

// Returns the power mean of some healths, `most` the greatest and `least` the least of those that count. Powers
// are measured from the one that dominates: none overflows.
function bentMean(node, values, weights, all, least, most) {
  const { p, epsilon, dual } = node;
  const centre = logUp(node, p < 0 ? least : most);
  if (centre === -Infinity) return -epsilon / (1 - epsilon);
  let total = 0;
  for (let k = 0; k < values.length; k += 1) {
    if (!(weights[k] > 0) || Number.isNaN(values[k])) continue;
    total += (weights[k] / all) * bent(logUp(node, dual ? 1 - values[k] : values[k]) - centre, p);
  }
  const rise = p === 0 ? total : Math.log1p(p * total) / p;
  return (Math.exp(centre + rise) - epsilon) / (1 - epsilon);
}

// Returns the mean of the children that are present and have weight; NaN when there is none.
export function powerMean(node, values, weights) {
  const { p, dual } = node;
  let all = 0;
  let sum = 0;
  let least = Infinity;
  let most = -Infinity;
  for (let k = 0; k < values.length; k += 1) {
    const weight = weights[k];
    if (!(weight > 0) || Number.isNaN(values[k])) continue;
    const v = dual ? 1 - values[k] : values[k];
    all += weight;
    sum += weight * v;
    if (v < least) least = v;
    if (v > most) most = v;
  }
  if (!(all > 0)) return NaN;
  let mean = p < 0 ? least : most;
  if (p === 1) mean = sum / all;
  else if (Number.isFinite(p)) mean = bentMean(node, values, weights, all, least, most);
  // Rounding must not lift a mean over its greatest child, so that scores never leave 0..1.
  const kept = Math.min(Math.max(mean, least), most);
  return dual ? 1 - kept : kept;
}

// Returns what a small move of each child moves its node by: the child's share of the weight present, bent by the
// exponent; the weakest and the strongest link follow the children that are it.
function pushesOf(node, values, weights, own) {
  const { p, dual } = node;
  const turned = (v) => (dual ? 1 - v : v);
  const whole = turned(own);
  const counts = (k) => weights[k] > 0 && !Number.isNaN(values[k]) && (Number.isFinite(p) || turned(values[k]) === whole);
  let all = 0;
  for (let k = 0; k < values.length; k += 1) if (counts(k)) all += weights[k];
  return Array.from(values, (v, k) => {
    if (!counts(k) || Number.isNaN(own)) return 0;
    if (p === 1 || !Number.isFinite(p)) return weights[k] / all;
    const lift = Math.exp((p - 1) * (logUp(node, turned(v)) - logUp(node, whole)));
    return Number.isFinite(lift) ? (weights[k] / all) * lift : 0;
  });
}

// Returns the value of a node, NaN when less than the asked share of weight is present.
export function nodeValue(node, values, weights) {
  return present(values, weights) < node.cover - SLACK ? NaN : powerMean(node, values, weights);
}

// Returns a node's values: of its leaves from `leaves`, of its nodes from `nodes`; `gap` stands for what is missing.
function gather(node, leaves, nodes, gap) {
  return node.kids.map((kid) => {
    const v = kid.leaf ? leaves[kid.index] ?? NaN : nodes[kid.index];
    return Number.isNaN(v) ? gap : v;
  });
}

// Returns the share of the weight of a node's leaves that is present, 0..1.
function leafCoverage(node, leaves, nodes) {
  let here = 0;
  let all = 0;
  node.kids.forEach((kid, k) => {
    const weight = node.weights[k];
    if (!(weight > 0)) return;
    all += weight;
    here += weight * (kid.leaf ? Number(!Number.isNaN(leaves[kid.index])) : nodes[kid.index]);
  });
  return all > 0 ? here / all : 0;
}

// Returns {value, worst, best, low, high, coverage}, one number a node in the order of `compiled.nodes`.
// worst and best are exact: every missing leaf at 0, and at 1; low and high also hold the value itself, which a
// child left out by the coverage rule can put outside.
export function scoreUnit(compiled, z) {
  const blank = () => new Array(compiled.nodes.length).fill(NaN);
  const leaves = z.map((v) => (v === null || v === undefined ? NaN : v));
  const out = { value: blank(), worst: blank(), best: blank(), low: blank(), high: blank(), coverage: blank() };
  const orElse = (v, other) => (Number.isNaN(v) ? other : v);
  for (const node of compiled.order) {
    const { index, weights } = node;
    const value = nodeValue(node, gather(node, leaves, out.value, NaN), weights);
    out.value[index] = value;
    out.worst[index] = orElse(powerMean(node, gather(node, leaves, out.worst, 0), weights), 0);
    out.best[index] = orElse(powerMean(node, gather(node, leaves, out.best, 1), weights), 1);
    out.low[index] = Math.min(out.worst[index], orElse(value, 1));
    out.high[index] = Math.max(out.best[index], orElse(value, 0));
    out.coverage[index] = leafCoverage(node, leaves, out.coverage);
  }
  return out;
}

// Returns the scores of one unit for a tree as it comes in the data; what the tests call.
export function scoreTree(tree, z) {
  const compiled = compileTree(tree);
  return { paths: compiled.nodes.map((node) => node.path), ...scoreUnit(compiled, z) };
}
