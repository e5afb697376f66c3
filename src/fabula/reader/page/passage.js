// Marking a passage in the text without touching it: nothing is put between the words.

/** Highlight the code points from `start` to `end` where they are drawn; a browser that cannot leaves it. */
export function markPassage(root, story, start, end) {
  unmark();
  if (typeof Highlight !== "function" || !(end > start)) return;
  const [from, to] = [story.at(start), story.at(end)];
  const ranges = [];
  for (const block of root.querySelectorAll("[data-start]")) {
    let at = story.at(Number(block.dataset.start));
    if (at >= to) break;
    // Initials in the margin and names written in are no part of the text.
    const words = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) => (node.parentElement.closest(".initial, .named") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
    while (words.nextNode()) {
      const node = words.currentNode;
      if (at < to && at + node.length > from) {
        const range = new Range();
        range.setStart(node, Math.max(0, from - at));
        range.setEnd(node, Math.min(node.length, to - at));
        ranges.push(range);
      }
      at += node.length;
    }
  }
  CSS.highlights.set("passage", new Highlight(...ranges));
}

export function unmark() {
  if (typeof Highlight === "function") CSS.highlights.delete("passage");
}
