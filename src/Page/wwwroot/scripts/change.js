// Changing weights and muting channels, to see what becomes of the answer.

import { find, findAll, make, oncePerFrame } from './dom.js';
import { model, largest } from './model.js';
import { cssColors, diverging, paint, scaleOf } from './colors.js';
import { paintKernel } from './kernel.js';
import { rove } from './roving.js';
import { isShown } from './tabs.js';
import { number, percent, text } from './texts.js';
import { kernelOf, plane, sizesOf, weightsOf } from './closeup/arithmetic.js';

const at = { layer: null, channel: 3, input: 0, cell: 0 };
const muted = new Map();
const cells = find('#cells');
const slider = find('#weight');
let before = null;

/** Makes the pane. */
export function openChange() {
  const layers = model.layers.filter(layer => layer.kind === 'Conv2d');
  find('#change-layers').append(...layers.map(layer => make('button', { type: 'button', value: layer.index, onclick: () => choose(layer) }, layer.name)));
  rove(find('#change-layers'), () => layers.length);
  find('#change-input').addEventListener('input', event => { at.input = Number(event.target.value); at.cell = 0; render(); });
  slider.addEventListener('input', () => set(Number(slider.value)));
  find('#mute').addEventListener('click', mute);
  for (const button of findAll('#presets button')) button.addEventListener('click', () => fill(button.value));
  find('#reset-kernel').addEventListener('click', () => fill('trained'));
  find('#reset-all').addEventListener('click', () => { muted.clear(); model.reset(); });
  find('#compare').append(...Array.from({ length: 10 }, (_, digit) => make(
    'li', {}, make('span', { class: 'digit' }, String(digit)),
    make('span', { class: 'track' }, make('span', { class: 'before' }), make('span', { class: 'fill' })), make('span', { class: 'share' }))));
  const update = oncePerFrame(() => { if (model.values && isShown('change')) render(); });
  model.addEventListener('answer', () => { if (!model.isChanged) before = { image: model.image, probabilities: model.probabilities }; update(); });
  model.addEventListener('weights', () => { if (!model.isChanged) muted.clear(); update(); });
  document.addEventListener('language', update);
  find('#change').addEventListener('open', update);
  choose(layers[0]);
}

function choose(layer) {
  Object.assign(at, { layer, channel: Math.min(at.channel, layer.output[0] - 1), input: 0, cell: Math.floor(layer.window[0] * layer.window[1] / 2) });
  const channels = find('#change-channels');
  channels.replaceChildren(...Array.from({ length: layer.output[0] }, (_, channel) => make(
    'button', { type: 'button', onclick: () => { at.channel = channel; render(); } }, make('canvas'))));
  const inputs = find('#change-input');
  inputs.replaceChildren(...Array.from({ length: layer.input[0] }, (_, input) => make('option', { value: input }, String(input))));
  inputs.closest('label').hidden = layer.input[0] === 1;
  cells.replaceChildren(...Array.from({ length: layer.window[0] * layer.window[1] }, (_, cell) => make(
    'button', { type: 'button', onclick: () => { at.cell = cell; render(); slider.focus({ preventScroll: true }); } })));
  cells.style.setProperty('--columns', layer.window[1]);
  if (!choose.isRoving) {
    rove(channels, () => 8);
    rove(cells, () => at.layer.window[1]);
    choose.isRoving = true;
  }
  const bound = Math.max(...model.trainedWeights?.(layer.weight)?.map(Math.abs) ?? [1]);
  slider.min = -(slider.max = (2 * bound).toFixed(2));
  if (model.values) render();
}

const keyOf = () => `${at.layer.name} ${at.channel}`;

function changed(edit) {
  const { layer } = at, weights = Float32Array.from(model.weights(layer.weight)), bias = Float32Array.from(model.weights(layer.bias));
  const size = weights.length / layer.output[0], kernel = weights.subarray(at.channel * size, (at.channel + 1) * size);
  edit(kernel, bias);
  return model.change({ [layer.weight]: weights, [layer.bias]: bias });
}

const window = kernel => {
  const size = at.layer.window[0] * at.layer.window[1];
  return kernel.subarray(at.input * size, (at.input + 1) * size);
};

function set(value) {
  changed(kernel => { window(kernel)[at.cell] = value; });
}

