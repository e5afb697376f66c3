// What passes between two people, scene by scene: acts and lines each way, tone where enough is told.

import { get } from "./api.js";
import { counted, h, name, put, s } from "./dom.js";
import { act, asked, cut, frame, link, narrow, passage, person, pressable, spoken, toneWords } from "./frame.js";

const MEANING = "Tone is the share of friendly acts among the friendly and unfriendly ones of a scene, from −1 to +1: the mean and its 90 % interval. Where a scene has fewer than two such acts, nothing is said.";

const CHANCE = 0.05; // a corrected p-value from which on a turn is not shown to be one

export function drawBonds(root, story, { rest, ...how }) {
  if (rest[0]) asked(get(`bonds/${rest[0]}`), root, how.still, (bond) => drawPair(root, story, bond, how));
  else asked(get("bonds"), root, how.still, (found) => drawAll(root, story, found, how));
}

const pair = (story, { a, b }) => [name(story.name(a)), " and ", name(story.name(b))];

/** How many acts and lines go from each of the two to the other. */
function counts(story, { a, b, acts, lines, scenes }) {
  const row = (who, k) => h("tr", null, h("th", { scope: "row" }, person(story, who)), h("td", null, acts[k]), h("td", null, lines[k]));
  return h("table", { class: "counts" }, h("caption", { class: "unseen" }, "From each of the two to the other"),
    h("thead", null, h("tr", null, h("td", null, counted(scenes.length, "scene")), h("th", { scope: "col" }, "acts"), h("th", { scope: "col" }, "lines"))),
    h("tbody", null, row(a, 0), row(b, 1)));
}

// ------------------------------------------------------------------ all pairs
function drawAll(root, story, { bonds, count }, { go, to }) {
  const row = (bond) => h("li", null,
    h("h3", null, link(`bonds/${bond.a}-${bond.b}`, to, ...pair(story, bond))),
    counts(story, bond),
    bond.scenes.some((x) => x.tone) ? small(story, bond, go) : h("p", { class: "hint" }, "Tone: too little is told in any scene."));
  frame(root, "Bonds", `${counted(count, "pair")} with two acts or four lines between them. ${MEANING}`, null, "bonds",
    h("ul", { class: "pairs" }, ...bonds.map(row)),
    count > bonds.length ? h("p", { class: "hint" }, `The ${bonds.length} with most acts between them.`) : null,
    count ? null : h("p", null, "Nothing is known to pass between any two people."));
}

/** The tone of each scene where there is one, small; the page of the pair has it in words. */
function small(story, { a, b, scenes }, go) {
  const x = place(story, 4, 476);
  const y = (value) => 24 - 19 * value;
  const svg = s("svg", { class: "spark picture", viewBox: "0 0 480 48", role: "group", "aria-label": `Tone between ${story.name(a)} and ${story.name(b)}` }, s("line", { x1: 0, x2: 480, y1: y(0), y2: y(0), class: "absent" }));
  for (const { number, start, end, tone } of scenes) {
    const at = x((start + end) / 2).toFixed(1);
    const mark = () => s("g", null, s("line", { x1: at, x2: at, y1: y(tone.low), y2: y(tone.high), class: "whisker" }), s("circle", { cx: at, cy: y(tone.value), r: 4, class: "mean" }));
    if (tone) svg.append(pressable(mark(), `Scene ${number}: ${toneWords(tone)}`, () => go(start)));
    else svg.append(s("line", { x1: at, x2: at, y1: y(0) - 3, y2: y(0) + 3, class: "whisker faint" }));
  }
  return svg;
}

/** Places in the story to places across a picture. */
function place(story, left, right) {
  const first = story.scenes[0]?.start ?? 0;
  const last = story.scenes.at(-1)?.end ?? story.end;
  return (offset) => left + ((right - left) * (offset - first)) / Math.max(1, last - first);
}

// ------------------------------------------------------------------ one pair
function drawPair(root, story, bond, { go, to }) {
  const { scenes, turns } = bond;
  const acts = scenes.flatMap((x) => x.acts);
  const svg = acts.length ? picture(story, bond, acts, go, narrow(root)) : null;
  frame(root, pair(story, bond), link("bonds", to, "All bonds"), svg && (() => svg), "bond",
    counts(story, bond),
    h("p", { class: "one-sided" }, oneSided(story, bond, acts.length)),
    turns.length ? h("div", { class: "turns" }, h("h3", null, turnWords(turns[0])),
      h("ol", null, ...turns.map((t) => h("li", null, passage(story, t, go, 120), t.p === null ? null : h("small", null, ` p = ${t.p.toFixed(3)}, corrected over all pairs tested`))))) : null,
    svg ? [h("div", { class: "wide" }, svg), h("p", { class: "hint" }, `Triangles: acts, up friendly, down unfriendly; circles: neither. ${MEANING}`)] : null,
    h("ol", { class: "bond-scenes" }, ...scenes.map((x) => scene(story, bond, x, go))),
    bond.not_counted.length ? h("details", { class: "as-table" }, h("summary", null, `Denied or only imagined, and not counted: ${bond.not_counted.length}`), h("ol", null, ...bond.not_counted.map((a) => act(story, a, go)))) : null);
}

