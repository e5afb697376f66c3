// Asking the server. Every address is relative to the page's base, which holds the token.

async function answer(response) {
  const value = await response.json().catch(() => ({ error: `the reader answered ${response.status}` }));
  if (!response.ok) throw new Error([value.error, value.remedy].filter(Boolean).join(". ") || "something went wrong");
  return value;
}

const gone = () => {
  throw new Error("The reader does not answer. Is 'fabula open' still running?");
};

export const get = (view) => fetch(`${view}.json`).catch(gone).then(answer);

export const post = (path, value = {}) =>
  fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) })
    .catch(gone)
    .then(answer);

/** Listen to what happens: progress, ready, changed, failed. */
export function listen(handler) {
  const source = new EventSource("events");
  source.onmessage = (event) => handler(JSON.parse(event.data));
  source.onerror = () => handler({ event: "lost" });
  return source;
}