function mute() {
  const key = keyOf(), kept = muted.get(key);
  if (kept) muted.delete(key);
  else muted.set(key, { kernel: weightsOf(at.layer, at.channel).slice(), bias: model.weights(at.layer.bias)[at.channel] });
  changed((kernel, bias) => {
    if (kept) kernel.set(kept.kernel);
    else kernel.fill(0);
    bias[at.channel] = kept ? kept.bias : 0;
  });
}

// Kernels that everybody knows, on the scale of the trained ones.
function fill(kind) {
  const { layer } = at, [rows, columns] = layer.window, trained = model.trainedWeights(layer.weight);
  muted.delete(keyOf());
  const size = trained.length / layer.output[0], own = trained.subarray(at.channel * size, (at.channel + 1) * size);
  const strength = Math.max(...window(own).map(Math.abs)) || 0.1;
  const shapes = {
    zero: () => 0, flat: () => strength / 3,
    rows: row => strength * Math.sign(Math.floor(rows / 2) - row), columns: (_, column) => strength * Math.sign(column - Math.floor(columns / 2)),
  };
  changed((kernel, bias) => {
    if (kind === 'trained') {
      kernel.set(own);
      bias[at.channel] = model.trainedWeights(layer.bias)[at.channel];
    } else window(kernel).forEach((weight, i, all) => {
      all[i] = kind === 'negative' ? -weight : shapes[kind](Math.floor(i / columns), i % columns);
    });
  });
}

function render() {
  const { layer, channel, input } = at, weights = kernelOf(layer, channel, input), scale = diverging(model.weights(layer.weight));
  for (const button of find('#change-layers').children) button.setAttribute('aria-pressed', Number(button.value) === layer.index);
  [...find('#change-channels').children].forEach((button, other) => {
    const isMuted = muted.has(`${layer.name} ${other}`);
    paintKernel(button.firstChild, layer, weightsOf(layer, other));
    button.setAttribute('aria-pressed', other === channel);
    button.classList.toggle('muted', isMuted);
    button.setAttribute('aria-label', text(isMuted ? 'change.mutedKernel' : 'closeup.kernel', { channel: other }));
  });
  const trained = model.trainedWeights(layer.weight), start = (channel * layer.input[0] + input) * weights.length;
  [...cells.children].forEach((cell, i) => {
    cell.textContent = number(weights[i]);
    Object.assign(cell.style, cssColors(weights[i], scale));
    cell.setAttribute('aria-pressed', i === at.cell);
    cell.classList.toggle('edited', weights[i] !== trained[start + i]);
    const place = { row: Math.floor(i / layer.window[1]), column: i % layer.window[1], value: number(weights[i]) };
    cell.setAttribute('aria-label', text('change.cell', place));
  });
  slider.value = weights[at.cell];
  find('#weight-value').textContent = number(weights[at.cell], 3);
  const isMuted = muted.has(keyOf());
  find('#mute').setAttribute('aria-pressed', isMuted);
  find('#mute').textContent = text(isMuted ? 'change.unmute' : 'change.mute', { channel });
  find('#reset-all').disabled = !model.isChanged;
  find('#change-kernel-title').textContent = text('change.kernel', { layer: layer.name, channel });
  showMap();
  showCompare();
}

// The map that the kernel makes, after its ReLU.
function showMap() {
  const index = at.layer.index + (model.layers[at.layer.index + 1]?.kind === 'ReLU' ? 1 : 0), values = model.output(index);
  paint(find('#change-map'), plane(values, at.layer.output, at.channel), sizesOf(at.layer.output).columns, scaleOf(values));
  find('#change-map').setAttribute('aria-label', text('closeup.map', { layer: model.layers[index].name, channel: at.channel }));
}

function showCompare() {
  const { probabilities } = model, best = largest(probabilities), isSame = before?.image === model.image;
  [...find('#compare').children].forEach((item, digit) => {
    const mark = item.querySelector('.before');
    mark.hidden = !isSame || !model.isChanged;
    if (isSame) mark.style.left = percent(before.probabilities[digit]).replace('\u00a0', '');
    item.querySelector('.fill').style.transform = `scaleX(${probabilities[digit]})`;
    item.querySelector('.share').textContent = percent(probabilities[digit]);
    item.classList.toggle('best', digit === best);
  });
  const values = isSame && { from: largest(before.probabilities), fromShare: percent(Math.max(...before.probabilities)), to: best, toShare: percent(probabilities[best]) };
  find('#change-said').textContent = model.isChanged && isSame ? text('change.said', values) : text('change.same', { digit: best, share: percent(probabilities[best]) });
}
