// The story after any of its sentences: who is there, what they last felt, what has passed between them so far.

import { get } from "./api.js";
import { counted, h, name, plain, put, s } from "./dom.js";
import { act, frame, link, listed, passage, person, sentenceOf, spoken, toneWords } from "./frame.js";
import { complain } from "./notice.js";

const PAUSE = 120; // milliseconds without a move before the server is asked
const SHOWN = 8; // pairs that are not folded
const FELT = 40; // people elsewhere
const LISTED = 200; // acts and lines behind the counts of one person
const LONGEST = 420; // characters of the sentence itself

export function drawReplay(root, story, { rest, seen, go, to, still, stands, moved }) {
  const { sentences } = story;
  const most = sentences.length;
  const opened = new Set(); // counts that show what they count
  let state = null;
  let waiting = 0;
  const range = h("input", { type: "range", min: 0, max: most, step: 1, id: "sentence", "aria-describedby": "replay-means", on: { input: () => move(Number(range.value)) } });
  const where = h("span", { class: "where" });
  const words = h("blockquote");
  const body = h("div", { class: "state" });
  const press = (label, title, action) => h("button", { type: "button", title, on: { click: action } }, label);
  const jump = (key) => () => state?.[key] !== null && state && seek(state[key]);
  const back = press("‹ Event", "The act or feeling before", jump("before"));
  const on = press("Event ›", "The next act or feeling", jump("after"));

  frame(root, "Replay", h("span", { id: "replay-means" }, "The ledger as far as one sentence: nothing after it counts. Who is meant by a name or pronoun was decided with the whole story read."), null, "replay",
    h("div", { class: "replay" },
      h("label", { for: "sentence", class: "unseen" }, "Sentences so far"), range,
      h("div", { class: "row" }, back, press("‹ Sentence", "A sentence back", () => move(Number(range.value) - 1)), where, press("Sentence ›", "A sentence on", () => move(Number(range.value) + 1)), on),
      words),
    body);

  /** Show the sentence at once, and the state when the hand rests. */
  function move(k, pause = PAUSE) {
    const at = Math.max(0, Math.min(most, k));
    const [start, end] = at ? sentences[at - 1] : [0, 0];
    range.value = at;
    where.textContent = `${at.toLocaleString("en")} of ${most.toLocaleString("en")}`;
    range.setAttribute("aria-valuetext", at ? plain(`Sentence ${at} of ${most}: ${story.excerpt(start, end, 120)}`) : "Before the first sentence");
    put(words, at ? passage(story, { start, end }, go, LONGEST) : "Before the first sentence.");
    body.dataset.late = "";
    moved(end);
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(end), pause);
  }

  const seek = (offset) => move(story.ended(offset));

  async function ask(offset) {
    if (!still()) return;
    const wanted = waiting;
    try {
      const found = await get(`at/${offset}`);
      if (!still() || wanted !== waiting) return;
      state = found;
      stands(String(offset));
      back.disabled = found.before === null;
      on.disabled = found.after === null;
      delete body.dataset.late;
      drawState(body, story, found, { go, to, opened });
    } catch (error) {
      if (still()) complain(error);
    }
  }

  const from = /^\d+$/.test(rest[0] ?? "") ? Number(rest[0]) : seen;
  move(story.ended(from), 0);
  return { seek };
}

