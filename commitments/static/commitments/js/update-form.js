// The update form says how its saving goes, and loses nothing: what the server does not have yet
// is kept in this browser, sent again when the connection or the session is back, and offered when
// the form is opened anew. It never overwrites: every try carries the version that was read.

import * as kept from "./kept.js";

const AGAIN_AFTER = 20000;
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "writer", "deed"]);
const APART = /^(version|after|evidence-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS)$/;

const form = document.getElementById("update-form");
const saving = document.getElementById("saving");
const offer = document.getElementById("kept-offer");
const autosave = () => document.getElementById("autosave");
let typed = 0;
let sent = 0;
let state = "";

const cookie = (name) =>
  document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);

function say(name) {
  state = name;
  autosave().hidden = name !== "";
  for (const line of saving.querySelectorAll("[data-says]")) line.hidden = line.dataset.says !== name;
}

function fields() {
  const all = [...new FormData(form)];
  return all.filter(([name, value]) => typeof value === "string" && !LEFT_OUT.has(name));
}

function keep(more = {}) {
  try {
    const at = new Date().toISOString();
    const version = Number(document.getElementById("version").value);
    kept.write(autosave().dataset.keptAs, { at, version, fields: fields(), ...more });
  } catch {
    // No room or no leave to keep: saving by itself goes on.
  }
}

function tryAgain() {
  if (["offline", "logged-out", "failed"].includes(state)) window.htmx.trigger(autosave(), "again");
}

// Saving

form.addEventListener("input", (event) => {
  if (event.target.type === "file") return;
  typed += 1;
  keep();
});

document.addEventListener("htmx:configRequest", (event) => {
  const token = cookie("csrftoken"); // another window may have logged in since
  if (!token) return;
  event.detail.headers["X-CSRFToken"] = token;
  if (event.detail.verb !== "get") event.detail.parameters.csrfmiddlewaretoken = token;
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt.id !== "autosave") return;
  sent = typed;
  saving.dataset.keptAs = autosave().dataset.keptAs;
  say("saving");
});

const isAutosave = (event) => event.detail.requestConfig?.elt?.id === "autosave";

document.addEventListener("htmx:afterSwap", (event) => {
  if (isAutosave(event)) say("");
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (!isAutosave(event)) return; // only now does the new line carry its own attributes
  if (autosave().dataset.outcome !== "saved") return;
  kept.drop(saving.dataset.keptAs);
  form.dataset.unsaved = "no";
  if (typed !== sent) keep();
});

document.addEventListener("htmx:sendError", (event) => {
  if (event.detail.elt.id === "autosave") say("offline");
});

document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 401) {
    keep();
    say("logged-out");
  } else if (event.detail.elt.id === "autosave") say("failed");
});

window.addEventListener("online", tryAgain);
window.addEventListener("focus", tryAgain);
setInterval(tryAgain, AGAIN_AFTER);

form.addEventListener("submit", (event) => {
  if (!navigator.onLine) {
    event.preventDefault();
    keep();
    say("offline");
    saving.scrollIntoView({ block: "center" });
    return;
  }
  const token = cookie("csrftoken");
  if (token) form.elements.csrfmiddlewaretoken.value = token;
  keep({ sent: true });
});

// Uploads: what is too large is not even sent

form.addEventListener(
  "change",
  (event) => {
    const box = event.target.closest?.("[data-upload]");
    if (!box || event.target.type !== "file") return;
    const isTooLarge = [...event.target.files].some((file) => file.size > Number(box.dataset.most));
    box.querySelector("[data-too-large]").hidden = !isTooLarge;
    event.target.setAttribute("aria-invalid", String(isTooLarge));
    if (isTooLarge) {
      event.target.value = "";
      event.stopPropagation();
    } else typed += 1;
  },
  true,
);

// Rows that changed without typing are saved like typed ones; an empty row is nothing yet.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt.id !== "evidence") return;
  const deed = event.detail.requestConfig?.parameters?.deed ?? "";
  if (deed !== "evidence-add") form.dispatchEvent(new Event("input", { bubbles: true }));
});

// What an earlier visit left

const told = (all) =>
  JSON.stringify(all.filter(([name, value]) => !APART.test(name) && value !== "").sort());

function leftBehind() {
  const own = autosave().dataset.keptAs;
  const never = own.replace(/[^:]*$/, own.includes(":corrects-") ? "" : "new");
  for (const name of new Set([own, never])) {
    const found = name && kept.read(name);
    if (!found) continue;
    const version = Number(document.getElementById("version").value);
    const isSaved = found.sent && name === own && version > found.version;
    if (isSaved || told(found.fields) === told(fields())) kept.drop(name);
    else return [name, found];
  }
  return [];
}

function restore(found) {
  const again = document.createElement("form");
  again.method = "post";
  again.action = autosave().dataset.address;
  const token = ["csrfmiddlewaretoken", cookie("csrftoken") ?? form.elements.csrfmiddlewaretoken.value];
  const writer = ["writer", form.elements.writer.value];
  for (const [name, value] of [...found.fields, token, writer, ["deed", "restore"]]) {
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    again.append(field);
  }
  again.hidden = true;
  document.body.append(again);
  again.submit();
}

function offerWhatIsLeft() {
  const [name, found] = leftBehind();
  if (!found) return;
  offer.querySelector("[data-kept-at]").textContent = new Date(found.at).toLocaleString(
    document.documentElement.lang,
    { dateStyle: "long", timeStyle: "short" },
  );
  offer.querySelector("[data-kept-restore]").addEventListener("click", () => restore(found));
  offer.querySelector("[data-kept-drop]").addEventListener("click", () => {
    kept.drop(name);
    offer.hidden = true;
  });
  offer.hidden = false;
}

try {
  if (form.dataset.unsaved === "yes") keep();
  else offerWhatIsLeft();
} catch {
  // A browser that keeps nothing has nothing to offer.
}

// What was typed before this file was there counts too.

const isChanged = (field) =>
  ["radio", "checkbox"].includes(field.type)
    ? field.checked !== field.defaultChecked
    : ["text", "textarea"].includes(field.type) && field.value !== field.defaultValue;

window.addEventListener("load", () => {
  if ([...form.elements].some(isChanged)) form.dispatchEvent(new Event("input", { bubbles: true }));
});
