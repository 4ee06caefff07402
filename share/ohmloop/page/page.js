"use strict";
// A click on a head sorts its column upwards, downwards, and back to the order of the report. Cells without a value stay last.
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const heads = Array.from(table.tHead.rows[0].cells);
  const order = Array.from(body.rows);
  const words = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const next = { none: "ascending", ascending: "descending", descending: "none" };

  const compare = (numeric) => (a, b) => {
    if (a.value === "" || b.value === "") return (a.value === "") - (b.value === "");
    return a.sign * (numeric ? Number(a.value) - Number(b.value) : words.compare(a.value, b.value));
  };

  const sort = (head, column) => {
    const direction = next[head.getAttribute("aria-sort")];
    for (const other of heads) other.setAttribute("aria-sort", other === head ? direction : "none");
    const sign = direction === "descending" ? -1 : 1;
    const keyed = order.map((row) => {
      const cell = row.cells[column];
      return { row, sign, value: cell.dataset.value ?? cell.textContent };
    });
    if (direction !== "none") keyed.sort(compare(head.classList.contains("number")));
    body.append(...keyed.map((one) => one.row));
  };

  heads.forEach((head, column) => {
    head.querySelector("button").addEventListener("click", () => sort(head, column));
  });
}
