// The story over its length: who is with whom, who speaks to whom. Every mark leads to its passage.

import { counted, h, name, put, s } from "./dom.js";
import { cut, frame, narrow, pressable } from "./frame.js";

const UNFOLDED = 24; // scenes of which the list stands open

// ------------------------------------------------------------------ scenes
export function drawScenes(root, story, { go }) {
  const few = story.scenes.length < 4;
  const scenes = few ? stretches(story, 16) : story.scenes;
  const small = few && narrow(root);
  const left = small ? 104 : 150;
  const wide = small ? 420 : few ? 720 : Math.max(560, root.clientWidth - 48, scenes.length * 6 + left + 20);
  const row = 26;
  const total = Math.max(1, scenes.reduce((n, x) => n + (x.end - x.start), 0));
  const least = few ? 12 : 4;
  const room = wide - left - 16 - least * scenes.length;
  let at = left;
  const columns = scenes.map((x) => {
    const width = least + (room * (x.end - x.start)) / total;
    const begins = few ? story.beginning(x.start, x.end) : x.start; // a part begins anywhere
    const column = { ...x, begins, x: at, width: width - (few ? 3 : 1.5) };
    at += width;
    return column;
  });
  const counts = columns.map((c) => {
    const here = new Map();
    for (const m of story.mentions) if (m.start >= c.start && m.start < c.end) here.set(m.who, (here.get(m.who) ?? 0) + 1);
    for (const q of story.quotes) if (q.start >= c.start && q.start < c.end) here.set(q.who, (here.get(q.who) ?? 0) + 2);
    return here;
  });
  const people = story.people.filter((p) => !p.group && counts.some((here) => here.get(p.id) >= 2)).slice(0, 16);
  const high = 40 + row * people.length;
  const svg = s("svg", { class: small ? "picture" : "picture long", viewBox: `0 0 ${wide} ${high}`, role: "group", "aria-label": "Who is where" });
  if (!few) svg.style.width = `${wide}px`; // as large as it is drawn: what does not fit is scrolled to
  people.forEach((p, r) => svg.append(s("text", { x: left - 10, y: 44 + r * row, class: "label", "text-anchor": "end" }, cut(story.short(p.id), small ? 12 : 17))));
  let numbered = -Infinity;
  columns.forEach((c, k) => {
    if (c.x - numbered > 30) svg.append(s("text", { x: c.x + c.width / 2, y: 16, class: "faint", "text-anchor": "middle" }, String(k + 1)));
    if (c.x - numbered > 30) numbered = c.x;
    people.forEach((p, r) => {
      const n = counts[k].get(p.id) ?? 0;
      const there = n >= 2 || c.characters.includes(p.id);
      const word = few ? "part" : "scene";
      if (!there) {
        svg.append(s("line", { x1: c.x, x2: c.x + c.width, y1: 39 + r * row, y2: 39 + r * row, class: "absent" }));
        return;
      }
      const most = Math.max(...counts[k].values());
      const bar = s("rect", { x: c.x, y: 39 + r * row - 8, width: Math.max(3, c.width), height: 16, rx: 3, "fill-opacity": (0.35 + 0.65 * (n / Math.max(1, most))).toFixed(2), class: `fill c${story.colour(p.id)}` });
      svg.append(pressable(bar, `${p.name}, ${word} ${k + 1}`, () => go(first(story, p.id, c))));
    });
  });
  const there = (c, k) => people.filter((p) => (counts[k].get(p.id) ?? 0) >= 2 || c.characters.includes(p.id)).slice(0, 12);
  const table = h("details", { class: "as-table", open: columns.length <= UNFOLDED }, h("summary", null, "As a list"),
    h("ol", null, ...columns.map((c, k) => h("li", null, h("button", { type: "button", class: "link passage", on: { click: () => go(c.begins) } }, story.excerpt(c.begins, few ? Math.min(story.end, c.begins + 200) : c.end, 60)), " ", h("small", null, ...there(c, k).flatMap((p, j) => [j ? ", " : "", name(p.name)]))))));
  frame(root, "Scenes", few ? `The story has ${counted(story.scenes.length, "scene")}, so it is shown in sixteen parts of one length. A bar stands where somebody has a part, the darker the more.` : `${counted(scenes.length, "scene")}, as wide as they are long. A bar stands where somebody has a part, the darker the more.`, () => svg, "scenes", h("div", { class: "wide" }, svg), table);
}

