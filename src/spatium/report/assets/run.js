"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const run = JSON.parse(byId("run-data").textContent);
  const pictures = byId("run-pictures").textContent.split("\n");
  const kOutcomes = ["scored", "skipped", "unparsable", "failed"];
  const kShown = ["right", "partly", "wrong", "unparsable", "failed", "skipped"];
  const kPage = 24;
  const template = document.createElement("template");
  template.innerHTML = "<svg></svg>";
  const kSvg = template.content.firstChild.namespaceURI;

  // What a reader calls the outcome of sample s under profile p.
  function verdict(s, p) {
    const [outcome, score] = s[5][p];
    if (outcome !== 0) return kOutcomes[outcome];
    return score >= 1 ? "right" : score <= 0 ? "wrong" : "partly";
  }

  // An element with text; a reply is only ever text.
  function element(tag, name, text) {
    const e = document.createElement(tag);
    if (name) e.className = name;
    if (text !== undefined) e.textContent = text;
    return e;
  }
  function option(select, value, text) {
    const o = element("option", "", text);
    o.value = value;
    select.append(o);
  }

  // The gold mask and the points that were read, over the picture as it is shown.
  function overlay(o, img) {
    const shape = (name, css, attributes) => {
      const e = document.createElementNS(kSvg, name);
      e.setAttribute("class", css);
      for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
      return e;
    };
    const svg = shape("svg", "overlay", {}), all = shape("g", "", {});
    img.addEventListener("load", () => {
      svg.setAttribute("viewBox", `0 0 ${img.naturalWidth} ${img.naturalHeight}`);
      all.setAttribute("transform", `scale(${img.naturalWidth / o.w} ${img.naturalHeight / o.h})`);
    });
    svg.append(all);
    all.append(shape("path", "mask", {d: o.mask, transform: `scale(${o.cell[0]} ${o.cell[1]})`}));
    const r = Math.max(o.w, o.h) / 70;
    for (const [x, y, w, h] of o.boxes)
      all.append(shape("rect", "said", {x, y, width: w, height: h, "stroke-width": r / 3}));
    for (const [x, y] of o.points)
      all.append(shape("circle", "said point", {cx: x + 0.5, cy: y + 0.5, r, "stroke-width": r / 3}));
    return svg;
  }

  function card(s) {
    const [id, task, prompt, reply, gold, scores, media, drawn_over] = s;
    const article = element("article", "card sample");
    const shown = media.filter((m) => m >= 0);
    if (shown.length) {
      const box = element("div", "pictures n" + (shown.length > 4 ? 3 : shown.length));
      shown.forEach((m, k) => {
        const figure = element("figure");
        const img = element("img");
        img.src = "data:image/jpeg;base64," + pictures[m];
        img.alt = "picture " + (k + 1) + " of item " + id;
        figure.append(img);
        if (drawn_over && k === 0) figure.append(overlay(drawn_over, img));
        if (shown.length > 1) figure.append(element("figcaption", "", String(k + 1)));
        box.append(figure);
      });
      article.append(box);
    }
    const body = element("div", "body");
    const tags = element("p", "tags");
    tags.append(element("span", "tag", run.tasks[task] || "(no task)"));
    run.profiles.forEach((name, p) => {
      const word = verdict(s, p);
      const text = word === "partly" ? scores[p][1].toFixed(2) : word;
      tags.append(element("span", "badge o-" + word, name + ": " + text));
    });
    tags.append(element("span", "id", id));
    body.append(tags);
    const question = element("p", "prompt", prompt.trim());
    question.addEventListener("click", () => question.classList.toggle("open"));
    body.append(question);
    const list = element("dl");
    const entry = (name, css, text) => list.append(element("dt", "", name), element("dd", css, text));
    entry("Reply", reply === null ? "no-reply" : reply === "" ? "no-reply" : "reply",
      reply === null ? "none: the call failed" : reply === "" ? "empty" : reply);
    const parsed = [...new Set(scores.map((score, p) => score[2] === null ? "" : score[2]))];
    if (parsed.length === 1) {
      if (parsed[0] !== "" && parsed[0] !== reply) entry("Read as", "", parsed[0]);
    } else {
      // Some rules keep the beginning of a long reply: it stands above.
      const whole = (text) => text.length > 60 && reply !== null && reply.startsWith(text);
      scores.forEach((score, p) => entry("Read as, " + run.profiles[p],
        score[2] === null || whole(score[2]) ? "no-reply" : "",
        score[2] === null ? "nothing" : whole(score[2]) ? "the reply as it stands" : score[2]));
    }
    entry("Gold", "gold", gold);
    body.append(list);
    article.append(body);
    return article;
  }

  const texts = [];
  const textOf = (i) => texts[i] ??= (run.samples[i].slice(0, 1) + "\n" + run.samples[i][2] + "\n" +
    (run.samples[i][3] ?? "") + "\n" + run.samples[i][4]).toLowerCase();

  let matches = [], drawn = 0;
  function drawMore() {
    const until = Math.min(drawn + kPage, matches.length);
    const part = document.createDocumentFragment();
    for (; drawn < until; ++drawn) part.append(card(run.samples[matches[drawn]]));
    byId("cards").append(part);
    byId("more").hidden = drawn === matches.length;
  }
  function filter() {
    const task = byId("task").value, outcome = byId("outcome").value, profile = Number(byId("profile").value);
    const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    matches = [];
    run.samples.forEach((s, i) => {
      if (task !== "" && s[1] !== Number(task)) return;
      if (outcome === "differ" ? new Set(s[5].map((_, p) => verdict(s, p))).size < 2
        : outcome && verdict(s, profile) !== outcome) return;
      if (!words.length || words.every((word) => textOf(i).includes(word))) matches.push(i);
    });
    byId("cards").replaceChildren();
    drawn = 0;
    drawMore();
    byId("shown").textContent = matches.length.toLocaleString("en") + " of " + run.samples.length.toLocaleString("en");
    byId("nothing").hidden = matches.length > 0;
    const query = new URLSearchParams();
    if (task !== "") query.set("task", run.tasks[task]);
    if (outcome) query.set("outcome", outcome);
    if (profile) query.set("profile", run.profiles[profile]);
    if (words.length) query.set("q", words.join(" "));
    if (query.size || location.hash) history.replaceState(null, "", "#" + query);
  }

  option(byId("task"), "", "All tasks");
  run.tasks.map((name, k) => [name, k]).sort((a, b) => a[0] < b[0] ? -1 : 1)
    .forEach(([name, k]) => option(byId("task"), k, name || "(no task)"));
  run.profiles.forEach((name, p) => option(byId("profile"), p, "judged by " + name));
  option(byId("outcome"), "", "All outcomes");
  kShown.forEach((word) => option(byId("outcome"), word, word));
  if (run.profiles.length > 1) option(byId("outcome"), "differ", "rules differ");
  const query = new URLSearchParams(location.hash.slice(1));
  const place = (list, name) => Math.max(-1, list.indexOf(name));
  if (place(run.tasks, query.get("task")) >= 0) byId("task").value = place(run.tasks, query.get("task"));
  byId("profile").value = Math.max(0, place(run.profiles, query.get("profile")));
  byId("outcome").value = query.get("outcome") || "";
  byId("search").value = query.get("q") || "";
  for (const id of ["task", "profile", "outcome", "search"]) byId(id).addEventListener("input", filter);
  byId("more").addEventListener("click", drawMore);
  if ("IntersectionObserver" in window)
    new IntersectionObserver((entries) => {
      if (entries.some((e) => e.isIntersecting) && drawn < matches.length) drawMore();
    }, {rootMargin: "600px"}).observe(byId("more"));
  filter();
})();
