// One script draws every chart. Python decides what is shown (analytics/charts.py), json_script carries it.
"use strict";
(() => {
  const me = document.currentScript;
  const drawn = new Map(); // figure -> Chart
  const narrow = matchMedia("(max-width: 45rem)");
  let library = null;

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
      .then(() => Promise.all(me.dataset.plugins.split(" ").map(load)))
      .then(() => Chart.register(cellTexts));
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
    drawn.get(figure)?.destroy();
    const data = resolve(spec.data, inks);
    for (const dataset of data.datasets) dress(dataset, spec, ink);
    drawn.set(figure, new Chart(canvas, { type: spec.type, data, options: options(spec, ink) }));
    figure.querySelector(".chart-frame").classList.add("is-drawn");
  }

  function dress(dataset, spec, ink) {
    if (spec.type === "matrix") dressCells(dataset, ink);
    else if (spec.type === "line") {
      const line = { borderWidth: 1.8, pointRadius: 2.2, pointHoverRadius: 4, tension: 0, spanGaps: false };
      Object.assign(dataset, dataset.band ? { borderWidth: 0, pointRadius: 0, pointHoverRadius: 0 } : line);
      dataset.order = dataset.band ? 2 : 1;
    } else {
      Object.assign(dataset, { maxBarThickness: 16, categoryPercentage: 0.8, barPercentage: 0.86 });
      if (spec.type === "bar") Object.assign(dataset, { borderColor: ink("surface"), borderWidth: { right: 1 } });
      else Object.assign(dataset, { errorBarColor: ink("ink"), errorBarWhiskerColor: ink("ink"), errorBarLineWidth: 1.2, errorBarWhiskerLineWidth: 1.2, errorBarWhiskerSize: 6 });
    }
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

  function options(spec, ink) {
    const ours = resolve(spec.options, new Map());
    const scales = {};
    for (const [name, scale] of Object.entries(ours.scales ?? {})) scales[name] = axis(name, scale, spec, ink);
    if (spec.type === "line") scales.x ??= axis("x", {}, spec, ink);
    return {
      ...ours,
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      font: { family: getComputedStyle(document.body).fontFamily, size: 12 },
      color: ink("ink-2"),
      layout: { padding: { right: 8, top: ours.plugins?.annotation?.annotations?.reference ? 20 : 0 } },
      onClick: (_, hits, chart) => follow(chart, hits),
      onHover: (event, hits, chart) => { event.native.target.style.cursor = address(chart, hits) ? "pointer" : "default"; },
      scales,
      plugins: {
        legend: legend(ours.plugins?.legend, spec, ink),
        tooltip: tooltip(spec, ink),
        annotation: { clip: false, annotations: annotations(ours.plugins?.annotation, ink) },
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

  // Every row keeps its name; long names are cut on narrow screens, the table has them whole.
  function categoryTicks(name, spec) {
    const rows = name === "y" || spec.type === "matrix";
    const room = narrow.matches ? 18 : 34;
    return {
      autoSkip: !rows,
      autoSkipPadding: 14,
      padding: 6,
      maxRotation: spec.type === "matrix" && name === "x" ? 60 : 0,
      callback(value) {
        const label = this.getLabelForValue(value);
        return rows && label.length > room ? `${label.slice(0, room - 1)}…` : label;
      },
    };
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
        usePointStyle: spec.type === "line",
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
        title: (items) => (spec.type === "matrix" ? "" : items[0]?.label),
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
        borderDash: [4, 3],
        label: { display: true, content: one.label, position: "end", yAdjust: -18, color: ink("ink-2"), backgroundColor: "transparent", font: { size: 11, weight: 400 }, padding: 2 },
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

  // ---- a small plugin: the figures inside heat cells ------------------------------------------------------------
  const cellTexts = {
    id: "cellTexts",
    afterDatasetsDraw(chart) {
      const dataset = chart.data.datasets[0];
      if (!dataset?.texts) return;
      const { ctx } = chart;
      ctx.save();
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.font = `${narrow.matches ? 10 : 12}px ${getComputedStyle(document.body).fontFamily}`;
      chart.getDatasetMeta(0).data.forEach((cell, index) => {
        const { x, y, width, height } = cell.getProps(["x", "y", "width", "height"], true);
        const whole = dataset.texts[index];
        const text = ctx.measureText(whole).width > width - 2 ? whole.replace("%", "") : whole;
        ctx.fillStyle = dataset.textColor[index];
        ctx.fillText(text, x + width / 2, y + height / 2, width); // "100" is drawn narrower where it would not fit
      });
      ctx.restore();
    },
  };

  // ---- PNG: the chart with its title and its unit ------------------------------------------------------------
  function png(figure) {
    const chart = drawn.get(figure);
    if (!chart) return;
    const scale = chart.currentDevicePixelRatio;
    const margin = 16 * scale;
    const sheet = document.createElement("canvas");
    const source = chart.canvas;
    sheet.width = source.width + 2 * margin;
    sheet.height = source.height + 2 * margin + 46 * scale;
    const ctx = sheet.getContext("2d");
    const inks = new Map();
    const family = getComputedStyle(document.body).fontFamily;
    ctx.fillStyle = color("surface", inks);
    ctx.fillRect(0, 0, sheet.width, sheet.height);
    ctx.textBaseline = "top";
    ctx.fillStyle = color("ink", inks);
    ctx.font = `600 ${16 * scale}px ${family}`;
    ctx.fillText(figure.querySelector(".chart-title").textContent, margin, margin, source.width);
    ctx.fillStyle = color("ink-3", inks);
    ctx.font = `${12 * scale}px ${family}`;
    ctx.fillText(figure.querySelector(".chart-unit").textContent, margin, margin + 22 * scale, source.width);
    ctx.drawImage(source, margin, margin + 46 * scale);
    sheet.toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = `${figure.id}.png`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    });
  }

  // ---- when ---------------------------------------------------------------------------------------------------
  function watch(root) {
    for (const figure of root.querySelectorAll("[data-chart]")) {
      if (!drawn.has(figure)) nearby.observe(figure);
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

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-png]");
    if (button) png(button.closest("[data-chart]"));
  });
  document.documentElement.addEventListener("themechange", redraw);
  narrow.addEventListener("change", redraw);
  document.addEventListener("DOMContentLoaded", () => watch(document));
  document.addEventListener("htmx:load", () => watch(document));
  addEventListener("beforeprint", () => { for (const chart of drawn.values()) chart.resize(); });
})();