/** The story in parts of one length, each with the people who are named in it. */
function stretches(story, n) {
  const start = story.scenes[0]?.start ?? 0;
  const size = (story.end - start) / n;
  return Array.from({ length: n }, (_, k) => ({ start: start + Math.round(k * size), end: start + Math.round((k + 1) * size), characters: [] }));
}

function first(story, who, scene) {
  const m = story.mentions.find((x) => x.who === who && x.start >= scene.start && x.start < scene.end);
  const q = story.quotes.find((x) => x.who === who && x.start >= scene.start && x.start < scene.end);
  return Math.min(m?.start ?? Infinity, q?.start ?? Infinity, scene.end - 1);
}

// ------------------------------------------------------------------ network
export function drawNetwork(root, story, { go }) {
  let until = story.end;
  const stage = h("div", { class: "wide" });
  const list = h("div", { class: "lines-of" });
  const scrub = h("input", { type: "range", min: 1, max: 1000, value: 1000, "aria-label": "Up to this place in the story", on: { input: () => { until = (story.end * scrub.value) / 1000; draw(); } } });
  const where = h("output", null, "the whole story");
  let svg = null;
  frame(root, "Who speaks to whom", "The arrow shows who is spoken to; as thick as the lines are many. Press a tie or a person to read the lines.", () => svg, "who-speaks-to-whom", h("label", { class: "scrub" }, "Up to ", scrub, where), h("div", { class: "beside" }, stage, list));
  function draw() {
    const pairs = new Map();
    for (const q of story.quotes) {
      if (q.who === null || q.start >= until) continue;
      for (const to of q.to) {
        const key = `${q.who}>${to}`;
        if (!pairs.has(key)) pairs.set(key, { a: q.who, b: to, lines: [] });
        pairs.get(key).lines.push(q);
      }
    }
    where.textContent = until >= story.end ? "the whole story" : `up to “${story.excerpt(Math.floor(until), Math.floor(until) + 60, 36)}”`;
    svg = network(story, [...pairs.values()], lines, said, narrow(root));
    put(stage, svg);
    const sorted = [...pairs.values()].sort((x, y) => y.lines.length - x.lines.length);
    put(list, h("h3", null, "Lines"), h("ul", null, ...sorted.slice(0, 24).map((pair) => h("li", null, h("button", { type: "button", class: "link", on: { click: () => lines(pair) } }, name(story.name(pair.a)), " to ", name(story.name(pair.b))), h("span", null, pair.lines.length)))));
  }
  const said = (who) => lines({ a: who, b: null, lines: story.quotes.filter((q) => q.who === who && q.start < until) });
  function lines(pair) {
    put(list, h("h3", null, name(story.name(pair.a)), " to ", pair.b === null ? "anybody" : name(story.name(pair.b))), h("ol", null, ...pair.lines.slice(0, 300).map((q) => h("li", null, h("button", { type: "button", class: "link", on: { click: () => go(q.start, { kind: "speaker", id: q.id }) } }, story.excerpt(q.start, q.end, 80))))), h("p", null, h("button", { type: "button", on: { click: draw } }, "All ties")));
  }
  draw();
}

