// What comes back with a cursor of its own takes it only where nobody has put it elsewhere since.

let isElsewhere = false;

document.addEventListener("htmx:beforeSwap", (event) => {
  const held = document.activeElement;
  isElsewhere = held !== null && held !== document.body && held !== event.detail.requestConfig.elt;
});

// htmx follows `autofocus` only when it settles what it has swapped in.
document.addEventListener("htmx:afterSwap", (event) => {
  if (!isElsewhere || !(event.target instanceof Element)) return;
  for (const one of event.target.querySelectorAll("[autofocus]")) one.removeAttribute("autofocus");
});
