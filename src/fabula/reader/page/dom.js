// Making elements. Text is only ever set as text; what a story holds is shown, never obeyed.

const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text with control characters and marks that turn its direction made visible, one for one. */
export function plain(text) {
  return String(text).replace(CONTROL, (c) => {
    const code = c.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\u2426";
  });
}

const TOLD = /^(title|aria-(label|valuetext))$/; // attributes that are shown or read aloud

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [type, handler] of Object.entries(value)) element.addEventListener(type, handler);
    else if (name === "data") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : TOLD.test(name) ? plain(value) : String(value));
  }
  for (const child of children.flat(3)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(plain(child)));
  }
  return element;
}

/** An HTML element: attributes, `on` handlers, `data`; strings among the children become text. */
export function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function s(tag, attributes, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

export const byId = (id) => document.getElementById(id);

/** A name, kept apart from the direction of what surrounds it. */
export const name = (text) => h("bdi", null, text);

export const percent = (p) => `${Math.round(100 * p)} %`;
export const counted = (n, one, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

/** What an element holds from now on; null among the children is nothing. */
export function put(element, ...children) {
  element.replaceChildren();
  return fill(element, null, children);
}