/** People on a ring, those who speak most with one another side by side; ties bent inwards. */
function network(story, pairs, press, pressPerson, small) {
  const weight = new Map();
  const tie = new Map();
  for (const { a, b, lines } of pairs) {
    for (const x of [a, b]) weight.set(x, (weight.get(x) ?? 0) + lines.length);
    const key = [a, b].sort((x, y) => x - y).join();
    tie.set(key, (tie.get(key) ?? 0) + lines.length);
  }
  const people = [...weight.keys()].sort((x, y) => weight.get(y) - weight.get(x)).slice(0, 16);
  const ring = [];
  const left = new Set(people);
  while (left.size) {
    const last = ring[ring.length - 1];
    const strength = (x) => tie.get([x, last].sort((p, q) => p - q).join()) ?? 0;
    const next = [...left].sort((x, y) => strength(y) - strength(x) || weight.get(y) - weight.get(x))[0];
    ring.push(next);
    left.delete(next);
  }
  const radius = small ? 140 : 165;
  const cx = small ? 210 : 350;
  const cy = 230;
  const spot = new Map(ring.map((who, k) => {
    const turn = (2 * Math.PI * k) / Math.max(1, ring.length) - Math.PI / (ring.length === 2 ? 1 : 2);
    return [who, { x: cx + radius * Math.cos(turn) * (small ? 1 : 1.25), y: cy + radius * Math.sin(turn), turn }];
  }));
  const svg = s("svg", { class: "picture", viewBox: `0 0 ${2 * cx} 470`, role: "group", "aria-label": "Who speaks to whom" });
  const most = Math.max(1, ...pairs.map((p) => p.lines.length));
  for (const pair of [...pairs].sort((x, y) => x.lines.length - y.lines.length)) {
    const from = spot.get(pair.a);
    const to = spot.get(pair.b);
    if (!from || !to || pair.a === pair.b) continue;
    const mx = (from.x + to.x) / 2;
    const my = (from.y + to.y) / 2;
    const bend = 0.16;
    const px = mx + (cx - mx) * 0.25 - (to.y - from.y) * bend;
    const py = my + (cy - my) * 0.25 + (to.x - from.x) * bend;
    const path = s("path", { d: `M${from.x.toFixed(1)} ${from.y.toFixed(1)}Q${px.toFixed(1)} ${py.toFixed(1)} ${to.x.toFixed(1)} ${to.y.toFixed(1)}`, fill: "none", "stroke-width": (1 + 7 * Math.sqrt(pair.lines.length / most)).toFixed(1), class: `tie c${story.colour(pair.a)}` });
    svg.append(arrow(from, { x: px, y: py }, to, story.colour(pair.a)));
    svg.append(pressable(path, `${story.name(pair.a)} to ${story.name(pair.b)}: ${counted(pair.lines.length, "line")}`, () => press(pair)));
  }
  for (const who of ring) {
    const { x, y, turn } = spot.get(who);
    const size = 7 + 9 * Math.sqrt(weight.get(who) / Math.max(...weight.values()));
    const side = Math.cos(turn);
    const anchor = small ? "middle" : side > 0.3 ? "start" : side < -0.3 ? "end" : "middle";
    const shift = size + 7;
    const spoken = pairs.reduce((n, p) => n + (p.a === who ? p.lines.length : 0), 0);
    const circle = s("circle", { cx: x, cy: y, r: size, class: `fill c${story.colour(who)}` });
    svg.append(spoken ? pressable(circle, `What ${story.name(who)} says`, () => pressPerson(who)) : circle,
      s("text", { x: x + (anchor === "start" ? shift : anchor === "end" ? -shift : 0), y: y + (anchor === "middle" ? (Math.sin(turn) > -0.1 ? shift + 10 : -shift) : 5), class: "label", "text-anchor": anchor }, cut(story.short(who), small ? 14 : 16)));
  }
  // Nothing is kept free above and below a picture of few people.
  const ys = ring.map((who) => spot.get(who).y);
  const [top, bottom] = ring.length ? [Math.min(...ys) - 75, Math.max(...ys) + 75] : [cy - 40, cy + 40];
  svg.setAttribute("viewBox", `0 ${top.toFixed(0)} ${2 * cx} ${(bottom - top).toFixed(0)}`);
  if (!ring.length) svg.append(s("text", { x: cx, y: cy, class: "label", "text-anchor": "middle" }, "Nobody is known to speak to anybody."));
  return svg;
}

/** The middle of a bent tie, pointing at who is spoken to, for those to whom colours say nothing. */
function arrow(from, bend, to, colour) {
  const x = (from.x + 2 * bend.x + to.x) / 4;
  const y = (from.y + 2 * bend.y + to.y) / 4;
  const turn = (180 / Math.PI) * Math.atan2(to.y - from.y, to.x - from.x);
  return s("path", { d: "M-7 -8L9 0L-7 8Z", transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn.toFixed(1)})`, class: `fill c${colour}`, "aria-hidden": "true" });
}
