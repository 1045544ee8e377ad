// Below the plot: in which range of shares the leader stays first and the watch list keeps its units; and on the
// selected line, where it crosses a limit.

const BESIDE = [[8, -9, "start"], [-8, 17, "end"], [8, 17, "start"], [-8, -9, "end"], [8, 33, "start"], [-8, 33, "end"]];
const ENDS = 40; // pixels that the number of an end of the axis needs for itself

function makeAxis(svg) {
  return {
    safe: shape(svg, "path", "safe", {}),
    kept: shape(svg, "path", "kept crisp", {}),
    axis: ["grey", "grey", "ink", "ink"].map((name) => shape(svg, "text", `axis ${name}`, {})),
    backs: [0, 1].map(() => shape(svg, "rect", "ground", { height: 15 })),
    safeText: shape(svg, "text", "axis ink", { "text-anchor": "middle" }),
    keptText: shape(svg, "text", "axis grey", { "text-anchor": "middle" }),
    limitMarks: ["below", "critical"].map((level) => ({
      mark: shape(svg, "path", `cross ${level}`, {}),
      text: shape(svg, "text", "cross-text", {}),
    })),
  };
}

function fitAxis(chart, words) {
  chart.axis.forEach((text) => put(text, { y: chart.bottom + 15, "text-anchor": "middle" }));
  [chart.left, chart.right].forEach((x, k) => put(chart.axis[k], { x: px(x) }));
  write(chart.axis[0], words.percent(0));
  write(chart.axis[1], words.percent(100));
}

// Draws both ranges at a share: the leader's as the thick part of the axis, the watch list's as a bracket below it.
function drawAxis(chart, model, words, view, marks) {
  const many = view.leader !== null && !model.data.one && model.full.length > 1;
  drawSafe(chart, model, words, view, marks, many);
  const watched = many && model.places > 0 && model.places < model.full.length;
  const range = watched ? watchRange(model, view) : [0, 100];
  const [x0, x1] = range.map(chart.x);
  const y = chart.bottom + 39;
  put(chart.kept, { d: watched ? `M${px(x0)} ${y - 3}v6M${px(x0)} ${y}H${px(x1)}M${px(x1)} ${y - 3}v6` : null });
  const [low, high] = range.map(Math.round);
  const span = low === high ? words.percent(low) : words.say("range", { low, high: words.percent(high) });
  const text = watched ? words.say("watch_stays", { range: span }) : "";
  centred(chart, chart.keptText, chart.backs[1], text, (x0 + x1) / 2, chart.bottom + 53);
}

// Writes a text centred at a place as far as the chart's ends allow, on its own ground: the rule passes behind it.
function centred(chart, node, back, text, middle, y) {
  const half = textWidth(text, chart.small) / 2;
  const centre = Math.min(chart.width - half, Math.max(half, middle));
  write(node, text);
  put(node, { x: px(centre), y });
  put(back, { x: px(centre - half - 4), y: y - 12, width: text ? px(2 * half + 8) : 0 });
}

function drawSafe(chart, model, words, view, marks, on) {
  const [low, high] = on ? safeRange(model, view) : [0, 100];
  const [x0, x1] = [chart.x(low), chart.x(high)];
  put(chart.safe, { d: on ? `M${px(x0)} ${chart.bottom}H${px(x1)}` : null });
  const joint = x1 - x0 < 46;
  const ends = [Math.round(low), Math.round(high)];
  const middle = (x0 + x1) / 2;
  const both = words.say("range", { low: ends[0], high: words.percent(ends[1]) });
  const texts = joint ? [both, ""] : ends.map((v) => words.percent(v));
  const inner = [on && (joint || low > 0), on && !joint && high < 100];
  [joint ? middle : x0, x1].forEach((x, k) => {
    write(chart.axis[2 + k], inner[k] ? texts[k] : "");
    put(chart.axis[2 + k], { x: px(Math.min(chart.width - 22, Math.max(22, x))) });
  });
  const hides = (edge) => [joint ? middle : x0, x1].some((x, k) => inner[k] && Math.abs(x - edge) < ENDS);
  put(chart.axis[0], { opacity: hides(chart.left) ? 0 : 1 });
  put(chart.axis[1], { opacity: hides(chart.right) ? 0 : 1 });
  const text = on ? words.say("stays_first", { name: model.data.units[marks.leader].name }) : "";
  centred(chart, chart.safeText, chart.backs[0], text, middle, chart.bottom + 30);
}

// Returns what a crossing of a limit means in words: from or up to which whole share the balance is shown under it.
function crossingText(words, { level, share, rises }, short) {
  const whole = rises ? Math.ceil(share - TIE) - 1 : Math.floor(share + TIE) + 1;
  const [low, high] = [0, 100].map((end) => words.percent(end));
  const at = whole < 0 ? low : whole > 100 ? high : words.percent(whole);
  if (short) return at;
  return words.say(`${level}_${rises ? "until" : "from"}`, { share: at });
}

// Draws where the selected line crosses the limits, each with its share where a place is free.
function drawLimitMarks(chart, model, words, view, marks, thick, taken) {
  const u = marks.selected;
  const found = u === null || !model.isFull[u] ? [] : limitCrossings(model, u);
  const x = chart.x(view.share);
  chart.limitMarks.forEach(({ mark, text }, k) => {
    const cross = found.find(({ level }) => level === ["below", "critical"][k]);
    if (!cross) {
      put(mark, { d: null });
      setLabel(chart, text, null, "");
      return;
    }
    const [cx, cy] = [chart.x(cross.share), chart.y(100 * balanceOf(model, u, cross.share))];
    put(mark, { d: `M${px(cx)} ${px(cy - 6)}v12` });
    const said = crossingText(words, cross, chart.narrow);
    const width = textWidth(said, chart.small);
    const spots = BESIDE.map(([dx, dy, anchor], bias) => ({ x: cx + dx, y: cy + dy, anchor, bias: bias * 0.5 }));
    const place = choose(chart, `limit${k}`, spots, width, -1, thick, taken, x);
    if (place) taken.push(place.box);
    setLabel(chart, text, place, said);
  });
}
