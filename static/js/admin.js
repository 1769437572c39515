// What Django's admin leaves without a name that a screen reader could say. Everything works without this script.
"use strict";

(() => {
  const name = (control, text) => text && control.setAttribute("aria-label", text.trim());

  const nameChosen = (root) => {
    for (const shown of root.querySelectorAll(".select2-selection__rendered")) {
      const id = shown.id.replace(/^select2-/, "").replace(/-container$/, "");
      const label = document.querySelector(`label[for="${id}"]`);
      name(shown, label ? label.textContent.replace(/:\s*$/, "") : "");
    }
  };

  const nameCells = (root) => {
    for (const control of root.querySelectorAll(".tabular td :is(input:not([type=hidden]), select, textarea)")) {
      const cell = control.closest("td");
      const head = cell.closest("table").querySelector("thead tr").cells[cell.cellIndex];
      if (!control.labels.length && head) name(control, head.textContent);
    }
    for (const head of root.querySelectorAll(".tabular th.original:empty")) {
      head.innerHTML = '<span class="visually-hidden">Row</span>';
    }
  };

  const nameAll = (root) => {
    nameChosen(root);
    nameCells(root);
    for (const tip of root.querySelectorAll(".help-tooltip[aria-label]:not([role])")) tip.setAttribute("role", "img");
  };

  addEventListener("load", () => {
    nameAll(document);
    // The boxes for choosing are made anew when a row is added, or late on a busy machine.
    new MutationObserver(() => nameChosen(document)).observe(document.body, { childList: true, subtree: true });
  });
  document.addEventListener("formset:added", (event) => nameAll(event.target.closest(".inline-group") || document));
})();
