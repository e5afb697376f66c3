// One decision: the question, the candidates, how far an answer reaches, and why it is as it is.

import { get } from "./api.js";
import { byId, counted, h, name, percent, put } from "./dom.js";
import { dot } from "./margin.js";

const MOST = 9;
const AROUND = 52; // characters shown on either side of a mention

export class Panel {
  /** `act` carries out what a button asks for; see app.js. */
  constructor(root, act) {
    this.root = root;
    this.act = act;
    this.mode = null;
    this.heard = new Set();
    this.scope = "this";
    this.reasons = null;
    this.range = null; // over which an answer reaches, where one is open
  }

  /** The decision that is answered: the one selected, or where a range begins if it ends at another word. */
  get asked() {
    const { range, kind, decision } = this;
    return range?.kind === kind && !range.ids.includes(decision.id) ? this.story.decision(kind, range.first) : decision;
  }

  /** Candidates in order: the likeliest first, then who else is in the scene. */
  choices() {
    const { story, mode } = this;
    if (!this.decision) return [];
    const decision = this.asked;
    if (mode === "addressees") {
      const rest = (this.reasons?.present ?? story.people.slice(0, MOST).map((p) => p.id)).filter((x) => x !== decision.who);
      return [...new Set([...decision.to, ...rest])].filter((x) => story.person.has(x)).slice(0, MOST).map((who) => ({ who, p: decision.to.includes(who) ? decision.toP : null }));
    }
    const rows = decision.candidates.map(([who, p]) => ({ who, p }));
    if (decision.who !== null && !rows.some((r) => r.who === decision.who)) rows.unshift({ who: decision.who, p: decision.status ? null : decision.p });
    for (const who of this.reasons?.present ?? []) if (!rows.some((r) => r.who === who)) rows.push({ who, p: null });
    const known = rows.filter((r) => story.person.has(r.who)).slice(0, MOST);
    return this.blind ? known.map(({ who }) => ({ who, p: null })).sort((a, b) => story.name(a.who).localeCompare(story.name(b.who))) : known;
  }

  async show(story, kind, id, mode = kind) {
    const fresh = !this.decision || this.kind !== kind || this.decision.id !== id || this.wasBlind !== this.blind;
    this.wasBlind = this.blind;
    this.story = story;
    this.kind = kind;
    this.mode = mode;
    this.decision = story.decision(kind, id);
    if (fresh) {
      this.scope = "this";
      this.reasons = null;
    }
    this.draw();
    if (fresh) this._announce();
    const wanted = `${mode}/${id}/${story.version}`;
    this.wanted = wanted;
    const found = await get(`doubts/${mode}/${id}`).catch(() => null);
    if (this.wanted !== wanted || !found) return;
    this.reasons = found;
    this.draw();
  }

  /**
   * For what is asked of the decision now shown, to be done later: a function that brings the decision back and
   * says whether there still is something to do. The second of two clicks gives no answer of its own.
   */
  held(what, [who, more], select) {
    const { kind, mode, blind } = this;
    const id = this.decision?.id;
    return () => {
      const d = id === undefined ? null : this.story.decision(kind, id);
      if (!d) return id === undefined;
      const heard = mode === "addressees";
      const given = heard ? d.toStatus : d.status;
      const answer = what === "nobody" ? null : who;
      const same = !more && (heard ? (d.to[0] ?? null) === answer && d.to.length < 2 : d.who === answer);
      if (given && (what === "accept" || (same && (what === "choose" || what === "nobody")))) return false;
      if (this.decision !== d || this.mode !== mode) select(kind, id, { mode, blind: blind && !given });
      return true;
    };
  }

  empty(story) {
    this.story = story;
    this.decision = null;
    this.wanted = null;
    this._ask();
    put(this.root,
      h("div", { class: "calm" }, h("h2", null, story.doubts.left ? "Nothing selected" : "Nothing is in doubt"),
        h("p", null, story.doubts.left ? "j goes to the next doubt." : "Every decision is sure or settled. Any line or name can still be put right: select it in the text.")),
    );
  }

