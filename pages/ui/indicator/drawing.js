// Puts markup that Python made into the page: tables with sparklines, heat tables, small charts.
// It is parsed, not run: texts in it are escaped where it is made. A button that names something opens it.
export default function ({ data, parentElement, setTriggerValue }) {
  const place = parentElement.querySelector(".drawing");
  if (!place || !data) return;
  if (place.drawn !== data.drawn) {
    place.drawn = data.drawn;
    place.replaceChildren(...new DOMParser().parseFromString(data.drawn, "text/html").body.childNodes);
  }
  place.onclick = (event) => {
    const button = event.target.closest("[data-open]");
    if (button) setTriggerValue("open", button.dataset.open);
  };
}
