// The paper: drawing with mouse, finger, pen or the arrow keys.

import { find, oncePerFrame } from './dom.js';
import { model } from './model.js';
import { drawStrokes, picture } from './strokes.js';
import { paint, grey } from './colors.js';

const KeyStep = 0.03;

const paper = find('#paper');
const thickness = find('#thickness');
const pen = { x: 0.5, y: 0.25, isShown: false };
let strokes = [];
let current = null;
let shown = null;

/** Makes the paper work. */
export function openPaper() {
  paper.addEventListener('pointerdown', begin);
  paper.addEventListener('pointermove', go);
  for (const end of ['pointerup', 'pointercancel']) paper.addEventListener(end, finish);
  paper.addEventListener('keydown', type);
  paper.addEventListener('blur', () => { finish(); pen.isShown = false; redraw(); });
  find('#undo').addEventListener('click', undo);
  find('#clear').addEventListener('click', clear);
  new ResizeObserver(redraw).observe(paper);
  document.addEventListener('theme', redraw);
}

/** Empties the paper and shows an image that was not drawn here, 784 numbers. */
export function showImage(image) {
  strokes = [];
  shown = image;
  redraw();
}

const isEmpty = () => strokes.length === 0;

function place(event) {
  const area = paper.getBoundingClientRect();
  return { x: (event.clientX - area.left) / area.width, y: (event.clientY - area.top) / area.height };
}

function begin(event) {
  if (current || event.button > 0) return;
  event.preventDefault();
  paper.focus({ preventScroll: true });
  paper.setPointerCapture(event.pointerId);
  pen.isShown = false;
  start(place(event), event.pointerId);
}

function start(point, pointer) {
  shown = null;
  current = { points: [point], width: Number(thickness.value) / 100, pointer };
  strokes.push(current);
  changed();
}

function go(event) {
  if (!current || current.pointer !== event.pointerId) return;
  const events = event.getCoalescedEvents?.() ?? [];
  for (const each of events.length ? events : [event]) current.points.push(place(each));
  changed();
}

function finish(event) {
  if (event?.pointerId !== undefined && current?.pointer !== event.pointerId) return;
  current = null;
}

function type(event) {
  const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (move) {
    pen.x = Math.min(0.95, Math.max(0.05, pen.x + KeyStep * move[0]));
    pen.y = Math.min(0.95, Math.max(0.05, pen.y + KeyStep * move[1]));
    if (current) current.points.push({ x: pen.x, y: pen.y });
  } else if (event.key === ' ' || event.key === 'Enter') {
    if (current) current = null;
    else start({ x: pen.x, y: pen.y });
  } else if (event.key === 'Delete') clear();
  else if (event.key === 'Backspace' || (event.key === 'z' && (event.ctrlKey || event.metaKey))) undo();
  else return;
  event.preventDefault();
  pen.isShown = true;
  changed();
}

function undo() {
  current = null;
  strokes.pop();
  changed();
}

function clear() {
  current = null;
  strokes = [];
  shown = null;
  changed();
}

const changed = oncePerFrame(() => {
  redraw();
  if (!isEmpty()) model.read({ picture: picture(strokes) });
});

function redraw() {
  const side = Math.round(paper.clientWidth * devicePixelRatio);
  if (side === 0) return;
  if (paper.width !== side) paper.width = paper.height = side;
  const context = paper.getContext('2d');
  const style = getComputedStyle(paper);
  context.clearRect(0, 0, side, side);
  if (shown) drawShown(context, side);
  drawStrokes(context, strokes, side, style.color);
  if (pen.isShown) {
    context.beginPath();
    context.arc(pen.x * side, pen.y * side, side * Math.max(0.02, Number(thickness.value) / 200), 0, 7);
    context.lineWidth = 2 * devicePixelRatio;
    context.strokeStyle = style.getPropertyValue('--accent');
    if (current) {
      context.fillStyle = context.strokeStyle;
      context.fill();
    }
    context.stroke();
  }
  find('#hint').hidden = !isEmpty() || shown !== null || pen.isShown;
  find('#undo').disabled = isEmpty();
  find('#clear').disabled = isEmpty() && shown === null;
}

// As ink in the paper's own colours, its pixels to be seen.
function drawShown(context, side) {
  const small = new OffscreenCanvas(28, 28);
  paint(small, shown, 28, grey);
  const pixels = small.getContext('2d').getImageData(0, 0, 28, 28);
  const [red, green, blue] = getComputedStyle(paper).color.match(/\d+/g).map(Number);
  for (let i = 0; i < shown.length; i++) pixels.data.set([red, green, blue, Math.round(255 * shown[i])], 4 * i);
  small.getContext('2d').putImageData(pixels, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, side, side);
}
