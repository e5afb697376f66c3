// The signs that stand for people: beside a name, and in the margin beside what they say.

import { h } from "./dom.js";
import { LIKELY } from "./story.js";

/** The sign for somebody in their colour, beside their name. */
export function dot(story, who) {
  const sign = story.initial(who);
  return h("span", { class: `dot c${story.colour(who)}${sign.length > 1 ? " long" : ""}`, "aria-hidden": "true" }, sign);
}

/** The sign for who says a line, with a "?" where it is a guess; null where the line before in the paragraph has it. */
export function sign(story, q, state) {
  const guess = story.doubtful(q) && q.p < LIKELY && q.who !== null;
  const mark = `${story.initial(q.who)}${guess ? "?" : ""}`;
  if (state.last === q.who && state.mark === mark) return null;
  Object.assign(state, { last: q.who, mark });
  return h("span", { class: "initial", title: story.name(q.who), data: { mark, who: q.who } }, mark);
}

/** Let no two signs stand on one another: of those beside one line of print the first says what all say. */
export function tidy(root) {
  if (!root.offsetParent) return; // hidden, nothing stands anywhere; it is tidied when it is shown
  const rows = [];
  for (const block of root.querySelectorAll(".block")) {
    const signs = [...block.querySelectorAll(".initial")];
    if (signs.length < 2) continue;
    const tops = signs.map((e) => e.offsetTop); // read all before anything is written
    for (let k = 0; k < signs.length; ) {
      let end = k + 1;
      while (end < signs.length && Math.abs(tops[end] - tops[k]) < 4) end += 1;
      rows.push(signs.slice(k, end));
      k = end;
    }
  }
  for (const [first, ...others] of rows) {
    const marks = new Map(); // by person: "L" gives way to "L?"
    for (const e of [first, ...others]) {
      const { who, mark } = e.dataset;
      if (!marks.has(who) || mark.endsWith("?")) marks.set(who, mark);
    }
    const words = [...marks.values()].join(" ");
    if (first.textContent !== words) first.textContent = words;
    first.classList.remove("joined");
    for (const e of others) e.classList.add("joined");
  }
}
