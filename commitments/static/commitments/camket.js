// Starts the components that a page holds. Every page works without this file.

const own = document.querySelector("script[data-govuk]");

async function start(scope) {
  if (!scope.querySelector("[data-module]")) return;
  const { initAll } = await import(own.dataset.govuk);
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  initAll({
    scope,
    onError(error) {
      if (error.name !== "InitError") throw error; // InitError: it was started before
    },
  });
}

start(document);

// What htmx swaps in has components too; a summary of errors then takes the focus by itself.
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) start(event.detail.elt.parentElement ?? document);
});
