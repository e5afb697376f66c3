// The page as a whole: what is selected, what the keys and buttons do, which view is open.

import { get, listen, post } from "./api.js";
import { drawCast } from "./cast.js";
import { choosePerson, showHistory, showKeys } from "./dialogs.js";
import { byId, counted, h, name, put } from "./dom.js";
import { Keys } from "./keys.js";
import { complain, lastTheme, toast, told, turnTheme } from "./notice.js";
import { Panel } from "./panel.js";
import { markPassage, unmark } from "./passage.js";
import { wholePerson } from "./person.js";
import { Range } from "./range.js";
import { address, parts, Views } from "./routes.js";
import { Story } from "./story.js";
import { Strip } from "./strip.js";
import { TextView } from "./text.js";
import { drawExports, drawTally, drawTitle, quiet } from "./top.js";

const BLIND = new Set(["choose", "nobody", "accept", "search"]); // what may be done without the answer
const MOVES = new Set(["next", "previous", "decision"]); // what asks nothing of the decision that is shown
const SETTLE = 900; // milliseconds in which the changed lines may be seen before the text moves on

let story = null;
let file = "A story"; // what it is called if it has no title
let chosen = null; // whose passages alone are shown
let busy = false;
let moving = 0;

const text = new TextView(byId("text"), byId("tip"), (kind, id) => act("decision", kind, id));
const panel = new Panel(byId("panel"), (what, ...rest) => act(what, ...rest));
const range = new Range(text);
const strip = new Strip(byId("strip"), (offset) => views.seek(offset) || text.go(offset));
const views = new Views({ land, top: () => text.top(), moved: (offset) => strip.at(offset, offset) });

// ------------------------------------------------------------------ opening
async function load(keep = false) {
  const top = keep ? text.top() : 0;
  story = new Story(await get("book"));
  drawTitle(story, file);
  byId("wait").hidden = true;
  refresh();
  if (keep) {
    text.go(top);
    if (panel.decision && story.decision(panel.kind, panel.decision.id)) select(panel.kind, panel.decision.id, { still: true, blind: panel.blind });
  } else route(true);
  performance.mark("ready");
}

function begin() {
  listen((message) => {
    if (message.event === "state" || message.event === "progress") {
      byId("stage").textContent = message.error ?? (message.share ? `${message.stage} …` : "Opening …");
      byId("share").setAttribute("value", message.share ?? 0);
      file = message.name ?? file;
    }
    if (message.event === "failed") byId("stage").textContent = message.message;
    if ((message.event === "ready" || message.ready) && !story) load().catch(complain);
    // The page's own step also arrives here, sooner or later than its answer; a foreign one is waited for.
    if (message.event === "changed") setTimeout(() => { if (story && !busy && message.version > story.version) load(true).then(() => toast("Corrected in another window.")).catch(complain); }, 250);
    if (message.event === "lost" && story) toast("The reader does not answer. Is ‘fabula open’ still running?", true);
  });
}

/** Draw what depends on the story's decisions: of the text what a `change` moved, or without one all of it. */
function refresh(change = null) {
  if (!change || chosen !== null) text.show(story, blocks());
  else text.update(change);
  drawCast(byId("cast"), story, chosen, (who) => filter(who));
  strip.draw(story);
  drawTally(story);
  drawExports(story.exports);
  follow();
  views.again(story);
}

// ------------------------------------------------------------------ selecting and moving
function select(kind, id, { still = false, mode = kind, push = true, later = false, blind = false } = {}) {
  const d = story.decision(kind, id);
  if (!d) return;
  uncover(d.start);
  clearTimeout(moving);
  if (!later) views.close();
  unmark();
  text.select(kind, id);
  if (range.kind === kind) range.extend(story, d);
  panel.range = range.open ? range : null;
  panel.blind = blind;
  document.body.classList.toggle("blind", blind);
  panel.show(story, kind, id, mode);
  document.body.dataset.side = document.body.dataset.side === "cast" || document.body.dataset.side === "views" ? "panel" : document.body.dataset.side ?? "";
  if (push && !views.open) address(`${blind ? "blind" : "doubts"}/${kind}/${id}`);
  const move = () => {
    if (views.open) return;
    if (!text.visible(kind, id)) text.go(d.start, () => text.element(kind, id));
    text.select(kind, id);
  };
  if (!still) {
    if (later) moving = setTimeout(move, SETTLE);
    else move();
  }
  post("look", { at: d.start, kind: mode, id }).catch(() => {});
}

function step(by, later = false) {
  const queue = story.doubts.queue;
  if (!queue.length) {
    text.select(null);
    panel.empty(story);
    return;
  }
  const at = panel.decision ? queue.findIndex(([kind, id]) => kind === panel.kind && id === panel.decision.id) : -1;
  const next = at < 0 ? queue[by > 0 ? 0 : queue.length - 1] : queue[(at + by + queue.length) % queue.length];
  select(next[0], next[1], { later });
}

