"use strict";
// Lines finished cells up: subjects as columns, attributes as rows. The state is the address.

tools.compare = () => {
  const base = window.llmnotes;
  const form = document.getElementById("compare-form");
  const say = document.getElementById("say");
  const result = document.getElementById("result");
  const ready = document.getElementById("ready");
  document.getElementById("names").append(
    ...base.subjects.map((item) => make("option", { value: item.id }, item.name)));

  function state() {
    const query = new URLSearchParams(location.search);
    const list = (name) => (query.get(name) || "").split(",").map((part) => part.trim()).filter(Boolean);
    return { names: list("m"), only: query.get("only") === "diff", attributes: list("attributes") };
  }

  function attributes(names) {
    if (!names.length) return base.attributes.map((_, index) => index);
    return names.map((name) => {
      const key = folded(name);
      const found = base.attributes.findIndex(
        (item) => [item.id, item.option, item.label].some((other) => folded(other) === key));
      if (found < 0) throw new Error(`unknown attribute “${name}”.`);
      return found;
    });
  }

  function subjects(names) {
    const found = [];
    for (const name of names) {
      const meant = find(name);
      if (meant.length > 1) {
        throw new Error(`“${name}” can mean ${meant.map((item) => item.id).sort().join(", ")}; choose one of them.`);
      }
      if (!meant.length) throw new Error(`unknown model or family “${name}”. Nearest: ${nearest(name).join(", ")}.`);
      if (!found.includes(meant[0])) found.push(meant[0]);
    }
    return found;
  }

  function draw() {
    result.replaceChildren();
    const { names, only, attributes: wanted } = state();
    form.elements.m.value = names.join(",");
    form.elements.only.checked = only;
    form.elements.attributes.value = wanted.join(",");
    ready.hidden = names.length > 0;
    say.textContent = "";
    if (!names.length) return;
    let columns;
    let rows;
    try {
      columns = subjects(names);
      rows = attributes(wanted);
    } catch (error) {
      say.textContent = error.message;
      return;
    }
    const lines = rows
      .map((index) => line(index, columns, wanted.length > 0))
      .filter((item) => item && (!only || item.differs));
    const numbers = new Map();
    result.append(table(columns, lines, numbers));
    result.append(...effects(columns));
    result.append(sources(numbers));
    document.title = `${columns.map((item) => item.name).join(" and ")} · llmnotes`;
    say.textContent = `${lines.length} attributes, ${lines.filter((item) => item.differs).length} differ`;
  }

  function line(index, columns, asked) {
    const cells = columns.map((subject) => base.cells[subject.said[index]] || null);
    if (!asked && !base.always.includes(index) && cells.every((cell) => cell === null || cell[4])) return null;
    const standing = standingOf(base.attributes[index], cells);
    return { attribute: base.attributes[index], cells, standing, mark: base.signs[standing], differs: standing === "differs" };
  }

  // How the cells of a row compare, by the numbers of their meanings.
  function standingOf(attribute, cells) {
    if (attribute.computed) return "same";
    const meanings = cells.map((cell) => (cell === null ? null : cell[3]));
    const said = [...new Set(meanings.filter((one) => one !== null))].sort((a, b) => a - b);
    attribute.listed ||= new Map(attribute.pairs.map(([one, others]) => [one, new Set(others)]));
    for (let i = 0; i < said.length; i += 1) {
      for (let j = i + 1; j < said.length; j += 1) {
        const listed = attribute.listed.get(said[i])?.has(said[j]) || false;
        if (listed === (attribute.related === "apart")) return "differs";
      }
    }
    return !said.length || new Set(meanings).size === 1 ? "same" : "one-sided";
  }

  function table(columns, lines, numbers) {
    const head = make("tr", {}, make("th", { scope: "col" }, "Attribute"));
    for (const subject of columns) {
      const cell = make("th", { scope: "col" }, make("a", { href: subjectLink(subject) }, subject.name));
      if (subject.sizes && subject.sizes.length > 1) cell.append(make("small", {}, subject.sizes.join(" · ")));
      head.append(cell);
    }
    const body = make("tbody");
    let group = null;
    for (const item of lines) {
      if (item.attribute.group !== group) {
        group = item.attribute.group;
        body.append(make("tr", { class: "group" },
          make("th", { colspan: columns.length + 1, scope: "colgroup" }, base.groups[group])));
      }
      body.append(row(item, numbers));
    }
    const full = make("table", { class: "compare" }, make("thead", {}, head), body);
    return make("div", { class: "scroll tall", tabindex: 0, role: "region", "aria-label": "Table: comparison" }, full);
  }

  function row(item, numbers) {
    const name = make("th", { scope: "row" }, linkTo(
      `attributes/index.html#${item.attribute.id}`, item.attribute.label));
    if (item.mark) name.append("\u00a0", make("span", { class: "mark", title: base.marks[item.mark] }, item.mark));
    const found = make("tr", item.differs ? { class: "differs" } : {}, name);
    for (const cell of item.cells) {
      const [text, look, cited] = cell || ["unknown", "unknown", []];
      const value = make("td", {}, look === "known" ? text : make("span", { class: `v ${look}` }, text));
      if (["derived", "estimated", "rumoured"].includes(look)) {
        value.append(" ", make("span", { class: `status ${look}` }, look));
      }
      const notes = cited.map((source) => {
        if (!numbers.has(source)) numbers.set(source, numbers.size + 1);
        return numbers.get(source);
      }).sort((a, b) => a - b);
      if (notes.length) {
        const marks = make("sup");
        notes.forEach((number, place) => {
          if (place) marks.append(",");
          marks.append(make("a", { href: `#s${number}` }, String(number)));
        });
        value.append(marks);
      }
      found.append(value);
    }
    return found;
  }

  // ---- what the differences cost: figures of models, paired by the nearest size ----

  function effectRows(columns) {
    const rows = [];
    let last = "";
    const sizes = base.effects.params_total.models;
    for (const [quantity, { label, models }] of Object.entries(base.effects)) {
      const shown = columns.map((subject) => bounds(subject, models));
      if (shown.every((text) => text === null)) continue;
      if (quantity === "kv_cache_growth_bytes_per_token" && shown.join("|") === last) continue;
      last = shown.join("|");
      const cells = [label, shown[0] ?? "–"];
      columns.slice(1).forEach((subject, place) => {
        cells.push(shown[place + 1] ?? "–", ratios(nearestPairs(columns[0], subject, sizes), models, columns[0], subject));
      });
      rows.push(cells);
    }
    return rows;
  }

  function bounds(subject, models) {
    const found = subject.models.map((model) => models[model]);
    if (found.some((one) => !one)) return null;
    const ordered = [...found].sort((a, b) => a[0] - b[0]);
    const [low, high] = [ordered[0][1], ordered.at(-1)[1]];
    return low === high ? low : `${low} – ${high}`;
  }

  function nearestPairs(one, other, sizes) {
    if (one.models.length === 1 && other.models.length === 1) return [[one.models[0], other.models[0]]];
    if (one.models.length < other.models.length) {
      return nearestPairs(other, one, sizes).map(([a, b]) => [b, a]);
    }
    const size = (model) => (sizes[model] ? sizes[model][0] : null);
    const apart = (a, b) => (size(a) && size(b) ? Math.abs(Math.log(size(a) / size(b))) : Infinity);
    if (!one.models.some(size)) return [];
    return other.models.filter(size).map((model) => [
      one.models.reduce((best, next) => (apart(next, model) < apart(best, model) ? next : best)), model,
    ]);
  }

  function ratios(pairs, models, one, other) {
    const name = (subject, model) => (subject.sizes ? subject.sizes[subject.models.indexOf(model)] : subject.size);
    const said = new Map();
    for (const [a, b] of pairs) {
      if (!models[a] || !models[a][0] || !models[b]) continue;
      const text = quotient(models[b][0] / models[a][0]);
      said.set(text, [...(said.get(text) || []), `${name(one, a)}→${name(other, b)}`]);
    }
    if (said.size <= 1) return [...said.keys()][0] || "–";
    return [...said].map(([text, between]) => `${text} (${between.join(", ")})`).join(" · ");
  }

  function quotient(number) {
    // A tie goes to the even digit, as it does in the command: 0.03125 is 0.0312.
    const short = (value) => {
      const digits = value.toPrecision(40).split("e")[0].replace(/^-?[0.]*/, "").replace(".", "");
      const down = /^\d\d[02468]50*$/.test(digits);
      const rounded = Number((down ? value * (1 - 1e-9) : value).toPrecision(3));
      const small = rounded !== 0 && Math.abs(rounded) < 1e-4; // written 5.92e-05 from there on
      return small ? rounded.toExponential().replace(/e-(\d)$/, "e-0$1") : String(rounded);
    };
    if (number > 2 / 3 && number < 1.5) {
      if (Math.abs(number - 1) < 0.0005) return "same";
      return `${number > 1 ? "+" : ""}${short((number - 1) * 100)} %`;
    }
    return number >= 1000 ? `×${Math.round(number).toLocaleString("en")}` : `×${short(number)}`;
  }

  function effects(columns) {
    if (columns.length < 2) return [];
    const rows = effectRows(columns);
    if (!rows.length) return [];
    const head = make("tr", {}, make("th", { scope: "col" }, "Effect"));
    columns.forEach((subject, place) => {
      head.append(make("th", { scope: "col" }, subject.name));
      if (place) head.append(make("th", { scope: "col" }, `against ${columns[0].name}`));
    });
    const body = make("tbody", {}, ...rows.map((cells) => make("tr", {},
      ...cells.map((text, place) => make(place ? "td" : "th", place ? { class: "number" } : { scope: "row" }, text)))));
    return [
      make("h2", { id: "effects" }, "What the differences cost"),
      make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table: effects" },
        make("table", {}, make("thead", {}, head), body)),
    ];
  }

  function hostOf(url) {
    try {
      return new URL(url).hostname || url;
    } catch {
      return url;
    }
  }

  function sources(numbers) {
    const list = make("ol", { class: "sources" });
    for (const [source, number] of numbers) {
      const [text, url, page] = base.sources[source];
      const item = make("li", { id: `s${number}` }, linkTo(page, text));
      if (url) item.append(" ", make("a", { href: url }, hostOf(url)));
      list.append(item);
    }
    return make("section", {}, make("h2", {}, "Sources"), list);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const parts = [`m=${encodeURIComponent(form.elements.m.value).replaceAll("%2C", ",")}`];
    if (form.elements.only.checked) parts.push("only=diff");
    const wanted = form.elements.attributes.value.trim();
    if (wanted) parts.push(`attributes=${encodeURIComponent(wanted).replaceAll("%2C", ",")}`);
    history.pushState(null, "", `?${parts.join("&")}`);
    draw();
  });
  addEventListener("popstate", draw);
  draw();
};
if (document.getElementById("compare-form")) tools.compare();
