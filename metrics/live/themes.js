// One slider a theme, 0..100, grouped by pillar, with what it comes to in percent of its pillar.

const PADLOCK = "M2.5 6.5h9v7h-9ZM4.5 6.5V4a2.5 2.5 0 0 1 5 0"; // closed with V6.5, open without

// Returns the panel; its rows are made when the themes are known.
// `on` = {input(theme, value), settle, reset, lock(theme), undo, redo}.
function makeThemes(host, on) {
  const panel = { host, rows: [], on };
  panel.title = element(element(host, "summary", ""), "span", "");
  const body = element(host, "div", "themes-body");
  panel.groups = SIDES.map((side) => {
    const group = element(body, "fieldset", side);
    return { side, group, legend: element(group, "legend", "") };
  });
  const foot = element(body, "div", "themes-foot");
  panel.note = element(foot, "span", "grey");
  const buttons = element(foot, "span", "themes-buttons");
  for (const name of ["undo", "redo", "reset"]) {
    panel[name] = element(buttons, "button", `button ${name}`, { type: "button" });
    panel[name].addEventListener("click", on[name]);
  }
  return panel;
}

function makeThemeRow(panel, group, theme, words) {
  const row = element(group, "div", "theme");
  const name = element(row, "span", "theme-name");
  name.textContent = theme.title;
  const label = words.say("weight_of", { theme: theme.title });
  const slider = element(row, "input", "theme-slider", { type: "range", min: 0, max: 100, step: 1, "aria-label": label });
  const rules = { type: "number", min: 0, max: 100, step: 1, inputmode: "numeric", "aria-label": label };
  const box = element(element(row, "span", "number-box small"), "input", "", rules);
  const part = element(row, "output", "part");
  const lock = element(row, "button", "lock", { type: "button" });
  const icon = shape(shape(lock, "svg", "", { width: 14, height: 15, "aria-hidden": "true" }), "path", "", {});
  const lockLabel = words.say("lock", { theme: theme.title });
  put(lock, { "aria-label": lockLabel, title: lockLabel });
  lock.addEventListener("click", () => panel.on.lock(made.theme));
  const take = (node) => {
    const value = Number(node.value);
    if (node.value !== "" && value >= 0 && value <= 100) panel.on.input(made.theme, value);
  };
  for (const node of [slider, box]) {
    node.addEventListener("input", () => take(node));
    node.addEventListener("change", () => {
      box.value = slider.value; // whatever was typed and not taken
      panel.on.settle();
    });
  }
  const made = { theme, slider, box, part, lock, icon };
  return made;
}

// Fits the panel to the themes of a model.
function fitThemes(panel, model, words) {
  write(panel.title, words.say("adjust_themes", { n: model.themes.length }));
  write(panel.note, words.say("themes_note"));
  write(panel.reset, words.say("themes_reset"));
  write(panel.undo, words.say("undo"));
  write(panel.redo, words.say("redo"));
  // The same themes keep their rows, and with them the keyboard's place.
  const key = JSON.stringify([words.language, ...model.themes.map(({ path, title }) => [path, title])]);
  if (panel.key === key) {
    panel.rows.forEach((row, k) => {
      row.theme = model.themes[k];
    });
    return;
  }
  panel.key = key;
  panel.rows.forEach(({ slider }) => slider.parentNode.remove());
  panel.rows = [];
  for (const { side, group, legend } of panel.groups) {
    write(legend, words.say(`${side}_health`));
    for (const theme of model.themes) {
      if (theme.side === side) panel.rows.push(makeThemeRow(panel, group, theme, words));
    }
  }
}

// Draws the sliders, boxes, percentages and locks.
function drawThemes(panel, model, words, locks) {
  for (const { theme, slider, box, part, lock, icon } of panel.rows) {
    const locked = locks.has(theme.path);
    put(lock, { "aria-pressed": locked });
    put(icon, { d: locked ? `${PADLOCK}V6.5` : PADLOCK });
    for (const node of [slider, box]) put(node, { disabled: locked ? "" : null });
    const { weights } = theme.parent;
    const value = weights[theme.position];
    const all = weights.reduce((sum, w) => sum + w, 0);
    const whole = Math.round(value);
    if (Number(slider.value) !== whole) slider.value = whole;
    if (box.value === "" || Number(box.value) !== whole) box.value = whole;
    const percent = all > 0 ? words.percent((100 * value) / all) : DASH;
    write(part, percent);
    put(slider, { "aria-valuetext": words.say("weight_value", { value: whole, percent }) });
  }
}
