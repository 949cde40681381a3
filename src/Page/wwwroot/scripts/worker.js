// Runs the .NET runtime, so that the page itself never waits for it.

import { dotnet } from '../_framework/dotnet.js';

const exported = start();

async function start() {
  const { getAssemblyExports, getConfig } = await dotnet.create();
  return (await getAssemblyExports(getConfig().mainAssemblyName)).StaticCnn.Page;
}

self.onmessage = async ({ data: { id, target, values } }) => {
  try {
    const [type, method] = target.split('.');
    const result = (await exported)[type][method](...values);
    self.postMessage({ id, result }, result?.buffer ? [result.buffer] : []);
  } catch (error) {
    self.postMessage({ id, error: error.message ?? String(error) });
  }
};
