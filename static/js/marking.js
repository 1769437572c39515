// Marking by keyboard: a key presses the button or follows the link that bears it. Pages work without it.
"use strict";
(() => {
  let isSending = false;

  document.addEventListener("keydown", (event) => {
    const reading = document.getElementById("reading");
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (!reading || typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const field = reading.querySelector(`[data-focus-key="${CSS.escape(event.key)}"]`);
    const target = field ?? reading.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    // What is pressed while an answer is under way would be taken for the next text, which nobody has seen yet.
    if (isSending) return;
    if (field) field.select();
    else target.click();
  });

  document.addEventListener("htmx:beforeRequest", () => { isSending = true; });
  document.addEventListener("htmx:afterRequest", (event) => {
    isSending = false;
    const notice = document.querySelector("[data-unsaved]");
    if (notice) notice.hidden = event.detail.successful;
  });
  // Whoever listens to the page hears the next question.
  document.addEventListener("htmx:afterSwap", () => document.getElementById("question")?.focus({ preventScroll: true }));
})();
