// htmx, for the modules that need it. It is no module but a script, and it
// starts by itself when the page has been loaded.
const script = document.createElement("script");
script.src = new URL("../vendor/htmx/htmx.min.js", import.meta.url);
if (document.readyState !== "complete") await new Promise((resolve) => window.addEventListener("load", resolve));
await new Promise((resolve, reject) => {
  script.addEventListener("load", resolve);
  script.addEventListener("error", reject);
  document.head.append(script);
});

// What was wrong with a field is no longer said when it is sent again.
document.addEventListener("htmx:beforeRequest", ({ target }) => {
  target.querySelectorAll?.(":scope > .field-error").forEach((error) => (error.textContent = ""));
});

export const htmx = window.htmx;
