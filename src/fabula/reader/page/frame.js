// What the views share: a heading with what it means, marks that can be pressed, passages to go to.

import { h, name, plain, put, s } from "./dom.js";
import { dot } from "./margin.js";
import { savePng, saveSvg } from "./picture.js";

export const cut = (words, most) => (words.length > most ? `${words.slice(0, most - 1)}…` : words);

/** Whether a view is as narrow as on a phone, where its pictures are drawn smaller rather than cut off. */
export const narrow = (root) => root.clientWidth < 560;

/** A view's heading and what stands below it. `picture` gives what can be saved; null where there is none. */
export function frame(root, title, words, picture, file, ...more) {
  put(root,
    h("header", { class: "view-head" }, h("div", null, h("h2", null, title), h("p", null, words)),
      picture ? h("div", { class: "save" }, "Save as ", h("button", { type: "button", on: { click: () => saveSvg(picture(), file) } }, "SVG"), " ", h("button", { type: "button", on: { click: () => savePng(picture(), file) } }, "PNG")) : null),
    ...more,
  );
}

/** A mark in a picture that can be reached and pressed like a link. */
export function pressable(element, label, press) {
  element.setAttribute("tabindex", "0");
  element.setAttribute("role", "button");
  element.setAttribute("aria-label", plain(label));
  element.addEventListener("click", press);
  element.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" && e.key !== " ") return;
    e.preventDefault();
    e.stopPropagation();
    press();
  });
  element.append(s("title", null, label));
  return element;
}

/** A link of the page's own; with a key held the browser does with it what it does with any. */
function local(path, className, press, ...words) {
  const click = (e) => {
    if (e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    press();
  };
  return h("a", { href: path, class: className, on: { click } }, ...words);
}

/** Words of the text that lead to where they stand. */
export const passage = (story, { start, end }, go, most = 90) => local(`text/${start}`, "link passage", () => go(start, { end }), story.excerpt(start, end, most));

/** The sentence in which a feeling is told, as `passage`. */
export const sentenceOf = (story, { start, end }, go, most = 90) => passage(story, story.sentenceAt(start) ?? { start, end }, go, most);

/** A line of speech that leads to itself in the text. */
export const spoken = (story, q, go) => local(`text/${q.start}`, "link passage", () => go(q.start, { kind: "speaker", id: q.id }), story.excerpt(q.start, q.end, 90));

/** A link to another view. */
export const link = (path, to, ...words) => local(path, null, () => to(path), ...words);

/** Somebody's name behind the dot with their initial. */
export const person = (story, who) => [dot(story, who), " ", name(story.name(who))];

/** How sure an entry is, on one line. */
export const sure = ({ confidence }) => `${Math.round(100 * confidence)}\u00a0%\u00a0sure`;

/** An act in words: who does what to whom, and the passage that tells it. */
export function act(story, a, go) {
  const more = [a.tone > 0 ? "friendly" : a.tone < 0 ? "unfriendly" : null, a.channel === "speech" ? "in speech" : null, a.happened ? null : "did not happen", a.experimental ? "experimental" : null];
  return h("li", { class: "act" }, name(story.name(a.agent)), ` ${a.words} `, name(a.patient === null ? "somebody" : story.name(a.patient)), ": ", passage(story, a, go, 120), " ",
    h("small", null, [...more, sure(a)].filter(Boolean).join(", ")));
}

const signed = (x) => `${x < 0 ? "−" : "+"}${Math.abs(x).toFixed(2)}`;

/** A tone in words; null is too little to say. */
export const toneWords = (tone) => (tone === null ? "tone: too little is told" : `tone ${signed(tone.value)} (${signed(tone.low)} to ${signed(tone.high)})`);

/** A list of which the first `most` are shown, and how many there are. */
export function listed(tag, rows, most, draw) {
  return [h(tag, null, ...rows.slice(0, most).map(draw)), rows.length > most ? h("p", { class: "hint" }, `The first ${most.toLocaleString("en")} of ${rows.length.toLocaleString("en")}; all of them are in the JSON.`) : null];
}

/** Ask for a view's JSON and draw it, unless another view has been opened by then. */
export async function asked(wanted, root, still, draw) {
  if (!root.firstChild) put(root, h("p", { class: "hint", role: "status" }, "A moment …"));
  try {
    const found = await wanted;
    if (still()) draw(found);
  } catch (error) {
    if (still()) put(root, h("p", { role: "alert" }, error.message));
  }
}
