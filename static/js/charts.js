// One script draws every chart. Python decides what is shown (analytics/charts.py), json_script carries it.
"use strict";
(() => {
  const me = document.currentScript;
  const drawn = new Map(); // figure -> Chart
  const narrow = matchMedia("(max-width: 45rem)");
  const PAPER = 680;
  let library = null;
  let isPaper = false; // while a page is printed charts have the width of paper, not of the window

  // ---- the library is fetched when the first chart comes near the screen ----------------------------------
  function load(url) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = url;
      script.onload = resolve;
      script.onerror = () => reject(new Error(`${url} did not load`));
      document.head.append(script);
    });
  }

  function whenReady() {
    library ??= load(me.dataset.library)
      .then(() => Promise.all(me.dataset.plugins.split(" ").map(load)));
    return library;
  }

  const nearby = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      nearby.unobserve(entry.target);
      whenReady().then(() => draw(entry.target), (error) => say(entry.target, error));
    }
  }, { rootMargin: "300px" });

  function say(figure, error) {
    const note = document.createElement("span");
    note.className = "chart-wait";
    note.textContent = `The chart could not be drawn (${error.message}); the table below holds the same figures.`;
    figure.querySelector(".chart-frame").append(note);
  }

  // ---- colours: "series-1" or "series-1/35" is a CSS token, with an opacity in percent ---------------------
  const probe = document.createElement("span");
  probe.hidden = true;

  function color(token, inks) {
    if (token === "none") return "transparent";
    const [name, percent] = token.split("/");
    if (!inks.has(name)) {
      if (!probe.isConnected) document.body.append(probe);
      probe.style.color = `var(--${name})`;
      inks.set(name, getComputedStyle(probe).color);
    }
    const ink = inks.get(name);
    return percent ? ink.replace(/^rgba?\(([^)]+)\)$/, (_, rgb) => `rgba(${rgb}, ${percent / 100})`) : ink;
  }

  function resolve(value, inks, key = "") {
    if (Array.isArray(value)) return value.map((one) => resolve(one, inks, key));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, resolve(one, inks, name)]));
    }
    return typeof value === "string" && /color$/i.test(key) ? color(value, inks) : value;
  }

  // ---- from a spec to what Chart.js takes --------------------------------------------------------------------
  function draw(figure) {
    const canvas = figure.querySelector("canvas");
    if (!canvas || !figure.isConnected) return;
    const spec = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
    const inks = new Map();
    const ink = (token) => color(token, inks);
    if (spec.type === "matrix") spec.letters = Math.floor((roomOf(canvas) - 190) / spec.data.datasets[0].grid.columns / 6);
    drawn.get(figure)?.destroy();
    const data = resolve(spec.data, inks);
    for (const dataset of data.datasets) dress(dataset, spec, ink);
    drawn.set(figure, new Chart(canvas, { type: spec.type, data, options: options(spec, ink, endRoom(spec, canvas)) }));
    figure.querySelector(".chart-frame").classList.add("is-drawn");
  }

  function dress(dataset, spec, ink) {
    const type = dataset.type ?? spec.type;
    if (type === "matrix") dressCells(dataset, ink);
    else if (type === "scatter") Object.assign(dataset, { pointRadius: dataset.radius, pointHoverBorderWidth: 2, pointHoverRadius: dataset.radius, borderWidth: 1 });
    else if (type === "scatterWithErrorBars") Object.assign(dataset, { pointRadius: 4.5, pointHoverRadius: 6, borderWidth: 1.5, order: 1 }, whiskers(ink));
    else if (type === "line") {
      const line = { borderWidth: 1.8, pointRadius: 2.2, pointHoverRadius: 4, tension: 0, spanGaps: false };
      Object.assign(dataset, dataset.band ? { borderWidth: 0, pointRadius: 0, pointHoverRadius: 0 } : line);
      dataset.order = dataset.band ? 2 : 1;
    } else {
      Object.assign(dataset, { maxBarThickness: 16, categoryPercentage: 0.8, barPercentage: 0.86 });
      if (type === "barWithErrorBars") Object.assign(dataset, whiskers(ink));
      else Object.assign(dataset, { borderColor: ink("surface"), borderWidth: { right: 1 }, pointStyle: "rect", order: 2 });
    }
  }

  function whiskers(ink) {
    return { errorBarColor: ink("ink"), errorBarWhiskerColor: ink("ink"), errorBarLineWidth: 1.2, errorBarWhiskerLineWidth: 1.2, errorBarWhiskerSize: 6 };
  }

  // Room at the right for the names of lines, 0 where a legend says them better: one line, many, or no width.
  function endRoom(spec, canvas) {
    const lines = spec.type === "line" ? spec.data.datasets.filter((one) => !one.band) : [];
    const width = roomOf(canvas);
    if (lines.length < 2 || lines.length > 10 || width < 400) return 0;
    const ctx = canvas.getContext("2d");
    ctx.font = `12px ${family()}`;
    const widest = Math.max(...lines.map((one) => ctx.measureText(one.label).width));
    const room = Math.ceil(widest) + 28;
    return room <= width * 0.3 ? room : 0;
  }

  function roomOf(canvas) {
    const width = canvas.parentElement.clientWidth;
    return isPaper ? Math.min(width, PAPER) : width;
  }

  function family() {
    return getComputedStyle(document.body).fontFamily;
  }

  function dressCells(dataset, ink) {
    const gap = 2;
    dataset.backgroundColor = dataset.heat.map((step) => (step === null ? "transparent" : ink(`heat-${step}`)));
    dataset.textColor = dataset.heat.map((step) => ink(step >= 6 ? "heat-ink-high" : step === 5 ? "heat-ink-mid" : "heat-ink-low"));
    dataset.borderRadius = 2;
    dataset.hoverBorderWidth = 2;
    dataset.hoverBorderColor = ink("focus");
    dataset.width = ({ chart }) => (chart.chartArea ? chart.chartArea.width / dataset.grid.columns - gap : 0);
    dataset.height = ({ chart }) => (chart.chartArea ? chart.chartArea.height / dataset.grid.rows - gap : 0);
  }

  function options(spec, ink, room) {
    const ours = resolve(spec.options, new Map());
    const scales = {};
    for (const [name, scale] of Object.entries(ours.scales ?? {})) scales[name] = axis(name, scale, spec, ink);
    if (spec.type === "line") scales.x ??= axis("x", {}, spec, ink);
    return {
      ...ours,
      animation: false,
      responsive: !isPaper,
      maintainAspectRatio: false,
      font: { family: family(), size: 12 },
      color: ink("ink-2"),
      layout: { padding: { right: room || 8, top: ours.plugins?.annotation?.annotations?.reference ? 20 : 0 } },
      onClick: (_, hits, chart) => follow(chart, hits),
      onHover: (event, hits, chart) => { event.native.target.style.cursor = address(chart, hits) ? "pointer" : "default"; },
      scales,
      plugins: {
        legend: room ? { display: false } : legend(ours.plugins?.legend, spec, ink),
        tooltip: tooltip(spec, ink),
        annotation: { clip: false, annotations: annotations(ours.plugins?.annotation, ink) },
        cellTexts: { font: `${narrow.matches ? 10 : 12}px ${family()}` },
        endLabels: { room, font: `12px ${family()}`, ink: ink("ink") },
        dotLabels: { font: `12px ${family()}`, ink: ink("ink"), line: ink("line-strong") },
        oneScale: { wanted: ours.isMap ?? false },
      },
    };
  }

  function axis(name, scale, spec, ink) {
    const horizontal = spec.options.indexAxis === "y";
    const isCategory = scale.type === "category" || (horizontal ? name === "y" : spec.type === "line" && name === "x");
    const ticks = { color: ink(isCategory && name === "y" ? "ink" : "ink-3"), font: { size: 12 } };
    if (isCategory) Object.assign(ticks, categoryTicks(name, spec));
    else Object.assign(ticks, { callback: (value) => number(value, spec.format), maxTicksLimit: narrow.matches ? 5 : 8 });
    return {
      ...scale,
      ticks,
      title: { ...scale.title, color: ink("ink-3"), font: { size: 12, weight: 400 } },
      border: { display: isCategory && spec.type !== "matrix", color: ink("line-strong") },
      grid: { display: !isCategory, color: ink("line"), drawTicks: false },
    };
  }

  // Every row keeps its name; long names are cut on narrow screens, the table has them whole. Names of the columns of
  // a heat map are broken into lines where a column is as wide as their words, and turned where it is not.
  function categoryTicks(name, spec) {
    const rows = name === "y";
    const columns = spec.type === "matrix" && !rows;
    const most = narrow.matches ? 18 : 34;
    const words = columns ? spec.options.scales.x.labels.flatMap((label) => label.split(" ")) : [];
    const isBroken = columns && Math.max(...words.map((word) => word.length)) <= spec.letters + 1;
    return {
      autoSkip: !rows && !columns,
      autoSkipPadding: 14,
      padding: 6,
      minRotation: columns && !isBroken ? (narrow.matches ? 60 : 22) : 0,
      maxRotation: columns && !isBroken ? 70 : 0,
      callback(value) {
        const label = this.getLabelForValue(value);
        if (isBroken) return lines(label, spec.letters);
        return (rows || columns) && label.length > most ? `${label.slice(0, most - 1)}…` : label;
      },
    };
  }

  function lines(text, letters) {
    const found = [];
    for (const word of text.split(" ")) {
      const joined = found.length ? `${found.at(-1)} ${word}` : word;
      if (found.length && joined.length <= letters) found[found.length - 1] = joined;
      else found.push(word);
    }
    return found;
  }

  function number(value, format) {
    const text = value.toLocaleString("en", { maximumFractionDigits: Math.max(format.decimals, Math.abs(value) < 10 && value % 1 ? 2 : 0) });
    return `${format.prefix}${text}${format.suffix}`.replace("-", "\u2212");
  }

  function legend(wanted, spec, ink) {
    return {
      display: wanted?.display ?? false,
      align: "start",
      onClick: null,
      labels: {
        color: ink("ink-2"),
        usePointStyle: spec.type === "line" || spec.data.datasets.some((one) => one.type),
        boxWidth: spec.type === "line" ? 26 : 10,
        boxHeight: spec.type === "line" ? 7 : 10,
        filter: (item, data) => !data.datasets[item.datasetIndex].band,
      },
    };
  }

  function tooltip(spec, ink) {
    return {
      backgroundColor: ink("ink"),
      titleColor: ink("paper"),
      bodyColor: ink("paper"),
      padding: 8,
      cornerRadius: 5,
      displayColors: spec.data.datasets.length > 1,
      boxPadding: 4,
      filter: (item) => !item.dataset.band,
      callbacks: {
        title: (items) => (["matrix", "scatter"].includes(spec.type) ? "" : items[0]?.label),
        label: (item) => item.dataset.notes?.[item.dataIndex] ?? item.formattedValue,
      },
    };
  }

  // A reference line carries its name above the plot; a shaded month is explained under the title.
  function annotations(wanted, ink) {
    const looks = {
      line: (one) => ({
        borderColor: ink("ink-2"),
        borderWidth: 1.2,
        borderDash: one.label ? [4, 3] : [],
        label: { display: Boolean(one.label), content: one.label, position: "end", yAdjust: -18, color: ink("ink-2"), backgroundColor: "transparent", font: { size: 11, weight: 400 }, padding: 2 },
      }),
      box: () => ({ backgroundColor: ink("ink-3/14"), borderWidth: 0, drawTime: "beforeDatasetsDraw" }),
    };
    return Object.fromEntries(Object.entries(wanted?.annotations ?? {}).map(([name, one]) => [name, { ...one, ...looks[one.type](one) }]));
  }

  function address(chart, hits) {
    return hits.length ? chart.data.datasets[hits[0].datasetIndex].links?.[hits[0].index] : "";
  }

  function follow(chart, hits) {
    const url = address(chart, hits);
    if (url) location.assign(url);
  }

  // ---- when ---------------------------------------------------------------------------------------------------
  function watch(root) {
    const atOnce = document.body.classList.contains("report");
    for (const figure of root.querySelectorAll("[data-chart]")) {
      if (drawn.has(figure)) continue;
      if (atOnce) whenReady().then(() => draw(figure), (error) => say(figure, error));
      else nearby.observe(figure);
    }
    for (const figure of drawn.keys()) {
      if (figure.isConnected) continue;
      drawn.get(figure).destroy();
      drawn.delete(figure);
    }
  }

  function redraw() {
    for (const figure of [...drawn.keys()]) draw(figure);
  }

  document.documentElement.addEventListener("themechange", redraw);
  narrow.addEventListener("change", redraw);
  document.addEventListener("DOMContentLoaded", () => watch(document));
  document.addEventListener("htmx:load", () => watch(document));

  // ---- print: light, all charts, and as wide as paper -----------------------------------------------------------
  let themeBefore = null;

  addEventListener("beforeprint", () => {
    const root = document.documentElement;
    themeBefore = root.dataset.theme ?? "";
    root.dataset.theme = "light";
    isPaper = true;
    if (window.Chart) for (const figure of document.querySelectorAll("[data-chart]")) draw(figure);
    for (const chart of drawn.values()) chart.resize(roomOf(chart.canvas), chart.canvas.parentElement.clientHeight);
  });
  addEventListener("afterprint", () => {
    const root = document.documentElement;
    if (themeBefore) root.dataset.theme = themeBefore;
    else delete root.dataset.theme;
    isPaper = false;
    redraw();
  });
})();
