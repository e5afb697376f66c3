// The keyboard: a key does what its name says. What is typed, or clicked, while an answer is on its way is done
// after it, in order.

import { byId } from "./dom.js";

export class Keys {
  /** `commands`: key to action; `digit` is called for 1 to 9. `ready` and `busy` say how the page stands. */
  constructor(commands, digit, ready, busy) {
    Object.assign(this, { commands, digit, ready, busy });
    this.ahead = [];
    addEventListener("keydown", (e) => this._down(e));
  }

  _down(e) {
    if (!this.ready() || e.ctrlKey || e.metaKey || e.altKey || byId("dialog").open) return;
    if (e.target.closest("input:not([type=radio]):not([type=range]), textarea, select")) return;
    if (e.key === "Enter" && e.target.closest("button, a, summary, input, [role=button]")) return;
    const number = /^Digit([1-9])$/.exec(e.code)?.[1] ?? (/^[1-9]$/.test(e.key) ? e.key : null);
    if (!number && !this.commands[e.key]) return;
    e.preventDefault();
    const { key, shiftKey } = e;
    this.later(() => (number ? this.digit(Number(number), shiftKey) : this.commands[key]()));
  }

  /** Do something at once, or as soon as what is on its way has come. */
  later(action) {
    this.ahead.push(action);
    this.catchUp();
  }

  /** Do what waits, until something is on its way again. */
  catchUp() {
    while (this.ahead.length && !this.busy() && !byId("dialog").open) {
      this.ahead.shift()();
    }
  }
}
