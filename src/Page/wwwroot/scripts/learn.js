// A little network that learns while one watches.

import { find, make, oncePerFrame } from './dom.js';
import { call, callForFloats } from './network.js';
import { drawLosses } from './chart.js';
import { diverging, grey, paint } from './colors.js';
import { largest, model, softmax } from './model.js';
import { count, number, percent, text } from './texts.js';

const Shown = 20, TestEvery = 20, Smoothing = 0.08;

let layers = [];
let batch = 16;
let isRunning = false;
let isStepping = false;
let seed = 0;
let steps = [];
let smooth = null;
let accuracies = [];
let labels = [];

/** Makes the pane; the network is made when the pane is opened first. */
export function openLearn() {
  find('#learn-run').addEventListener('click', () => isRunning ? stop() : run());
  find('#learn-step').addEventListener('click', () => { stop(); step().then(look); });
  find('#learn-reset').addEventListener('click', begin);
  find('#learn').addEventListener('open', () => { if (layers.length === 0) open(); else draw(); });
  const update = () => { if (layers.length > 0) { name(); draw(); } };
  for (const event of ['language', 'theme']) document.addEventListener(event, update);
  model.addEventListener('answer', oncePerFrame(() => { if (layers.length > 0 && !find('#learn').hidden) guess(); }));
  new ResizeObserver(draw).observe(find('#losses'));
}

async function open() {
  const description = JSON.parse(await call('LearningExports.Describe'));
  batch = description.batch;
  labels = await call('LearningExports.HeldOutLabels');
  const digits = await Promise.all(Array.from({ length: Shown }, (_, i) => call('LearningExports.HeldOut', i)));
  find('#learn-digits').replaceChildren(...digits.map(bytes => {
    const canvas = make('canvas', { role: 'img' });
    paint(canvas, Float32Array.from(bytes.subarray(0, 784), pixel => pixel / 255), 28, grey);
    return make('li', {}, canvas, make('span', { class: 'guess' }));
  }));
  const first = description.layers.find(layer => layer.kind === 'Conv2d');
  find('#learn-kernels').replaceChildren(...Array.from({ length: first.output[0] }, () => make('canvas')));
  layers = description.layers;
  find('#learn-network').dataset.parameters = description.parameters;
  name();
  await begin();
}

function name() {
  find('#learn-network').textContent = text('learn.network', {
    layers: layers.map(layer => layer.declaration).join(', '),
    parameters: count(Number(find('#learn-network').dataset.parameters)), batch,
  });
  showRun();
}

async function begin() {
  stop();
  await call('LearningExports.Begin', seed++);
  [steps, smooth, accuracies] = [[], null, []];
  await look();
}

function stop() {
  isRunning = false;
  showRun();
}

function showRun() {
  find('#learn-run').textContent = text(isRunning ? 'learn.pause' : steps.length > 0 ? 'learn.resume' : 'learn.run');
  find('#learn-run').classList.toggle('playing', isRunning);
}

async function run() {
  isRunning = true;
  showRun();
  while (isRunning) {
    await step();
    if (steps.length % TestEvery === 0 || steps.length === 1) await look();
    else await showKernels();
    draw();
    if (find('#learn').hidden) stop();
  }
  await look();
}

async function step() {
  if (isStepping) return;
  isStepping = true;
  const [loss, correct] = await call('LearningExports.Step', Number(find('#rate').value));
  smooth = smooth === null ? loss : smooth + Smoothing * (loss - smooth);
  steps.push({ loss, smooth, correct });
  isStepping = false;
}

// Reads the digits that it never learns from, and the reader's own.
async function look() {
  const logits = await callForFloats('LearningExports.ReadHeldOut', labels.length);
  const answers = Array.from(labels, (_, i) => largest(logits.subarray(10 * i, 10 * (i + 1))));
  const accuracy = answers.filter((answer, i) => answer === labels[i]).length / labels.length;
  accuracies.push({ step: steps.length, accuracy });
  [...find('#learn-digits').children].forEach((item, i) => {
    item.lastChild.textContent = answers[i];
    item.className = answers[i] === labels[i] ? 'right' : 'wrong';
    item.firstChild.setAttribute('aria-label', text('learn.digit', { digit: labels[i], answer: answers[i] }));
  });
  await guess();
  await showKernels();
  draw();
  find('#learn-said').textContent = text('learn.said', { steps: count(steps.length), accuracy: percent(accuracy) });
}

async function guess() {
  if (!model.image) return;
  const probabilities = softmax(await callForFloats('LearningExports.Forward', model.image)), best = largest(probabilities);
  find('#learn-guess').textContent = text('learn.guess', { digit: best, share: percent(probabilities[best], 0) });
}

async function showKernels() {
  const weights = await callForFloats('LearningExports.Parameter', layers[0].weight), scale = diverging(weights);
  const canvases = [...find('#learn-kernels').children], size = weights.length / canvases.length;
  canvases.forEach((canvas, i) => paint(canvas, weights.subarray(i * size, (i + 1) * size), layers[0].window[1], scale));
}

function draw() {
  const last = steps.at(-1);
  find('#learn-steps').textContent = count(steps.length);
  find('#learn-images').textContent = count(steps.length * batch);
  find('#learn-loss').textContent = last ? number(last.smooth, 3) : '–';
  find('#learn-accuracy').textContent = accuracies.length > 0 ? percent(accuracies.at(-1).accuracy) : '–';
  drawLosses(find('#losses'), steps, accuracies, { loss: text('learn.loss'), accuracy: text('learn.accuracy') });
}
