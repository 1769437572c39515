// What makes pages pleasant with scripts; every screen reads and every form works without them.
"use strict";
(() => {
  // ---- one listener for clicks: theme, menu, filter bar, sort buttons, clearing a list -------------------
  document.addEventListener("click", (event) => {
    const target = event.target.closest("button, details");
    if (target?.matches("[data-theme-toggle]")) window.rolescopeTheme.toggle();
    if (target?.matches("[data-toggle]")) togglePart(target);
    if (target?.matches(".sort-button")) sortBy(target.closest("th"));
    if (target?.matches("[data-print]")) print();
    if (target?.matches("[data-clear]")) clearList(target.closest(".pick"));
    if (!event.target.closest(".pick")) closePicks();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = document.querySelector(".pick[open]");
      if (open) {
        open.open = false;
        open.querySelector("summary").focus();
      }
    }
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const search = document.getElementById("search");
      if (search?.offsetParent) {
        event.preventDefault();
        search.focus();
      }
    }
  });

  function togglePart(button) {
    const part = document.getElementById(button.dataset.toggle);
    button.setAttribute("aria-expanded", String(part.classList.toggle("is-open")));
  }

  // ---- filter bar ---------------------------------------------------------------------------------------
  function closePicks() {
    for (const pick of document.querySelectorAll(".pick[open]")) pick.open = false;
  }

  function clearList(pick) {
    for (const box of pick.querySelectorAll("input:checked")) box.checked = false;
    pick.dataset.changed = "yes";
    pick.open = false;
  }

  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-filters]");
    if (!form) return;
    if (event.target.matches("[data-now]")) form.requestSubmit();
    // A list is sent when it is closed, so that several can be ticked in one go.
    else event.target.closest(".pick")?.setAttribute("data-changed", "yes");
  });

  // "toggle" does not bubble, so it is caught on the way down.
  document.addEventListener("toggle", (event) => {
    const pick = event.target;
    if (!(pick instanceof HTMLDetailsElement) || !pick.matches(".pick")) return;
    if (pick.open) keepInView(pick.querySelector(".pick-panel"));
    else if (pick.dataset.changed) {
      delete pick.dataset.changed;
      pick.closest("form").requestSubmit();
    }
  }, true);

  function keepInView(panel) {
    panel.classList.remove("at-right");
    panel.classList.toggle("at-right", panel.getBoundingClientRect().right > document.documentElement.clientWidth - 8);
  }

  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-find]")) return;
    const wanted = event.target.value.trim().toLowerCase();
    for (const option of event.target.closest(".pick-panel").querySelectorAll(".option")) {
      option.hidden = !option.textContent.toLowerCase().includes(wanted);
    }
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-filters]")) return;
    for (const pick of event.target.querySelectorAll(".pick")) delete pick.dataset.changed;
    dropBlanks(event.target);
  }, true);

  // Blank fields would only lengthen the address that people share.
  function dropBlanks(form) {
    const blank = [...form.elements].filter((field) => field.name && field.value === "" && !field.disabled);
    for (const field of blank) field.disabled = true;
    setTimeout(() => { for (const field of blank) field.disabled = false; });
  }

  // ---- sortable tables ----------------------------------------------------------------------------------
  function makeSortable(table) {
    const body = table.tBodies[0];
    if (table.dataset.ready || !body || body.rows.length < 2) return;
    table.dataset.ready = "yes";
    for (const head of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort-button";
      button.append(...head.childNodes);
      head.append(button);
    }
  }

  function sortBy(head) {
    const body = head.closest("table").tBodies[0];
    const first = head.classList.contains("num") ? "descending" : "ascending";
    const second = first === "ascending" ? "descending" : "ascending";
    const order = head.getAttribute("aria-sort") === first ? second : first;
    for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order);
    const keyed = [...body.rows].map((row) => [sortKey(row.cells[head.cellIndex]), row]);
    keyed.sort((a, b) => compare(a[0], b[0], order === "ascending" ? 1 : -1));
    body.append(...keyed.map(([, row]) => row));
  }

  function sortKey(cell) {
    const text = cell.dataset.sort ?? cell.textContent.trim();
    if (text === "" || text === "–") return null;
    const value = Number(text.replaceAll(",", "").replace("\u2212", "-").replace(/%.*$/s, ""));
    return Number.isNaN(value) ? text.toLowerCase() : value;
  }

  // Cells without a figure stay at the end, whichever way the rest is sorted.
  function compare(a, b, sign) {
    if (a === null || b === null) return (a === null) - (b === null);
    if (typeof a === "number" && typeof b === "number") return sign * (a - b);
    return sign * String(a).localeCompare(String(b), undefined, { numeric: true });
  }

  // ---- drop zone: drop, bar, then wherever the answer leads -----------------------------------------------
  function makeDropZone(form) {
    const input = form.querySelector("input[type=file]");
    if (form.dataset.ready || !input) return;
    form.dataset.ready = "yes";
    for (const name of ["dragenter", "dragover"]) {
      form.addEventListener(name, (event) => {
        event.preventDefault();
        form.classList.add("is-over");
      });
    }
    for (const name of ["dragleave", "drop"]) form.addEventListener(name, () => form.classList.remove("is-over"));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      form.requestSubmit();
    });
    form.addEventListener("submit", (event) => {
      if (!input.files.length) return;
      event.preventDefault();
      send(form, input.files[0]);
    });
  }

  function megabytes(bytes) {
    return `${(bytes / 1048576).toLocaleString("en", { maximumFractionDigits: 1 })} MB`;
  }

  function send(form, file) {
    const status = form.querySelector("[data-drop-status]");
    const most = Number(form.dataset.most ?? Infinity);
    if (file.size > most) {
      status.textContent = `The file has ${megabytes(file.size)}; at most ${megabytes(most)} are taken. Compress it to .gz, or split it.`;
      return;
    }
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", `Uploading ${file.name}`);
    bar.max = file.size || 1;
    status.textContent = `Uploading ${file.name}`;
    status.after(bar);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", (event) => {
      bar.max = event.total || 1;
      bar.value = event.loaded;
      status.textContent = `${file.name}: ${Math.round((100 * event.loaded) / (event.total || 1))}% sent`;
    });
    request.upload.addEventListener("load", () => { status.textContent = `${file.name} is here; reading its first rows`; });
    request.addEventListener("load", () => follow(request, form.action));
    request.addEventListener("error", () => {
      bar.remove();
      status.textContent = "The connection broke before the file was here. Nothing was stored; please send it again.";
    });
    request.send(new FormData(form));
  }

  // The answer says where to go; a redirect that was followed already led to the log-in. Otherwise it is this page
  // with its errors.
  function follow(request, action) {
    const elsewhere = request.responseURL && request.responseURL !== action ? request.responseURL : null;
    const target = request.getResponseHeader("HX-Redirect") ?? elsewhere;
    if (target) {
      location.assign(target);
      return;
    }
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const main = page.getElementById("main");
    if (!main) {
      location.reload();
      return;
    }
    document.getElementById("main").replaceWith(document.importNode(main, true));
    prepare(document);
    document.querySelector(".error, [role=alert]")?.scrollIntoView({ block: "center" });
  }

  // ---- sticky table heads stand below the filter bar --------------------------------------------------------
  const barHeight = new ResizeObserver(([entry]) => {
    const height = Math.floor(entry.target.getBoundingClientRect().height);
    document.documentElement.style.setProperty("--bar", `${height}px`);
  });

  // They do so only where the table fits: one that is wider scrolls in its box.
  const fitting = new ResizeObserver((entries) => {
    for (const { target } of entries) target.classList.toggle("fits", target.firstElementChild.scrollWidth <= target.clientWidth);
  });

  // ---- at the start, and for every part that htmx brings ---------------------------------------------------
  function prepare(root) {
    for (const table of root.querySelectorAll("table[data-sortable]")) makeSortable(table);
    for (const form of root.querySelectorAll("form[data-drop]")) makeDropZone(form);
    for (const part of root.querySelectorAll("body.report main details:not(.pick)")) part.open = true;
    for (const wrap of root.querySelectorAll(".table-wrap.page")) fitting.observe(wrap);
    barHeight.disconnect();
    const bar = document.getElementById("filters");
    if (bar) barHeight.observe(bar);
    else document.documentElement.style.setProperty("--bar", "0px");
  }

  document.addEventListener("DOMContentLoaded", () => prepare(document));
  document.addEventListener("htmx:load", (event) => prepare(event.target.parentElement ?? document));
  addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll("main details:not([open], .pick)")) {
      part.open = true;
      part.dataset.printed = "yes";
    }
  });
  addEventListener("afterprint", () => {
    for (const part of document.querySelectorAll("details[data-printed]")) {
      part.open = false;
      delete part.dataset.printed;
    }
  });
})();
