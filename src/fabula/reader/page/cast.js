// Who is in the story: names, lines, and where they are present.

import { counted, h, name, put, s } from "./dom.js";
import { dot } from "./margin.js";

const BINS = 48;
const ROWS = 40;

/** A strip of somebody's presence over the story's length. */
export function presenceStrip(counts, colour, height = 10) {
  const most = Math.max(1, ...counts);
  const bars = counts.map((n, k) => (n ? s("rect", { x: k, y: height - (0.25 + 0.75 * (n / most)) * height, width: 0.86, height: (0.25 + 0.75 * (n / most)) * height, class: `fill c${colour}` }) : null));
  return s("svg", { class: "presence", viewBox: `0 0 ${counts.length} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" }, ...bars);
}

export function drawCast(root, story, chosen, choose) {
  const open = root.querySelector("details")?.open;
  const strips = story.presences(story.people.map((p) => p.id), BINS);
  const row = (p) => h("li", null,
    h("button", { type: "button", class: "person", "aria-pressed": String(chosen === p.id), data: { who: p.id }, on: { click: () => choose(chosen === p.id ? null : p.id) } },
      dot(story, p.id),
      h("span", { class: "called" }, name(story.short(p.id)), p.role === "narrator" ? h("small", null, " narrator") : null),
      h("span", { class: "lines", title: counted(p.lines, "line") }, p.lines ? [p.lines.toLocaleString("en"), h("span", { class: "unseen" }, p.lines === 1 ? " line" : " lines")] : ""),
      h("span", { class: "also", title: story.number(p.id) === null ? null : p.name }, ...also(story, p)),
      presenceStrip(strips.get(p.id), story.colour(p.id))));
  const main = story.leading(ROWS);
  const rest = story.people.filter((p) => !main.includes(p));
  put(root,
    h("h2", null, "Cast", h("small", { "aria-hidden": "true" }, "lines")),
    h("ul", { class: "people" }, ...main.map(row)),
    rest.length ? h("details", { class: "rest", open }, h("summary", null, counted(rest.length, "other")), h("ul", { class: "people" }, ...rest.slice(0, 300).map(row))) : null,
  );
}

/** What else somebody is called, and the pronouns the story uses; of those without a name the words that tell of them. */
function also(story, p) {
  const names = story.number(p.id) === null ? p.aliases.filter((a) => a !== p.name).slice(0, 2) : [/“.*”/s.exec(p.name)?.[0] ?? p.name];
  const forms = Object.keys(p.pronouns).filter((f) => !/^(i|me|my|mine|myself|you|your|yours|yourself|we|us|our|ours|’em)$/.test(f)).slice(0, 2).join("/");
  return [forms, forms && names.length ? " · " : "", ...names.flatMap((n, k) => [k ? ", " : "", name(n)])];
}
