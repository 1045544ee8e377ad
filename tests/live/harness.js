// Mounts the component as Streamlit does: markup and style sheet in a shadow root, the module from a blob address,
// its default export called with the data, and called again with each new data.
const text = async (path) => (await fetch(path)).text();
const [data, html, css, js] = [await (await fetch("/data.json")).json(), ...(await Promise.all(["/markup", "/sheet", "/script"].map(text)))];
if (location.hash.includes("dark")) document.documentElement.classList.add("dark");
const shadow = document.getElementById("host").attachShadow({ mode: "open" });
shadow.appendChild(document.createRange().createContextualFragment(html));
const style = document.createElement("style");
style.textContent = css;
shadow.appendChild(style);
window.sent = [];
window.faults = [];
document.addEventListener("securitypolicyviolation", (event) => window.faults.push(`${event.violatedDirective}: ${event.blockedURI}`));
const address = URL.createObjectURL(new Blob([js], { type: "text/javascript" }));
const module = await import(address);
window.component = module;
window.shadow = shadow;
window.give = (given) => module.default({
  name: "evenkeel_tradeoffs",
  key: "harness",
  data: given,
  parentElement: shadow,
  setStateValue: (name, value) => window.sent.push([name, value]),
  setTriggerValue: (name, value) => window.sent.push([name, value]),
});
window.data = data;
window.give(data);
await document.fonts.ready;
document.body.dataset.ready = "yes";
