// What a layer does, number by number, to be shown.

import { model } from '../model.js';

/** The rows, columns and channels of a shape; a vector has one row and column. */
export const sizesOf = ([channels, rows = 1, columns = 1]) => ({ channels, rows, columns });

/** The plane of one channel within values of a shape. */
export function plane(values, shape, channel) {
  const { rows, columns } = sizesOf(shape);
  return values.subarray(channel * rows * columns, (channel + 1) * rows * columns);
}

/** Where the window of an output pixel begins on the input; it may begin above or left of it. */
export const windowStart = (layer, row, column) => ({
  row: row * layer.stride[0] - layer.padding[0], column: column * layer.stride[1] - layer.padding[1],
});

/** The window of an output pixel on one channel of the layer's input, zeros where it lies beyond the edge. */
export function windowOf(layer, channel, row, column) {
  const { rows, columns } = sizesOf(layer.input), [height, width] = layer.window;
  const values = plane(model.input(layer.index), layer.input, channel), start = windowStart(layer, row, column);
  return Float32Array.from({ length: height * width }, (_, i) => {
    const y = start.row + Math.floor(i / width), x = start.column + i % width;
    return y >= 0 && x >= 0 && y < rows && x < columns ? values[y * columns + x] : 0;
  });
}

/** The weights of a convolution's output channel over one input channel. */
export function kernelOf(layer, output, input) {
  const size = layer.window[0] * layer.window[1], start = (output * layer.input[0] + input) * size;
  return model.weights(layer.weight).subarray(start, start + size);
}

/** All weights of one output: a convolution's channel, or a linear layer's unit. */
export function weightsOf(layer, output) {
  const weights = model.weights(layer.weight), length = weights.length / layer.output[0];
  return weights.subarray(output * length, (output + 1) * length);
}

export const biasOf = (layer, output) => layer.bias ? model.weights(layer.bias)[output] : 0;

export const products = (left, right) => Float32Array.from(left, (value, i) => value * right[i]);

export const sum = values => values.reduce((total, value) => total + value, 0);

/** Whether a ReLU follows a layer. */
export const isRectified = layer => model.layers[layer.index + 1]?.kind === 'ReLU';
