// One or several maps on a canvas, with the window or the pixel that one looks at.

import { make } from '../dom.js';
import { paint } from '../colors.js';

const Gap = 2;

export class Plane {
  #canvas;
  #caption = make('strong');
  #size = make('span', { class: 'shape' });
  #drawing = null;
  #small = new OffscreenCanvas(1, 1);

  /**
   * @param onpick Called with the channel, row and column under the pointer.
   * @param onmove Called with steps down and to the right by arrow keys; where there is none, no key reaches the maps.
   */
  constructor(onpick, onmove) {
    this.#canvas = make('canvas', onmove ? { tabindex: 0, role: 'application' } : { role: 'img' });
    this.element = make('figure', { class: 'plane' }, make('figcaption', {}, this.#caption, this.#size), this.#canvas);
    const pick = event => {
      const found = this.#at(event);
      if (found) onpick?.(found);
    };
    this.#canvas.addEventListener('pointermove', event => { if (event.pointerType === 'mouse' || event.buttons > 0) pick(event); });
    this.#canvas.addEventListener('pointerdown', pick);
    this.#canvas.addEventListener('keydown', event => {
      const step = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key];
      if (!step || !onmove) return;
      event.preventDefault();
      onmove(...step);
    });
    new ResizeObserver(() => this.#redraw()).observe(this.#canvas);
    document.addEventListener('theme', () => this.#redraw());
  }

  /** Names the maps for all readers. */
  name(caption, size, label) {
    this.#caption.textContent = caption;
    this.#size.textContent = size;
    this.#canvas.setAttribute('aria-label', label);
  }

  /**
   * Draws maps.
   * @param drawing values [channels,rows,columns], their scale, across (maps in a row), padding [rows,columns] around each, window
   * { row, column, height, width }, channel (the one that stands out), revealed (how many pixels of a map are to be seen).
   */
  draw(drawing) {
    this.#drawing = { across: 1, padding: [0, 0], window: null, channel: null, revealed: Infinity, ...drawing };
    this.#redraw();
  }

  get #layout() {
    const { channels, rows, columns, across, padding } = this.#drawing;
    const height = rows + 2 * padding[0], width = columns + 2 * padding[1];
    const gap = channels > 1 ? Gap : 0, down = Math.ceil(channels / across);
    return { height, width, gap, total: across * (width + gap) - gap, depth: down * (height + gap) - gap };
  }

  #at(event) {
    if (!this.#drawing) return null;
    const { channels, rows, columns, across, padding } = this.#drawing, { height, width, gap, total } = this.#layout;
    const area = this.#canvas.getBoundingClientRect(), cell = area.width / total;
    const x = (event.clientX - area.left) / cell, y = (event.clientY - area.top) / cell;
    const channel = Math.floor(y / (height + gap)) * across + Math.floor(x / (width + gap));
    const row = Math.floor(y % (height + gap)) - padding[0], column = Math.floor(x % (width + gap)) - padding[1];
    if (channel < 0 || channel >= channels || x < 0 || x >= total) return null;
    return { channel, row: Math.min(rows - 1, Math.max(0, row)), column: Math.min(columns - 1, Math.max(0, column)) };
  }

  #redraw() {
    if (!this.#drawing || this.#canvas.clientWidth === 0) return;
    const { values, channels, rows, columns, scale, across, padding, channel, revealed } = this.#drawing;
    const { height, width, gap, total, depth } = this.#layout;
    const side = Math.round(this.#canvas.clientWidth * devicePixelRatio), cell = side / total;
    this.#canvas.style.aspectRatio = `${total} / ${depth}`;
    this.#canvas.width = side;
    this.#canvas.height = Math.round(cell * depth);
    const context = this.#canvas.getContext('2d'), style = getComputedStyle(this.#canvas);
    context.imageSmoothingEnabled = false;
    const place = index => [index % across * (width + gap) * cell, Math.floor(index / across) * (height + gap) * cell];
    for (let index = 0; index < channels; index++) {
      const [x, y] = place(index);
      context.fillStyle = style.getPropertyValue('--padding');
      context.fillRect(x, y, width * cell, height * cell);
      paint(this.#small, values.subarray(index * rows * columns, (index + 1) * rows * columns), columns, scale);
      const left = x + padding[1] * cell, top = y + padding[0] * cell;
      const whole = Math.min(rows, Math.floor(revealed / columns)), rest = whole < rows ? revealed % columns : 0;
      if (whole > 0) context.drawImage(this.#small, 0, 0, columns, whole, left, top, columns * cell, whole * cell);
      if (rest > 0) context.drawImage(this.#small, 0, whole, rest, 1, left, top + whole * cell, rest * cell, cell);
    }
    for (let index = 0; index < channels; index++) this.#mark(context, place(index), cell, channel === null || channel === index, style);
    if (channel !== null) this.#frame(context, ...place(channel), width * cell, height * cell, style, 2);
  }

  #mark(context, [x, y], cell, standsOut, style) {
    const { window, padding } = this.#drawing;
    if (!window) return;
    const left = x + (window.column + padding[1]) * cell, top = y + (window.row + padding[0]) * cell;
    this.#frame(context, left, top, window.width * cell, window.height * cell, style, standsOut ? 2.5 : 1.25);
  }

  // Light around dark: to be seen on every colour of every map.
  #frame(context, x, y, width, height, style, thickness) {
    const line = thickness * devicePixelRatio;
    context.lineJoin = 'round';
    context.lineWidth = 2 * line;
    context.strokeStyle = '#000a';
    context.strokeRect(x, y, width, height);
    context.lineWidth = line;
    context.strokeStyle = style.getPropertyValue('--marker');
    context.strokeRect(x, y, width, height);
  }
}
