// htmx, for the modules that need it. It is no module but a script, and it
// starts by itself when the page has been loaded.

import { foreignReason, isForbidden, isOurs } from "./foreign.js";
import { toast } from "./toast.js";

/** @type {Promise<any> | undefined} */
let loading;

/**
 * Gives htmx when it is there. What could not be loaded is tried again by the
 * next call.
 * @returns {Promise<any>}
 */
export function loadHTMX() {
  loading ??= bring();
  loading.catch(() => (loading = undefined));
  return loading;
}

async function bring() {
  if (document.readyState !== "complete") await new Promise((resolve) => window.addEventListener("load", resolve, { once: true }));
  const script = document.createElement("script");
  script.src = new URL("../third_party/htmx/htmx.min.js", import.meta.url).href;
  await new Promise((resolve, reject) => {
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
  return window.htmx;
}

// What was wrong with a field is no longer said when it is sent again.
document.addEventListener("htmx:beforeRequest", ({ target }) => {
  target.querySelectorAll?.(":scope > .field-error").forEach((error) => (error.textContent = ""));
});

// Of an answer that is not ours nothing comes into the page, nor a whole page
// into a part of it, as where a proxy takes away the header that asks for a part.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr, requestConfig, elt } = event.detail;
  const writes = requestConfig.verb !== "get";
  if (isOurs(xhr) && xhr.getResponseHeader("HX-Redirect") && somethingIsUnsaved()) {
    event.preventDefault();
    askToSignIn(xhr.getResponseHeader("HX-Redirect"));
    return;
  }
  if (isOurs(xhr) && !/^\s*<!doctype/i.test(xhr.responseText)) return;
  event.preventDefault();
  if (isOurs(xhr) && !writes) {
    location.assign(xhr.responseURL);
  } else if (requestConfig.verb === "patch" && isForbidden(xhr.status)) {
    window.htmx.ajax("POST", `${requestConfig.path}/rename`, {
      source: elt, target: requestConfig.target ?? event.detail.target, swap: "outerHTML", values: { name: elt.elements.name.value },
    });
  } else {
    toast(foreignReason(xhr.status, writes), { stays: true }).classList.add("problem");
  }
});

// somethingIsUnsaved asks those who would have the browser ask before the page is
// left.
const somethingIsUnsaved = () => !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));

// askToSignIn leads to signing in on another tab, since with this page what it
// has not saved yet would be gone.
function askToSignIn(address) {
  const box = toast(document.getElementById("toasts").dataset.signedOut, { stays: true });
  const link = document.createElement("a");
  Object.assign(link, { href: new URL(address, location.href).pathname, target: "_blank", textContent: document.getElementById("toasts").dataset.signIn });
  box.classList.add("problem");
  box.append(link);
}
