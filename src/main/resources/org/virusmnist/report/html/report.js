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
  const more = document.querySelector(".more");
  const note = document.querySelector(".printed");
  const step = Number(more.dataset.step);
  const printed = Number(more.dataset.printed);
  const mistakes = [...gallery.children];
  let limit = step;
  /** Hides what does not match, and what comes after the limit of the screen or of paper. */
  const filter = () => {
    const matches = (item, name) =>
      form.elements[name].value === "" || item.dataset[name] === form.elements[name].value;
    let found = 0;
    for (const item of mistakes) {
      item.hidden = !(matches(item, "true") && matches(item, "predicted"));
      item.classList.toggle("later", !item.hidden && found >= limit);
      item.classList.toggle("unprinted", !item.hidden && found >= printed);
      found += item.hidden ? 0 : 1;
    }
    const rest = found - Math.min(limit, found);
    more.firstElementChild.hidden = rest === 0;
    more.firstElementChild.textContent = `Show ${Math.min(3 * step, rest)} more of ${rest}`;
    form.querySelector("output").value =
      `${found} of ${gallery.dataset.total} mistakes, the most confident first`;
    if (note) note.textContent =
      `On paper: the ${Math.min(printed, found)} most confident of ${found} mistakes.`;
  };
  const restart = () => {
    limit = step;
    filter();
  };
  more.addEventListener("click", () => {
    const next = mistakes.find((item) => item.classList.contains("later"));
    limit += 3 * step;
    filter();
    if (next) {
      next.tabIndex = -1;
      next.focus({ preventScroll: true });
    }
  });
  form.addEventListener("change", restart);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(restart));
  for (const link of document.querySelectorAll("[data-pair]")) {
    link.addEventListener("click", () => {
      const [isTrue, predicted] = link.dataset.pair.split("-");
      form.elements["true"].value = isTrue;
      form.elements["predicted"].value = predicted;
      restart();
    });
  }
  filter();
})();
