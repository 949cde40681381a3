// Digits to pick instead of drawing one: procedural ones, and test images where the page came with some.

import { find, findAll, make } from './dom.js';
import { call } from './network.js';
import { model } from './model.js';
import { paint, grey } from './colors.js';
import { rove } from './roving.js';
import { showImage } from './draw.js';
import { text } from './texts.js';

const Count = 10, Seed = 2;

const strip = find('#samples');
let kind = 'procedural';
let first = 0;
let digits = [];

/** Shows ten digits and reads the first. */
export async function openSamples() {
  const tests = await call('DigitExports.TestImages');
  find('#kinds').hidden = tests === 0;
  if (tests > 0) kind = 'test';
  for (const button of findAll('#kinds button')) {
    button.addEventListener('click', () => {
      kind = button.value;
      first = 0;
      fill();
    });
  }
  find('#more').addEventListener('click', () => {
    first += Count;
    if (kind === 'test' && first + Count > tests) first = 0;
    fill();
  });
  document.addEventListener('language', name);
  strip.append(...Array.from({ length: Count }, (_, i) => make('button', { type: 'button', onclick: () => pick(i) }, make('canvas', { width: 28, height: 28 }))));
  rove(strip, () => Count);
  await fill();
  pick(0);
}

async function fill() {
  for (const button of findAll('#kinds button')) button.setAttribute('aria-pressed', button.value === kind);
  const fetch = i => kind === 'test' ? call('DigitExports.TestImage', first + i) : call('DigitExports.Draw', Seed, first + i);
  digits = (await Promise.all(Array.from({ length: Count }, (_, i) => fetch(i)))).map(bytes => ({
    image: Float32Array.from(bytes.subarray(0, 784), pixel => pixel / 255),
    label: bytes[784],
  }));
  digits.forEach(({ image }, i) => paint(strip.children[i].firstChild, image, 28, grey));
  name();
}

function name() {
  digits.forEach(({ label }, i) => strip.children[i].setAttribute('aria-label', text('samples.one', { digit: label })));
}

function pick(i) {
  showImage(digits[i].image);
  model.read({ image: digits[i].image });
}
