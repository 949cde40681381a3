// One unit of a linear layer: what it looks for, what it finds, and what follows.

import { make } from '../dom.js';
import { model, softmax } from '../model.js';
import { cssColors, diverging, sequential } from '../colors.js';
import { number, percent, shape, text } from '../texts.js';
import { biasOf, isRectified, products, sizesOf, sum, weightsOf } from './arithmetic.js';
import { Term } from './numbers.js';
import { Plane } from './plane.js';

const Strongest = 6;

export class LinearView {
  #input = new Plane();
  #weights = new Plane();
  #products = new Plane();
  #terms = [new Term(), new Term(), new Term('result')];
  #title = make('h4');
  #strongest = make('ol', { class: 'strongest' });

  constructor(pick, open) {
    this.open = open;
    const sign = mark => make('span', { class: 'sign', 'aria-hidden': 'true' }, mark);
    this.element = make(
      'div', {},
      make('div', { class: 'planes three' }, this.#input.element, sign('×'), this.#weights.element, sign('='), this.#products.element),
      make('dl', { class: 'terms' }, ...this.#terms.map(term => term.element)), this.#title, this.#strongest);
  }

  /** Shows a unit; the answer is the same in one sentence. */
  show({ layer, channel }) {
    const form = this.#formOf(layer), values = model.input(layer.index), weights = weightsOf(layer, channel), found = products(values, weights);
    const draw = (plane, numbers, scale) => plane.draw({ ...form, values: numbers, scale });
    draw(this.#input, values, sequential(values));
    draw(this.#weights, weights, diverging(weights));
    draw(this.#products, found, diverging(found));
    const size = shape(form.channels > 1 ? [form.channels, form.rows, form.columns] : [values.length]);
    const name = { layer: layer.name, unit: channel };
    this.#input.name(text('linear.input'), size, text('linear.inputLabel', name));
    this.#weights.name(text('linear.weights'), size, text('linear.weightsLabel', name));
    this.#products.name(text('linear.products'), size, text('linear.productsLabel', name));

    const total = sum(found), bias = biasOf(layer, channel), result = total + bias, rectified = isRectified(layer);
    this.#terms[0].show(text('sum.products', { count: found.length }), number(total, 3));
    this.#terms[1].show(text('sum.bias'), number(bias, 3));
    if (rectified) this.#terms[2].show(text('sum.rectified'), `${number(result, 3)} → ${number(Math.max(0, result), 3)}`);
    else {
      const share = softmax(model.output(layer.index))[channel];
      this.#terms[2].show(text('sum.softmax'), `${number(result, 3)} → ${percent(share)}`);
    }
    this.#showStrongest(layer, values, weights, found);
    return text('linear.said', { unit: channel, sum: number(total, 3), bias: number(bias, 3), result: number(rectified ? Math.max(0, result) : result, 3) });
  }

  // A vector that was maps once is shown as maps, another one as a block.
  #formOf(layer) {
    const before = model.layers[layer.index - 1];
    if (before?.kind === 'Flatten') return { ...sizesOf(before.input), across: Math.ceil(Math.sqrt(before.input[0])) };
    const length = layer.input[0], columns = length % 16 === 0 ? 16 : Math.ceil(Math.sqrt(length));
    return { channels: 1, rows: Math.ceil(length / columns), columns };
  }

  #showStrongest(layer, values, weights, found) {
    const source = model.layers.slice(0, layer.index).findLast(other => other.kind === 'Linear');
    this.#title.hidden = this.#strongest.hidden = !source;
    if (!source) return;
    this.#title.textContent = text('linear.strongest', { layer: source.name });
    const order = [...found.keys()].sort((a, b) => Math.abs(found[b]) - Math.abs(found[a])).slice(0, Strongest), scale = diverging(found);
    this.#strongest.replaceChildren(...order.map(unit => {
      const colors = cssColors(found[unit], scale);
      const value = make('span', { class: 'partial' }, number(found[unit]));
      Object.assign(value.style, colors);
      return make('li', {}, make(
        'button', { type: 'button', onclick: () => this.open(source.index, unit) },
        make('span', {}, text('linear.one', { unit, value: number(values[unit]), weight: number(weights[unit]) })), value));
    }));
  }
}
