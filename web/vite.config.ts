import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precacheManifest } from './tools/precache_manifest';

const server = process.env.BERESTA_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), precacheManifest()],
  server: { proxy: { '/api': server, '/.well-known': server } },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // The CSP allows no data: fonts and scripts; a file is also cached on its own.
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { main: 'index.html', sw: 'src/pwa/service_worker.ts' },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
