// The whole screen: what is shown at a width, at a share, in each state; the finding and the sentence.

// Fits everything to the width at hand, then draws.
function fit(live) {
  const { root, chart, control, list, model, words } = live;
  live.width = root.clientWidth || 1216;
  live.staged = isStaged(root);
  const size = live.staged ? "stage" : live.width < 600 ? "narrow" : live.width < 960 ? "middle" : "wide";
  root.dataset.size = size;
  const mode = modeOf(model);
  root.dataset.mode = mode;
  root.lang = words.language;
  const family = getComputedStyle(root).fontFamily;
  control.family = family;
  chart.small = `400 12px ${family}`;
  chart.bold = `600 ${size === "narrow" ? 12 : 13}px ${family}`;
  write(live.place("what-title"), words.say("what_changed"));
  write(live.tableTitle, words.say("as_table"));
  if (mode === "every" || mode === "one") {
    if (mode === "one") turn(live, "lines"); // one unit has no frontier
    reach(chart, model);
    fitChart(chart, model, words, live.place("chart").clientWidth, size);
    fitMap(live.map, chart, model, words);
    live.mapped = null;
    fitShare(control, model, words, chart);
    fitList(list, model, words, chart.domain, size);
    drawLines(chart, model);
  }
  lookAt(list);
  fitViews(live.views, words);
  fitThemes(live.panel, model, words);
  drawThemes(live.panel, model, words, live.locks);
  drawFinding(live, mode);
  draw(live);
  settled(live);
}

// Tells whether the component stands on a presentation's screen: its host says so.
function isStaged(root) {
  return root.getRootNode().host?.dataset.stage === "1";
}

// Returns what can be shown: "every" unit, "one" unit without a ranking, or which side is not measured at all.
function modeOf(model) {
  const has = (side) => model[side].value.some((v) => !Number.isNaN(v));
  if (!has("financial") && !has("social")) return "nothing";
  if (!has("social")) return "no-social";
  if (!has("financial")) return "no-financial";
  return model.data.one || model.n === 1 ? "one" : "every";
}

function drawFinding(live, mode) {
  const { model, words, data } = live;
  const at = (share) => words.number(viewAt(model, share).shown[0], data.decimals ?? 0);
  const wanted = live.place("wanted");
  empty(wanted);
  (mode.startsWith("no") ? data.wanted || [] : []).forEach((title) => {
    element(wanted, "li", "").textContent = title;
  });
  write(live.place("wanted-title"), words.say("wanted", { n: (data.wanted || []).length }));
  show(live.place("missing"), wanted.childElementCount > 0);
  let text = words.say(`finding_${mode.replace("-", "_")}`);
  if (mode === "one") text = words.say(data.by && data.by !== "branch" ? "finding_one_unit" : "finding_one", { from: at(0), to: at(100) });
  if (mode === "every") text = rankingFinding(model, words);
  write(live.place("finding"), text);
}

// Returns the finding on the watch list at the weighting's own share, so that it stays while the hand moves another.
function rankingFinding(model, words) {
  const { places, data } = model;
  if (!places) return words.say("finding_nothing");
  if (places === model.full.length) return words.say("finding_all_watched", { n: places });
  model.verdict ??= verdictAt(model, data.board ?? data.social ?? 50);
  const { decided, close, tied } = model.verdict;
  const key = decided === 0 ? "finding_none" : decided === places ? "finding_all" : "finding_some";
  const first = words.say(key, { n: places, decided });
  const second = words.say(decided ? "close_more" : "close_some", { n: close });
  const whole = words.say(close ? "finding_both" : "finding_alone", { first, second });
  if (!tied) return whole;
  const [a, b] = tied.map((u) => data.units[u].name);
  return `${whole} ${words.say("finding_tie", { a, b })}`;
}

// Returns which units stand out: the leader, the selected one, and the two of the latest change of places.
function marksOf(live, view) {
  const { change } = live;
  const selected = selectedIndex(live);
  const third = selected ?? (change ? change.fell : null);
  let partner = null;
  if (change) partner = third === change.fell ? change.rose : change.fell;
  if (partner === view.leader || partner === third) partner = null;
  return { leader: view.leader, partner, third, selected, cross: change ? change.cross : null };
}

// Draws all that the share and the theme weights move; called within the input event itself.
function draw(live) {
  const { model, words, chart } = live;
  const mode = live.root.dataset.mode;
  if (mode !== "every" && mode !== "one") return;
  const view = viewAt(model, live.share);
  const marks = marksOf(live, view);
  live.view = view;
  if (live.root.dataset.view === "map") drawMapAt(live, view, marks);
  else drawShare(chart, model, words, view, marks);
  drawShareControl(live.control, words, live.share, chart.x(live.share));
  live.marks = marks;
  if (mode === "every") drawList(live.list, model, words, view, marks, false);
  else drawFacts(live, view);
  drawChange(live);
  if (live.place("table").open && !chart.many) drawTable(live.table, model, words, view, live.range);
}

