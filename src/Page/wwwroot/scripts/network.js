// The .NET runtime in its worker: calls across, answers back.

const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
const waiting = new Map();
let next = 0;

worker.onmessage = ({ data }) => {
  const { resolve, reject } = waiting.get(data.id);
  waiting.delete(data.id);
  if (data.error === undefined) resolve(data.result);
  else reject(new Error(data.error));
};
worker.onerror = event => {
  for (const { reject } of waiting.values()) reject(new Error(event.message));
  waiting.clear();
};

/** Calls what C# exports, such as 'NetworkExports.Forward'. Floats arrive as Float32Array. */
export function call(target, ...values) {
  const id = next++;
  const sent = values.map(value => value instanceof Float32Array ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : value);
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, target, values: sent });
  });
}

/** Calls what returns floats as bytes. */
export const callForFloats = async (target, ...values) => new Float32Array((await call(target, ...values)).buffer);
