"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const scene = JSON.parse(byId("scene").textContent);
  const canvas = byId("view");

  // ---- The scene in the view's axes: z up. A scene that is not aligned is turned.
  const turn = scene.aligned ? (p) => p : turnUp(scene.up);
  const quantised = new Uint16Array(fromBase64(byId("positions").textContent));
  const colors = new Uint8Array(fromBase64(byId("colors").textContent));
  const faces = new Uint32Array(fromBase64(byId("faces").textContent));
  const positions = new Float32Array(quantised.length);
  const extent = V.sub(scene.surfaceMax, scene.surfaceMin);
  for (let i = 0; i < quantised.length; i += 3)
    positions.set(turn([0, 1, 2].map((k) => scene.surfaceMin[k] + quantised[i + k] / 65535 * extent[k])), i);
  // What rooms are made of is listed, but shown only when it is chosen: it would cover the rest.
  const STRUCTURE = new Set(["wall", "floor", "ceiling", "room"]);
  const objects = scene.objects.map((o) => {
    const corners = o.corners.map(turn);
    const min = [0, 1, 2].map((k) => Math.min(...corners.map((c) => c[k])));
    const max = [0, 1, 2].map((k) => Math.max(...corners.map((c) => c[k])));
    return {...o, corners, min, max, center: V.scale(V.add(min, max), 0.5), reach: V.length(V.sub(max, min)),
      structure: STRUCTURE.has(o.category)};
  });
  const frames = scene.frames.map((f) => ({...f, eye: turn(f.eye), right: turn(f.right), down: turn(f.down),
    forward: turn(f.forward)}));

  // The middle 98 % of the surface on each axis, so that stray points do not decide the view.
  function extentOf() {
    const boxes = objects.flatMap((o) => [o.min, o.max]);
    const points = positions.length ? null : boxes.length ? boxes : frames.map((f) => f.eye);
    const low = [0, 0, 0], high = [1, 1, 1];
    for (let k = 0; k < 3; ++k) {
      const values = [];
      if (points) points.forEach((p) => values.push(p[k]));
      else for (let i = k; i < positions.length; i += 3 * Math.ceil(positions.length / 90000)) values.push(positions[i]);
      if (!values.length) continue;
      values.sort((a, b) => a - b);
      low[k] = values[Math.floor(values.length * 0.01)];
      high[k] = values[Math.ceil(values.length * 0.99) - 1];
    }
    return {low, high};
  }
  const {low, high} = extentOf();
  const middle = V.scale(V.add(low, high), 0.5), radius = Math.max(0.5, V.length(V.sub(high, low)) / 2);
  const floor = scene.aligned ? Math.min(0, low[2] + 0.05) : low[2];

  // ---- Colours: one hue per category, far apart in the order of appearance.
  const hues = new Map();
  for (const o of objects) if (!hues.has(o.category)) hues.set(o.category, (hues.size * 137.508 + 210) % 360);
  function rgb(hue) {
    const f = (n) => { const k = (n + hue / 30) % 12; return 0.42 - 0.34 * Math.max(-1, Math.min(k - 3, 9 - k, 1)); };
    return [f(0), f(8), f(4)];
  }
  const css = (hue) => `hsl(${hue} 80% 42%)`;

  // ---- Lines.
  let painter;
  try { painter = new Painter(canvas); } catch (error) {
    byId("problem").textContent = error.message;
    byId("problem").hidden = false;
    return;
  }
  painter.setSurface(positions, colors, faces);
  const EDGES = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((i) => [1, 2, 4].filter((bit) => !(i & bit)).map((bit) => [i, i | bit]));
  const boxLines = painter.makeLines(objects.flatMap((o, i) => {
    if (o.structure) return [];
    const color = [...rgb(hues.get(o.category)), 1];
    return EDGES.map(([a, b]) => ({a: o.corners[a], b: o.corners[b], color, width: 1.6, id: i}));
  }));
  const CAMERA = [0.15, 0.38, 0.85], SIZE = Math.max(0.06, Math.min(0.2, radius * 0.03));
  const every = Math.ceil(frames.length / 300);
  const cameraLines = painter.makeLines(frames.flatMap((f, i) => {
    const lines = [];
    if (i) lines.push({a: frames[i - 1].eye, b: f.eye, color: [...CAMERA, 0.9], width: 1.6});
    if (i % every) return lines;
    const tip = (x, y) => V.along(V.along(V.along(f.eye, f.forward, SIZE), f.right, x * f.half[0] * SIZE), f.down, y * f.half[1] * SIZE);
    const rim = [tip(-1, -1), tip(1, -1), tip(1, 1), tip(-1, 1)];
    const line = (a, b) => lines.push({a, b, color: [...CAMERA, 0.55], width: 1.1, id: i});
    rim.forEach((p, k) => { line(f.eye, p); line(p, rim[(k + 1) % 4]); });
    line(tip(-0.4, -1), tip(0, -1.5)); line(tip(0, -1.5), tip(0.4, -1));
    return lines;
  }));
  const gridLines = painter.makeLines((() => {
    const lines = [], color = [0.72, 0.76, 0.8, 0.75], pad = 1;
    const [x0, y0, x1, y1] = [Math.floor(low[0]) - pad, Math.floor(low[1]) - pad, Math.ceil(high[0]) + pad, Math.ceil(high[1]) + pad];
    const step = Math.max(1, Math.round((x1 - x0 + y1 - y0) / 80));
    for (let x = x0; x <= x1; x += step) lines.push({a: [x, y0, floor], b: [x, y1, floor], color, width: 1});
    for (let y = y0; y <= y1; y += step) lines.push({a: [x0, y, floor], b: [x1, y, floor], color, width: 1});
    scene.outline.forEach((p, i) => {
      const q = scene.outline[(i + 1) % scene.outline.length];
      lines.push({a: turn([...p, floor]), b: turn([...q, floor]), color: [0.2, 0.25, 0.3, 0.9], width: 2});
    });
    return lines;
  })());

  // ---- The camera: around a target, z up.
  const HOME = {target: middle, distance: radius * 2.1, yaw: -2.2, pitch: 0.75, tanHalf: Math.tan(0.42)};
  // Where all cameras look one way only that side of things was seen: start a little behind and above them.
  const mean = (key) => V.scale(frames.reduce((sum, f) => V.add(sum, f[key]), [0, 0, 0]), 1 / Math.max(1, frames.length));
  const facing = mean("forward"), ahead = frames.length ? V.dot(V.sub(middle, mean("eye")), facing) : 0;
  if (Math.hypot(facing[0], facing[1]) > 0.7 && ahead > 0.5)
    Object.assign(HOME, {target: V.along(mean("eye"), facing, ahead), distance: ahead * 1.3, tanHalf: Math.tan(0.5),
      yaw: Math.atan2(-facing[1], -facing[0]) + 0.12, pitch: Math.asin(Math.max(-1, Math.min(1, -facing[2]))) + 0.12});
  let view = {...HOME}, goal = null, hovered = -1, selected = -1, hoveredFrame = -1;

  function pose() {
    const [cp, sp, cy, sy] = [Math.cos(view.pitch), Math.sin(view.pitch), Math.cos(view.yaw), Math.sin(view.yaw)];
    const back = [cp * cy, cp * sy, sp], right = [-sy, cy, 0], up = V.cross(back, right);
    const eye = V.along(view.target, back, view.distance);
    const aspect = canvas.clientWidth / Math.max(1, canvas.clientHeight);
    const far = view.distance + radius * 8;
    const clip = M.multiply(M.perspective(view.tanHalf, aspect, Math.max(0.02, far / 20000), far), M.look(eye, right, up, back));
    return {eye, right, up, back, aspect, clip};
  }
  // The pixel of a point, or null behind the camera.
  function pixelOf(clip, p) {
    const q = M.apply(clip, p);
    if (q[3] < 0.05) return null;
    return [(q[0] / q[3] + 1) / 2 * canvas.clientWidth, (1 - q[1] / q[3]) / 2 * canvas.clientHeight, q[3]];
  }
  function rayAt(x, y) {
    const {eye, right, up, back, aspect} = pose();
    const u = (2 * x / canvas.clientWidth - 1) * view.tanHalf * aspect, v = (1 - 2 * y / canvas.clientHeight) * view.tanHalf;
    return {eye, dir: V.along(V.along(V.scale(back, -1), right, u), up, v)};
  }
  function objectAt(x, y) {
    const {eye, dir} = rayAt(x, y);
    let best = -1;
    objects.forEach((o, i) => {
      if (o.structure || o.min[2] > cutHeight() || rayBox(eye, dir, o.min, o.max) === null) return;
      if (best < 0 || o.reach < objects[best].reach) best = i;
    });
    return best;
  }
  function surfaceAt(x, y) {
    const {clip} = pose(), top = cutHeight();
    let best = null, nearest = Infinity;
    for (let i = 0; i < positions.length; i += 3) {
      if (positions[i + 2] > top) continue;
      const p = [positions[i], positions[i + 1], positions[i + 2]], q = pixelOf(clip, p);
      if (q && Math.hypot(q[0] - x, q[1] - y) < 9 && q[2] < nearest) { nearest = q[2]; best = p; }
    }
    return best;
  }
  const cutHeight = () => Number(byId("cut").value) >= 1000 ? Infinity :
    floor + (high[2] - floor) * Number(byId("cut").value) / 1000;

  // ---- Drawing.
  const labelBox = byId("labels"), labels = objects.map((o) => {
    const div = document.createElement("div");
    div.textContent = o.label;
    div.style.setProperty("--hue", css(hues.get(o.category)));
    labelBox.append(div);
    return div;
  });
  function placeLabels(clip) {
    const show = byId("t-labels").checked, taken = [];
    const places = objects.map((o, i) => ({i, at: pixelOf(clip, [o.center[0], o.center[1], o.max[2]])}))
      .filter(({i, at}) => at && ((show && !objects[i].structure) || i === hovered || i === selected) && objects[i].min[2] < cutHeight())
      .sort((a, b) => (b.i === hovered) - (a.i === hovered) || (b.i === selected) - (a.i === selected) || a.at[2] - b.at[2]);
    labels.forEach((div) => { div.hidden = true; });
    for (const {i, at} of places) {
      const w = 7 * labels[i].textContent.length + 16, x = at[0] - w / 2, y = at[1] - 24;
      const chosen = i === hovered || i === selected;
      if (!chosen && taken.some((t) => x < t[2] && t[0] < x + w && y < t[3] && t[1] < y + 20)) continue;
      taken.push([x, y, x + w, y + 20]);
      labels[i].hidden = false;
      labels[i].classList.toggle("chosen", chosen);
      labels[i].style.transform = `translate(${Math.round(at[0])}px, ${Math.round(at[1] - 4)}px) translate(-50%, -100%)`;
    }
  }
  let waiting = false;
  function redraw() {
    if (!waiting) { waiting = true; requestAnimationFrame(draw); }
  }
  function draw() {
    waiting = false;
    if (goal) glide();
    const {clip} = pose(), active = hovered >= 0 ? hovered : selected;
    painter.begin();
    if (byId("t-grid").checked) painter.drawLines(gridLines, clip);
    if (byId("t-surface").checked && positions.length)
      painter.drawSurface(clip, {cut: cutHeight(), cull: byId("t-walls").checked,
        pointSize: Number(byId("points").value) / 10 * Math.max(0.004, scene.spacing) * canvas.clientHeight / (2 * view.tanHalf)});
    if (byId("t-boxes").checked || active >= 0) {
      const opacity = byId("t-boxes").checked ? 1 : 0;
      painter.drawLines(boxLines, clip, {opacity: 0.22 * opacity, through: true, active: -1});
      painter.drawLines(boxLines, clip, {opacity, active});
      if (active >= 0) painter.drawLines(activeLines(active), clip, {through: true, active});
    }
    if (byId("t-cameras").checked) painter.drawLines(cameraLines, clip, {active: hoveredFrame});
    placeLabels(clip);
    byId("cut-value").textContent = cutHeight() === Infinity ? "" : (cutHeight() - floor).toFixed(2) + " m";
    if (!canvas.dataset.drawn) canvas.dataset.drawn = painter.numDrawnPixels();
    if (goal) redraw();
  }
  const activeCache = new Map();
  function activeLines(i) {
    if (!activeCache.has(i)) {
      const o = objects[i], color = [...rgb(hues.get(o.category)), 1];
      activeCache.set(i, painter.makeLines(EDGES.map(([a, b]) => ({a: o.corners[a], b: o.corners[b], color, width: 1.8, id: i}))));
    }
    return activeCache.get(i);
  }

  // ---- Moving the camera over a third of a second.
  function go(to) {
    to = {...view, ...to};
    to.yaw = view.yaw + Math.atan2(Math.sin(to.yaw - view.yaw), Math.cos(to.yaw - view.yaw));
    goal = {from: {...view}, to, start: performance.now()};
    redraw();
  }
  function glide() {
    const t = Math.min(1, (performance.now() - goal.start) / 350), s = t * t * (3 - 2 * t);
    const mix = (a, b) => a + (b - a) * s;
    for (const key of ["distance", "yaw", "pitch", "tanHalf"]) view[key] = mix(goal.from[key], goal.to[key]);
    view.target = goal.from.target.map((v, k) => mix(v, goal.to.target[k]));
    if (t >= 1) goal = null;
  }
  function lookThrough(i) {
    const f = frames[i], reach = Math.min(2, radius);
    go({target: V.along(f.eye, f.forward, reach), distance: reach, yaw: Math.atan2(-f.forward[1], -f.forward[0]),
      pitch: Math.asin(Math.max(-1, Math.min(1, -f.forward[2]))), tanHalf: f.half[1]});
  }
  function focus(i) {
    selected = i;
    go({target: objects[i].center, distance: Math.max(0.8, objects[i].reach * 1.9), tanHalf: HOME.tanHalf});
    markList();
  }

  // ---- Mouse, touch and keys.
  const fingers = new Map();
  let moved = 0;
  canvas.addEventListener("contextmenu", (e) => e.preventDefault());
  canvas.addEventListener("pointerdown", (e) => { canvas.setPointerCapture(e.pointerId); fingers.set(e.pointerId, e); moved = 0; });
  canvas.addEventListener("pointermove", (e) => {
    const before = fingers.get(e.pointerId);
    if (!before) {
      const over = objectAt(e.offsetX, e.offsetY);
      if (over !== hovered) { hovered = over; markList(); redraw(); }
      return;
    }
    goal = null;
    const dx = e.clientX - before.clientX, dy = e.clientY - before.clientY;
    moved += Math.abs(dx) + Math.abs(dy);
    if (fingers.size === 2) {
      const other = [...fingers.values()].find((f) => f.pointerId !== e.pointerId);
      const distance = (f) => Math.hypot(f.clientX - other.clientX, f.clientY - other.clientY) || 1;
      view.distance *= distance(before) / distance(e);
    }
    if (e.buttons & 2 || e.shiftKey || fingers.size === 2) {
      const {right, up} = pose(), size = 2 * view.distance * view.tanHalf / canvas.clientHeight;
      view.target = V.along(V.along(view.target, right, -dx * size), up, dy * size);
    } else {
      view.yaw -= dx * 0.006;
      view.pitch = Math.max(-1.55, Math.min(1.55, view.pitch + dy * 0.006));
    }
    fingers.set(e.pointerId, e);
    redraw();
  });
  const release = (e) => {
    if (fingers.delete(e.pointerId) && e.type === "pointerup" && moved < 4) {
      selected = objectAt(e.offsetX, e.offsetY);
      markList(true);
      redraw();
    }
  };
  for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, release);
  canvas.addEventListener("pointerleave", () => { hovered = -1; markList(); redraw(); });
  canvas.addEventListener("wheel", (e) => {
    e.preventDefault();
    goal = null;
    view.distance = Math.max(0.05, Math.min(radius * 12, view.distance * Math.exp(e.deltaY * 0.0012)));
    redraw();
  }, {passive: false});
  canvas.addEventListener("dblclick", (e) => {
    const p = surfaceAt(e.offsetX, e.offsetY);
    if (p) go({target: p, distance: Math.min(view.distance, Math.max(1, view.distance * 0.6))});
  });
  canvas.addEventListener("keydown", (e) => {
    const turns = {ArrowLeft: [0.1, 0], ArrowRight: [-0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1]}[e.key];
    if (turns) { view.yaw += turns[0]; view.pitch = Math.max(-1.55, Math.min(1.55, view.pitch + turns[1])); }
    else if (e.key === "+" || e.key === "=") view.distance *= 0.85;
    else if (e.key === "-") view.distance /= 0.85;
    else return;
    e.preventDefault();
    redraw();
  });

  // ---- The panel.
  byId("name").textContent = scene.id;
  const plural = (n, word) => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;
  const surfaceText = {mesh: "mesh", cloud: "point cloud", depth: "cloud from depth", none: "no surface"}[scene.kind];
  byId("facts").textContent = [plural(objects.length, "object"), plural(frames.length, "frame"),
    `${(high[0] - low[0]).toFixed(1)} × ${(high[1] - low[1]).toFixed(1)} × ${(high[2] - floor).toFixed(1)} m`, surfaceText].join(" · ");
  byId("point-row").hidden = faces.length > 0 || !positions.length;
  byId("t-walls").parentElement.hidden = !faces.length;
  for (const input of document.querySelectorAll(".toggles input, .sliders input")) input.addEventListener("input", redraw);
  byId("b-home").addEventListener("click", () => go(HOME));
  byId("b-top").addEventListener("click", () => go({...HOME, yaw: -Math.PI / 2, pitch: 1.55}));
  const rows = objects.map((o, i) => {
    const row = document.createElement("li"), button = document.createElement("button");
    const swatch = document.createElement("i"), id = document.createElement("small");
    swatch.style.background = css(hues.get(o.category));
    id.textContent = o.id;
    button.append(swatch, o.label, id);
    button.title = `${o.category} · ${o.size.map((s) => s.toFixed(2)).join(" × ")} m`;
    button.addEventListener("click", () => focus(i));
    row.addEventListener("pointerenter", () => { hovered = i; redraw(); });
    row.addEventListener("pointerleave", () => { hovered = -1; redraw(); });
    row.append(button);
    return row;
  });
  [...rows.keys()].sort((a, b) => objects[a].label.localeCompare(objects[b].label) || objects[a].id - objects[b].id)
    .forEach((i) => byId("objects").append(rows[i]));
  function markList(scroll) {
    rows.forEach((row, i) => row.classList.toggle("chosen", i === selected || i === hovered));
    if (scroll && selected >= 0) rows[selected].scrollIntoView({block: "nearest"});
  }
  byId("find").hidden = objects.length < 2;
  byId("find").addEventListener("input", (e) => {
    const text = e.target.value.toLowerCase();
    rows.forEach((row, i) => { row.hidden = !(objects[i].label + " " + objects[i].category).toLowerCase().includes(text); });
  });

  // ---- Pictures of the frames.
  const picture = byId("picture");
  for (const [key, uri] of Object.entries(scene.pictures)) {
    const i = Number(key), image = document.createElement("img"), button = document.createElement("button");
    image.src = uri;
    image.alt = button.title = "frame " + frames[i].name;
    button.append(image);
    button.addEventListener("pointerenter", () => { hoveredFrame = i; redraw(); });
    button.addEventListener("pointerleave", () => { hoveredFrame = -1; redraw(); });
    button.addEventListener("click", () => {
      picture.querySelector("img").src = uri;
      picture.querySelector("p").textContent = "Frame " + frames[i].name;
      picture.hidden = false;
      lookThrough(i);
    });
    byId("strip").append(button);
  }
  byId("close-picture").addEventListener("click", () => { picture.hidden = true; go(HOME); });
  new ResizeObserver(redraw).observe(canvas);
  draw();  // at once: a browser that prints or dumps the page may never ask for a frame
})();
