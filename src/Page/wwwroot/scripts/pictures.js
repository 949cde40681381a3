// Pictures from a file, the camera, the clipboard or another window; and weights that are dropped.

import { find } from './dom.js';
import { model } from './model.js';
import { greyOf } from './strokes.js';
import { showImage } from './draw.js';
import { tell } from './answer.js';
import { text } from './texts.js';

/** More pixels than that on a side tell nothing more of a digit. */
const MostSide = 320;

/** Takes pictures and weights from wherever they come. */
export function openPictures() {
  const file = find('#file');
  find('#open').addEventListener('click', () => file.click());
  file.addEventListener('change', () => {
    take(file.files[0]);
    file.value = '';
  });
  document.addEventListener('paste', event => take([...event.clipboardData.files][0]));
  document.addEventListener('dragover', event => {
    event.preventDefault();
    document.body.classList.add('dropping');
  });
  document.addEventListener('dragleave', event => {
    if (!event.relatedTarget) document.body.classList.remove('dropping');
  });
  document.addEventListener('drop', event => {
    event.preventDefault();
    document.body.classList.remove('dropping');
    take([...event.dataTransfer.files][0]);
  });
}

async function take(file) {
  if (!file) return;
  if (file.name.endsWith('.safetensors')) return takeWeights(file);
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return tell(text('picture.unreadable', { file: file.name }));
  }
  const scale = Math.min(1, MostSide / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(scale * bitmap.width)), height = Math.max(1, Math.round(scale * bitmap.height));
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  model.addEventListener('answer', () => showImage(model.image), { once: true });
  model.read({ picture: greyOf(context.getImageData(0, 0, width, height)) });
}

async function takeWeights(file) {
  try {
    await model.load(new Uint8Array(await file.arrayBuffer()));
    tell(text('weights.taken', { file: file.name }));
  } catch (error) {
    tell(text('weights.refused', { file: file.name, reason: error.message }));
  }
}
