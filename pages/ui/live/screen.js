// The whole screen: what is shown at a width, at a share, in each state; the finding and the sentence.

// Fits everything to the width at hand, then draws.
function fit(live) {
  const { root, chart, control, list, model, words } = live;
  live.width = root.clientWidth || 1216;
  const size = live.width < 600 ? "narrow" : live.width < 960 ? "middle" : "wide";
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
    reach(chart, model);
    fitChart(chart, model, words, live.place("chart").clientWidth, size === "narrow");
    fitShare(control, model, words, chart);
    fitList(list, model, words, chart.domain, size === "narrow");
    drawLines(chart, model);
  }
  lookAt(list);
  fitThemes(live.panel, model, words);
  drawThemes(live.panel, model, words);
  drawFinding(live, mode);
  draw(live);
  settled(live);
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

function rankingFinding(model, words) {
  const { places } = model;
  if (!places) return words.say("finding_nothing");
  if (places === model.full.length) return words.say("finding_all_watched", { n: places });
  const decided = placesDecided(model);
  const key = decided === 0 ? "finding_none" : decided === places ? "finding_all" : "finding_some";
  return words.say(key, { n: places, decided });
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
  drawShare(chart, model, words, view, marks);
  drawShareControl(live.control, words, live.share, chart.x(live.share));
  live.marks = marks;
  if (mode === "every") drawList(live.list, model, words, view, marks, false);
  else drawFacts(live, view);
  drawChange(live);
  if (live.place("table").open) drawTable(live.table, model, words, view);
}

// Draws what waits until the hand rests: the table behind its heading and the chart's own description.
function settled(live) {
  const { model, words } = live;
  const view = live.view || viewAt(model, live.share);
  drawTable(live.table, model, words, view);
  if (live.root.dataset.mode === "every") {
    drawList(live.list, model, words, view, live.marks, true);
    nameRows(live.list, model, words, view);
  }
  const leader = view.leader === null ? DASH : model.data.units[view.leader].name;
  put(live.chart.svg, { "aria-label": words.say("chart_label", { share: words.percent(live.share), leader }) });
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
    more = [open ? words.say("order_open") : "", change.others > 0 ? words.say("others", { n: change.others }) : ""].join(" ").trim();
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

function sideOrLeaf(words, title) {
  return SIDES.includes(title) ? within(words.say(`${title}_health`)) : within(title);
}
