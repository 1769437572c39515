// What is drawn on charts beside bars, lines and dots: figures in heat cells, names at the ends of lines, names beside
// dots. Loaded after Chart.js (data-plugins in base.html); colours and fonts come from charts.js as plugin options.
"use strict";
(() => {
  // ---- the figures inside heat cells ------------------------------------------------------------------------
  const cellTexts = {
    id: "cellTexts",
    afterDatasetsDraw(chart, _, { font }) {
      const dataset = chart.data.datasets[0];
      if (!dataset?.texts) return;
      const { ctx } = chart;
      ctx.save();
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.font = font;
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

  // ---- the name of each line at its end, instead of a legend --------------------------------------------------
  const LINE = 15;

  function lastPoints(chart) {
    const found = [];
    chart.data.datasets.forEach((dataset, index) => {
      if (dataset.band) return;
      const last = dataset.data.findLastIndex((value) => value !== null);
      if (last < 0) return;
      const { x, y } = chart.getDatasetMeta(index).data[last].getProps(["x", "y"], true);
      found.push({ x, y, name: dataset.label, color: dataset.borderColor, style: dataset.pointStyle });
    });
    return found.sort((a, b) => a.y - b.y);
  }

  // Each label as near to its line as the others let it: pushed down first, then up from the bottom.
  function spread(points, top, bottom) {
    let above = top - LINE;
    for (const point of points) above = point.at = Math.max(point.y, above + LINE);
    let below = bottom + LINE;
    for (const point of points.toReversed()) below = point.at = Math.min(point.at, below - LINE);
    return points;
  }

  const endLabels = {
    id: "endLabels",
    afterDatasetsDraw(chart, _, { room, font, ink }) {
      if (!room) return;
      const { ctx, chartArea } = chart;
      ctx.save();
      ctx.font = font;
      ctx.textBaseline = "middle";
      for (const point of spread(lastPoints(chart), chartArea.top, chartArea.bottom)) {
        ctx.strokeStyle = point.color;
        ctx.lineWidth = 1.2;
        ctx.beginPath();
        ctx.moveTo(point.x + 4, point.y);
        if (point.x < chartArea.right - 2) ctx.setLineDash([1, 3]);
        ctx.lineTo(chartArea.right + 12, point.at);
        ctx.stroke();
        ctx.setLineDash([]);
        // The mark of the line beside its name: where many lines end in one place, it tells them apart.
        ctx.fillStyle = point.color;
        Chart.helpers.drawPoint(ctx, { pointStyle: point.style, radius: 3.5, borderWidth: 1 }, chartArea.right + 15, point.at);
        ctx.fillStyle = ink;
        ctx.fillText(cut(ctx, point.name, room - 26), chartArea.right + 23, point.at);
      }
      ctx.restore();
    },
  };

  function cut(ctx, text, room) {
    if (ctx.measureText(text).width <= room) return text;
    let kept = text.length;
    while (kept > 1 && ctx.measureText(`${text.slice(0, kept)}…`).width > room) kept -= 1;
    return `${text.slice(0, kept)}…`;
  }

  // ---- the name of each dot beside it -------------------------------------------------------------------------
  const SIDES = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [1, 1], [-1, -1], [-1, 1]];
  const AWAY = [2, 12, 24, 40];
  const TALL = 14;

  function boxAt(dot, width, [across, down], away) {
    const x = dot.x + across * (dot.r + away);
    const y = dot.y + down * (dot.r + away + (across ? 0 : TALL / 2 - 2));
    const left = across > 0 ? x + 1 : across < 0 ? x - width - 1 : x - width / 2;
    return { left, right: left + width, top: y - TALL / 2, bottom: y + TALL / 2, x: left, y };
  }

  function overlaps(a, b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  }

  // The nearest free place, largest dots first; a name that has none is left to the tooltip and the table.
  function placed(dots, ctx, area) {
    const taken = dots.map(({ x, y, r }) => ({ left: x - r, right: x + r, top: y - r, bottom: y + r }));
    const found = [];
    for (const dot of dots.toSorted((a, b) => b.r - a.r)) {
      const width = ctx.measureText(dot.name).width;
      const free = (box) => box.left >= 2 && box.right <= area.width - 2 && box.top >= 0 && box.bottom <= area.height
        && !taken.some((other) => overlaps(box, other));
      for (const [away, side] of AWAY.flatMap((distance) => SIDES.map((one) => [distance, one]))) {
        const box = boxAt(dot, width, side, away);
        if (!free(box)) continue;
        taken.push(box);
        found.push({ dot, box, isFar: away > 12 });
        break;
      }
    }
    return found;
  }

  function leader(ctx, dot, box, line) {
    ctx.strokeStyle = line;
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.moveTo(dot.x, dot.y);
    ctx.lineTo(Math.min(Math.max(dot.x, box.left), box.right), Math.min(Math.max(dot.y, box.top), box.bottom));
    ctx.stroke();
  }

  const dotLabels = {
    id: "dotLabels",
    afterDatasetsDraw(chart, _, { font, ink, line }) {
      const names = chart.data.datasets[0]?.names;
      if (!names) return;
      const { ctx } = chart;
      ctx.save();
      ctx.font = font;
      ctx.textBaseline = "middle";
      const dots = chart.getDatasetMeta(0).data.map((point, index) => ({ x: point.x, y: point.y, r: point.options.radius, name: names[index] }));
      const shown = placed(dots, ctx, chart);
      for (const { dot, box, isFar } of shown) if (isFar) leader(ctx, dot, box, line);
      ctx.fillStyle = ink;
      for (const { dot, box } of shown) ctx.fillText(dot.name, box.x, box.y);
      chart.$labels = shown.map(({ dot, box }) => ({ name: dot.name, ...box })); // read by tests
      ctx.restore();
    },
  };

  // ---- a map has one scale for both directions ------------------------------------------------------------------
  const oneScale = {
    id: "oneScale",
    beforeLayout(chart, _, { wanted }) {
      const points = chart.data.datasets[0]?.data ?? [];
      if (!wanted || !points.length) return;
      const ends = (of) => [Math.min(...points.map(of)), Math.max(...points.map(of))];
      const [left, right] = ends((point) => point.x);
      const [low, high] = ends((point) => point.y);
      const room = { x: Math.max(chart.width - 140, 60), y: Math.max(chart.height - 60, 60) };
      const perPixel = Math.max((right - left) / room.x, (high - low) / room.y) || 1;
      const around = (name, a, b, pixels) => {
        const half = (pixels * perPixel) / 2;
        Object.assign(chart.options.scales[name], { min: (a + b) / 2 - half, max: (a + b) / 2 + half });
      };
      around("x", left, right, chart.width);
      around("y", low, high, chart.height);
    },
  };

  Chart.register(cellTexts, endLabels, dotLabels, oneScale);
})();
