// The control of the social share: the slider as wide as the plot, the named shares below it, the number box.

// Returns the control. `on` = {input, settle, copy, reset}: input while it moves, settle when it is let go.
function makeShare(host, tools, on) {
  const slider = element(host, "input", "slider", { type: "range", min: 0, max: 100, step: 1 });
  const track = shape(host, "svg", "track", { height: 32, "aria-hidden": "true" });
  const share = { host, slider, track, presets: [] };
  share.bar = shape(track, "path", "bar-line", {});
  share.marks = shape(track, "path", "tick", {});
  share.ends = ["financial", "social"].map((side) => shape(track, "circle", side, { cy: 16, r: 5 }));
  share.gap = shape(track, "path", "gap", {});
  share.rule = shape(track, "path", "rule crisp", {});
  share.focus = shape(track, "path", "focus", {});
  share.now = element(host, "output", "now", { "aria-hidden": "true" });
  share.names = element(host, "div", "names");
  const field = element(tools, "label", "field");
  share.label = element(field, "span", "grey");
  const box = element(field, "span", "number-box");
  const rules = { type: "number", min: 0, max: 100, step: 1, inputmode: "numeric" };
  share.box = element(box, "input", "", rules);
  share.unit = element(box, "span", "grey", { "aria-hidden": "true" });
  share.copy = element(tools, "button", "button", { type: "button" });
  share.reset = element(tools, "button", "button quiet", { type: "button" });
  share.slider.addEventListener("input", () => on.input(Number(share.slider.value)));
  share.slider.addEventListener("change", () => on.settle());
  share.box.addEventListener("input", () => typed(share, on.input));
  share.box.addEventListener("change", () => on.settle());
  share.names.addEventListener("click", (event) => {
    const named = event.target.closest("button");
    if (!named) return;
    on.input(Number(named.dataset.share));
    on.settle();
  });
  share.copy.addEventListener("click", on.copy);
  share.reset.addEventListener("click", on.reset);
  return share;
}

// Takes a typed share when it is one; anything else waits, and the box returns to the share when it is left.
function typed(share, input) {
  const { value } = share.box;
  const number = Number(value);
  if (value !== "" && number >= 0 && number <= 100) input(Math.round(number));
}

// Fits the control to the plot above it: slider, ticks and named shares stand on the same scale.
function fitShare(share, model, words, chart) {
  const { left, right, width, narrow } = chart;
  const x = (value) => left + ((right - left) * value) / 100;
  put(share.track, { width, viewBox: `0 0 ${width} 32` });
  put(share.bar, { d: `M${left} 16H${px(right)}` });
  [left, right].forEach((at, k) => put(share.ends[k], { cx: px(at) }));
  // The thumb's middle runs from half its width to the end less half: the box is one thumb wider than the plot.
  style(share.slider, "left", `${left - 12}px`);
  style(share.slider, "width", `${right - left + 24}px`);
  const named = namedShares(model.data, words);
  put(share.marks, { d: named.map((preset) => `M${px(x(preset.social))} 23v6`).join("") || null });
  put(share.slider, { "aria-label": words.say("social_share") });
  write(share.label, words.say("social_share"));
  write(share.unit, "%");
  write(share.copy, words.say("copy_link"));
  show(share.copy, !model.data.alone); // a file of its own has no address to hand on
  write(share.reset, words.say("reset"));
  const ends = [
    { title: words.say("financial_only"), social: 0, className: "financial" },
    { title: words.say("social_only"), social: 100, className: "social" },
  ];
  const order = narrow ? [...ends, ...named] : [ends[0], ...named, ends[1]];
  fitNames(share, words, order, x, width, narrow);
  const room = ends.map((end) => textWidth(end.title, `500 13px ${share.family}`) + 26);
  share.clamp = (at) => Math.min(width - room[1], Math.max(room[0], at));
}

// Returns the named shares between the ends, the board's own among them.
function namedShares({ presets = [], board }, words) {
  const named = presets.filter((preset) => preset.social > 0 && preset.social < 100);
  const own = isSet(board) && board > 0 && board < 100 && !named.some((preset) => preset.social === board);
  if (own) named.push({ title: words.say("board"), social: board });
  return named.sort((a, b) => a.social - b.social);
}

// Makes the named shares; under the track where there is room, the least urgent names left out where two meet.
function fitNames(share, words, named, x, width, narrow) {
  empty(share.names);
  const font = `400 12px ${share.family}`;
  let free = -Infinity;
  const last = width - textWidth(named.find(({ social }) => social === 100)?.title ?? "", font) - 8;
  share.presets = named.map((preset) => {
    const node = element(share.names, "button", `named ${preset.className || ""}`, { type: "button" });
    const title = element(node, "span", "named-title");
    title.textContent = preset.title;
    element(node, "span", "grey").textContent = words.percent(preset.social);
    node.dataset.share = preset.social;
    if (!narrow) {
      const half = Math.max(22, textWidth(preset.title, font) / 2 + 2);
      const end = preset.social === 0 ? "start" : preset.social === 100 ? "end" : "";
      node.classList.toggle("at-end", end === "end");
      node.classList.toggle("at-start", end === "start");
      if (!end) node.style.left = `${x(preset.social)}px`;
      const from = end === "start" ? 0 : end === "end" ? width - 2 * half : x(preset.social) - half;
      if (!end && (from < free + 4 || from + 2 * half > last)) title.textContent = "";
      else free = from + 2 * half;
    }
    node.title = preset.title;
    return { node, social: preset.social };
  });
}

// Draws the control at a share.
function drawShareControl(share, words, value, x) {
  const diamond = (half) => `M${px(x)} ${16 - half}l${half} ${half}l${-half} ${half}l${-half} ${-half}Z`;
  put(share.rule, { d: `M${px(x)} 0V16` });
  put(share.gap, { d: diamond(14) });
  put(share.focus, { d: diamond(15.5) });
  if (Number(share.slider.value) !== value) share.slider.value = value;
  if (share.box.value === "" || Number(share.box.value) !== value) share.box.value = value;
  const text = words.say("share_value", { social: words.percent(value), financial: words.percent(100 - value) });
  put(share.slider, { "aria-valuetext": text });
  write(share.now, words.percent(value));
  style(share.now, "left", `${px(share.clamp(x))}px`);
  for (const { node, social } of share.presets) put(node, { "aria-pressed": social === value });
}

// Copies a text; where the clipboard is closed to the page, by a selected field.
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = element(document.body, "textarea", "");
    field.value = text;
    field.style.cssText = "position:fixed;opacity:0";
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