  /** Tell those who listen to the page what is asked and what stands. */
  _announce() {
    const { story, decision } = this;
    const stands = this.blind ? "" : ` ${story.name(decision.who)}, ${percent(decision.p)}.`;
    const words = decision.kind === "speaker" ? story.excerpt(decision.start, decision.end, 120) : "";
    put(byId("live"), h("span", null, ...this.question()), ` ${words}${stands}`);
  }

  question() {
    const { story, decision, mode } = this;
    const ids = this.range?.kind === this.kind ? this.range.ids : [decision.id];
    const several = ids.length > 1 ? ids.length.toLocaleString("en") : null;
    if (mode === "addressees") return several ? [`Whom are these ${several} lines said to?`] : ["Whom is this said to?"];
    if (mode === "speaker") return several ? [`Who says these ${several} lines?`] : ["Who says this?"];
    if (several) return ["Who is “", name(this.range.word), `” in these ${several} places?`];
    if (ids[0] !== decision.id) return ["Who is “", name(this.range.word), "” where the range begins?"];
    const word = story.excerpt(decision.start, decision.end, 40);
    return decision.form === "PRON" ? ["Who is “", name(word), "” here?"] : ["Who is meant by “", name(word), "”?"];
  }

  /** The words of the decision, with a little of what stands around a mention. */
  passage() {
    const { story, asked: decision } = this;
    if (decision.kind === "speaker") return h("blockquote", null, story.excerpt(decision.start, decision.end, 160));
    const { before, after } = story.around(decision, AROUND);
    return h("blockquote", null, "…\u00a0", before.trimStart(), h("mark", null, story.slice(decision.start, decision.end)), after.trimEnd(), "\u00a0…");
  }

  draw() {
    const { story, decision, mode, act, blind } = this;
    if (!decision) return;
    const place = story.doubts.queue.findIndex(([kind, id]) => kind === this.kind && id === decision.id);
    const hangs = place >= 0 ? story.doubts.queue[place][2] : 0;
    const where = place >= 0 ? [`Doubt ${(place + 1).toLocaleString("en")} of ${story.doubts.left.toLocaleString("en")}`, hangs ? ` · ${counted(hangs, "hangs", "hang")} on it` : ""] : [decision.status ? "Settled" : story.doubtful(decision) ? "In doubt" : "Sure enough"];
    const choices = this.choices();
    const focused = document.activeElement?.dataset?.choice;
    put(this.root,
      h("div", { class: "decision" },
        h("div", { class: "place" },
          h("p", { class: "where" }, ...(blind ? ["Blind, drawn by chance"] : where)),
          this._turn("k", "Previous doubt", "previous", "↑"), this._turn("j", "Next doubt", "next", "↓")),
        h("h2", { id: "question" }, ...this.question()),
        this.passage(),
        h("ol", { class: "choices", "aria-labelledby": "question" }, ...choices.map((c, k) => this._choice(c, k))),
        h("div", { class: "others" },
          h("button", { type: "button", on: { click: () => act("search") } }, h("kbd", null, "/"), "Other …"),
          h("button", { type: "button", on: { click: () => act("nobody") } }, h("kbd", null, "u"), "Nobody"),
          h("button", { type: "button", class: "accept", on: { click: () => act("accept") } }, h("kbd", null, "↵"), blind ? "Skip" : decision.status ? "Next" : "Accept")),
        // Reasons, reach and names of what stands would give the answer away.
        ...(blind ? [] : [mode === "addressees" ? h("p", { class: "hint" }, h("kbd", null, "⇧1–9"), " adds to who hears; ", h("kbd", null, "Esc"), " goes back.") : this._scopes(),
          this._why(),
          this._about()])),
    );
    this._ask();
    if (focused !== undefined) this.root.querySelector(`[data-choice="${focused}"]`)?.focus();
  }

  _choice({ who, p }, k) {
    const { story, asked: decision, mode } = this;
    const now = !this.blind && (mode === "addressees" ? decision.to.includes(who) : decision.who === who);
    const bar = h("span", { class: "bar", "aria-hidden": "true" });
    if (p !== null) {
      const part = h("span", { class: `fill c${story.colour(who)}` });
      part.style.width = `${Math.max(2, 100 * p)}%`;
      bar.append(part);
    }
    return h("li", null,
      h("button", { type: "button", class: now ? "choice now" : "choice", data: { choice: k }, "aria-pressed": String(now), on: { click: (e) => this.act("choose", who, e.shiftKey) } },
        h("kbd", null, k + 1), dot(story, who),
        h("span", { class: "called" }, name(story.name(who))), h("span", { class: "p" }, p === null ? "" : percent(p)), bar));
  }

