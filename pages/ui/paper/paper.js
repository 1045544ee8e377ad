// Shows a page that the server has set, as a picture; and the same on the whole screen, over everything else.
const MOUNTED = new WeakMap();

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".paper");
  if (!root || !data) return undefined;
  if (!MOUNTED.has(root)) MOUNTED.set(root, mount(root));
  const paper = MOUNTED.get(root);
  receive(paper, data);
  return () => {
    document.removeEventListener("fullscreenchange", paper.changed);
    MOUNTED.delete(root);
  };
}

function mount(root) {
  const place = (name) => root.querySelector(`.${name}`);
  const paper = { root, place, images: [...root.querySelectorAll(".page")], dialog: place("whole"), full: false };
  // Esc leaves the browser's full screen first; the page leaves with it.
  paper.changed = () => {
    if (paper.full && !document.fullscreenElement) paper.dialog.close();
    paper.full = Boolean(document.fullscreenElement);
  };
  document.addEventListener("fullscreenchange", paper.changed);
  for (const name of ["open", "full"]) place(name).addEventListener("click", () => open(paper));
  place("leave").addEventListener("click", () => paper.dialog.close());
  paper.dialog.addEventListener("close", () => {
    if (document.fullscreenElement) document.exitFullscreen();
  });
  return paper;
}

// The dialog covers the app's own header; where the browser lets it, the screen's edges go as well.
function open(paper) {
  paper.dialog.showModal();
  if (paper.dialog.requestFullscreen) paper.dialog.requestFullscreen().catch(() => {});
}

function receive(paper, data) {
  for (const image of paper.images) {
    if (image.src !== data.page) image.src = data.page;
    image.alt = data.told;
  }
  paper.root.lang = data.language;
  paper.place("open").title = data.preview;
  paper.place("full").textContent = data.full;
  paper.place("leave").textContent = data.leave;
  paper.dialog.setAttribute("aria-label", data.preview);
}
