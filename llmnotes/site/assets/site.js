"use strict";
// What every page shares. The pages are complete without it.

const root = document.body.dataset.root || "";

function theme() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "theme";
  const dark = () => {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };
  const show = () => {
    button.textContent = dark() ? "Light" : "Dark";
    button.setAttribute("aria-label", dark() ? "Use light colours" : "Use dark colours");
  };
  button.addEventListener("click", () => {
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.setItem("theme", document.documentElement.dataset.theme); } catch { /* private mode */ }
    show();
  });
  document.querySelector(".bar").append(button);
  show();
}

try {
  const kept = localStorage.getItem("theme");
  if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
} catch { /* no storage: the system's colours */ }
theme();

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.getElementById("q").focus();
  }
});

// A link to a file becomes a button that copies it; where it cannot be fetched (file://) it stays a link.
for (const link of document.querySelectorAll("[data-copy]")) {
  if (!/^https?:$/.test(location.protocol) || !navigator.clipboard) continue;
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const name = link.textContent;
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(answer.statusText);
      await navigator.clipboard.writeText(await answer.text());
      link.textContent = `${name} copied`;
      setTimeout(() => { link.textContent = name; }, 1500);
    } catch {
      location.href = link.href;
    }
  });
}

// A link to a claim opens the list it stands in.
function reveal() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const details = target && target.closest("details");
  if (details) {
    details.open = true;
    target.scrollIntoView();
  }
}
addEventListener("hashchange", reveal);
reveal();

for (const area of document.querySelectorAll("textarea[readonly]")) {
  area.addEventListener("focus", () => area.select());
}

// ---- helpers of the other scripts ----

const tools = {};

// The page of a model or family; in the single file, what is known of it alone.
function subjectLink(item) {
  return window.llmnotes.single ? `?m=${encodeURIComponent(item.id)}` : root + item.page;
}

// A link to any other page of the site; in the single file its text alone.
function linkTo(page, text) {
  return window.llmnotes.single ? text : make("a", { href: root + page }, text);
}

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

// The form in which names are compared; the same rule as the command's: letters and digits, a point
// between two digits kept, any other sign between two digits a hyphen.
function folded(text) {
  return text.normalize("NFKC").replaceAll("×", "x").toLowerCase()
    .replace(/(?<=\p{Nd})[^\p{L}\p{N}]+(?=\p{Nd})|(?<=[\p{L}\p{N}])\++(?![\p{L}\p{N}])|[^\p{L}\p{N}]+/gu, (signs, at, whole) => {
      const inside = /\p{Nd}/u.test(whole[at - 1] || "") && /\p{Nd}/u.test(whole[at + signs.length] || "");
      const ends = /^\++$/.test(signs) && /[\p{L}\p{N}]/u.test(whole[at - 1] || "")
        && !/[\p{L}\p{N}]/u.test(whole[at + signs.length] || "");
      return inside ? (signs === "." ? "." : "-") : ends ? "plus".repeat(signs.length) : "";
    });
}

function subjectOf(kind, id) {
  return window.llmnotes.subjects.find((item) => item.kind === kind && item.id === id);
}

// Subjects that a name means: exact ids first, families before models, as the command looks.
function find(name) {
  const exact = ["family", "model"].map((kind) => subjectOf(kind, name)).filter(Boolean);
  if (exact.length) return [exact[0]];
  const meant = window.llmnotes.names[folded(name)] || [];
  for (const kind of ["family", "model"]) {
    const found = meant.filter((item) => item[0] === kind);
    if (found.length) return found.map((item) => subjectOf(...item));
  }
  return [];
}

// How many letters must change to make one name of another.
function distance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[other.length];
}

function nearest(name) {
  const key = folded(name);
  return window.llmnotes.subjects
    .map((item) => [distance(key, folded(item.id)), item.id])
    .sort((a, b) => a[0] - b[0])
    .slice(0, 4)
    .map((item) => item[1]);
}
