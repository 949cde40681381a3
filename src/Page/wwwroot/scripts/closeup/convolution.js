// One pixel of a convolution: windows, weights, products, sum, bias, ReLU.

import { make } from '../dom.js';
import { largest, model } from '../model.js';
import { cssColors, diverging, grey, paint, scaleOf, sequential } from '../colors.js';
import { number, shape, text } from '../texts.js';
import { biasOf, isRectified, kernelOf, plane, products, sizesOf, sum, windowOf, windowStart } from './arithmetic.js';
import { Numbers, Term } from './numbers.js';
import { Plane } from './plane.js';

export class ConvolutionView {
  #at = null;
  #input;
  #output;
  #window = new Numbers();
  #kernel = new Numbers();
  #products = new Numbers();
  #terms = [new Term(), new Term(), new Term('result')];
  #stack = make('div', { class: 'stack', role: 'group' });
  #stackTitle = make('h4');

  constructor(pick) {
    this.#input = new Plane(({ channel, row, column }) => pick(this.#centred(channel, row, column)));
    this.#output = new Plane(({ row, column }) => pick({ row, column }), (down, right) => pick(this.#moved(down, right)));
    this.pick = pick;
    const sign = mark => make('span', { class: 'sign', 'aria-hidden': 'true' }, mark);
    this.element = make(
      'div', {},
      make('div', { class: 'planes' }, this.#input.element, make('span', { class: 'arrow', 'aria-hidden': 'true' }), this.#output.element),
      this.#stackTitle, this.#stack,
      make('div', { class: 'equation' }, this.#window.element, sign('×'), this.#kernel.element, sign('='), this.#products.element),
      make('dl', { class: 'terms' }, ...this.#terms.map(term => term.element)));
  }

  #moved(down, right) {
    const { rows, columns } = sizesOf(this.#at.layer.output);
    return { row: Math.min(rows - 1, Math.max(0, this.#at.row + down)), column: Math.min(columns - 1, Math.max(0, this.#at.column + right)) };
  }

  // The output pixel whose window has its middle at a pixel of the input.
  #centred(input, row, column) {
    const { layer } = this.#at, { rows, columns } = sizesOf(layer.output);
    const along = (position, axis, length) =>
      Math.min(length - 1, Math.max(0, Math.round((position + layer.padding[axis] - (layer.window[axis] - 1) / 2) / layer.stride[axis])));
    return { input, row: along(row, 0, rows), column: along(column, 1, columns) };
  }

  /** Shows a place; the answer is the same in one sentence. */
  show(at) {
    this.#at = at;
    const { layer, channel, row, column, revealed } = at;
    const [inputs] = layer.input, { rows, columns } = sizesOf(layer.output);
    const parts = Array.from({ length: inputs }, (_, from) => {
      const values = windowOf(layer, from, row, column), weights = kernelOf(layer, channel, from);
      return { values, weights, products: products(values, weights) };
    });
    const input = at.input ?? largest(parts.map(part => Math.abs(sum(part.products))));
    const inputValues = model.input(layer.index), inputScale = layer.index === 0 ? grey : sequential(inputValues);
    const outputValues = plane(model.output(layer.index), layer.output, channel), outputScale = scaleOf(model.output(layer.index));
    const start = windowStart(layer, row, column);
    this.#input.draw({
      values: inputValues, ...sizesOf(layer.input), scale: inputScale, across: inputs > 1 ? 4 : 1, padding: layer.padding,
      window: { ...start, height: layer.window[0], width: layer.window[1] }, channel: inputs > 1 ? input : null,
    });
    this.#output.draw({ values: outputValues, channels: 1, rows, columns, scale: outputScale, padding: [0, 0], window: { row, column, height: 1, width: 1 }, revealed });

    const productScale = diverging(parts.flatMap(part => [...part.products]));
    const kernelScale = diverging(model.weights(layer.weight));
    const one = parts[input];
    this.#window.show(one.values, layer.window[1], inputScale);
    this.#kernel.show(one.weights, layer.window[1], kernelScale);
    this.#products.show(one.products, layer.window[1], productScale);
    if (inputs > 1) this.#showStack(parts, input, inputScale, kernelScale, layer.window[1]);
    this.#stack.hidden = this.#stackTitle.hidden = inputs === 1;

    const total = parts.reduce((all, part) => all + sum(part.products), 0), bias = biasOf(layer, channel), result = total + bias;
    this.#name(layer, inputs, input, channel);
    this.#terms[0].show(text('sum.products', { count: inputs * one.values.length }), number(total, 3));
    this.#terms[1].show(text('sum.bias'), number(bias, 3));
    this.#terms[2].show(
      text(isRectified(layer) ? 'sum.rectified' : 'sum.result'),
      isRectified(layer) ? `${number(result, 3)} → ${number(Math.max(0, result), 3)}` : number(result, 3));
    return text('closeup.said', { row, column, sum: number(total, 3), bias: number(bias, 3), result: number(Math.max(0, result), 3) });
  }

  #name(layer, inputs, input, channel) {
    const before = layer.index === 0 ? text('watch.input') : model.layers[layer.index - 1].name;
    this.#input.name(before, shape(layer.input), text('closeup.inputLabel', { layer: layer.name }));
    this.#output.name(text('closeup.map', { layer: layer.name, channel }), shape(layer.output.slice(1)), text('closeup.outputLabel', { layer: layer.name, channel }));
    this.#window.name(inputs > 1 ? text('closeup.windowOn', { map: input }) : text('closeup.window'));
    this.#kernel.name(text('closeup.weights'));
    this.#products.name(text('closeup.products'));
    this.#stackTitle.textContent = text('closeup.stack', { count: inputs });
    this.#stack.setAttribute('aria-label', this.#stackTitle.textContent);
  }

  #showStack(parts, chosen, inputScale, kernelScale, columns) {
    if (this.#stack.children.length !== parts.length) {
      this.#stack.replaceChildren(...parts.map((_, input) => make(
        'button', { type: 'button', onclick: () => this.pick({ input }) },
        make('canvas'), make('span', { class: 'sign', 'aria-hidden': 'true' }, '×'), make('canvas'), make('span', { class: 'partial' }))));
    }
    const sums = parts.map(part => sum(part.products)), scale = diverging(sums);
    parts.forEach((part, input) => {
      const button = this.#stack.children[input], [window, , kernel, partial] = button.children;
      paint(window, part.values, columns, inputScale);
      paint(kernel, part.weights, columns, kernelScale);
      partial.textContent = number(sums[input]);
      Object.assign(partial.style, cssColors(sums[input], scale));
      button.setAttribute('aria-pressed', input === chosen);
      button.setAttribute('aria-label', text('closeup.partial', { map: input, sum: number(sums[input]) }));
    });
  }
}
