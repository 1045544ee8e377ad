// Every visible text of the page by block, with what cuts it off: read by readable.py.
() => {
  const found = new Map();
  const parentOf = (node) => node.parentElement ?? node.getRootNode().host ?? null;
  const styleOf = new Map();
  const style = (element) => {
    if (!styleOf.has(element)) styleOf.set(element, getComputedStyle(element));
    return styleOf.get(element);
  };
  const isInline = (element) => style(element).display.startsWith("inline") && !(element instanceof SVGElement);
  const blockOf = (element) => {
    let at = element;
    while (at.localName === "tspan" || (isInline(at) && parentOf(at))) at = parentOf(at);
    return at;
  };
  const placeOf = (element) => {
    for (let at = element; at; at = parentOf(at)) {
      const name = at.getAttribute?.("class") ?? "";
      const key = name.match(/st-key-[\w-]+/)?.[0] ?? at.dataset?.testid ?? (at.getRootNode().host ? name.split(" ")[0] : "");
      if (key && !/Markdown|Container$|ElementContainer|VerticalBlock|HorizontalBlock/.test(key)) return key;
    }
    return "";
  };
  // What hides a part of a rectangle: a place that cuts off what runs over, or the window where nothing scrolls.
  const cutOf = (rect, element) => {
    let [acrossDone, downDone] = [false, false];
    for (let at = element; at; at = parentOf(at)) {
      const { overflowX, overflowY, position } = style(at);
      const box = at.getBoundingClientRect();
      if (box.width <= 2 || box.height <= 2) { if (overflowX !== "visible") return "unseen"; continue; }
      const scrolls = (way) => way === "auto" || way === "scroll";
      const hides = (way) => way === "hidden" || way === "clip";
      if (!acrossDone && hides(overflowX) && (rect.right > box.right + 1.5 || rect.left < box.left - 1.5)) return "cut across";
      if (!downDone && hides(overflowY) && (rect.bottom > box.bottom + 4 || rect.top < box.top - 4)) return "cut below";
      acrossDone ||= scrolls(overflowX) && at.dataset?.testid !== "stMain"; // a page never scrolls sideways
      downDone ||= scrolls(overflowY);
      if (position === "fixed") break;
    }
    return !acrossDone && (rect.right > innerWidth + 1.5 || rect.left < -1.5) ? "out of the window" : "";
  };
  // What of a rectangle is left in sight, and the layer that it lies on: what floats may lie over what does not.
  const sightOf = (rect, element) => {
    let { left, right, top, bottom } = rect;
    let layer = null;
    for (let at = element; at; at = parentOf(at)) {
      const { overflowX, overflowY, position } = style(at);
      const box = at.getBoundingClientRect();
      if (overflowX !== "visible") [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
      if (overflowY !== "visible") [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
      if (!layer && (["fixed", "sticky"].includes(position) || at.getAttribute("role") === "dialog")) layer = at;
      if (position === "fixed") break;
    }
    return right - left > 1 && bottom - top > 1 ? { left, right, top, bottom, layer } : null;
  };
  const visible = (element) => {
    for (let at = element; at; at = parentOf(at)) {
      const { display, visibility, opacity } = style(at);
      if (display === "none" || visibility === "hidden" || opacity === "0") return false;
      if (at.closest?.("details:not([open]) > :not(summary)")) return false;
    }
    return true;
  };
  const take = (node) => {
    const element = node.parentElement ?? parentOf(node);
    if (!element || ["SCRIPT", "STYLE", "TITLE", "NOSCRIPT", "desc", "title"].includes(element.nodeName)) return;
    if (element.closest("canvas, defs, [data-testid=stCode]") || /Material Symbols/.test(style(element).fontFamily)) return;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 1 && rect.height > 1);
    if (!rects.length || !visible(element)) return;
    const block = blockOf(element);
    if (!found.has(block)) found.set(block, { text: "", place: placeOf(block), cut: "", rects: [] });
    const one = found.get(block);
    const cuts = rects.map((rect) => cutOf(rect, element));
    if (cuts.includes("unseen")) { one.unseen = true; return; }
    one.text += node.data;
    one.rects.push(...rects.map((rect) => sightOf(rect, element)).filter((rect) => rect));
    one.cut ||= cuts.find((cut) => cut) ?? "";
    if (/…\s*$/.test(node.data) && node.data.includes("⟦")) one.cut ||= "shortened";
  };
  const walk = (root) => {
    for (const node of root.childNodes) {
      if (node.nodeType === Node.TEXT_NODE && node.data.trim()) take(node);
      else if (node.nodeType === Node.ELEMENT_NODE) {
        if (node.shadowRoot) walk(node.shadowRoot);
        walk(node);
      }
    }
  };
  walk(document.body);
  for (const field of document.querySelectorAll("input[placeholder], textarea[placeholder]"))
    if (visible(field) && field.matches(":placeholder-shown")) found.set(field, { text: field.placeholder, place: placeOf(field), cut: "", rects: [] });
  const told = [...found.values()].filter((one) => !one.unseen && one.text.trim());
  const laid = told.flatMap((one) => one.rects.map((rect) => ({ ...rect, one }))).sort((a, b) => a.top - b.top);
  laid.forEach((a, at) => {
    for (let next = at + 1; next < laid.length && laid[next].top < a.bottom - 5; next += 1) {
      const b = laid[next];
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      if (a.one === b.one || a.one.text === b.one.text || a.layer !== b.layer || across < 4) continue;
      a.one.cut ||= `runs into ${b.one.text.trim().slice(0, 40)}`;
    }
  });
  return told.map(({ text, place, cut }) => ({ text, place, cut }));
}
