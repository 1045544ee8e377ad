// One slider a theme, 0..100, grouped by pillar, with what it comes to in percent of its pillar.

// Returns the panel; its rows are made when the themes are known. `on` = {input(path, value), settle, reset}.
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
  panel.reset = element(foot, "button", "button", { type: "button" });
  panel.reset.addEventListener("click", on.reset);
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
  const take = (node) => {
    const value = Number(node.value);
    if (node.value !== "" && value >= 0 && value <= 100) panel.on.input(theme, value);
  };
  for (const node of [slider, box]) {
    node.addEventListener("input", () => take(node));
    node.addEventListener("change", () => {
      box.value = slider.value; // whatever was typed and not taken
      panel.on.settle();
    });
  }
  return { theme, slider, box, part };
}

// Fits the panel to the themes of a model.
function fitThemes(panel, model, words) {
  write(panel.title, words.say("adjust_themes", { n: model.themes.length }));
  write(panel.note, words.say("themes_note"));
  write(panel.reset, words.say("themes_reset"));
  panel.rows.forEach(({ slider }) => slider.parentNode.remove());
  panel.rows = [];
  for (const { side, group, legend } of panel.groups) {
    write(legend, words.say(`${side}_health`));
    for (const theme of model.themes) {
      if (theme.side === side) panel.rows.push(makeThemeRow(panel, group, theme, words));
    }
  }
}

// Draws the sliders, boxes and percentages.
function drawThemes(panel, model, words) {
  for (const { theme, slider, box, part } of panel.rows) {
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
