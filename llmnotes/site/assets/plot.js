"use strict";
// Any two numbers of the base against each other; every point leads to its model.

tools.plot = () => {
  const base = window.llmnotes;
  const form = document.getElementById("plot-form");
  const result = document.getElementById("result");
  const say = document.getElementById("say");
  const svg = "http://www.w3.org/2000/svg";
  const [width, height, left, right, top, bottom] = [960, 460, 80, 20, 16, 44];
  const choices = base.attributes.filter((item) => base.numbers[item.id]);

  for (const name of ["x", "y"]) {
    form.elements[name].append(...choices.map((item) =>
      make("option", { value: item.id }, item.unit && !item.label.toLowerCase().includes(item.unit) ? `${item.label} (${item.unit})` : item.label)));
  }
  const query = new URLSearchParams(location.search);
  form.elements.x.value = base.numbers[query.get("x")] ? query.get("x") : "params_total";
  form.elements.y.value = base.numbers[query.get("y")] ? query.get("y") : "training_tokens";

  function axis(values, dates) {
    const log = !dates && Math.min(...values) > 0 && Math.max(...values) / Math.min(...values) >= 20;
    let low = Math.min(...values);
    let high = Math.max(...values);
    if (log) {
      low = 10 ** Math.floor(Math.log10(low));
      high = 10 ** Math.ceil(Math.log10(high));
    } else {
      const step = 10 ** Math.floor(Math.log10(high - low || Math.abs(high) || 1));
      low = dates ? Math.floor(low) : Math.floor(low / step) * step;
      high = dates ? Math.floor(high) + 1 : Math.ceil(high / step) * step;
    }
    if (high === low) high = low + 1;
    const at = (value) => (log
      ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))
      : (value - low) / (high - low));
    const ticks = [];
    if (log) {
      const jump = Math.max(1, Math.round(Math.log10(high / low) / 8));
      for (let power = Math.log10(low); power <= Math.log10(high) + 1e-9; power += jump) ticks.push(10 ** Math.round(power));
    } else {
      const jump = dates ? Math.max(1, Math.ceil((high - low) / 10)) : (high - low) / 5;
      for (let value = low; value <= high + 1e-9; value += jump) ticks.push(value);
    }
    return { at, ticks, dates };
  }

  function short(value, dates) {
    if (dates) return String(Math.round(value));
    for (const [letter, scale] of [["T", 1e12], ["B", 1e9], ["M", 1e6], ["k", 1e3]]) {
      if (Math.abs(value) >= scale) return `${Number((value / scale).toPrecision(3))}${letter}`;
    }
    return String(Number(value.toPrecision(3)));
  }

  function draw(name, attributes, text) {
    const element = document.createElementNS(svg, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function show() {
    const [x, y] = [form.elements.x.value, form.elements.y.value];
    const points = base.subjects
      .filter((item) => item.kind === "model" && item.variant === "base")
      .map((item) => [item, base.numbers[x][item.id], base.numbers[y][item.id]])
      .filter((item) => item[1] !== undefined && item[2] !== undefined);
    const all = base.subjects.filter((item) => item.kind === "model" && item.variant === "base").length;
    result.replaceChildren();
    say.textContent = `${points.length} of ${all} base models have both numbers; the others are unknown, withheld, rumoured or estimated.`;
    if (!points.length) return;
    const label = (id) => base.attributes.find((item) => item.id === id).label;
    const dates = (id) => base.attributes.find((item) => item.id === id).kind === "date";
    const across = axis(points.map((item) => item[1]), dates(x));
    const up = axis(points.map((item) => item[2]), dates(y));
    const picture = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": `${label(y)} against ${label(x)}` });
    const place = (a, b) => [left + across.at(a) * (width - left - right), height - bottom - up.at(b) * (height - top - bottom)];
    for (const tick of up.ticks) {
      const [, row] = place(points[0][1], tick);
      picture.append(draw("line", { class: "grid", x1: left, x2: width - right, y1: row, y2: row }),
        draw("text", { x: left - 6, y: row + 4, "text-anchor": "end" }, short(tick, up.dates)));
    }
    for (const tick of across.ticks) {
      const [column] = place(tick, points[0][2]);
      picture.append(draw("line", { class: "grid", x1: column, x2: column, y1: top, y2: height - bottom }),
        draw("text", { x: column, y: height - bottom + 16, "text-anchor": "middle" }, short(tick, across.dates)));
    }
    picture.append(
      draw("text", { x: (left + width) / 2, y: height - 8, "text-anchor": "middle" }, label(x)),
      draw("text", { transform: `translate(14 ${height / 2}) rotate(-90)`, "text-anchor": "middle" }, label(y)));
    const rows = [];
    for (const [item, a, b] of points.sort((one, other) => one[1] - other[1])) {
      const [column, row] = place(a, b);
      const link = draw("a", { href: root + item.page });
      link.append(draw("title", {}, `${item.name}: ${item.id}, ${a}, ${b}`),
        draw("circle", { cx: column, cy: row, r: 5, fill: "#0b6e99" }));
      if (points.length <= 60) link.append(draw("text", { x: column + 8, y: row + 4 }, item.name));
      picture.append(link);
      rows.push(make("tr", {}, make("th", { scope: "row" }, make("a", { href: root + item.page }, item.name)),
        make("td", { class: "number" }, String(a)), make("td", { class: "number" }, String(b))));
    }
    const table = make("table", { class: "plain" },
      make("thead", {}, make("tr", {}, ...["Model", label(x), label(y)].map((text) => make("th", { scope: "col" }, text)))),
      make("tbody", {}, ...rows));
    result.append(picture, make("details", {}, make("summary", {}, "The same as a table"), table));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `?x=${form.elements.x.value}&y=${form.elements.y.value}#any`);
    show();
  });
  show();
};
if (document.getElementById("plot-form")) tools.plot();
