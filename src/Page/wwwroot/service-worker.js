// Keeps the page's files, so that it opens without a network. The list of them, with a version, is made when the page is built.
self.importScripts('./service-worker-assets.js');

const prefix = 'staticcnn-page-';
const name = prefix + self.assetsManifest.version;

self.addEventListener('install', event => event.waitUntil(keep()));
self.addEventListener('activate', event => event.waitUntil(take()));
self.addEventListener('fetch', event => {
  if (event.request.method === 'GET') event.respondWith(answer(event.request));
});

async function keep() {
  const files = self.assetsManifest.assets
    .filter(asset => !/\.(br|gz|map)$|^service-worker/.test(asset.url))
    .map(asset => new Request(asset.url, { cache: 'no-cache' }));
  await (await caches.open(name)).addAll(files);
  await self.skipWaiting();
}

async function take() {
  const others = (await caches.keys()).filter(key => key.startsWith(prefix) && key !== name);
  await Promise.all(others.map(key => caches.delete(key)));
  await self.clients.claim();
}

async function answer(request) {
  const isPage = request.mode === 'navigate';
  const kept = await (await caches.open(name)).match(isPage ? './index.html' : request, { ignoreSearch: isPage });
  return kept ?? fetch(request);
}
