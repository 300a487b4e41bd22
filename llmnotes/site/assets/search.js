"use strict";
// Everything that has a page, found by its names and the words said of it.

tools.search = () => {
  const base = window.llmnotes;
  const query = new URLSearchParams(location.search).get("q") || "";
  const box = document.getElementById("search-q");
  const list = document.getElementById("result");
  const say = document.getElementById("say");
  box.value = query;

  const subjects = base.subjects.map((item) => ({
    name: item.name, link: make("a", { href: subjectLink(item) }, item.name), kind: item.kind, says: item.id,
    keys: [folded(item.id), folded(item.name)], words: `${item.name} ${item.id}`.toLowerCase(),
  }));
  const aliases = new Map();
  for (const [key, targets] of Object.entries(base.names)) {
    for (const [kind, id] of targets) {
      const place = `${kind} ${id}`;
      aliases.set(place, [...(aliases.get(place) || []), key]);
    }
  }
  for (const item of subjects) item.keys.push(...(aliases.get(`${item.kind} ${item.says}`) || []));
  const others = base.entries.map(([name, page, kind, says, more]) => ({
    name, link: linkTo(page, name), kind, says,
    keys: [name, ...more].map(folded), words: `${name} ${more.join(" ")} ${says}`.toLowerCase(),
  }));
  const everything = [...subjects, ...others];

  function rank(item, key, words) {
    if (item.keys.includes(key)) return 0;
    if (item.keys.some((other) => other.startsWith(key))) return 1;
    if (key.length > 2 && item.keys.some((other) => other.includes(key))) return 2;
    return words.every((word) => item.words.includes(word)) ? 3 : null;
  }

  function search(text) {
    const key = folded(text);
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    list.replaceChildren();
    if (!key) {
      say.textContent = text ? "Nothing can be called so." : "";
      return;
    }
    const found = everything
      .map((item) => [rank(item, key, words), item])
      .filter((pair) => pair[0] !== null)
      .sort((a, b) => a[0] - b[0]);
    say.textContent = found.length
      ? `${found.length} found${found.length > 200 ? ", the first 200 shown" : ""}`
      : `Nothing is called so. Nearest: ${nearest(text).join(", ")}.`;
    for (const [, item] of found.slice(0, 200)) {
      list.append(make("li", {}, item.link,
        make("small", {}, `${item.kind} · ${item.says}`)));
    }
  }

  box.addEventListener("input", () => {
    history.replaceState(null, "", `?q=${encodeURIComponent(box.value)}`);
    search(box.value);
  });
  search(query);
  box.focus();
};
if (document.getElementById("search-q")) tools.search();