/** The next decision in the text, settled or not. */
function along(by) {
  const all = [...story.quotes, ...story.mentions].sort((a, b) => a.start - b.start || b.end - a.end);
  const at = panel.decision ? all.indexOf(story.decision(panel.kind, panel.decision.id)) : Story.after(all, text.top()) - 1;
  const next = all[at + by];
  if (next) select(next.kind, next.id);
}

function follow() {
  if (!story || views.open) return;
  const root = byId("text");
  const top = text.top();
  const share = root.clientHeight / Math.max(1, root.scrollHeight);
  strip.at(top, Math.min(story.end, top + share * story.end));
}

let pending = 0;
byId("text").addEventListener("scroll", () => {
  clearTimeout(pending);
  pending = setTimeout(follow, 60);
}, { passive: true });

// ------------------------------------------------------------------ filtering
const blocks = () => (chosen === null ? story.blocks : story.passagesOf(chosen));

/** Show all of the text again if what is looked for is not among the passages shown. */
function uncover(offset) {
  if (chosen !== null && !text.holds(offset)) filter(null, false);
}

function filter(who, push = true) {
  if (who !== null && !mayLook()) return;
  chosen = who;
  views.close();
  const shown = blocks();
  text.show(story, shown);
  drawCast(byId("cast"), story, chosen, (who) => filter(who));
  const bar = byId("filter");
  bar.hidden = who === null;
  if (who !== null) put(bar, "Only ", name(story.name(who)), `: ${counted(shown.length, "paragraph")} `, h("button", { type: "button", on: { click: () => filter(null) } }, h("kbd", null, "Esc"), "Show all"));
  if (push) address(who === null ? "" : `cast/${who}`);
  if (matchMedia("(max-width: 760px)").matches) delete document.body.dataset.side;
  if (who === null && panel.decision) text.go(panel.decision.start);
  follow();
}

// ------------------------------------------------------------------ views and addresses
/** Show a place in the text that a view leads to: a decision, or the passage up to `end`. */
function land(offset, { kind, id, end }) {
  if (kind) {
    select(kind, id);
    return;
  }
  address(`text/${Math.floor(offset)}`);
  uncover(offset);
  text.go(offset, null, () => markPassage(byId("text"), story, offset, end));
}

/** Show what the address asks for. */
function route(first = false) {
  const [view, one, two] = parts();
  if (chosen !== null && view !== "cast") filter(null, false);
  if ((view === "doubts" || view === "blind") && story.decision(one, Number(two))) {
    select(one, Number(two), { push: false, blind: view === "blind" && !story.decision(one, Number(two)).status });
  }
  else if (view === "cast" && story.person.has(Number(one))) filter(Number(one), false);
  else if (view === "text" && one) {
    views.close();
    text.go(Number(one));
  } else if (views.has(view)) {
    const rest = parts().slice(1).filter(Boolean);
    if (first) step(1);
    views.show(story, view, rest, false);
    address([view, ...rest].join("/"), true);
  } else {
    views.close();
    if (first) {
      step(1);
      if (!story.doubts.queue.length) panel.empty(story);
    }
  }
}

addEventListener("popstate", () => story && route());

// ------------------------------------------------------------------ putting right
async function send(path, value, advance) {
  if (busy) return void keys.later(() => send(path, value, advance));
  busy = true;
  document.body.classList.add("busy");
  try {
    const began = performance.now();
    const change = await post(path, value);
    performance.measure("correction", { start: began, end: performance.now() });
    if (change.nothing) {
      toast(path === "undo" ? "Nothing to undo." : "Nothing to redo.");
      return;
    }
    const gap = change.version - story.version;
    story.take(change);
    const ranged = range.open;
    endRange(false);
    refresh(change);
    if (ranged) text.redraw();
    told(path, change, () => send("undo", {}, false), story);
    const [mode, id] = path === "do" ? [] : change.at ?? [];
    if (advance) step(1, true);
    else if (id !== undefined) select(story.decision(mode, id).kind, id, { mode, later: views.open });
    else if (panel.decision) panel.show(story, panel.kind, panel.decision.id, panel.mode);
    text.flash(change.changed);
    performance.measure("shown", { start: began, end: performance.now() });
    if (gap > 1) await load(true);
  } catch (error) {
    complain(error);
  } finally {
    busy = false;
    document.body.classList.remove("busy");
    keys.catchUp();
  }
}

function answer(people, extra = {}) {
  const action = panel.mode;
  const { id } = panel.decision;
  const value = { action, id, people, scope: panel.scope, status: panel.blind ? "blind" : "corrected", ...extra };
  if (range.kind === panel.kind) Object.assign(value, { scope: "range", ids: range.ids });
  send("do", value, action !== "addressees" || !extra.stay);
}

