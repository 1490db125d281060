// What the update form keeps in this browser until it is saved: per person, and never for another.

const PREFIX = "camket:update:";

export const all = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
export const read = (name) => JSON.parse(localStorage.getItem(PREFIX + name) ?? "null");
export const write = (name, kept) => localStorage.setItem(PREFIX + name, JSON.stringify(kept));
export const drop = (name) => localStorage.removeItem(PREFIX + name);

function wipe(isToGo) {
  for (const key of all()) if (isToGo(key.slice(PREFIX.length))) localStorage.removeItem(key);
}

// Of the drafts named `person:commitment:`, the one that is done and what was never saved as one.
function wipeDone(element) {
  const start = element.dataset.keptDone;
  const done = new Set([`${start}${element.dataset.draft}`, `${start}new`]);
  wipe((name) => done.has(name) || name.startsWith(`${start}corrects-`));
}

try {
  const person = document.querySelector("meta[name=person]")?.content;
  if (person) wipe((name) => !name.startsWith(`${person}:`));
  for (const element of document.querySelectorAll("span[data-kept-done]")) wipeDone(element);
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[action$='/log-out/']")) wipe(() => true);
    if (event.target.matches("form[data-kept-done]")) wipeDone(event.target);
  });
} catch {
  // A browser that keeps nothing: the page works all the same.
}
