// The course of a training: the loss of every step, and how many digits are read right.

const Padding = { left: 34, right: 44, top: 20, bottom: 24 };
const FewestSteps = 100;

/** Draws the losses, on the left axis, and the accuracies, on the right one. */
export function drawLosses(canvas, steps, accuracies, names) {
  const width = canvas.clientWidth, height = canvas.clientHeight;
  if (width === 0) return;
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  const context = canvas.getContext('2d'), style = getComputedStyle(canvas), color = name => style.getPropertyValue(`--${name}`);
  context.scale(devicePixelRatio, devicePixelRatio);
  context.font = `11px ${style.fontFamily}`;
  const most = Math.max(FewestSteps, steps.length), highest = Math.max(2.5, ...steps.slice(0, 20).map(({ loss }) => loss));
  const x = step => Padding.left + step / most * (width - Padding.left - Padding.right);
  const y = share => height - Padding.bottom - share * (height - Padding.top - Padding.bottom);

  context.strokeStyle = color('line');
  context.fillStyle = color('muted');
  for (let i = 0; i <= 4; i++) {
    line(context, [[x(0), y(i / 4)], [x(most), y(i / 4)]], 1);
    context.textAlign = 'right';
    context.fillText((highest * i / 4).toFixed(1), Padding.left - 6, y(i / 4) + 4);
    context.textAlign = 'left';
    context.fillText(`${25 * i}\u00a0%`, width - Padding.right + 6, y(i / 4) + 4);
  }
  context.textAlign = 'center';
  for (let i = 0; i <= 4; i++) context.fillText(String(Math.round(most * i / 4)), x(most * i / 4), height - 6);
  context.textAlign = 'left';
  context.fillStyle = color('first');
  context.fillText(names.loss, 0, 11);
  context.textAlign = 'right';
  context.fillStyle = color('second');
  context.fillText(names.accuracy, width, 11);

  context.strokeStyle = color('first');
  context.globalAlpha = 0.3;
  line(context, steps.map(({ loss }, i) => [x(i), y(Math.min(1, loss / highest))]), 1);
  context.globalAlpha = 1;
  line(context, steps.map(({ smooth }, i) => [x(i), y(Math.min(1, smooth / highest))]), 2);
  context.strokeStyle = context.fillStyle = color('second');
  line(context, accuracies.map(({ step, accuracy }) => [x(step), y(accuracy)]), 2);
  for (const { step, accuracy } of accuracies) {
    context.beginPath();
    context.arc(x(step), y(accuracy), accuracies.length > 40 ? 1.5 : 3, 0, 7);
    context.fill();
  }
}

function line(context, points, width) {
  context.lineWidth = width;
  context.lineJoin = 'round';
  context.beginPath();
  for (const point of points) context.lineTo(...point);
  context.stroke();
}
