// What can be said of a person as a whole: that they are somebody else, from here on or throughout, or their name.

import { askName, choosePerson } from "./dialogs.js";
import { name } from "./dom.js";
import { toast } from "./notice.js";

/** Ask what `what` ("merge", "split", "rename") needs of whom `d` means; the correction, or null if it was left. */
export async function wholePerson(what, story, d) {
  const called = name(story.name(d.who));
  if (what === "merge") {
    const who = await choosePerson(story, [called, " is the same person as …"], { create: false, without: d.who });
    return who === null ? null : { action: "merge", people: [d.who, who] };
  }
  if (what === "split") {
    if (d.kind !== "person") {
      toast("Select a name or pronoun to split from.");
      return null;
    }
    const who = await choosePerson(story, ["From here on, ", called, " is …"], { without: d.who });
    return who === null ? null : { action: "split", id: d.id, people: [d.who, who] };
  }
  // The words that stand in for a name are none to begin from.
  const now = story.number(d.who) === null ? story.name(d.who) : "";
  const wanted = await askName(["What is ", called, " called?"], now);
  return !wanted || wanted === now ? null : { action: "rename", people: [d.who], name: wanted };
}
