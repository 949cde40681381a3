// Values as colours, by the maps and scales of the project's figures.

import { call } from './network.js';

const Levels = 1024;
const maps = {};

/** Fetches the maps from C#. */
export async function openColors() {
  for (const name of ['viridis', 'rdbu']) {
    const bytes = await call('ColorExports.Map', name, Levels);
    maps[name] = { bytes, packed: new Uint32Array(bytes.buffer, bytes.byteOffset, Levels) };
  }
}

/** Violet to yellow from 0, or from the smallest where one is negative, to the largest. */
export function sequential(values) {
  let low = 0, high = 0;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { map: 'viridis', low, high: high > low ? high : low + 1 };
}

/** Red below zero, white at zero, blue above, as far as the largest magnitude. */
export function diverging(values) {
  let bound = 0;
  for (const value of values) bound = Math.max(bound, Math.abs(value));
  return { map: 'rdbu', low: -(bound || 1), high: bound || 1 };
}

/** How a layer's values are drawn: in red and blue where some are negative. */
export function scaleOf(values) {
  for (const value of values) if (value < 0) return diverging(values);
  return sequential(values);
}

/** From black to white, for images. */
export const grey = { map: 'grey', low: 0, high: 1 };

const level = (value, scale) => Math.min(Levels - 1, Math.max(0, Math.round((value - scale.low) / (scale.high - scale.low) * (Levels - 1))));

function packed(value, scale) {
  if (scale.map !== 'grey') return maps[scale.map].packed[level(value, scale)];
  const shade = Math.round(255 * Math.min(1, Math.max(0, value)));
  return 0xff000000 | shade << 16 | shade << 8 | shade;
}

/** The colour of a value as [red, green, blue]. */
export function rgb(value, scale) {
  const color = packed(value, scale);
  return [color & 255, color >> 8 & 255, color >> 16 & 255];
}

/** The colour of a value for CSS, and black or white to write on it. */
export function cssColors(value, scale) {
  const [red, green, blue] = rgb(value, scale);
  const linear = [red, green, blue].map(part => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  const luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  return { background: `rgb(${red} ${green} ${blue})`, color: luminance > 0.18 ? '#000' : '#fff' };
}

/** Paints values row by row on a canvas that has one pixel for each. */
export function paint(canvas, values, columns, scale) {
  const rows = values.length / columns;
  if (canvas.width !== columns) canvas.width = columns;
  if (canvas.height !== rows) canvas.height = rows;
  const context = canvas.getContext('2d');
  const pixels = new ImageData(columns, rows);
  const colors = new Uint32Array(pixels.data.buffer);
  for (let i = 0; i < values.length; i++) colors[i] = packed(values[i], scale);
  context.putImageData(pixels, 0, 0);
}

/** The colours of a scale from low to high, for a legend. */
export function gradient(scale) {
  const stops = Array.from({ length: 17 }, (_, i) => cssColors(scale.low + i / 16 * (scale.high - scale.low), scale).background);
  return `linear-gradient(to right, ${stops.join(', ')})`;
}
