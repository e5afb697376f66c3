// The text, of which only what is near the window is in the page: a long novel scrolls like a short one.

import { h, name, percent, plain } from "./dom.js";
import { sign, tidy } from "./margin.js";
import { LIKELY, Story } from "./story.js";

const CHUNK = 2600; // code points of text in one piece
const WRAPPED = 45; // characters; verse has shorter lines
const TOLD = 150; // milliseconds after a touch
const MARGIN = 1400; // pixels beyond the window that are kept ready
/** Whether the decision covers the lower part of the text, as on a phone. */
const sheetOpen = () => document.body.dataset.side === "panel" && matchMedia("(max-width: 760px)").matches;

/** Whether the lines of a paragraph are only as long as they are because the file was wrapped so. */
function wrapped(text) {
  const lines = text.split("\n");
  return lines.length > 1 && lines.slice(0, -1).every((line) => line.trim().length >= WRAPPED);
}

export class TextView {
  /** `root` scrolls; `pick` is called with a decision that was clicked. */
  constructor(root, tip, pick) {
    this.root = root;
    this.tip = tip;
    this.pick = pick;
    this.selected = null;
    this.range = null;
    this.showNames = false;
    this.chunks = [];
    this.near = new IntersectionObserver((seen) => this._seen(seen), { root, rootMargin: `${MARGIN}px 0px` });
    root.addEventListener("click", (e) => this._click(e));
    root.addEventListener("pointerover", (e) => this._hover(e));
    root.addEventListener("pointerleave", () => this._hide());
    root.addEventListener("scroll", () => this._hide(), { passive: true });
    new ResizeObserver(() => this._resized()).observe(root);
  }

  show(story, blocks = story.blocks) {
    this.story = story;
    this.called = this._names();
    this.near.disconnect();
    this.chunks = [];
    let size = Infinity;
    for (const block of blocks) {
      if (size > CHUNK) {
        this.chunks.push({ blocks: [], size: 0, height: 0, drawn: false });
        size = 0;
      }
      const chunk = this.chunks[this.chunks.length - 1];
      chunk.blocks.push(block);
      chunk.size += block.end - block.start;
      size += block.end - block.start;
    }
    this.chunks.forEach((chunk, k) => {
      chunk.element = h("div", { class: "chunk", data: { k } });
    });
    this.root.replaceChildren(...this.chunks.map((c) => c.element));
    this._estimate();
    if (this.chunks.length) this._draw(this.chunks[0]);
    this.chunks.forEach((c) => this.near.observe(c.element));
  }

  _resized() {
    if (this.width && Math.abs(this.width - this.root.clientWidth) < 2) return;
    this.width = this.root.clientWidth;
    tidy(this.root);
    this.chunks.forEach((c) => {
      c.height = 0;
    });
    this._estimate();
  }

  /** Heights of what is not drawn, from the measure of a line. */
  _estimate() {
    const style = getComputedStyle(this.root);
    const size = parseFloat(style.fontSize);
    const line = parseFloat(style.lineHeight) || 1.6 * size;
    const measure = Math.min(this.root.clientWidth - 5 * size, 34 * size);
    const across = Math.max(20, measure / (0.46 * size));
    for (const c of this.chunks) {
      if (c.drawn) continue;
      const lines = c.blocks.reduce((n, b) => n + Math.ceil((b.end - b.start + 1) / across), 0);
      c.element.style.height = `${c.height || lines * line + 0.55 * line * c.blocks.length}px`;
    }
  }

  _seen(entries) {
    for (const entry of entries) {
      const chunk = this.chunks[Number(entry.target.dataset.k)];
      if (!chunk || chunk.element !== entry.target) continue;
      if (entry.isIntersecting) this._draw(chunk);
      else if (chunk.drawn) this._clear(chunk);
    }
  }

  _clear(chunk) {
    chunk.height = chunk.element.offsetHeight;
    chunk.element.style.height = `${chunk.height}px`;
    chunk.element.replaceChildren();
    chunk.drawn = false;
  }

  _draw(chunk) {
    if (chunk.drawn) return;
    chunk.drawn = true;
    chunk.element.replaceChildren(...this._blocks(chunk.blocks));
    chunk.element.style.height = "";
    tidy(chunk.element);
  }

  /** Draw again what is drawn, after a change. */
  redraw() {
    for (const c of this.chunks) {
      if (c.drawn) c.element.replaceChildren(...this._blocks(c.blocks));
    }
    tidy(this.root);
  }

  _names() {
    return this.story.people.map((p) => `${p.id} ${p.name}`).sort().join();
  }

