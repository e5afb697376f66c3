// Dialogs: choosing or naming somebody, the keys, what has been settled.

import { byId, counted, h, name, put } from "./dom.js";
import { dot } from "./margin.js";

const dialog = () => byId("dialog");

function open(title, ...content) {
  const d = dialog();
  put(d, h("h2", { id: "dialog-title" }, ...title), ...content);
  if (!d.open) d.showModal();
  return d;
}

/** Ask for a person: one of the story's, or a new name. Gives an id, {new: name}, or null. */
export function choosePerson(story, title, { create = true, initial = "", without = null, order = [] } = {}) {
  return new Promise((done) => {
    const rank = new Map(order.map((who, k) => [who, k - 1000]));
    const people = story.people.filter((p) => p.id !== without).sort((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0));
    // Until something is typed, those with a part in the story; whoever is only named in passing is found by name.
    const likely = new Set([...order, ...story.leading(8).map((p) => p.id)]);
    let rows = [];
    let at = 0;
    const list = h("ul", { class: "found", role: "listbox", id: "found", "aria-label": "People" });
    const field = h("input", { type: "text", value: initial, "aria-label": "Name", role: "combobox", "aria-expanded": "true", "aria-controls": "found", autocomplete: "off", spellcheck: "false", maxlength: 200 });
    // Answered before "close" comes, so that a key typed at once is done after it.
    const finish = (value) => {
      dialog().close();
      done(value);
    };
    const draw = () => {
      const wanted = field.value.trim().toLowerCase();
      const fits = (p) => [p.name, ...p.aliases].some((n) => n.toLowerCase().includes(wanted));
      const starts = (p) => p.name.toLowerCase().startsWith(wanted);
      const found = people.filter((p) => (wanted ? fits(p) : likely.has(p.id))).sort((a, b) => starts(b) - starts(a)).slice(0, 8);
      rows = found.map((p) => ({ value: p.id, show: [dot(story, p.id), name(p.name), h("small", null, ` ${counted(p.lines, "line")}, ${counted(p.mentions, "mention")}`)] }));
      if (create && wanted && !found.some((p) => p.name.toLowerCase() === wanted)) rows.push({ value: { new: field.value.trim() }, show: ["Someone new: ", name(field.value.trim())] });
      at = Math.min(at, Math.max(0, rows.length - 1));
      put(list, ...rows.map((r, k) => h("li", { role: "option", id: `found-${k}`, "aria-selected": String(k === at), on: { click: () => finish(r.value) } }, ...r.show)));
      if (!rows.length) put(list, h("li", { role: "option", "aria-selected": "false" }, create ? "Write a name" : "Nobody is called so"));
      field.setAttribute("aria-activedescendant", rows.length ? `found-${at}` : "");
    };
    field.addEventListener("input", () => {
      at = 0;
      draw();
    });
    field.addEventListener("keydown", (e) => {
      if (e.key === "ArrowDown" || e.key === "ArrowUp") {
        at = (at + (e.key === "ArrowDown" ? 1 : -1) + rows.length) % Math.max(1, rows.length);
        draw();
      } else if (e.key === "Enter" && rows[at]) finish(rows[at].value);
      else return;
      e.preventDefault();
    });
    const d = open(title, field, list, h("p", { class: "hint keyed" }, h("kbd", null, "↑"), " ", h("kbd", null, "↓"), " choose, ", h("kbd", null, "Enter"), " takes, ", h("kbd", null, "Esc"), " leaves.", create ? " A name that nobody has makes somebody new." : ""));
    d.addEventListener("close", () => done(null), { once: true });
    draw();
    field.focus();
    field.select();
  });
}

/** Ask for a name. Gives the name, or null. */
export function askName(title, initial = "") {
  return new Promise((done) => {
    const field = h("input", { type: "text", value: initial, "aria-label": "Name", autocomplete: "off", spellcheck: "false", maxlength: 200 });
    const finish = () => {
      dialog().close();
      done(field.value.trim() || null);
    };
    field.addEventListener("keydown", (e) => {
      if (e.key === "Enter") {
        e.preventDefault();
        finish();
      }
    });
    const d = open(title, field, h("p", { class: "row" }, h("button", { type: "button", on: { click: finish } }, "Rename"), h("button", { type: "button", on: { click: () => dialog().close() } }, "Cancel")));
    d.addEventListener("close", () => done(null), { once: true });
    field.focus();
    field.select();
  });
}

const KEYS = [
  ["j k", "next and previous doubt"],
  ["n p", "next and previous decision in the text"],
  ["1 – 9", "choose a candidate"],
  ["/", "search for somebody, or name someone new"],
  ["u", "nobody is known"],
  ["Enter", "accept the answer as it stands"],
  [".", "how far an answer reaches: this one, to the scene’s end, everywhere"],
  ["x", "begin a range here; go to its end, then choose for all that is marked"],
  ["a", "whom a line is said to (⇧ 1–9 for several)"],
  ["m", "merge: this person is the same as …"],
  ["s", "split: from here on this is somebody else"],
  ["r", "rename this person"],
  ["z ⇧Z", "undo, redo"],
  ["i", "show who each pronoun means, in the text"],
  ["b", "blind: a random decision, without Fabula’s answer"],
  ["t", "light or dark"],
  ["Esc", "leave a range, a filter, a view"],
  ["?", "this list"],
];

export function showKeys() {
  open(["Keys"], h("dl", { class: "keys" }, ...KEYS.flatMap(([key, words]) => [h("dt", null, ...key.split(" ").map((k) => (k === "–" ? "–" : h("kbd", null, k)))), h("dd", null, words)])), closer());
}

const closer = () => h("p", { class: "row" }, h("button", { type: "button", autofocus: true, on: { click: () => dialog().close() } }, "Close"));

export function showHistory({ corrections, missing }, undo) {
  const when = (t) => new Date(1000 * t).toLocaleString([], { dateStyle: "short", timeStyle: "short" });
  const rows = corrections.slice().reverse();
  open(["What you have settled"],
    rows.length ? h("ol", { class: "history", reversed: true }, ...rows.slice(0, 500).map((c) => h("li", null, h("span", null, c.what), h("small", null, ` ${c.status}, ${when(c.time)}`)))) : h("p", null, "Nothing yet."),
    missing.length ? h("section", null, h("h3", null, "No longer to be found in this reading"), h("ul", null, ...missing.map((m) => h("li", null, m.why)))) : null,
    h("p", { class: "row" }, rows.length ? h("button", { type: "button", on: { click: undo } }, "Undo the last") : null, h("button", { type: "button", autofocus: true, on: { click: () => dialog().close() } }, "Close")));
}
