// What is felt and done, over the story's length.

import { get } from "./api.js";
import { counted, h, name, s } from "./dom.js";
import { act, asked, cut, frame, listed, narrow, pressable, sentenceOf, sure } from "./frame.js";

const ROWS = 14;
const LISTED = 400;

export function drawFeelings(root, story, { go, still }) {
  asked(get("feelings"), root, still, (found) => draw(root, story, go, found));
}

function draw(root, story, go, { emotions, acts }) {
  const felt = emotions.filter((e) => e.happened && e.character !== null);
  const done = acts.filter((a) => a.happened);
  const left = emotions.length + acts.length - felt.length - done.length;
  const svg = felt.length ? picture(story, felt, go, narrow(root)) : null;
  frame(root, "Feelings and deeds", "Up: welcome; down: unwelcome; a lozenge: neither. Filled: narration tells it; hollow: somebody says it. Each mark leads to its passage.", svg && (() => svg), "feelings",
    h("div", { class: "wide" }, svg),
    felt.length ? h("details", { class: "as-table" }, h("summary", null, counted(felt.length, "feeling"), " as a list"), listed("ol", felt, LISTED, (e) => h("li", null, name(story.name(e.character)), `, ${e.label}: `, sentenceOf(story, e, go), h("small", null, e.experimental ? " experimental, " : " ", sure(e))))) : null,
    done.length ? h("section", { class: "deeds" }, h("h3", null, counted(done.length, "deed")), listed("ol", done, LISTED, (a) => act(story, a, go))) : null,
    left ? h("p", { class: "hint" }, `${left.toLocaleString("en")} that the text denies or only imagines, or that are nobody’s, are left out here.`) : null);
}

function picture(story, felt, go, small) {
  const who = new Set(felt.map((e) => e.character));
  const people = story.people.filter((p) => who.has(p.id)).slice(0, ROWS);
  const [left, wide] = small ? [104, 420] : [150, 900];
  const row = 30;
  const high = 30 + row * people.length;
  const x = (offset) => left + ((wide - left - 16) * offset) / Math.max(1, story.end);
  const svg = s("svg", { class: small ? "picture" : "picture long", viewBox: `0 0 ${wide} ${high}`, role: "group", "aria-label": "Feelings over the story" });
  people.forEach((p, r) => {
    const y = 26 + r * row;
    svg.append(s("text", { x: left - 10, y: y + 5, class: "label", "text-anchor": "end" }, cut(story.short(p.id), small ? 12 : 17)), s("line", { x1: left, x2: wide - 12, y1: y, y2: y, class: "absent" }));
    for (const e of felt) {
      if (e.character !== p.id) continue;
      const d = e.valence > 0.1 ? "M-6 5h12l-6 -11z" : e.valence < -0.1 ? "M-6 -5h12l-6 11z" : "M-5 0l5 5l5 -5l-5 -5z";
      const mark = s("path", { d, transform: `translate(${x(e.start).toFixed(1)} ${y})`, class: `${e.channel === "speech" ? "hollow" : "fill"} c${story.colour(p.id)}` });
      svg.append(pressable(mark, `${p.name}: ${e.label}, “${story.excerpt(e.start, e.end, 50)}”`, () => go(e.start, { end: e.end })));
    }
  });
  return svg;
}
