// The close-up: one number of one layer, and how it comes about.

import { find, findAll, make, oncePerFrame } from '../dom.js';
import { largest, model } from '../model.js';
import { cssColors, paint, scaleOf } from '../colors.js';
import { rove } from '../roving.js';
import { isShown, show } from '../tabs.js';
import { text } from '../texts.js';
import { paintKernel } from '../kernel.js';
import { plane, sizesOf, weightsOf } from './arithmetic.js';
import { ConvolutionView } from './convolution.js';
import { PoolingView } from './pooling.js';
import { LinearView } from './linear.js';
import { Player } from './player.js';

const layersRow = find('#closeup-layers');
const channelsRow = find('#closeup-channels');
/** What one looks at; input is the map whose window stands out, null for the one that adds most. */
const at = { layer: null, channel: 0, row: 0, column: 0, input: null, revealed: Infinity };
let views = {};
let player = null;
let timer = 0;

/** Makes the pane. */
export function openCloseup() {
  const pick = change => { player.stop(); move({ ...change, revealed: Infinity }); };
  views = {
    Conv2d: new ConvolutionView(pick), MaxPool2d: new PoolingView(pick), Linear: new LinearView(pick, openUnit),
  };
  find('#closeup-view').append(...Object.values(views).map(view => view.element));
  player = new Player(advance);
  const layers = model.layers.filter(layer => views[layer.kind]);
  layersRow.append(...layers.map(layer => make('button', { type: 'button', value: layer.index, onclick: () => choose(layer, interesting(layer)) }, layer.name)));
  rove(layersRow, () => layers.length);
  const update = oncePerFrame(() => { if (model.values && isShown('closeup')) render(); });
  for (const event of ['answer', 'weights']) model.addEventListener(event, update);
  document.addEventListener('language', update);
  find('#closeup').addEventListener('open', update);
  for (const tab of findAll('[role=tab]')) tab.addEventListener('click', () => player.stop());
  choose(layers[0], 3);
}

/** Opens what computed a map: the layer itself, or the one before it that has weights. */
export function openMap(index, channel) {
  let layer = model.layers[index];
  while (!views[layer.kind]) layer = model.layers[layer.index - 1];
  choose(layer, channel);
  show('closeup');
  find('#closeup').scrollIntoView({ block: 'nearest' });
}

/** Opens a unit of a linear layer. */
export const openUnit = openMap;

function choose(layer, channel) {
  const { rows, columns } = sizesOf(layer.output);
  player.stop();
  const isOther = at.layer !== layer;
  // Where the map answers most there is something to see; before there is an image, the middle.
  const values = model.values && plane(model.output(layer.index), layer.output, channel);
  const most = values ? values.indexOf(Math.max(...values)) : Math.floor(rows / 2) * columns + Math.floor(columns / 2);
  Object.assign(at, { layer, channel, row: Math.floor(most / columns), column: most % columns, revealed: Infinity });
  at.input = null;
  if (isOther) buildChannels();
  if (model.values) render();
}

// Of a linear layer what answers most, of maps those of the same number.
const interesting = layer => layer.kind === 'Linear' ? largest(model.output(layer.index)) : Math.min(at.channel, layer.output[0] - 1);

function move(change) {
  Object.assign(at, change);
  render();
}

function advance(by) {
  const { rows, columns, channels } = sizesOf(at.layer.output);
  if (rows * columns === 1) return choose(at.layer, (at.channel + by + channels) % channels);
  const next = (at.row * columns + at.column + by + rows * columns) % (rows * columns);
  move({ row: Math.floor(next / columns), column: next % columns, revealed: next + 1 });
}

function buildChannels() {
  const { layer } = at, isVector = layer.output.length === 1;
  channelsRow.className = isVector ? 'thumbs units' : 'thumbs';
  channelsRow.replaceChildren(...Array.from({ length: layer.output[0] }, (_, channel) => make(
    'button', { type: 'button', onclick: () => choose(layer, channel) },
    isVector ? (layer.output[0] > 10 ? null : String(channel)) : make('canvas'))));
  roveChannels();
}

let isRoving = false;

function roveChannels() {
  if (isRoving) [...channelsRow.children].forEach((button, i) => { button.tabIndex = i === at.channel ? 0 : -1; });
  else rove(channelsRow, () => 8);
  isRoving = true;
}

function render() {
  const { layer, channel } = at;
  for (const button of layersRow.children) button.setAttribute('aria-pressed', Number(button.value) === layer.index);
  showChannels();
  for (const [kind, view] of Object.entries(views)) view.element.hidden = kind !== layer.kind;
  const said = views[layer.kind].show(at);
  find('#closeup-title').textContent = text(`closeup.title.${layer.kind}`, { layer: layer.name, channel });
  find('#closeup-text').textContent = text(`closeup.text.${layer.kind}`, {
    rows: layer.window?.[0], columns: layer.window?.[1], products: layer.window?.[0] * layer.window?.[1],
  });
  find('#closeup-place').textContent = layer.output.length === 1
    ? text('closeup.unit', { unit: channel }) : text('closeup.place', { row: at.row, column: at.column });
  clearTimeout(timer);
  if (!player.isPlaying) timer = setTimeout(() => { find('#closeup-said').textContent = said; }, 500);
}

function showChannels() {
  const { layer } = at, values = model.output(layer.index), scale = scaleOf(values), { columns } = sizesOf(layer.output);
  [...channelsRow.children].forEach((button, channel) => {
    button.setAttribute('aria-pressed', channel === at.channel);
    button.setAttribute('aria-label', text(layer.kind === 'Conv2d' ? 'closeup.kernel' : layer.kind === 'Linear' ? 'closeup.unit' : 'closeup.channel', { channel, unit: channel }));
    const canvas = button.querySelector('canvas');
    if (!canvas) Object.assign(button.style, cssColors(values[channel], scale));
    else if (layer.kind === 'Conv2d') paintKernel(canvas, layer, weightsOf(layer, channel));
    else paint(canvas, plane(values, layer.output, channel), columns, scale);
  });
}
