"use strict";
// Models that satisfy the conditions of the address: shows and hides finished cells.

tools.filter = () => {
  const base = window.llmnotes;
  const tables = base.filter;
  const form = document.getElementById("filter-form");
  const say = document.getElementById("say");
  const result = document.getElementById("result");
  const facets = document.getElementById("facets");
  const added = document.getElementById("added");
  const own = new Set(["where", "variants", "sort", "columns", "limit", "family", "include-rumours", "include-estimates"]);
  const models = tables.models.map((item) => ({ ...item, subject: subjectOf("model", item.id) }));
  const FACETS = ["organization", "architecture", "attention", "positional_encoding", "activation", "normalization", "sparsity", "availability"];
  const MOST_ROWS = 10000;
  const [FIRST_ROWS, MORE_ROWS] = [80, 200];
  let drawn = { names: "", rows: new Map() };
  let pending = 0;
  let downloads = {};

  const select = document.getElementById("add-attribute");
  let group = null;
  for (const item of base.attributes) {
    if (!group || group.label !== base.groups[item.group]) {
      group = make("optgroup", { label: base.groups[item.group] });
      select.append(group);
    }
    group.append(make("option", { value: item.option }, item.label));
  }

  function read() {
    const query = new URLSearchParams(location.search);
    const options = [...query].filter(([name, value]) => !own.has(name) && value.trim());
    return { query, options, variants: query.get("variants") || "base" };
  }

  function include(query) {
    const found = new Set();
    for (const [name, status] of [["include-rumours", "rumoured"], ["include-estimates", "estimated"]]) {
      if (["yes", "true", "1", ""].includes(query.get(name))) found.add(status);
    }
    return found;
  }

  // Repeats of one option mean or, different options mean and, as on the command line.
  function condition({ query, options }) {
    const byName = new Map();
    for (const [name, value] of options) byName.set(name, [...(byName.get(name) || []), value]);
    const tests = [...byName].map(([name, values]) => {
      const found = values.map((value) => conditions.option(name, value));
      if (found.length === 1) return found[0];
      const negated = values.map((value) => value.trim().startsWith("!") || /^not[-_]/.test(name));
      const wanted = found.filter((_, place) => !negated[place]);
      const unwanted = found.filter((_, place) => negated[place]);
      const parts = wanted.length ? [{
        yes: (...of) => wanted.some((test) => test.yes(...of)),
        no: (...of) => wanted.every((test) => test.no(...of)),
      }] : [];
      return conditions.all([...parts, ...unwanted]);
    });
    const text = query.get("where");
    if (text && text.trim()) tests.push(conditions.where(text));
    return conditions.all(tests);
  }

  function familiesOf(query) {
    const names = query.getAll("family").flatMap((text) => text.split(",")).map((text) => text.trim()).filter(Boolean);
    return names.map((name) => {
      const [found] = find(name).filter((item) => item.kind === "family");
      if (!found) throw new conditions.Refusal(`unknown family “${name}”. Nearest: ${nearest(name).join(", ")}.`);
      return found.id;
    });
  }

  // What a column shows and what it is sorted by: an attribute, an identity field or a ratio.
  function column(name) {
    if (["id", "name", "family", "size", "variant"].includes(name)) {
      return { name, label: name, text: (model) => model.subject[name] || "", key: (model) => model.subject[name] ?? null };
    }
    if (/[./*÷×·]/.test(name)) {
      const number = conditions.measure(name);
      const key = (model) => number(model, new Set());
      return { name, label: name, key, text: (model) => { const value = key(model); return value === null ? "unknown" : String(Number(value.toPrecision(4))); } };
    }
    const item = conditions.attribute(name);
    const index = base.attributes.indexOf(item);
    const key = (model) => {
      const value = model.values[item.id];
      if (value === undefined) return null;
      if (["batch", "quantity"].includes(item.kind)) return value.value;
      if (item.kind === "date") return `${[value].flat()[0]}-01-01`.slice(0, 10); // a month counts from its first day
      return conditions.isNumeric(item) ? Math.max(...[value].flat()) : [value].flat().join(", ");
    };
    return { name: item.id, label: item.label, key, text: (model) => (base.cells[model.subject.said[index]] || ["unknown"])[0] };
  }

  function columns(query, options) {
    const asked = (query.get("columns") || "").split(",").map((text) => text.trim()).filter(Boolean);
    if (asked.length) return asked.map(column);
    const used = options.map(([name]) => conditions.attribute(name.replace(/^not[-_]/, "")).id);
    return [...new Set([...tables.columns, ...used])].map(column);
  }

  function sorted(rows, text) {
    const keys = (text || "").split(",").map((part) => part.trim()).filter(Boolean).map((part) => ({
      down: part.startsWith("-"), ...column(part.replace(/^-/, "").trim()),
    }));
    return [...rows].sort((one, other) => {
      for (const { key, down } of keys) {
        const [a, b] = [key(one), key(other)];
        if (a === null || b === null) {
          if (a !== b) return a === null ? 1 : -1;
        } else if (a !== b) {
          return (a < b ? -1 : 1) * (down ? -1 : 1);
        }
      }
      return one.place - other.place;
    });
  }

  function draw() {
    const asked = read();
    const { query, options, variants } = asked;
    form.elements.where.value = query.get("where") || "";
    form.elements.sort.value = query.get("sort") || "";
    form.elements.columns.value = query.get("columns") || "";
    form.elements.variants.value = ["base", "post-trained", "all"].includes(variants) ? variants : "base";
    added.replaceChildren(...options.map(([name, value]) => conditionRow(name, value)));
    let rows;
    let shown;
    try {
      if (!["base", "post-trained", "all"].includes(variants)) {
        throw new conditions.Refusal(`unknown variant “${variants}”. Nearest: base, post-trained, all.`);
      }
      const test = condition(asked);
      const statuses = include(query);
      const families = familiesOf(query);
      rows = models.filter((model) => (variants === "all" || model.subject.variant === variants)
        && (!families.length || families.includes(model.subject.family)) && test.yes(model, statuses));
      rows = sorted(rows, query.get("sort"));
      shown = columns(query, options);
    } catch (error) {
      if (!(error instanceof conditions.Refusal)) throw error;
      say.textContent = error.message;
      clearTimeout(pending);
      result.setAttribute("aria-busy", "false");
      result.replaceChildren();
      facets.replaceChildren();
      offer([], []);
      return;
    }
    const limit = /^\d+$/.test(query.get("limit") || "") ? Number(query.get("limit")) : Infinity;
    rows = rows.slice(0, limit);
    say.textContent = rows.length ? `${rows.length} models` : "No model satisfies this.";
    if (rows.length > MOST_ROWS) say.textContent += `, the first ${MOST_ROWS} shown`;
    table(rows.slice(0, MOST_ROWS), shown);
    count(rows);
    offer(rows, shown);
  }

  function conditionRow(name, value) {
    const id = `added-${added.childElementCount}-${name}`;
    const input = make("input", { id, name, value, autocomplete: "off", maxlength: 500 });
    const remove = make("button", { type: "button", "aria-label": `Remove the condition on ${name}` }, "×");
    const row = make("p", {}, make("label", { for: id }, name), input, remove);
    remove.addEventListener("click", () => { row.remove(); submit(); });
    return row;
  }

  // The first rows are drawn at once, the others in tasks of their own, so that no key waits for them.
  function table(rows, shown) {
    const head = make("tr", {}, make("th", { scope: "col" }, "Model"),
      ...shown.map((item) => {
        const link = make("a", { href: address({ sort: `${item.name}` }), title: "Sort by this" }, item.label);
        return make("th", { scope: "col" }, link);
      }));
    const body = make("tbody");
    const whole = make("table", { class: "plain" }, make("thead", {}, head), body);
    const names = shown.map((item) => item.name).join();
    if (names !== drawn.names) drawn = { names, rows: new Map() };
    clearTimeout(pending);
    const more = (from, count) => {
      body.append(...rows.slice(from, from + count).map((model) => line(model, shown)));
      const rest = from + count < rows.length;
      result.setAttribute("aria-busy", String(rest));
      if (rest) pending = setTimeout(more, 0, from + count, MORE_ROWS);
    };
    more(0, FIRST_ROWS);
    result.replaceChildren(whole);
  }

  // Rows stay as they are while the columns do.
  function line(model, shown) {
    if (!drawn.rows.has(model)) {
      drawn.rows.set(model, make("tr", {},
        make("th", { scope: "row" }, make("a", { href: subjectLink(model.subject) }, model.subject.name)),
        ...shown.map((item) => make("td", {}, item.text(model)))));
    }
    return drawn.rows.get(model);
  }

  function count(rows) {
    facets.replaceChildren();
    for (const name of FACETS) {
      const item = base.attributes.find((one) => one.id === name);
      const counts = new Map();
      for (const model of rows) {
        for (const value of new Set([model.values[name] ?? []].flat())) counts.set(value, (counts.get(value) || 0) + 1);
      }
      if (!counts.size) continue;
      const set = make("fieldset", {}, make("legend", {}, item.label));
      const chosen = new URLSearchParams(location.search).get(item.option);
      for (const [value, number] of [...counts].sort((a, b) => b[1] - a[1]).slice(0, 8)) {
        const says = name === "organization" ? tables.publishers[value] || value : value;
        const quoted = /[,!"']/.test(value) ? `"${value}"` : value;
        set.append(make("a", {
          href: address({ [item.option]: chosen === quoted ? null : quoted }),
          "aria-current": chosen === quoted ? "true" : null,
        }, make("span", {}, String(says)), make("span", {}, String(number))));
      }
      facets.append(set);
    }
  }

  function address(changes) {
    const query = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(changes)) {
      if (name === "sort" && query.get("sort") === value) query.set("sort", `-${value}`);
      else if (value === null) query.delete(name);
      else query.set(name, value);
    }
    return `?${query}`;
  }

  // What the links hold is written when one is used: most people only look.
  function offer(rows, shown) {
    const head = ["id", ...shown.map((item) => item.name)];
    const lines = () => rows.map((model) => [model.id, ...shown.map((item) => item.text(model))]);
    const cell = (text) => {
      const safe = /^\s*[=+\-@]/.test(text) && !/^\s*[+-]?\d[\d,.]*(?:e[+-]?\d+)?\s*$/i.test(text) ? `'${text}` : text;
      return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    };
    const escaped = (text) => text.replace(/([\\`*_[\]<>|~])/g, "\\$1");
    downloads = {
      csv: () => ["text/csv", [head, ...lines()].map((one) => one.map(cell).join(",")).join("\r\n")],
      json: () => ["application/json",
        JSON.stringify(rows.map((model) => ({ id: model.id, values: model.values, status: model.status })))],
      markdown: () => ["text/markdown", [head, head.map(() => "---"), ...lines().map((one) => one.map(escaped))]
        .map((one) => `| ${one.join(" | ")} |`).join("\n")],
    };
  }

  for (const id of ["csv", "json", "markdown"]) {
    const link = document.getElementById(id);
    const fill = () => {
      if (link.href.startsWith("blob:")) URL.revokeObjectURL(link.href);
      const [type, text] = downloads[id]();
      link.href = URL.createObjectURL(new Blob([`${text}\n`], { type }));
    };
    for (const event of ["click", "contextmenu"]) link.addEventListener(event, fill);
  }

  function submit() {
    const query = new URLSearchParams();
    for (const input of form.querySelectorAll("input[name], select[name]")) {
      const value = input.value.trim();
      if (value && !(input.name === "variants" && value === "base")) query.append(input.name, value);
    }
    const before = new URLSearchParams(location.search);
    for (const name of ["family", "limit", "include-rumours", "include-estimates"]) {
      for (const value of before.getAll(name)) query.append(name, value);
    }
    history.pushState(null, "", query.size ? `?${query}` : location.pathname);
    draw();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("#facets a, #result thead a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", link.getAttribute("href"));
    draw();
  });
  document.getElementById("add").addEventListener("click", () => {
    const row = conditionRow(select.value, "");
    added.append(row);
    row.querySelector("input").focus();
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  addEventListener("popstate", draw);
  draw();
};
if (document.getElementById("filter-form")) tools.filter();
