// The strip below: where people are over the story's length, scenes, doubts, and where the window stands.

import { h, name, plain, put, s } from "./dom.js";

const BINS = 240;
const ROWS = 5;
const DOUBTS = 9; // height of the row of doubts, where a person's is 10
const MOST_EDGES = 40; // more lines than these would cover what they part

/** Where scenes begin; of too many those that open a chapter; of too many of these none. */
function edges(story) {
  const scenes = story.scenes.slice(1).map((scene) => scene.start);
  const chapters = story.segments.filter((x) => x.kind === "heading").map((x) => x.start);
  return [scenes, chapters].find((starts) => starts.length <= MOST_EDGES) ?? [];
}

export class Strip {
  constructor(root, go) {
    this.root = root;
    this.go = go;
  }

  draw(story) {
    this.story = story;
    const people = story.leading(ROWS).map((p) => p.id);
    const strips = story.presences(people, BINS);
    const height = 10 * Math.max(1, people.length);
    const marks = [];
    people.forEach((who, row) => {
      const counts = strips.get(who);
      const most = Math.max(1, ...counts);
      counts.forEach((n, k) => {
        if (n) marks.push(s("rect", { x: k, y: row * 10 + 2, width: 1, height: 6, opacity: 0.3 + 0.7 * (n / most), class: `fill c${story.colour(who)}` }));
      });
    });
    const x = (offset) => (BINS * offset) / Math.max(1, story.end);
    for (const start of edges(story)) marks.push(s("line", { x1: x(start), x2: x(start), y1: 0, y2: height, class: "edge" }));
    for (const [kind, id] of story.doubts.queue.slice(0, 60)) {
      const d = story.decision(kind, id);
      if (d) marks.push(s("path", { d: `M${x(d.start) - 0.7} ${height + 8}h1.4l-.7 -6z`, class: "doubt" }));
    }
    this.window = s("rect", { class: "window", x: 0, y: 0, width: 4, height: height + DOUBTS });
    const svg = s("svg", { viewBox: `0 0 ${BINS} ${height + DOUBTS}`, preserveAspectRatio: "none", "aria-hidden": "true" }, ...marks, this.window);
    this.slider = h("input", { type: "range", min: 0, max: 1000, value: 0, "aria-label": "Place in the story", on: { input: () => this.go((story.end * this.slider.value) / 1000) } });
    const names = h("ol", { class: "names", "aria-hidden": "true" }, ...people.map((who) => h("li", { class: `c${story.colour(who)}` }, name(story.short(who)))), h("li", { class: "in-doubt" }, "doubts"));
    names.style.gridTemplateRows = `${people.length ? `repeat(${people.length}, minmax(0, 10fr)) ` : ""}minmax(0, ${DOUBTS}fr)`;
    this.root.style.setProperty("--rows", people.length + 1);
    put(this.root,
      names,
      h("div", { class: "track" }, svg, this.slider),
    );
    this.svgX = x;
  }

  /** Show which part of the story the window holds. */
  at(top, bottom) {
    if (!this.window) return;
    this.window.setAttribute("x", this.svgX(top));
    this.window.setAttribute("width", Math.max(1.2, this.svgX(bottom) - this.svgX(top)));
    if (document.activeElement !== this.slider) this.slider.value = Math.round((1000 * top) / Math.max(1, this.story.end));
    this.slider.setAttribute("aria-valuetext", plain(this.story.excerpt(Math.floor(top), Math.floor(top) + 60, 50)));
  }
}
