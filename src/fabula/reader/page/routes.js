// Which view is open in place of the text, and its address.

import { drawBonds } from "./bonds.js";
import { byId, put } from "./dom.js";
import { drawFeelings } from "./feelings.js";
import { drawReplay } from "./replay.js";
import { drawNetwork, drawScenes } from "./views.js";

const DRAW = { scenes: drawScenes, network: drawNetwork, feelings: drawFeelings, bonds: drawBonds, at: drawReplay };
const base = new URL(document.baseURI).pathname;

/** The parts of the address after the token. */
export const parts = () => decodeURIComponent(location.pathname.slice(base.length)).split("/");

export function address(path, replace = false) {
  if (location.pathname === base + path) return;
  if (replace) history.replaceState(null, "", base + path);
  else history.pushState(null, "", base + path);
}

export class Views {
  /** `land` shows a place in the text; `top` says which is at the window's top; `moved` follows a replay. */
  constructor({ land, top, moved }) {
    Object.assign(this, { land, top, moved });
    this.root = byId("view");
    this.name = null;
    this.rest = [];
    this.times = 0;
    this.seen = 0;
  }

  get open() {
    return this.name !== null;
  }

  has(view) {
    return Object.hasOwn(DRAW, view);
  }

  /** Draw a view over the text; `rest` are the parts of its address after its name. */
  show(story, view, rest = [], push = true) {
    if (!this.open) this.seen = this.top();
    const time = (this.times += 1);
    if (view !== this.name || rest.join() !== this.rest.join()) {
      put(this.root);
      this.root.scrollTop = 0;
    }
    Object.assign(this, { name: view, rest });
    byId("text").hidden = true;
    this.root.hidden = false;
    document.body.dataset.view = view;
    this.drawn = DRAW[view](this.root, story, {
      rest,
      seen: this.seen,
      moved: this.moved,
      still: () => time === this.times,
      go: (offset, more = {}) => {
        this.close();
        this.land(offset, more);
      },
      to: (path) => {
        const [other, ...more] = path.split("/");
        this.show(story, other, more);
      },
      /** The view itself now stands for another address. */
      stands: (...now) => {
        this.rest = now;
        address([view, ...now].join("/"), true);
      },
    });
    this._mark(view);
    if (push) {
      address([view, ...rest].join("/"));
      this.root.focus();
    }
  }

  /** Draw what is open again, after a correction. */
  again(story) {
    if (this.open) this.show(story, this.name, this.rest, false);
  }

  /** Move an open replay to a place in the story; false where none is open. */
  seek(offset) {
    if (!this.open || !this.drawn?.seek) return false;
    this.drawn.seek(offset);
    return true;
  }

  close() {
    if (!this.open) return;
    this.times += 1;
    Object.assign(this, { name: null, rest: [], drawn: null });
    this.root.hidden = true;
    put(this.root);
    byId("text").hidden = false;
    delete document.body.dataset.view;
    this._mark("text");
  }

  _mark(view) {
    for (const a of document.querySelectorAll("#views a")) {
      if (a.dataset.view === view) a.setAttribute("aria-current", "page");
      else a.removeAttribute("aria-current");
    }
  }
}