  /** Draw again the paragraphs with what a change moved; all, if people are called otherwise since. */
  update(change) {
    const before = this.called;
    this.called = this._names();
    if (this.called !== before) {
      this.redraw();
      return;
    }
    const moved = [...change.mentions.map(([id]) => this.story.decision("person", id)), ...change.quotes.map(([id]) => this.story.decision("speaker", id))].filter(Boolean);
    for (const c of this.chunks) {
      if (!c.drawn) continue;
      for (const b of c.blocks) {
        if (!moved.some((d) => d.start < b.end && b.start < d.end)) continue;
        c.element.querySelector(`[data-start="${b.start}"]`)?.replaceWith(this._paragraph(b));
      }
    }
    tidy(this.root);
  }

  _blocks(blocks) {
    const out = [];
    for (const block of blocks) {
      const element = this._paragraph(block);
      const last = out[out.length - 1];
      if (!block.aside) out.push(element);
      else if (last?.localName === "details") last.append(element);
      else out.push(h("details", { class: "aside" }, h("summary", null, block.label || block.kind), element));
    }
    return out;
  }

  _paragraph(block) {
    const { story } = this;
    const tag = block.kind === "title" ? "h2" : block.kind === "heading" ? "h3" : "p";
    const p = h(tag, { class: `block ${block.kind}${block.look}${wrapped(story.slice(block.start, block.end)) ? " wrapped" : ""}`, data: { start: block.start } });
    const items = [];
    for (let k = Story.after(story.quotes, block.end) - 1; k >= 0; k -= 1) {
      const q = story.quotes[k];
      if (q.end > block.start) items.push(q);
      else if (q.parent === null && block.start - q.start > 20000) break;
      if (q.start < block.start - 20000) break;
    }
    for (let k = Story.after(story.mentions, block.start); k < story.mentions.length; k += 1) {
      const m = story.mentions[k];
      if (m.start >= block.end) break;
      items.push(m);
    }
    items.sort((a, b) => a.start - b.start || b.end - a.end || (a.kind === "speaker" ? -1 : 1));
    this._fill(p, block.start, block.end, items, {});
    return p;
  }

  /** Put the text from `start` to `end` into `parent`, and the decisions in it; those that cross are left out. */
  _fill(parent, start, end, items, state) {
    let at = start;
    let k = 0;
    while (k < items.length) {
      const item = items[k];
      const from = Math.max(item.start, start);
      const to = item.kind === "speaker" ? Math.min(item.end, end) : item.end;
      let next = k + 1;
      if (from < at || to > end || from >= to) {
        k = next;
        continue;
      }
      while (next < items.length && items[next].start < to) next += 1;
      this._words(parent, at, from);
      const element = item.kind === "speaker" ? this._quote(item, state) : this._mention(item);
      this._fill(element, from, to, items.slice(k + 1, next), state);
      parent.append(element);
      if (item.kind === "person") this._after(parent, item);
      at = to;
      k = next;
    }
    this._words(parent, at, end);
  }

  /** Put words into `parent`, set as the file sets them. */
  _words(parent, start, end) {
    const { story } = this;
    const put = (from, to) => to > from && parent.append(document.createTextNode(plain(story.slice(from, to))));
    let at = start;
    for (let k = Math.max(0, Story.after(story.marks, start) - 1); k < story.marks.length && story.marks[k].start < end; k += 1) {
      const mark = story.marks[k];
      const from = Math.max(mark.start, at);
      const to = Math.min(mark.end, end);
      if (from >= to) continue;
      put(at, from);
      parent.append(h("span", { class: mark.look }, story.slice(from, to)));
      at = to;
    }
    put(at, end);
  }

  _classes(d, kind) {
    const { story, selected, range } = this;
    const chosen = selected && selected.kind === kind && selected.id === d.id;
    const within = range && range.kind === kind && range.ids.has(d.id);
    return [
      kind === "speaker" ? "q" : "m",
      `c${story.colour(d.who)}`,
      story.doubtful(d) && (d.p < LIKELY || d.who === null ? "doubt" : "unsure"),
      d.status && "settled",
      chosen && "sel",
      within && "within",
    ].filter(Boolean).join(" ");
  }

  _quote(q, state) {
    const element = h("span", { class: this._classes(q, "speaker"), data: { kind: "speaker", id: q.id } });
    const mark = sign(this.story, q, state);
    if (mark) element.append(mark);
    return element;
  }

  _mention(m) {
    return h("span", { class: this._classes(m, "person"), data: { kind: "person", id: m.id } });
  }

  _after(parent, m) {
    if (this.showNames && m.form === "PRON" && m.who !== null) parent.append(h("span", { class: "named" }, name(this.story.short(m.who))));
  }

