// Keeps the numbers of the navigation fresh while somebody looks, and after each deed.

const EVERY = 60000;
const menu = document.querySelector("[data-counts]");
let asked = Date.now();

function refresh() {
  if (document.hidden) return;
  asked = Date.now();
  // A page that comes back instead of the numbers, such as the log-in, changes nothing here.
  window.htmx.ajax("GET", menu.dataset.counts, { target: menu, swap: "none ignoreTitle:true" });
}

if (menu && window.htmx) {
  setInterval(refresh, EVERY);
  document.addEventListener("visibilitychange", () => {
    if (Date.now() - asked > EVERY) refresh();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful && event.detail.requestConfig.verb !== "get") refresh();
  });
}
