"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const cards = [...document.querySelectorAll(".question")];
  // Pictures and provenance are left out of the search.
  const texts = cards.map((card) =>
    [...card.querySelectorAll(".tags, .text")].map((e) => e.textContent).join(" ").toLowerCase());

  function filter() {
    const task = byId("task").value, format = byId("format").value;
    const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    cards.forEach((card, i) => {
      const match = (!task || card.dataset.task === task) && (!format || card.dataset.format === format) &&
        words.every((word) => texts[i].includes(word));
      card.hidden = !match;
      shown += match;
    });
    byId("shown").textContent = shown + " of " + cards.length;
    byId("nothing").hidden = shown > 0;
    const query = new URLSearchParams();
    if (task) query.set("task", task);
    if (format) query.set("format", format);
    if (words.length) query.set("q", words.join(" "));
    history.replaceState(null, "", "#" + query);
  }

  const query = new URLSearchParams(location.hash.slice(1));
  byId("task").value = query.get("task") || "";
  byId("format").value = query.get("format") || "";
  byId("search").value = query.get("q") || "";
  for (const id of ["task", "format", "search"]) byId(id).addEventListener("input", filter);
  byId("answers").addEventListener("change", (event) => {
    for (const answer of document.querySelectorAll(".answer")) answer.open = event.target.checked;
  });
  filter();
})();
