// Every layer's maps, beside each other, from the image to the answer.

import { find, make, isCalm } from './dom.js';
import { model } from './model.js';
import { cssColors, gradient, grey, paint, scaleOf } from './colors.js';
import { columnsOf, rove } from './roving.js';
import { count, number, shape, text } from './texts.js';
import { isShown } from './tabs.js';
import { openMap, openUnit } from './closeup/closeup.js';

const flow = find('#flow');
let parts = [];
let timer = 0;

/** Builds the layers' figures. */
export function openWatch() {
  parts = [imagePart(), ...model.layers.map(layerPart)];
  const stages = [];
  for (const part of parts) {
    // A stage begins where weights come in; Flatten begins the last one, as the declaration does.
    if (part.layer && (part.layer.kind === 'Conv2d' || part.layer.kind === 'Flatten') && part.layer.index > 0) stages.push([]);
    if (stages.length === 0) stages.push([]);
    stages.at(-1).push(part);
  }
  for (const stage of stages) {
    const row = make('div', { class: 'stage' });
    for (const part of stage) {
      if (part !== parts[0]) row.append(make('span', { class: 'arrow', 'aria-hidden': 'true' }));
      row.append(part.figure);
    }
    flow.append(row);
  }
  document.addEventListener('language', name);
  model.addEventListener('answer', show);
  find('#watch').addEventListener('open', show);
  name();
}

function imagePart() {
  const canvas = make('canvas', { width: 28, height: 28 });
  const maps = make('div', { class: 'maps image' }, make('button', { type: 'button', onclick: () => openMap(0, 0) }, canvas));
  return part(null, maps, values => paint(canvas, values, 28, grey));
}

function layerPart(layer) {
  const [channels, , columns] = layer.output;
  const isVector = layer.output.length === 1;
  if (layer.kind === 'Flatten') {
    const canvas = make('canvas', { class: 'strip', role: 'img' }), width = Math.ceil(Math.sqrt(channels));
    const padded = new Float32Array(width * Math.ceil(channels / width));
    return part(layer, canvas, (values, scale) => {
      padded.set(values);
      paint(canvas, padded, width, scale);
    });
  }
  const open = channel => isVector ? openUnit(layer.index, channel) : openMap(layer.index, channel);
  const buttons = Array.from({ length: channels }, (_, channel) => make(
    'button', { type: 'button', onclick: () => open(channel) }, isVector ? null : make('canvas')));
  const maps = make('div', { class: isVector ? `maps units${channels > 32 ? '' : ' few'}` : 'maps', role: 'group' }, ...buttons);
  maps.style.setProperty('--columns', isVector ? (channels > 32 ? 16 : 5) : channels > 16 ? 8 : 4);
  rove(maps, () => columnsOf(maps));
  return part(layer, maps, (values, scale) => buttons.forEach((button, channel) => {
    if (isVector) button.style.background = cssColors(values[channel], scale).background;
    else paint(button.firstChild, values.subarray(channel * values.length / channels, (channel + 1) * values.length / channels), columns, scale);
  }));
}

function part(layer, content, draw) {
  const low = make('span'), high = make('span'), bar = make('span', { class: 'ramp' });
  const legend = layer ? make('div', { class: 'legend', 'aria-hidden': 'true' }, low, bar, high) : null;
  const caption = make('figcaption', {}, make('strong'), make('span', { class: 'shape' }), make('span', { class: 'what' }));
  const figure = make('figure', { class: `layer ${layer?.kind ?? 'input'}` }, caption, content, legend);
  return { layer, figure, content, draw, show: values => {
    const scale = scaleOf(values);
    draw(values, scale);
    if (!layer) return;
    low.textContent = number(scale.low, 1);
    high.textContent = number(scale.high, 1);
    bar.style.background = gradient(scale);
  } };
}

function name() {
  for (const { layer, figure, content } of parts) {
    const [title, size, what] = figure.querySelector('figcaption').children;
    title.textContent = layer ? layer.name : text('watch.input');
    size.textContent = shape(layer ? layer.output : model.layers[0].input);
    what.textContent = layer ? whatItDoes(layer) : text('watch.image');
    if (!layer) content.firstChild.setAttribute('aria-label', text('watch.openImage'));
    else if (layer.kind === 'Flatten') content.setAttribute('aria-label', text('watch.flat', { count: count(layer.length) }));
    else {
      const isVector = layer.output.length === 1;
      content.setAttribute('aria-label', text(isVector ? 'watch.units' : 'watch.maps', { layer: layer.name }));
      [...content.children].forEach((button, channel) => {
        const label = text(isVector ? 'watch.unit' : 'watch.map', { layer: layer.name, channel });
        button.setAttribute('aria-label', label);
        button.title = label;
      });
    }
  }
}

/** A line about a layer, with its own numbers. */
export function whatItDoes(layer) {
  return text(`does.${layer.kind}`, {
    channels: layer.output[0], rows: layer.window?.[0], columns: layer.window?.[1],
    parameters: count(layer.parameters), share: `${Math.round(100 * (layer.probability ?? 0))}\u00a0%`,
  });
}

function show() {
  if (!model.values || !isShown('watch')) return;
  for (const part of parts) part.show(part.layer ? model.output(part.layer.index) : model.image);
  if (isCalm()) return;
  flow.classList.add('flowing');
  clearTimeout(timer);
  timer = setTimeout(() => flow.classList.remove('flowing'), 900);
}
