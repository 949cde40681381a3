// The network that the page is about: its layers, its weights, and what it computed last.

import { call, callForFloats } from './network.js';

/**
 * Events: 'answer' when a new image has been read, 'nodigit' when a picture has no digit in it, 'weights' when weights have changed.
 */
class Model extends EventTarget {
  /** Its layers, as ModelText.cs describes them, each with index and offset into values. */
  layers = [];

  /** The image that was read last: 784 numbers, 1 is ink. */
  image = null;

  /** What every layer made of it. */
  values = null;

  /** Of the ten digits. */
  probabilities = null;

  /** Milliseconds from the picture to the answer. */
  milliseconds = 0;

  #trained = new Map();
  #current = new Map();
  #request = null;
  #isBusy = false;

  /** Learns what the network is. */
  async open() {
    const description = JSON.parse(await call('NetworkExports.Describe'));
    Object.assign(this, { name: description.name, parameters: description.parameters, layers: description.layers });
    let offset = 0;
    this.layers.forEach((layer, index) => {
      const length = layer.output.reduce((product, size) => product * size, 1);
      Object.assign(layer, { index, offset, length });
      offset += length;
    });
  }

  /** Takes the weights of a safetensors file, or those that came with the page; the answer is whether there were any. */
  async load(bytes) {
    const isLoaded = await (bytes ? call('NetworkExports.Load', bytes) : call('NetworkExports.LoadEmbedded'));
    this.#trained.clear();
    for (const layer of this.layers) {
      for (const name of [layer.weight, layer.bias]) {
        if (name) this.#trained.set(name, await callForFloats('NetworkExports.Parameter', name));
      }
    }
    this.#current = new Map(this.#trained);
    this.#announceWeights();
    return isLoaded;
  }

  get isBusy() { return this.#isBusy; }

  /** What a layer made of the image. */
  output(index) {
    const layer = this.layers[index];
    return this.values.subarray(layer.offset, layer.offset + layer.length);
  }

  /** What a layer was given. */
  input(index) { return index === 0 ? this.image : this.output(index - 1); }

  /** A parameter's values as they are now. */
  weights(name) { return this.#current.get(name); }

  /** A parameter's values as they were trained. */
  trainedWeights(name) { return this.#trained.get(name); }

  /** Whether any weight is another than the trained one. */
  get isChanged() { return [...this.#trained].some(([name, values]) => this.#current.get(name) !== values); }

  /** Changes parameters, { 'conv1.weight': Float32Array, ... }, and reads the image again. */
  async change(parameters) {
    for (const [name, values] of Object.entries(parameters)) {
      this.#current.set(name, values);
      await call('NetworkExports.SetParameter', name, values);
    }
    this.#announceWeights();
  }

  /** Puts the trained weights back. */
  reset() {
    const changed = [...this.#trained].filter(([name, values]) => this.#current.get(name) !== values);
    return this.change(Object.fromEntries(changed));
  }

  /** Reads an image, { image }, or a picture, { picture: { grey, width, height } }. While one is being read, only the latest request waits. */
  read(request) {
    this.#request = { ...request, since: performance.now() };
    if (!this.#isBusy) this.#work();
  }

  #announceWeights() {
    this.dispatchEvent(new Event('weights'));
    if (this.image) this.read({ image: this.image });
  }

  async #work() {
    this.#isBusy = true;
    while (this.#request) {
      const { image, picture, since } = this.#request;
      this.#request = null;
      const fitted = image ?? await callForFloats('DigitExports.Fit', picture.grey, picture.width, picture.height);
      if (fitted.length === 0) {
        this.dispatchEvent(new Event('nodigit'));
        continue;
      }
      this.values = await callForFloats('NetworkExports.Forward', fitted);
      this.image = fitted;
      this.probabilities = softmax(this.output(this.layers.length - 1));
      this.milliseconds = performance.now() - since;
      this.dispatchEvent(new Event('answer'));
    }
    this.#isBusy = false;
  }
}

export const model = new Model();

/** Probabilities of logits. */
export function softmax(logits) {
  const most = Math.max(...logits);
  const powers = Array.from(logits, logit => Math.exp(logit - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map(power => power / sum);
}

/** The place of the largest value, the first of equals. */
export function largest(values) {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}