// Draws the map; its names wait for another selected unit, another leader or other healths.
function drawMapAt(live, view, marks) {
  const key = `${marks.selected}/${view.leader}`;
  if (live.mapped !== key) placeMap(live.map, live.model, marks);
  live.mapped = key;
  drawMap(live.map, live.model, live.words, view, marks);
}

// Draws what waits until the hand rests: the table behind its heading and the chart's own description.
function settled(live) {
  const { model, words } = live;
  const view = live.view || viewAt(model, live.share);
  if (live.place("table").open || !live.chart.many) drawTable(live.table, model, words, view, live.range);
  for (const [name, steps] of [["undo", live.past], ["redo", live.future]]) {
    put(live.panel[name], { disabled: steps.length ? null : "" });
  }
  if (live.root.dataset.mode === "every") {
    drawList(live.list, model, words, view, live.marks, true);
    nameRows(live.list, model, words, view);
  }
  const leader = view.leader === null ? DASH : model.data.units[view.leader].name;
  const said = { share: words.percent(live.share), leader };
  put(live.chart.svg, { "aria-label": words.say("chart_label", said) });
  put(live.map.svg, { "aria-label": words.say("map_label", said) });
}

function drawFacts(live, view) {
  const { model, words } = live;
  const digits = model.data.decimals ?? 0;
  const { level, text } = statusText(model, words, 0, view.value[0]);
  const host = live.place("facts");
  if (!live.facts) {
    live.unitName = element(element(host, "div", "fact unit-name"), "dt", "");
    element(live.unitName.parentNode, "dd", "");
    live.facts = ["financial", "social", "balance", "status"].map((name) => {
      const row = element(host, "div", `fact ${name}`);
      return { name: element(row, "dt", ""), value: element(row, "dd", "") };
    });
  }
  const [financial, social, balance, status] = live.facts;
  write(live.unitName, model.data.units[0].name);
  const written = (v) => (Number.isNaN(v) ? DASH : words.number(rounded(v, digits), digits));
  write(financial.name, words.say("financial_health"));
  write(financial.value, written(model.financial.value[0]));
  write(social.name, words.say("social_health"));
  write(social.value, written(model.social.value[0]));
  write(balance.name, words.say("balance_at", { share: words.percent(view.share) }));
  write(balance.value, written(view.value[0]));
  write(status.name, words.say("column_status"));
  write(status.value, text);
  put(status.value, { class: level });
}

// Writes the sentence that says what just changed places and why.
function drawChange(live) {
  const { model, words, change, data } = live;
  const name = (u) => data.units[u].name;
  let main = "";
  let more = "";
  if (change) {
    const rose = selectedIndex(live) === change.rose;
    const params = { fell: name(change.fell), rose: name(change.rose) };
    if (change.kind === "share") {
      params.share = words.percent(Math.round(change.at));
      params.plus = sideOrLeaf(words, change.reason.plus);
      params.minus = sideOrLeaf(words, change.reason.minus);
    } else params.theme = within(change.theme.title);
    main = words.say(`${change.kind}_${rose ? "rose" : "fell"}`, params);
    const open = change.cross && isOpen(model, change.fell, change.rose, change.at);
    const others = change.others > 0 ? words.say("others", { n: change.others }) : "";
    more = [open ? words.say("order_open") : "", tieText(live, change), others].filter(Boolean).join(" ");
  } else {
    const near = nearest(model, live.share);
    const first = near && isSet(data.board) ? "nothing_yet" : "nothing_moved";
    main = near ? words.say(first, { board: words.percent(data.board ?? 0) }) : words.say("never");
    const key = near && atEdge(model, near) ? "nearest_watch" : "nearest";
    if (near) more = words.say(key, { a: name(near.i), b: name(near.j), share: words.percent(Math.round(near.share)) });
  }
  write(live.place("said"), main);
  write(live.place("said-more"), more);
}

// Returns the words for two units that show the same balance at the present share; nothing where they differ.
function tieText({ view, words, data }, { fell, rose }) {
  if (view.shown[fell] !== view.shown[rose]) return "";
  const value = words.number(view.shown[fell], data.decimals ?? 0);
  return words.say("tie_now", { share: words.percent(view.share), value });
}

function sideOrLeaf(words, title) {
  return SIDES.includes(title) ? within(words.say(`${title}_health`)) : within(title);
}
