import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env['MILIEU_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: {
      // Messages arrive as syntax trees (scripts/messages.mjs), so the parser need not ship.
      '@formatjs/icu-messageformat-parser': '@formatjs/icu-messageformat-parser/no-parser.js',
    },
  },
  build: {
    target: 'es2023',
    // The policy of the server forbids nothing here, but every file keeps a hashed name below /assets/.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // React changes rarely and pages often: apart, a release re-loads only what changed.
        codeSplitting: { groups: [{ name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ }] },
      },
    },
  },
  // The address stays as the browser asked for it: the server refuses changes that come from another one.
  server: { proxy: { '/api': { target: server }, '/ofrep': { target: server } } },
});
