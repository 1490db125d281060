// Copies what a button names. Without this file the text is there to be selected.

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) break; // no permission to write, as without HTTPS
  const said = button.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = said; }, 2000);
  });
}