async function act(what, ...rest) {
  if (!story) return;
  if (busy && what !== "passage") {
    const due = MOVES.has(what) ? () => true : panel.held(what, rest, select);
    keys.later(() => due() && act(what, ...rest));
    return;
  }
  const d = panel.decision;
  if (what === "next") step(1);
  else if (what === "previous") step(-1);
  else if (what === "decision") select(rest[0], rest[1]);
  else if (what === "passage") {
    uncover(rest[0]);
    text.go(rest[0]);
  } else if (!d) return;
  else if (panel.blind && !BLIND.has(what)) mayLook();
  else if (what === "choose") choose(rest[0], rest[1]);
  else if (what === "nobody") answer([]);
  else if (what === "accept") {
    if (range.kind === panel.kind && range.ids.length > 1) toast("A range is open: choose somebody for it, or leave it with Esc.");
    else if (d.status || panel.blind) step(1);
    else if (d.kind === "speaker" && d.who === null && d.candidates.length) toast("Nobody is given yet: choose, or press u for nobody known.");
    else send("do", { action: "accept", kind: panel.mode, id: d.id }, true);
  } else if (what === "search") {
    const who = await choosePerson(story, panel.question(), { order: panel.choices().map((c) => c.who) });
    if (who !== null) answer([who]);
  } else if (what === "addressees") {
    if (d.kind === "speaker") panel.show(story, "speaker", d.id, panel.mode === "addressees" ? "speaker" : "addressees");
  } else if (what === "scope") panel.turnScope();
  else if (what === "range") turnRange(d);
  else if (d.who === null) toast("Nobody is given here yet.");
  else {
    const value = await wholePerson(what, story, d);
    if (value) send("do", value, false);
  }
}

function choose(who, more = false) {
  if (panel.mode === "addressees" && more) {
    const to = new Set(panel.decision.to);
    if (to.has(who)) to.delete(who);
    else to.add(who);
    answer([...to], { stay: true });
  } else answer([who]);
}

function turnRange(d) {
  if (range.open) {
    endRange();
    return;
  }
  range.begin(story, panel.kind, d);
  panel.range = range;
  toast(["A range begins here: go to its end (", h("kbd", null, "n"), " or a click), then choose."]);
}

function endRange(draw = true) {
  range.end();
  panel.range = null;
  if (!draw) return;
  text.redraw();
  panel.draw();
}

// ------------------------------------------------------------------ blind
/** Whether more may be shown than the text: passages by person, or who speaks to whom, would give an answer away. */
function mayLook() {
  if (panel.blind) toast("Blind: answer this one, or skip it with Enter.");
  return !panel.blind;
}

function blind() {
  const d = story.anyUnread();
  if (!d) return;
  if (range.open) turnRange();
  panel.scope = "this";
  select(d.kind, d.id, { blind: true });
  toast("Blind: a random decision. Answer from the text alone.");
}

// ------------------------------------------------------------------ keys and buttons
const keys = new Keys(
  {
    j: () => step(1),
    k: () => step(-1),
    n: () => along(1),
    p: () => along(-1),
    Enter: () => act("accept"),
    Escape: escape,
    "/": () => act("search"),
    u: () => act("nobody"),
    a: () => act("addressees"),
    m: () => act("merge"),
    s: () => act("split"),
    r: () => act("rename"),
    x: () => act("range"),
    ".": () => act("scope"),
    z: () => send("undo", {}, false),
    Z: () => send("redo", {}, false),
    b: blind,
    i: () => {
      text.showNames = !text.showNames;
      text.redraw();
    },
    t: turnTheme,
    "?": showKeys,
  },
  (number, shift) => {
    const choice = panel.decision ? panel.choices()[number - 1] : null;
    if (choice) act("choose", choice.who, shift);
  },
  () => story !== null,
  () => busy,
);

function escape() {
  if (byId("export").open) {
    byId("export").open = false;
    byId("export").firstElementChild.focus();
  } else if (document.body.dataset.side) delete document.body.dataset.side;
  else if (range.open) endRange();
  else if (panel.mode === "addressees" && panel.decision) panel.show(story, "speaker", panel.decision.id);
  else if (views.open) {
    views.close();
    if (panel.decision) text.go(panel.decision.start);
  } else if (chosen !== null) filter(null);
}

lastTheme();
byId("theme").addEventListener("click", turnTheme);
byId("help").addEventListener("click", showKeys);
byId("history").addEventListener("click", () => get("corrections").then((found) => showHistory(found, () => { byId("dialog").close(); send("undo", {}, false); })).catch(complain));
for (const a of document.querySelectorAll("#views a")) {
  a.addEventListener("click", (e) => {
    if (e.ctrlKey || e.metaKey || e.shiftKey || !story) return;
    e.preventDefault();
    delete document.body.dataset.side;
    if (a.dataset.view === "text") {
      views.close();
      address("");
      if (panel.decision) text.go(panel.decision.start);
    } else if (mayLook()) views.show(story, a.dataset.view);
  });
}
function turnSide(side) {
  if (document.body.dataset.side === side) delete document.body.dataset.side;
  else document.body.dataset.side = side;
  if (story && side === "panel" && panel.decision && !views.open) text.go(panel.decision.start, () => text.element(panel.kind, panel.decision.id));
}
for (const b of document.querySelectorAll("#tabs button")) b.addEventListener("click", () => turnSide(b.dataset.side));
byId("ask").addEventListener("click", () => turnSide("panel"));
quiet();
begin();
