// A stretch of the text over which one answer is given: lines, or mentions of the same word in any of its forms.

const FORMS = ["he him his himself", "she her hers herself", "they them their theirs themself themselves", "i me my mine myself", "we us our ours ourselves", "you your yours yourself yourselves", "xe xem xyr xyrs xemself"];

/** Which forms go with a word: "him" with "he". */
const forms = (word) => new Set(FORMS.map((row) => row.split(" ")).find((row) => row.includes(word)) ?? [word]);

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
    this.first = d.id;
    this.word = story.slice(d.start, d.end).toLowerCase();
    this.extend(story, d);
  }

  /** Take in everything from where the range began to a decision. */
  extend(story, d) {
    const start = Math.min(this.from, d.start);
    const end = Math.max(this.from, d.start);
    const lines = this.kind === "speaker";
    const wanted = forms(this.word);
    const rows = lines ? story.quotes : story.mentions;
    this.ids = rows.filter((x) => x.start >= start && x.start <= end && (lines || wanted.has(story.slice(x.start, x.end).toLowerCase()))).map((x) => x.id);
    this.text.mark({ kind: this.kind, ids: new Set(this.ids) });
  }

  /** Forget the range; the text still has to be drawn. */
  end() {
    this.kind = null;
    this.text.range = null;
  }
}
