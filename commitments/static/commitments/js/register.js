// Ticks every row of the page at once; without this file each is ticked by itself.

function offer() {
  const head = document.querySelector("#register-table th.register__pick");
  if (!head || head.querySelector("input")) return;
  const rows = () => [...document.querySelectorAll("#register-table td.register__pick input")];
  const label = document.createElement("label");
  const all = document.createElement("input");
  all.type = "checkbox";
  all.autocomplete = "off";
  label.className = "pick";
  label.append(all, ...head.childNodes);
  head.append(label);
  all.addEventListener("change", () => rows().forEach((row) => { row.checked = all.checked; }));
  document.querySelector("#register-table tbody").addEventListener("change", () => {
    const ticked = rows().filter((row) => row.checked).length;
    all.checked = ticked === rows().length;
    all.indeterminate = ticked > 0 && !all.checked;
  });
}

offer();
document.addEventListener("htmx:load", offer);
