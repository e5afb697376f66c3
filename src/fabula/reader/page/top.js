// The bar above: what is left to settle, and what can be taken away.

import { byId, counted, h, name, plain, put } from "./dom.js";
import { complain } from "./notice.js";
import { save } from "./picture.js";

export function drawTally({ doubts }) {
  const { left, wrong, settled } = doubts;
  const done = Object.values(settled).reduce((a, b) => a + b, 0).toLocaleString("en");
  put(byId("tally"),
    h("span", { class: "big" }, left.toLocaleString("en")), ` ${left === 1 ? "doubt" : "doubts"} left`,
    h("span", { class: "sep" }, " · "),
    h("span", { class: "big" }, `≈ ${wrong < 10 ? wrong.toFixed(1) : Math.round(wrong).toLocaleString("en")}`), h("span", { title: "Of all lines and pronouns, if every best answer is taken" }, " expected wrong"));
  put(byId("settled"), done === "0" ? null : ` ${done}`);
  byId("history").setAttribute("aria-label", `History: ${done} settled`);
}

/** What the export menu offers: names of formats with their words. */
export function drawExports(formats) {
  put(byId("exports"), formats.map(([format, words]) => h("a", { href: `export/${format}`, on: { click: keep } }, words)));
}

/** Fetch a file and keep it; what goes wrong is told instead. */
async function keep(event) {
  event.preventDefault();
  try {
    const response = await fetch(event.currentTarget.href);
    if (!response.ok) throw new Error(Object.values(await response.json()).filter(Boolean).join(". "));
    const file = decodeURIComponent(/UTF-8''(.*)$/.exec(response.headers.get("Content-Disposition"))[1]);
    save(await response.blob(), file);
  } catch (error) {
    complain(error);
  }
}

/** The story's title, or its file's name; what views it has. */
export function drawTitle(story, file) {
  document.title = `${story.title ?? file} · Fabula`;
  put(byId("title"), name(story.title ?? file));
  put(byId("byline"), story.author ? h("span", { class: "author", title: story.author }, name(story.author)) : null, h("span", null, `${story.author ? " · " : ""}${counted(story.words, "word")}`));
  byId("title").title = plain(story.title ?? file);
  const { feelings, bonds } = story.ledger;
  for (const [view, there] of [["feelings", feelings], ["bonds", bonds], ["at", feelings || bonds]]) {
    document.querySelector(`#views [data-view="${view}"]`).hidden = !there;
  }
}

/** What links and menus do that needs nothing of the story. */
export function quiet() {
  // With a base address the browser would take such a link for one to another page.
  for (const a of document.querySelectorAll("a[data-skip]")) {
    a.addEventListener("click", (e) => {
      e.preventDefault();
      byId(a.dataset.skip).focus();
    });
  }
  addEventListener("click", (e) => {
    const menu = byId("export");
    if (menu.open && (!menu.contains(e.target) || e.target.closest("a"))) menu.open = false;
  });
}
