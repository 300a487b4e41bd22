"use strict";
// Chooses what the single file shows: the tool that the address asks for.

(() => {
  const query = new URLSearchParams(location.search);
  const asked = query.get("tool") || (query.has("m") ? "compare" : query.has("q") ? "search" : "filter");
  const name = ["compare", "filter", "search"].includes(asked) ? asked : "filter";
  document.getElementById("main").append(document.getElementById(`tool-${name}`).content.cloneNode(true));
  tools[name]();
})();
