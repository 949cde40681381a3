// A convolution's kernel as a small picture: its planes beside each other.

import { diverging, paint } from './colors.js';
import { model } from './model.js';

/** Paints a kernel, [input channels,rows,columns], as a block of planes on the scale of its layer's weights. */
export function paintKernel(canvas, layer, weights, scale = diverging(model.trainedWeights(layer.weight))) {
  const [rows, columns] = layer.window, planes = weights.length / (rows * columns), across = Math.ceil(Math.sqrt(planes)), gap = planes > 1 ? 1 : 0;
  const width = across * (columns + gap) - gap, height = Math.ceil(planes / across) * (rows + gap) - gap;
  const values = new Float32Array(width * height);
  weights.forEach((weight, i) => {
    const plane = Math.floor(i / (rows * columns)), row = Math.floor(i / columns) % rows, column = i % columns;
    values[(Math.floor(plane / across) * (rows + gap) + row) * width + plane % across * (columns + gap) + column] = weight;
  });
  paint(canvas, values, width, scale);
}
