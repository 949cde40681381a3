// What the pen drew: strokes of points, each from 0 to 1 across the paper.

/** The digit's longer side, and the picture's side, in pixels: with a margin, which the fitting takes for paper. */
const Box = 40, Side = 56;

/** Draws strokes as smooth lines: through the middles between the points, bent by the points. */
export function drawStrokes(context, strokes, scale, color) {
  context.lineCap = context.lineJoin = 'round';
  context.strokeStyle = context.fillStyle = color;
  for (const { points, width } of strokes) {
    context.lineWidth = width * scale;
    context.beginPath();
    const [first, ...others] = points;
    context.moveTo(first.x * scale, first.y * scale);
    if (others.length === 0) context.lineTo(first.x * scale + 0.01, first.y * scale);
    others.forEach((point, i) => {
      const after = others[i + 1];
      if (!after) return context.lineTo(point.x * scale, point.y * scale);
      context.quadraticCurveTo(point.x * scale, point.y * scale, (point.x + after.x) / 2 * scale, (point.y + after.y) / 2 * scale);
    });
    context.stroke();
  }
}

/** The strokes as a small picture, black on white, that holds all of them: { grey, width, height }. */
export function picture(strokes) {
  let left = 1, top = 1, right = 0, bottom = 0;
  for (const { points, width } of strokes) {
    for (const { x, y } of points) {
      [left, right] = [Math.min(left, x - width / 2), Math.max(right, x + width / 2)];
      [top, bottom] = [Math.min(top, y - width / 2), Math.max(bottom, y + width / 2)];
    }
  }
  const scale = Box / Math.max(right - left, bottom - top);
  const canvas = new OffscreenCanvas(Side, Side);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.fillStyle = '#fff';
  context.fillRect(0, 0, Side, Side);
  context.translate(Side / 2 - scale * (left + right) / 2, Side / 2 - scale * (top + bottom) / 2);
  drawStrokes(context, strokes, scale, '#000');
  return greyOf(context.getImageData(0, 0, Side, Side));
}

/** Pixels as brightness, 0 to 255, on white where they are transparent. */
export function greyOf({ data, width, height }) {
  const grey = new Uint8Array(width * height);
  for (let i = 0; i < grey.length; i++) {
    const alpha = data[4 * i + 3] / 255;
    const light = 0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2];
    grey[i] = Math.round(alpha * light + (1 - alpha) * 255);
  }
  return { grey, width, height };
}
