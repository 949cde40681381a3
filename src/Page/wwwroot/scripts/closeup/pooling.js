// One pixel of a max pooling: which value of the window wins.

import { make } from '../dom.js';
import { largest, model } from '../model.js';
import { sequential } from '../colors.js';
import { number, shape, text } from '../texts.js';
import { plane, sizesOf, windowOf, windowStart } from './arithmetic.js';
import { Numbers, Term } from './numbers.js';
import { Plane } from './plane.js';

export class PoolingView {
  #at = null;
  #input;
  #output;
  #window = new Numbers();
  #winner = new Term('result');

  constructor(pick) {
    this.#input = new Plane(({ row, column }) => {
      const { layer } = this.#at, { rows, columns } = sizesOf(layer.output);
      pick({ row: Math.min(rows - 1, Math.floor(row / layer.stride[0])), column: Math.min(columns - 1, Math.floor(column / layer.stride[1])) });
    });
    this.#output = new Plane(({ row, column }) => pick({ row, column }), (down, right) => {
      const { rows, columns } = sizesOf(this.#at.layer.output);
      pick({ row: Math.min(rows - 1, Math.max(0, this.#at.row + down)), column: Math.min(columns - 1, Math.max(0, this.#at.column + right)) });
    });
    this.element = make(
      'div', {},
      make('div', { class: 'planes' }, this.#input.element, make('span', { class: 'arrow', 'aria-hidden': 'true' }), this.#output.element),
      make('div', { class: 'equation' }, this.#window.element, make('span', { class: 'sign', 'aria-hidden': 'true' }, '→'), make('dl', { class: 'terms' }, this.#winner.element)));
  }

  /** Shows a place; the answer is the same in one sentence. */
  show(at) {
    this.#at = at;
    const { layer, channel, row, column, revealed } = at, scale = sequential(model.input(layer.index));
    const [height, width] = layer.window, input = sizesOf(layer.input), output = sizesOf(layer.output);
    this.#input.draw({
      ...input, channels: 1, values: plane(model.input(layer.index), layer.input, channel), scale,
      window: { ...windowStart(layer, row, column), height, width },
    });
    this.#output.draw({
      ...output, channels: 1, values: plane(model.output(layer.index), layer.output, channel), scale,
      window: { row, column, height: 1, width: 1 }, revealed,
    });
    const values = windowOf(layer, channel, row, column), winner = largest(values);
    this.#window.show(values, width, scale, winner);
    const before = model.layers[layer.index - 1];
    this.#input.name(text('closeup.map', { layer: before.name, channel }), shape(layer.input.slice(1)), text('closeup.inputLabel', { layer: layer.name }));
    this.#output.name(text('closeup.map', { layer: layer.name, channel }), shape(layer.output.slice(1)), text('closeup.outputLabel', { layer: layer.name, channel }));
    this.#window.name(text('closeup.window'));
    const place = { row: Math.floor(winner / width), column: winner % width, value: number(values[winner], 3) };
    this.#winner.show(text('closeup.winner', place), number(values[winner], 3));
    return text('closeup.pooled', { ...place, at: `${row}, ${column}` });
  }
}