// ------------------------------------------------------------------ the state
function drawState(body, story, { offset, scene, people, bonds }, how) {
  const open = new Set([...body.querySelectorAll("details[open]")].map((d) => d.dataset.what));
  const fold = (what, title, content) => h("details", { class: "as-table", open: open.has(what), data: { what } }, h("summary", null, title), content);
  const known = people.filter((p) => story.person.has(p.id));
  const here = known.filter((p) => p.present);
  const gone = known.filter((p) => !p.present && p.feeling).sort((x, y) => y.feeling.start - x.feeling.start);
  const present = new Set(here.map((p) => p.id));
  const weight = (b) => present.has(b.a) + present.has(b.b);
  const pairs = bonds.slice().sort((x, y) => weight(y) - weight(x));
  const felt = (p) => h("li", null, h("span", null, person(story, p.id)), h("span", null, `${p.feeling.label}: `, sentenceOf(story, p.feeling, how.go, 100)));
  const calm = here.filter((p) => !p.feeling);
  const row = (b) => between(story, b, { ...how, offset });
  put(body,
    h("section", { class: "people-now" }, h("h3", null, scene === null ? "Present" : `Present in scene ${scene}`, h("small", null, " and what they last felt")),
      here.length ? h("ul", null, ...here.filter((p) => p.feeling).map(felt)) : h("p", { class: "hint" }, "Nobody by now."),
      calm.length ? h("p", { class: "calm" }, ...calm.flatMap((p, k) => [k ? ", " : "", name(story.name(p.id))]), ": no feeling told yet.") : null,
      gone.length ? fold("gone", `Elsewhere or spoken of, the last felt first: ${gone.length}`, listed("ul", gone, FELT, felt)) : null),
    h("section", { class: "pairs-now" }, h("h3", null, "Between them so far"),
      pairs.length ? h("ul", null, ...pairs.slice(0, SHOWN).map(row)) : h("p", { class: "hint" }, "Nothing yet."),
      pairs.length > SHOWN ? fold("pairs", `Other pairs: ${pairs.length - SHOWN}`, h("ul", null, ...pairs.slice(SHOWN).map(row))) : null));
}

function between(story, b, how) {
  return h("li", null,
    h("h4", null, link(`bonds/${b.a}-${b.b}`, how.to, name(story.name(b.a)), " and ", name(story.name(b.b)))),
    way(story, b, 0, how), way(story, b, 1, how),
    h("p", { class: "tone" }, b.tone ? bar(b.tone) : null, toneWords(b.tone)),
    b.last ? h("ul", { class: "last" }, act(story, b.last, how.go)) : null);
}

/** What has gone from one of two to the other, counted by kind; a count opens the passages that it counts. */
function way(story, b, k, { go, offset, opened }) {
  const who = [b.a, b.b][k];
  const key = (kind) => `${who}>${[b.b, b.a][k]} ${kind}`;
  const list = h("div", { class: "counted" });
  const draw = (row) => (row.kind ? act(story, row, go) : h("li", null, spoken(story, row, go)));
  async function show() {
    try {
      const found = counts.some((c) => opened.has(key(c.kind))) ? await get(`at/${offset}/${b.a}-${b.b}`) : { acts: [], lines: [] };
      const rows = [...found.acts.filter((a) => a.agent === who && opened.has(key(a.kind))), ...found.lines.filter((q) => q.speaker === who && opened.has(key("lines")))];
      put(list, rows.length ? listed("ul", rows.sort((x, y) => x.start - y.start), LISTED, draw) : null);
    } catch (error) {
      complain(error);
    }
  }
  const press = (kind) => (e) => {
    if (!opened.delete(key(kind))) opened.add(key(kind));
    e.currentTarget.setAttribute("aria-expanded", String(opened.has(key(kind))));
    show();
  };
  const counts = Object.entries(b.acts).map(([kind, n]) => ({ kind, n: n[k], words: `${kind} ${n[k]}` }));
  counts.push({ kind: "lines", n: b.lines[k], words: counted(b.lines[k], "line") });
  const buttons = counts.filter((c) => c.n).map((c) => h("button", { type: "button", class: "link count", "aria-expanded": String(opened.has(key(c.kind))), on: { click: press(c.kind) } }, c.words));
  if (buttons.length) show();
  return h("div", { class: "way" }, h("p", null, name(story.name(who)), ": ", ...buttons.flatMap((button, j) => [j ? ", " : "", button]), buttons.length ? null : "nothing"), list);
}

/** The interval of a tone between all unfriendly and all friendly; the words beside it say the same. */
function bar({ value, low, high }) {
  const x = (v) => 50 + 46 * v;
  return s("svg", { class: "tone-bar", viewBox: "0 0 100 14", "aria-hidden": "true" },
    s("line", { x1: 4, x2: 96, y1: 7, y2: 7, class: "absent" }), s("line", { x1: 50, x2: 50, y1: 2, y2: 12, class: "absent" }),
    s("line", { x1: x(low), x2: x(high), y1: 7, y2: 7, class: "whisker" }), s("circle", { cx: x(value), cy: 7, r: 4, class: "mean" }));
}