/** What may be said of a turn; one that chance gives as well is none. */
function turnWords({ p }) {
  if (p === null) return "Likeliest passages of a turn: untested";
  return p < CHANCE ? "Likeliest passage of a turn, tested" : "No turn is shown: the likeliest passage is no more than chance gives";
}

/** Which way most acts go, as a share with its interval. */
function oneSided(story, { a, asymmetry }, acts) {
  if (!asymmetry) return acts ? "Too few acts to say which way most go." : "No act is told between them.";
  const share = (x) => Math.round(50 * (1 + x));
  return ["Of what they do to one another, ", name(story.name(a)), ` does ${share(asymmetry.value)} % (90 % interval ${share(asymmetry.low)}–${share(asymmetry.high)} %).`];
}

function scene(story, bond, { number, start, end, acts, lines, tone }, go) {
  const told = h("ol");
  const line = (q) => h("li", null, name(story.name(q.speaker)), ": ", spoken(story, q, go));
  // A long novel has thousands of lines; they are made when they are asked for.
  const unfold = () => told.firstChild || put(told, lines.map(line));
  const mine = lines.filter((q) => q.speaker === bond.a).length;
  const fold = lines.length ? h("details", { on: { toggle: unfold } }, h("summary", null, "Lines: ", name(story.name(bond.a)), ` ${mine}, `, name(story.name(bond.b)), ` ${lines.length - mine}`), told) : null;
  return h("li", null,
    h("h3", null, `Scene ${number} `, passage(story, { start, end: Math.min(end, start + 200) }, go, 60)),
    tone ? h("p", { class: "tone" }, toneWords(tone)) : null,
    acts.length ? h("ol", null, ...acts.map((a) => act(story, a, go))) : null,
    fold);
}

/** Above, the tone of each scene, if any has one; below, every act, a row each way. */
function picture(story, bond, acts, go, tight) {
  const toned = bond.scenes.some((scene) => scene.tone);
  const [left, right] = tight ? [104, 408] : [150, 884];
  const [high, low] = toned ? [16, 116] : [16, 6];
  const x = place(story, left, right);
  const y = (value) => low - ((low - high) * (value + 1)) / 2;
  const svg = s("svg", { class: tight ? "picture" : "picture long", viewBox: `0 0 ${right + 16} ${low + 64}`, role: "group", "aria-label": "The bond over the story" });
  if (toned) for (const [value, label] of [[1, "all friendly"], [0, ""], [-1, "all unfriendly"]]) {
    svg.append(s("line", { x1: left, x2: right, y1: y(value), y2: y(value), class: "absent" }), s("text", { x: left - 10, y: y(value) + 4, class: "faint", "text-anchor": "end" }, label));
  }
  for (const scene of story.scenes.slice(1)) svg.append(s("line", { x1: x(scene.start), x2: x(scene.start), y1: high, y2: low + 50, class: "absent scene" }));
  for (const { number, start, end, tone } of bond.scenes) {
    if (!tone) continue;
    const at = x((start + end) / 2);
    const mark = s("g", null, s("line", { x1: at, x2: at, y1: y(tone.low), y2: y(tone.high), class: "whisker" }), s("circle", { cx: at, cy: y(tone.value), r: 5, class: "mean" }));
    svg.append(pressable(mark, `Scene ${number}: ${toneWords(tone)}`, () => go(start)));
  }
  [bond.a, bond.b].forEach((who, row) => {
    const at = low + 22 + 22 * row;
    svg.append(s("text", { x: left - 10, y: at + 4, class: "label", "text-anchor": "end" }, cut(story.short(who), tight ? 12 : 17)), s("line", { x1: left, x2: right, y1: at, y2: at, class: "absent" }));
    for (const a of acts) {
      if (a.agent !== who) continue;
      const d = a.tone > 0 ? "M-6 5h12l-6 -11z" : a.tone < 0 ? "M-6 -5h12l-6 11z" : "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z";
      const mark = s("path", { d, transform: `translate(${x(a.start).toFixed(1)} ${at})`, class: `${a.tone ? "fill" : "hollow"} c${story.colour(who)}` });
      svg.append(pressable(mark, `${story.name(a.agent)} ${a.words} ${story.name(a.patient)}: “${story.excerpt(a.start, a.end, 60)}”`, () => go(a.start, { end: a.end })));
    }
  });
  for (const t of bond.turns.slice(0, 1)) {
    const late = x(t.start) > (left + 3 * right) / 4;
    const words = t.p === null ? "likeliest turn, untested" : t.p < CHANCE ? `likeliest turn, p = ${t.p.toFixed(3)}` : `no turn shown, p = ${t.p.toFixed(3)}`;
    const mark = s("g", null, s("line", { x1: x(t.start), x2: x(t.start), y1: 8, y2: low + 54, class: "turn" }), s("text", { x: x(t.start) + (late ? -4 : 4), y: 12, class: "faint", "text-anchor": late ? "end" : "start" }, words));
    svg.append(pressable(mark, words, () => go(t.start, { end: t.end })));
  }
  return svg;
}
