// Weights under the hand: a locked theme keeps its percent of its pillar; every release can be undone and done again.

// Returns the theme weights after one theme of a pillar is moved to a value (0..100). Where a theme of the pillar is
// locked all of the pillar stands in percent: the locked keep theirs, the others share the rest in proportion.
function weightsWith(model, themes, locks, moved, value) {
  const locked = (theme) => locks.has(theme.path);
  const own = model.themes.filter(({ side }) => side === moved.side);
  if (locked(moved)) return themes;
  if (!own.some(locked)) return { ...themes, [moved.path]: value };
  const percents = percentsOf(own);
  const sum = (list) => list.reduce((total, { path }) => total + percents[path], 0);
  const rest = 100 - sum(own.filter(locked));
  const others = own.filter((theme) => theme !== moved && !locked(theme));
  const kept = others.length ? Math.min(value, rest) : rest;
  const before = sum(others);
  for (const { path } of others) {
    percents[path] = (rest - kept) * (before > 0 ? percents[path] / before : 1 / others.length);
  }
  return { ...themes, ...percents, [moved.path]: kept };
}

// Returns what the weights of some themes of one pillar come to, in percent of it.
function percentsOf(themes) {
  const weight = ({ parent, position }) => parent.weights[position];
  const all = themes.reduce((total, theme) => total + weight(theme), 0);
  return Object.fromEntries(themes.map((theme) => [theme.path, all > 0 ? (100 * weight(theme)) / all : 0]));
}

// Locks or frees a theme. The picture stays: only the proportions of a pillar count.
function toggleLock(live, theme) {
  const { locks, model } = live;
  if (locks.has(theme.path)) locks.delete(theme.path);
  else {
    locks.add(theme.path);
    live.themes = { ...live.themes, ...percentsOf(model.themes.filter(({ side }) => side === theme.side)) };
    rescore(live);
    live.change = keepChange(live);
    draw(live);
  }
  drawThemes(live.panel, model, live.words, locks);
}

// Keeps what was let go of, as a step that can be undone.
function remember(live) {
  const now = { share: live.share, themes: live.themes };
  if (JSON.stringify(now) === JSON.stringify(live.last)) return;
  if (live.last) live.past.push(live.last);
  live.future = [];
  live.last = now;
}

// Goes one step back, or one step forward again.
function step(live, back) {
  const [from, to] = back ? [live.past, live.future] : [live.future, live.past];
  if (!from.length) return;
  to.push(live.last);
  live.last = from.pop();
  live.themes = { ...live.last.themes };
  rescore(live);
  live.change = changeOnTheWay(live.model, live.share, live.last.share, selectedIndex(live)) || keepChange(live);
  live.share = live.last.share;
  draw(live);
  settle(live);
}

function listenToKeys(live) {
  live.root.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const back = key === "z" && !event.shiftKey;
    if (!back && key !== "y" && key !== "z") return;
    event.preventDefault();
    step(live, back);
  });
}
