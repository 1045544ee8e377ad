// The presentation: one message a screen over the whole window, by keys, by buttons; Esc returns to where one was.

const FLOW = 0.3; // of a screen's height: so much text may stand above a chart or a table
const ROOMY = 700; // pixels of width from which on a wide table is split; below it is moved sideways
const LOGICAL = [800, 340]; // the size in which the live weights are laid out before they are enlarged
const FIELD = "input, textarea, select";
const PRESSED = "button, summary, a, [role=button]";

// Makes the presentation of a pack. `host` gets the dialog, `parts` holds the sections; `options`: {address, button}:
// whether the address keeps the screen. Returns {open, close}.
function makePresentation(host, known, parts, options = {}) {
  const { words } = known;
  const dialog = made(host, "dialog", "presentation", null);
  dialog.lang = known.language;
  dialog.setAttribute("aria-label", known.title);
  const frame = made(dialog, "div", "frame", null);
  frame.tabIndex = -1;
  const stage = made(frame, "div", "stage", null);
  const said = made(frame, "p", "unseen", null);
  said.setAttribute("aria-live", "polite");
  const show = { dialog, frame, stage, said, known, parts, options, at: 0, screens: [], home: null, full: false };
  makeFoot(show, words);
  show.drill = makeDrill(frame, known, parts);
  frame.addEventListener("click", (event) => clicked(show, event));
  dialog.addEventListener("keydown", (event) => keyed(show, event), true);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave(show);
  });
  document.addEventListener("fullscreenchange", (show.changed = () => fullChanged(show)));
  window.addEventListener("resize", (show.resized = () => resized(show)));
  const unit = (id, from) => showUnit(show.drill, id, from);
  return { open: (at = 0) => enter(show, at), isOpen: () => dialog.open, unit, remove: () => removed(show) };
}

function makeFoot(show, words) {
  const foot = made(show.frame, "div", "controls", null);
  show.basis = made(foot, "p", "basis", null);
  const button = (name, text, does) => {
    const node = made(foot, "button", `button ${name}`, text);
    node.type = "button";
    node.addEventListener("click", does);
    return node;
  };
  show.back = button("back", words.present_back, () => go(show, show.at - 1));
  show.count = made(foot, "span", "count", null);
  show.next = button("next", words.present_next, () => go(show, show.at + 1));
  button("leave", words.present_leave, () => leave(show));
}

function removed(show) {
  if (show.dialog.open) leave(show);
  document.removeEventListener("fullscreenchange", show.changed);
  window.removeEventListener("resize", show.resized);
  show.dialog.remove();
}

