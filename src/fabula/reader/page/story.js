// The story as the page knows it: text, decisions, people. Changed only by `take`.

export const SURE = 0.9;
export const LIKELY = 0.6;
const COLOURS = 10;
// What stands before the word that tells somebody from others: "his sister", "the old man", "Mr. Okafor".
const LEAD = /^(?:(?:the|an?|some|that|this|one|my|your|his|her|its|our|their|mr|mrs|miss|ms|mx|dr|sir|lady|lord)\.? )+/i;
const PARATEXT = new Set(["byline", "disclaimer", "summary", "tags", "note", "boilerplate"]);

/** Code points to UTF-16 units, where the text has any that differ. */
function converter(text) {
  let astral = false;
  for (let i = 0; i < text.length && !astral; i += 1) astral = (text.charCodeAt(i) & 0xf800) === 0xd800;
  if (!astral) return (offset) => offset;
  const map = new Uint32Array(text.length + 1);
  let points = 0;
  for (let units = 0; units < text.length; points += 1) {
    map[points] = units;
    units += text.codePointAt(units) > 0xffff ? 2 : 1;
  }
  map[points] = text.length;
  return (offset) => (offset >= points ? text.length : map[offset]);
}

const LAYOUTS = new Set(["block_quote", "verse", "preformatted", "list_item", "centered"]);

/** The stretches that the file sets apart inside lines, in order, none in another; `look` are names of classes. */
function setApart(marks) {
  const events = marks.flatMap(([kind, start, end]) => [[start, 1, kind], [end, -1, kind]]).sort((a, b) => a[0] - b[0]);
  const open = new Map();
  const out = [];
  let at = 0;
  for (const [place, step, kind] of events) {
    const kinds = [...open].filter(([, n]) => n > 0).map(([k]) => `f-${k}`);
    if (place > at && kinds.length) out.push({ start: at, end: place, look: kinds.join(" ") });
    at = place;
    open.set(kind, (open.get(kind) ?? 0) + step);
  }
  return out;
}

const mentionOf = ([id, start, end, form, who, p, candidates, status]) => ({ kind: "person", id, start, end, form, who, p, candidates, status });

export class Story {
  constructor(book) {
    this.version = book.version;
    this.title = book.title;
    this.author = book.author;
    this.words = book.words;
    this.text = book.text;
    this.exports = book.exports;
    this.at = converter(book.text);
    this.segments = book.segments.map(([kind, start, end, label, narrator]) => ({ kind, start, end, label, narrator }));
    this.sentences = book.sentences;
    this.marks = setApart(book.marks.filter(([kind]) => !LAYOUTS.has(kind)));
    this.layouts = book.marks.filter(([kind]) => LAYOUTS.has(kind)).sort((a, b) => a[1] - b[1]);
    this.ledger = book.ledger;
    this.mentions = book.mentions.map(mentionOf);
    this.quotes = book.quotes.map(([id, start, end, type, form, parent, who, p, candidates, status, to, toP, toStatus]) => (
      { kind: "speaker", id, start, end, type, form, parent, who, p, candidates, status, to, toP, toStatus }));
    this.order = new Map();
    this.byId = { person: new Map(this.mentions.map((m) => [m.id, m])), speaker: new Map(this.quotes.map((q) => [q.id, q])) };
    this.colours = new Map();
    this.numbers = new Map();
    this.end = book.segments.length ? Math.max(...book.segments.map((x) => x[2])) : this.length();
    this._stand(book);
    this.blocks = this._blocks(book.paragraphs);
  }

  length() {
    return [...this.text].length;
  }

  slice(start, end) {
    return this.text.slice(this.at(start), this.at(end));
  }

  /** A passage on one line, cut to `most` characters after a whole word, where there is one to end with. */
  excerpt(start, end, most = 90) {
    const words = this.slice(start, Math.min(end, start + 4 * most)).replace(/\s+/g, " ").trim();
    if (words.length <= most) return words;
    const last = words.lastIndexOf(" ", most - 1);
    return `${words.slice(0, last > most / 2 ? last : most - 1).trimEnd()}…`;
  }

  /** Where the first sentence, else paragraph, else word begins in a stretch of text. */
  beginning(start, end) {
    const k = this.ended(start);
    const sentence = this.sentences[k]?.[0] >= start ? this.sentences[k] : this.sentences[k + 1];
    if (sentence && sentence[0] < end) return sentence[0];
    const block = this.blocks[Story.after(this.blocks, start)];
    if (block && block.start < end) return block.start;
    const cut = start > 0 && /\S/.test(this.slice(start - 1, start)) ? [.../^\S*\s*/.exec(this.slice(start, end))[0]].length : 0;
    return start + cut < end ? start + cut : start;
  }

  /** What stands before and after a passage, on one line; words that are cut are left out. */
  around({ start, end }, most) {
    const before = this.slice(Math.max(0, start - most), start).replace(/\s+/g, " ");
    const after = this.slice(end, end + most).replace(/\s+/g, " ");
    return { before: start > most ? before.replace(/^\S* /, "") : before, after: end + most < this.end ? after.replace(/ \S*$/, "") : after };
  }

  /** The sentence of the story around a code point, if there is one. */
  sentenceAt(offset) {
    const [start, end] = this.sentences[this.ended(offset)] ?? [offset + 1, 0];
    return start <= offset ? { start, end } : null;
  }

