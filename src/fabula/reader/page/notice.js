// Short words at the foot of the page, and light or dark.

import { byId, h, name, put } from "./dom.js";

const SHOWN = 5000;
let fading = 0;

/** Say something in passing; what is `bad` stays longer. */
export function toast(words, bad = false) {
  const box = byId("toast");
  box.className = bad ? "bad on" : "on";
  put(box, words);
  clearTimeout(fading);
  fading = setTimeout(() => box.classList.remove("on"), bad ? 2 * SHOWN : SHOWN);
}

/** Who stands for the one decision that an undone answer was about; nothing if there are several or none. */
function again(story, { at, changed_count }) {
  const [kind, id, several] = at ?? [];
  if (several !== 1 || !changed_count) return "";
  const d = story.decision(kind, id);
  const who = kind === "addressees" ? d.to : [d.who];
  return [" · now ", ...(who.length ? who.flatMap((x, k) => [k ? " and " : "", name(story.name(x))]) : ["nobody known"]), " again"];
}

/** What a step did, how much changed with it, and how to take it back: by key, or by a touch of the words. */
export function told(path, change, undo, story) {
  const n = change.changed_count;
  const word = path === "undo" ? "Undone: " : path === "redo" ? "Done again: " : change.accepted ? "Accepted: " : "";
  const changed = n ? h("b", null, `${n.toLocaleString("en")} changed`) : null;
  const back = path === "undo" ? null : h("button", { type: "button", on: { click: undo } }, h("span", { class: "keyed" }, h("kbd", null, "z"), " undoes"), h("span", { class: "touched" }, "Undo"));
  toast([word, change.what, path === "undo" ? again(story, change) : "", changed || back ? " · " : "", changed, changed && back ? ", " : "", back]);
}

export const complain = (error) => toast(error.message, true);

function keep(theme) {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem("fabula-theme", theme);
  } catch {
    // A browser that keeps nothing still shows it.
  }
}

export function turnTheme() {
  const chosen = document.documentElement.dataset.theme;
  const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  keep(dark ? "light" : "dark");
}

export function lastTheme() {
  try {
    const kept = localStorage.getItem("fabula-theme");
    if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
  } catch {
    // As above.
  }
}
