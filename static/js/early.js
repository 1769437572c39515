// Runs before the first paint: which theme, and that scripts are here (html.js shows what needs them).
"use strict";
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  root.classList.add("js");

  function stored() {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // storage can be forbidden; the system's theme is used then
    }
  }

  function apply() {
    const choice = stored();
    const theme = choice === "light" || choice === "dark" ? choice : dark.matches ? "dark" : "light";
    if (choice === theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    root.classList.toggle("is-dark", theme === "dark");
    root.classList.toggle("is-light", theme !== "dark");
    root.dispatchEvent(new CustomEvent("themechange"));
  }

  window.rolescopeTheme = {
    isDark: () => root.classList.contains("is-dark"),
    toggle() {
      const next = this.isDark() ? "light" : "dark";
      try {
        // The system's own theme needs no memory: following it again when it changes is what people expect.
        if ((next === "dark") === dark.matches) localStorage.removeItem("theme");
        else localStorage.setItem("theme", next);
      } catch {
        root.dataset.theme = next;
      }
      apply();
    },
  };
  dark.addEventListener("change", apply);
  apply();
})();
