// Puts a drawing that Python made into the page; Streamlit's own HTML element lets no SVG through.
// The drawing is parsed, not run: texts in it are escaped where it is made.
export default function ({ data, parentElement }) {
  const place = parentElement.querySelector(".strip");
  if (!place || !data || place.dataset.drawn === data.drawn) return;
  place.dataset.drawn = data.drawn;
  const parsed = new DOMParser().parseFromString(data.drawn, "text/html");
  place.replaceChildren(...parsed.body.childNodes);
}