function enter(show, at) {
  if (show.dialog.open) return;
  show.before = { x: window.scrollX, y: window.scrollY, focus: document.activeElement, hash: location.hash };
  if (show.options.address && /^#screen-/.test(location.hash)) show.before.hash = "";
  show.dialog.dataset.tones = show.options.dark?.() ? "dark" : show.options.dark ? "light" : "";
  show.dialog.showModal();
  if (navigator.userActivation?.isActive && show.frame.requestFullscreen) {
    show.frame.requestFullscreen().catch(() => {});
  }
  lay(show);
  go(show, at);
  show.frame.focus({ preventScroll: true });
}

function leave(show) {
  if (show.drill.isOpen()) show.drill.close();
  sendHome(show);
  show.dialog.close();
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  const { x, y, focus, hash } = show.before;
  if (show.options.address) history.replaceState(null, "", hash || location.href.split("#")[0]);
  focus?.focus?.({ preventScroll: true });
  window.scrollTo({ left: x, top: y, behavior: "instant" });
}

// Esc leaves the browser's full screen before it is a key: the presentation goes with it, an open panel goes first.
function fullChanged(show) {
  const full = Boolean(document.fullscreenElement);
  if (show.full && !full && show.dialog.open) {
    if (show.drill.isOpen()) show.drill.close();
    else leave(show);
  }
  show.full = full;
}

function resized(show) {
  clearTimeout(show.later);
  show.later = setTimeout(() => {
    if (!show.dialog.open) return;
    const from = show.screens[show.at]?.from;
    lay(show);
    go(show, Math.max(0, show.screens.findIndex((screen) => screen.from === from)));
  }, 120);
}

function go(show, at) {
  const last = show.screens.length - 1;
  const next = Math.min(last, Math.max(0, at));
  if (show.drill.isOpen()) show.drill.close();
  sendHome(show);
  show.at = next;
  const { node, live, basis, title } = show.screens[next];
  show.basis.textContent = basis;
  show.stage.replaceChildren(node);
  if (live) bring(show, node, live);
  const count = filled(show.known.words.present_screen, { n: next + 1, of: last + 1 });
  show.count.textContent = `${next + 1} / ${last + 1}`;
  show.count.setAttribute("aria-label", count);
  show.back.disabled = next === 0;
  show.next.disabled = next === last;
  show.said.textContent = `${count}: ${title}`;
  if (show.options.address) history.replaceState(null, "", `#screen-${next + 1}`);
  const held = show.dialog.getRootNode().activeElement;
  if (!held || held.disabled || !show.frame.contains(held)) show.frame.focus({ preventScroll: true });
}

// Brings the live weights themselves onto a screen; they keep what they were set to.
function bring(show, node, live) {
  const holder = document.createElement("div");
  const height = live.offsetHeight;
  if (height) holder.style.height = `${height}px`;
  live.replaceWith(holder);
  show.home = { live, holder };
  const body = node.querySelector(".body");
  body.append(live);
  mountLive(live, show.known, (id, from) => showUnit(show.drill, id, from));
  const times = Math.min(body.clientWidth / LOGICAL[0], body.clientHeight / LOGICAL[1]);
  if (times >= 1) {
    live.style.setProperty("--evenkeel-stage", String(times));
    live.style.marginLeft = `${(body.clientWidth - times * LOGICAL[0]) / 2}px`;
    live.dataset.stage = "1";
  }
  refit(live);
}

function sendHome(show) {
  if (!show.home) return;
  const { live, holder } = show.home;
  delete live.dataset.stage;
  live.removeAttribute("style");
  holder.replaceWith(live);
  refit(live);
  show.home = null;
}

// The live weights look at their width when it changes; another dress at the same width has to be told.
function refit(live) {
  const root = live.shadowRoot?.querySelector(".evenkeel");
  if (root) root.dispatchEvent(new Event("fit"));
}

function clicked(show, event) {
  const more = event.target.closest?.("[data-more]");
  if (more) showTable(show, more);
  else drillAt(show.drill, event);
}

// Shows the figures of a chart beside it.
function showTable(show, button) {
  const data = show.parts.querySelector(`#${button.dataset.more} .table`);
  show.drill.open(button.dataset.title, "", button);
  const copy = copied(data);
  pressable(copy, false);
  show.drill.body.append(copy);
}

// Every key has one meaning: arrows and space move on, but for a field that has them; Page Up and Page Down always do.
function keyed(show, event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const at = event.composedPath()[0];
  const is = (what) => at instanceof Element && at.matches(what);
  const steps = { PageDown: 1, PageUp: -1 };
  if (!is(FIELD)) Object.assign(steps, { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -1e6, End: 1e6 });
  if (!is(FIELD) && !is(PRESSED)) steps[" "] = event.shiftKey ? -1 : 1;
  if (show.drill.isOpen() && show.drill.panel.contains(at)) {
    if (event.key === "PageDown" || event.key === "PageUp") go(show, show.at + steps[event.key]);
    return;
  }
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    if (show.drill.isOpen()) show.drill.close();
    else leave(show);
  } else if (event.key in steps) {
    event.preventDefault();
    event.stopPropagation();
    go(show, show.at + steps[event.key]);
  } else if (!drillAt(show.drill, event)) {
    event.stopPropagation(); // the page below has keys of its own
  }
}
