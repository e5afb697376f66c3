// A stretch of the text over which one answer is given: lines, or mentions of the same word.

export class Range {
  constructor(text) {
    this.text = text;
    this.kind = null;
  }

  get open() {
    return this.kind !== null;
  }

  begin(story, kind, d) {
    this.kind = kind;
    this.from = d.start;
    this.extend(story, d);
  }

  /** Take in everything from where the range began to a decision. */
  extend(story, d) {
    const start = Math.min(this.from, d.start);
    const end = Math.max(this.from, d.start);
    const lines = this.kind === "speaker";
    const word = story.slice(d.start, d.end).toLowerCase();
    const rows = lines ? story.quotes : story.mentions;
    this.ids = rows.filter((x) => x.start >= start && x.start <= end && (lines || story.slice(x.start, x.end).toLowerCase() === word)).map((x) => x.id);
    this.text.mark({ kind: this.kind, start, end });
  }

  /** Forget the range; the text still has to be drawn. */
  end() {
    this.kind = null;
    this.text.range = null;
  }
}
