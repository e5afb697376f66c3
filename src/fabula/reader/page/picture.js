// Saving a picture of the page as SVG, or as PNG at twice its size.

const KEPT = ["fill", "stroke", "stroke-width", "opacity", "font-size", "font-family", "font-weight", "text-anchor", "dominant-baseline", "fill-opacity", "stroke-opacity", "stroke-dasharray"];

/** The picture by itself: what the style sheet says is written into it. */
function alone(svg) {
  const copy = svg.cloneNode(true);
  const from = [svg, ...svg.querySelectorAll("*")];
  const to = [copy, ...copy.querySelectorAll("*")];
  from.forEach((element, k) => {
    const style = getComputedStyle(element);
    for (const property of KEPT) to[k].setAttribute(property, style.getPropertyValue(property));
    to[k].removeAttribute("class");
    to[k].removeAttribute("tabindex");
  });
  const box = svg.viewBox.baseVal;
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [key, value] of Object.entries({ x: box.x, y: box.y, width: box.width, height: box.height, fill: getComputedStyle(document.body).backgroundColor })) ground.setAttribute(key, value);
  copy.prepend(ground);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", box.width);
  copy.setAttribute("height", box.height);
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
}

/** Hand a file to the browser to keep. */
export function save(blob, file) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

export const saveSvg = (svg, file) => save(alone(svg), `${file}.svg`);

export function savePng(svg, file) {
  const box = svg.viewBox.baseVal;
  const image = new Image();
  const address = URL.createObjectURL(alone(svg));
  return new Promise((done, fail) => {
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = 2 * box.width;
      canvas.height = 2 * box.height;
      const pen = canvas.getContext("2d");
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      canvas.toBlob((blob) => {
        save(blob, `${file}.png`);
        done();
      });
    };
    image.onerror = () => fail(new Error("The picture could not be drawn"));
    image.src = address;
  });
}