  /** How many sentences of the story have ended by a code point. */
  ended(offset) {
    let lo = 0;
    let hi = this.sentences.length;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (this.sentences[mid][1] <= offset) lo = mid + 1;
      else hi = mid;
    }
    return lo;
  }

  /** Paragraphs with the kind of their segment; neighbouring paratext is one block that folds. */
  _blocks(paragraphs) {
    let s = 0;
    let next = 0;
    let open = [];
    const out = [];
    for (const [start, end] of paragraphs) {
      while (s < this.segments.length - 1 && this.segments[s].end <= start) s += 1;
      const segment = this.segments[s];
      const kind = segment && segment.start <= start && start < segment.end ? segment.kind : "body";
      while (next < this.layouts.length && this.layouts[next][1] <= start) open.push(this.layouts[next++]);
      open = open.filter((x) => x[2] > start);
      const look = [...new Set(open.filter((x) => x[2] >= end).map(([form]) => ` f-${form}`))].join("");
      out.push({ start, end, kind, look, aside: PARATEXT.has(kind), label: segment?.label });
    }
    return out;
  }

  _stand(book) {
    // Whoever stood above somebody else stays there while counts change, so that the eye finds them again.
    for (const p of book.people) if (!this.order.has(p.id)) this.order.set(p.id, this.order.size);
    this.people = [...book.people].sort((a, b) => this.order.get(a.id) - this.order.get(b.id));
    this.person = new Map(book.people.map((p) => [p.id, p]));
    for (const p of this.people) {
      this.colour(p.id);
      if (p.unnamed && !this.numbers.has(p.id)) this.numbers.set(p.id, this.numbers.size + 1);
    }
    this.doubts = book.doubts;
    this.scenes = book.scenes.map(([start, end, characters]) => ({ start, end, characters }));
    this.done = book.done;
    this.canRedo = book.can_redo;
    this.missing = book.missing;
  }

  /** Take over what a correction changed. */
  take(change) {
    for (const row of change.mentions) {
      const m = this.byId.person.get(row[0]);
      if (m) Object.assign(m, mentionOf(row));
    }
    for (const [id, who, p, candidates, status, to, toP, toStatus] of change.quotes) {
      Object.assign(this.byId.speaker.get(id), { who, p, candidates, status, to, toP, toStatus });
    }
    this._stand(change);
    this.version = Math.max(this.version, change.version);
  }

  decision(kind, id) {
    return this.byId[kind === "addressees" ? "speaker" : kind]?.get(id);
  }

  name(who) {
    return who === null || who === undefined ? "nobody known" : this.person.get(who)?.name ?? "somebody";
  }

  /** Somebody's number among those without a name, the same for as long as the page is open; null for others. */
  number(who) {
    return this.person.get(who)?.unnamed ? this.numbers.get(who) : null;
  }

  /** What somebody is called where there is little room: of those without a name, the number. */
  short(who) {
    const number = this.number(who);
    return number === null ? this.name(who) : `${this.person.get(who).group ? "some people" : "somebody"} #${number}`;
  }

  /** The sign for somebody: an initial, "#2" for the second without a name, "?" for nobody known. */
  initial(who) {
    if (who === null) return "?";
    const number = this.number(who);
    if (number !== null) return `#${number}`;
    const found = /[\p{L}\p{N}]/u.exec(this.name(who).replace(LEAD, ""));
    return found ? found[0].toUpperCase() : "·";
  }

  /** The number of somebody's colour, the same for as long as the page is open. */
  colour(who) {
    if (who === null || who === undefined) return "none";
    if (!this.colours.has(who)) this.colours.set(who, this.colours.size % COLOURS);
    return this.colours.get(who);
  }

  doubtful(d) {
    return !d.status && (d.p < SURE || (d.kind === "speaker" && d.who === null)) && (d.kind === "speaker" || d.who !== null || d.candidates.length > 0);
  }

  /** The paragraphs in which somebody is named or speaks. */
  passagesOf(who) {
    const hits = new Set();
    for (const rows of [this.mentions, this.quotes]) {
      for (const d of rows) if (d.who === who) hits.add(Story.after(this.blocks, d.start + 1) - 1);
    }
    return this.blocks.filter((b, k) => hits.has(k));
  }

  /** A line or pronoun that nobody has looked at, by chance; undefined if there is none. */
  anyUnread() {
    const open = [...this.quotes, ...this.mentions.filter((m) => m.form === "PRON" && m.who !== null)].filter((d) => !d.status);
    return open[Math.floor(Math.random() * open.length)];
  }

  /** Index of the first row that begins at `offset` or after it; rows in text order. */
  static after(rows, offset) {
    let lo = 0;
    let hi = rows.length;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (rows[mid].start < offset) lo = mid + 1;
      else hi = mid;
    }
    return lo;
  }

  /** Who has more than a passing part; at least three where there are so many. */
  leading(most) {
    return this.people.filter((p) => !p.group).filter((p, k) => k < 3 || p.lines > 1 || p.mentions > 3).slice(0, most);
  }

  /** How often each of several is there, over the story's length in `bins` parts. */
  presences(people, bins) {
    const out = new Map(people.map((who) => [who, new Array(bins).fill(0)]));
    const add = (who, offset) => {
      const row = out.get(who);
      if (row) row[Math.min(bins - 1, Math.floor((bins * offset) / Math.max(1, this.end)))] += 1;
    };
    for (const m of this.mentions) add(m.who, m.start);
    for (const q of this.quotes) add(q.who, q.start);
    return out;
  }
}
