// A chart as a picture: with its title, its unit, and at the bottom what it rests on. Loaded after Chart.js.
"use strict";
(() => {
  const EDGE = 16;
  const HEAD = 46;
  const LINE = 15;

  function png(figure) {
    const chart = Chart.getChart(figure.querySelector("canvas"));
    if (!chart) return;
    const { family } = Chart.defaults.font;
    const scale = chart.currentDevicePixelRatio;
    const source = chart.canvas;
    const sheet = document.createElement("canvas");
    const ctx = sheet.getContext("2d");
    const small = `${11 * scale}px ${chart.options.font.family ?? family}`;
    ctx.font = small;
    const below = wrapped(ctx, says(), source.width);
    sheet.width = source.width + 2 * EDGE * scale;
    sheet.height = source.height + (2 * EDGE + HEAD + 8 + LINE * below.length) * scale;
    ctx.fillStyle = getComputedStyle(figure).backgroundColor;
    ctx.fillRect(0, 0, sheet.width, sheet.height);
    const write = (text, font, like, y) => {
      Object.assign(ctx, { font, fillStyle: getComputedStyle(like).color, textBaseline: "top" });
      ctx.fillText(text, EDGE * scale, y * scale, source.width);
    };
    const [title, unit] = [figure.querySelector(".chart-title"), figure.querySelector(".chart-unit")];
    write(title.textContent, `600 ${small.replace(/^[\d.]+/, 16 * scale)}`, title, EDGE);
    write(unit.textContent, small.replace(/^[\d.]+/, 12 * scale), unit, EDGE + 22);
    ctx.drawImage(source, EDGE * scale, (EDGE + HEAD) * scale);
    below.forEach((line, place) => write(line, small, unit, source.height / scale + EDGE + HEAD + 8 + LINE * place));
    sheet.toBlob((blob) => keep(blob, `${figure.id}.png`));
  }

  function keep(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  // Run, postings, months, taxonomy and filters, as the page says them, and where and when it was read.
  function says() {
    const told = [...document.querySelectorAll("[data-says]")].map((part) => part.dataset.says);
    return ["Rolescope", ...told, `${location.host}, ${new Date().toISOString().slice(0, 10)}`].join(" · ");
  }

  function wrapped(ctx, text, width) {
    const found = [""];
    for (const word of text.split(" ")) {
      const joined = `${found.at(-1)} ${word}`.trim();
      if (found.at(-1) && ctx.measureText(joined).width > width) found.push(word);
      else found[found.length - 1] = joined;
    }
    return found;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-png]");
    if (button) png(button.closest("[data-chart]"));
  });
})();
