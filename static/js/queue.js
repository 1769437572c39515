// Queues that curators work through with the keyboard. Pages work without it: forms and links do the same.
//
//   data-queue              the part of the page that an answer replaces; it has an id, and htmx swaps it whole
//   data-queue-item         one thing in the list; in it a link data-queue-open (the chosen one has aria-current="true")
//                           and perhaps a checkbox data-queue-mark
//   data-queue-later        what htmx loads by itself (impact, search): keys do not wait for it
//   data-key="a"            this key presses the button or link, ticks the box, opens the <details>, goes to the field
//   data-first              in a <details data-key>: what has the focus once it is opened
//   data-enter="id"         Enter in this field presses the button with that id; a combobox chooses its option first
//   data-queue-marked       says how many are marked; data-queue-when-marked is shown when some are
//   dialog[data-queue-help] what ? opens
//
// Keys of its own: j k and arrows move, x marks, ? helps, Escape leaves a field.
"use strict";
(() => {
  const MOVES = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
  const FIELDS = "textarea, select, input:not([type=checkbox], [type=radio], [type=submit], [type=button])";
  const asking = new Map(); // requests on their way -> whether one decides
  let pressed = []; // keys that wait for them

  const queue = () => document.querySelector("[data-queue]");
  const items = () => [...queue().querySelectorAll("[data-queue-item]")];
  const opener = (item) => item?.querySelector("[data-queue-open]");
  const chosen = () => items().find((item) => opener(item)?.getAttribute("aria-current") === "true");

  document.addEventListener("keydown", (event) => {
    if (!queue() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    const field = event.target.closest(FIELDS);
    if (event.key === "Escape" && queue().contains(event.target)) leave(event.target);
    else if (field) typeIn(field, event);
    else if (isOurs(event.key)) {
      event.preventDefault();
      if (mustWait(event.key)) pressed.push(event.key);
      else press(event.key);
    }
  });

  function isOurs(key) {
    return key in MOVES || key === "?" || key === "x" || key === "X" || Boolean(keyed(key)) || (asking.size > 0 && /^\w$/.test(key));
  }

  // Moving on needs no answer of the page before; whatever else is pressed is meant for what comes with the answer.
  function mustWait(key) {
    return key in MOVES ? [...asking.values()].includes(true) : asking.size > 0;
  }

  function press(key) {
    if (key in MOVES) move(MOVES[key]);
    else if (key === "?") document.querySelector("dialog[data-queue-help]")?.showModal();
    else if (key === "x" || key === "X") chosen()?.querySelector("[data-queue-mark]")?.click();
    else use(keyed(key));
  }

  function keyed(key) {
    const named = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
    const shown = named.filter((one) => one.checkVisibility() && !one.closest("details:not([open]) > :not(summary)"));
    const opened = document.activeElement.closest("details[data-key]");
    // Digits may choose among kinds as well as among members: where somebody is comes first.
    return shown.find((one) => opened?.contains(one)) ?? shown[0];
  }

  function use(part) {
    if (!part || part.disabled) return;
    if (part.matches("details")) {
      part.open = true;
      part.querySelector("[data-first]")?.focus();
    } else if (part.matches(FIELDS)) {
      part.focus();
      part.select?.();
    } else part.click();
  }

  // ---- moving through the list --------------------------------------------------------------------------
  function move(by) {
    const all = items();
    const at = all.indexOf(chosen());
    const next = all[at < 0 ? 0 : at + by];
    if (next) opener(next).click();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-queue-open]");
    if (link && window.htmx) choose(link.closest("[data-queue-item]"));
    if (event.target.closest("[data-queue-helps]")) document.querySelector("dialog[data-queue-help]")?.showModal();
  });

  function choose(item) {
    for (const other of items()) opener(other).setAttribute("aria-current", String(other === item));
    show(item);
  }

  function show(item) {
    opener(item)?.focus({ preventScroll: true });
    item?.scrollIntoView({ block: "nearest" });
  }

  function leave(target) {
    const details = target.closest("details[data-key][open]");
    if (details) details.open = false;
    closeOptions(target);
    show(chosen());
  }

  // ---- several at once ----------------------------------------------------------------------------------
  function countMarked() {
    const count = queue()?.querySelectorAll("[data-queue-mark]:checked").length ?? 0;
    for (const said of document.querySelectorAll("[data-queue-marked]")) said.textContent = String(count);
    for (const part of document.querySelectorAll("[data-queue-when-marked]")) part.hidden = count === 0;
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-queue-mark]")) countMarked();
  });

  // ---- fields: Enter, and a list of options that htmx fills ------------------------------------------------
  function typeIn(field, event) {
    const options = field.getAttribute("role") === "combobox" ? optionsOf(field) : [];
    if (event.key in MOVES && event.key.startsWith("Arrow") && options.length) {
      event.preventDefault();
      activate(field, options, MOVES[event.key]);
    } else if (event.key === "Enter" && field.dataset.enter) {
      event.preventDefault();
      const active = options.find((option) => option.getAttribute("aria-selected") === "true");
      if (active) field.value = active.dataset.value;
      use(document.getElementById(field.dataset.enter));
    }
  }

  function optionsOf(field) {
    return [...(document.getElementById(field.getAttribute("aria-controls"))?.querySelectorAll("[role=option]") ?? [])];
  }

  function activate(field, options, by) {
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const next = options[(at + by + options.length + (at < 0 && by < 0 ? 1 : 0)) % options.length];
    for (const option of options) option.setAttribute("aria-selected", String(option === next));
    field.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  }

  function closeOptions(field) {
    const list = field.getAttribute?.("role") === "combobox" && document.getElementById(field.getAttribute("aria-controls"));
    if (list) {
      list.replaceChildren();
      field.setAttribute("aria-expanded", "false");
    }
  }

  document.addEventListener("click", (event) => {
    const option = event.target.closest("[data-queue] [role=option]");
    const field = option && document.querySelector(`[aria-controls="${CSS.escape(option.closest("[role=listbox]").id)}"]`);
    if (!field) return;
    field.value = option.dataset.value;
    use(document.getElementById(field.dataset.enter));
  });

  // ---- answers -------------------------------------------------------------------------------------------
  function isOfQueue(element) {
    return queue()?.contains(element) && !element.closest("[data-queue-later]");
  }

  document.addEventListener("htmx:beforeSend", (event) => {
    if (isOfQueue(event.detail.elt)) asking.set(event.detail.xhr, event.detail.elt.matches("form"));
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    asking.delete(event.detail.xhr);
    if (event.detail.failed) pressed = [];
    // htmx sends what waited for this answer first, and only then is it known whether keys wait on.
    setTimeout(goOn);
  });

  // Whoever was signed out is answered with the page for signing in: that needs the whole window.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!event.detail.requestConfig.elt.closest("[data-queue]")) return;
    if (/<html/i.test(event.detail.xhr.responseText)) {
      event.detail.shouldSwap = false;
      location.reload();
    }
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (!queue()) return;
    countMarked();
    if (event.target.matches("[data-queue]") || event.target.querySelector("[data-queue]")) show(chosen());
    if (event.target.matches("[role=listbox]")) {
      const field = document.querySelector(`[aria-controls="${CSS.escape(event.target.id)}"]`);
      field?.setAttribute("aria-expanded", String(event.target.childElementCount > 0));
    }
  });

  function goOn() {
    while (pressed.length && !mustWait(pressed[0])) press(pressed.shift());
  }

  document.addEventListener("DOMContentLoaded", countMarked);
})();