  // ---------------------------------------------------------------- pointing
  _target(event) {
    const found = event.target.closest?.("[data-kind]");
    return found && this.root.contains(found) ? found : null;
  }

  /** Whether the place is in the passages that are shown. */
  holds(offset) {
    return this.chunks.some((c) => c.blocks.some((b) => b.start <= offset && offset < b.end));
  }

  _click(event) {
    const target = this._target(event);
    if (!target || String(getSelection())) return;
    this.pick(target.dataset.kind, Number(target.dataset.id));
    // A finger cannot rest above the text: what it touched is told once the text stands still.
    if (event.pointerType === "touch") setTimeout(() => target.isConnected && this._tell(target), TOLD);
  }

  _hover(event) {
    const target = this._target(event);
    if (!target) {
      this._hide();
      return;
    }
    this._tell(target);
  }

  /** Say beside a decision who it is and how sure; not while it is asked blind. */
  _tell(target) {
    if (document.body.classList.contains("blind")) return;
    const d = this.story.decision(target.dataset.kind, Number(target.dataset.id));
    const parts = [name(this.story.name(d.who)), d.status ? " · settled" : ` · ${percent(d.p)}`];
    if (d.kind === "speaker" && d.to.length) parts.push(" · to ", ...d.to.flatMap((x, k) => [k ? ", " : "", name(this.story.name(x))]));
    this.tip.replaceChildren(...h("p", null, ...parts).childNodes);
    this.tip.hidden = false;
    const box = target.getClientRects()[0] ?? target.getBoundingClientRect();
    const left = Math.max(8, Math.min(box.left, innerWidth - this.tip.offsetWidth - 8));
    this.tip.style.left = `${left}px`;
    const above = box.top - this.tip.offsetHeight - 6;
    this.tip.style.top = `${above > 60 ? above : box.bottom + 6}px`;
  }

  _hide() {
    this.tip.hidden = true;
  }

  // ---------------------------------------------------------------- moving
  element(kind, id) {
    return this.root.querySelector(`[data-kind="${kind}"][data-id="${id}"]`);
  }

  select(kind, id) {
    this.selected = kind === null ? null : { kind, id };
    for (const e of this.root.querySelectorAll(".sel")) e.classList.remove("sel");
    const found = kind === null ? null : this.element(kind, id);
    found?.classList.add("sel");
    for (let e = found?.closest("details"); e; e = e.parentElement?.closest("details")) e.open = true;
  }

  mark(range) {
    this.range = range;
    this.redraw();
  }

  visible(kind, id) {
    const box = this.element(kind, id)?.getClientRects()[0];
    const own = this.root.getBoundingClientRect();
    const sheet = sheetOpen() ? 0.62 * innerHeight : 60;
    return Boolean(box) && box.top > own.top + 40 && box.bottom < own.bottom - sheet;
  }

  /** Bring a code point into the middle of the window; `then` is called when it stands there. */
  go(offset, find = null, then = null) {
    const k = this.chunks.findIndex((c) => offset < c.blocks[c.blocks.length - 1].end);
    if (k < 0) return;
    const land = () => {
      const block = this.chunks[k].blocks.find((b) => offset < b.end) ?? this.chunks[k].blocks[0];
      const target = find?.() ?? this.chunks[k].element.querySelector(`[data-start="${block.start}"]`) ?? this.chunks[k].element;
      const own = this.root.getBoundingClientRect();
      const box = target.getClientRects()[0] ?? target.getBoundingClientRect();
      this.root.scrollTop += box.top - own.top - own.height * (sheetOpen() ? 0.1 : 0.38);
    };
    for (const c of this.chunks.slice(Math.max(0, k - 1), k + 2)) this._draw(c);
    land();
    requestAnimationFrame(() => {
      land();
      requestAnimationFrame(() => {
        land();
        then?.();
      });
    });
  }

  /** The code point at the top of the window. */
  top() {
    const own = this.root.getBoundingClientRect();
    for (const c of this.chunks) {
      if (c.element.getBoundingClientRect().bottom < own.top + 4) continue;
      for (const b of c.element.querySelectorAll("[data-start]")) {
        if (b.getBoundingClientRect().bottom > own.top + 8) return Number(b.dataset.start);
      }
      return c.blocks[0].start;
    }
    return 0;
  }

  flash(keys) {
    for (const [kind, id] of keys) {
      const e = this.element(kind, id);
      if (!e) continue;
      e.classList.remove("flash");
      void e.offsetWidth;
      e.classList.add("flash");
    }
  }
}