  _scopes() {
    const counts = this.reasons?.scopes;
    const label = { this: "This one", scene: "Scene’s end", everywhere: "Everywhere" };
    return h("fieldset", { class: "scopes" }, h("legend", null, "An answer holds for ", h("kbd", null, ".")),
      ...Object.keys(label).map((scope) => h("label", null,
        h("input", { type: "radio", name: "scope", value: scope, checked: this.scope === scope, on: { change: () => { this.scope = scope; } } }),
        h("span", null, label[scope], scope !== "this" && counts ? h("small", null, ` ${counts[scope].toLocaleString("en")}`) : null))));
  }

  /** What else can be done with the person or the line. */
  _about() {
    const { decision, act } = this;
    const whole = decision.who !== null && this.mode !== "addressees"; // those who hear are not the one spoken of
    const button = (key, words, what) => h("button", { type: "button", on: { click: () => act(what) } }, h("kbd", null, key), words);
    return h("div", { class: "about" },
      decision.kind === "speaker" ? button("a", this.mode === "addressees" ? "Speaker" : "Said to …", "addressees") : null,
      whole ? button("m", "Merge", "merge") : null,
      whole && decision.kind === "person" ? button("s", "Split from here", "split") : null,
      whole ? button("r", "Rename", "rename") : null,
      button("x", "Range", "range"));
  }

  _why() {
    const { story, reasons, act } = this;
    return h("section", { class: "why", "aria-labelledby": "why" },
      h("h3", { id: "why" }, "Why"),
      reasons === null ? h("p", { class: "hint" }, "…") : h("ul", null, ...reasons.reasons.map((r) => h("li", { "data-reason": r.kind },
        r.spans.length ? h("button", { type: "button", class: "link", on: { click: () => act("passage", r.spans[0][0]) } }, r.words) : r.words))),
      reasons && this.decision.status && reasons.before.who !== this.decision.who && this.mode !== "addressees" ? h("p", { class: "hint" }, "Fabula had said ", name(story.name(reasons.before.who)), ` (${percent(reasons.before.confidence)}).`) : null,
      reasons ? this._hangs(reasons.hangs) : null);
  }

  /** The next places in the text for which this decision matters. */
  _hangs({ count, places }) {
    const { story, act } = this;
    if (!count) return h("p", { class: "hint" }, "Nothing else hangs on it.");
    const words = (kind, d) => (kind === "speaker" ? story.excerpt(d.start, d.end, 44) : ["… ", story.around(d, 22).before, h("b", null, story.slice(d.start, d.end)), story.around(d, 22).after, " …"]);
    const link = ([kind, id]) => h("li", null, h("button", { type: "button", class: "link", on: { click: () => act("decision", kind, id) } }, words(kind, story.decision(kind, id))));
    return h("div", { class: "hangs" },
      h("h3", null, "Matters next", count > places.length ? h("small", null, ` for ${count.toLocaleString("en")}, first for`) : h("small", null, " for")),
      h("ol", null, ...places.map(link)));
  }

  /** A button to another doubt. */
  _turn(key, words, what, sign) {
    return h("button", { type: "button", class: "step", "aria-label": words, title: `${words} (${key})`, on: { click: () => this.act(what) } }, h("span", { class: "sign", "aria-hidden": "true" }, sign), h("kbd", null, key));
  }

  /** On a phone, where the decision is a sheet: what it asks, to be touched. */
  _ask() {
    const { story, decision, blind } = this;
    byId("ask").hidden = !decision;
    if (decision) put(byId("ask"), h("span", null, ...this.question()), h("span", { class: "answer" }, blind ? "Answer" : `Answer · ${counted(story.doubts.left, "doubt")}`));
  }

  /** The next of the three scopes. */
  turnScope() {
    const all = ["this", "scene", "everywhere"];
    this.scope = all[(all.indexOf(this.scope) + 1) % 3];
    this.draw();
  }
}
