"use strict";
(() => {
  /** Sorts a table's rows by one column; a second press turns the order round. */
  const sort = (button) => {
    const header = button.closest("th");
    const table = header.closest("table");
    const column = header.cellIndex;
    const descending = header.getAttribute("aria-sort") === "ascending";
    const direction = descending ? -1 : 1;
    const value = (row) => Number(row.cells[column].dataset.value);
    const rows = [...table.tBodies[0].rows];
    rows.sort((a, b) => direction * (value(a) - value(b)));
    table.tBodies[0].append(...rows);
    for (const other of header.parentElement.cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", descending ? "descending" : "ascending");
  };
  for (const button of document.querySelectorAll(".sortable th button")) {
    button.addEventListener("click", () => sort(button));
  }

  const form = document.querySelector(".filter");
  if (!form) return;
  const gallery = document.querySelector(".gallery");
  const mistakes = [...gallery.children];
  const filter = () => {
    const matches = (item, name) =>
      form.elements[name].value === "" || item.dataset[name] === form.elements[name].value;
    let shown = 0;
    for (const item of mistakes) {
      item.hidden = !(matches(item, "true") && matches(item, "predicted"));
      shown += item.hidden ? 0 : 1;
    }
    form.querySelector("output").value =
      `${shown} of ${gallery.dataset.total} shown, the most confident first`;
  };
  form.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  for (const link of document.querySelectorAll("[data-pair]")) {
    link.addEventListener("click", () => {
      const [isTrue, predicted] = link.dataset.pair.split("-");
      form.elements["true"].value = isTrue;
      form.elements["predicted"].value = predicted;
      filter();
    });
  }
  filter();
})();
