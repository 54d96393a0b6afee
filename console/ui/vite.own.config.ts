import { defineConfig } from 'vite'

// The one script of console/server's own pages. Beside them, so that a login that counts for nothing else may ask for it.
export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'target/classes/static/own',
    emptyOutDir: true,
    lib: { entry: 'src/own/qr.ts', formats: ['iife'], name: 'TongmaiQr', fileName: () => 'qr.js' },
  },
})
