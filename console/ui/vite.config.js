import { defineConfig } from 'vite'

// What Hawtio already has is taken from its share scope (see public/remoteEntry.js) and never bundled a second time.
const shared = {
  react: 'TongmaiShared.react',
  'react-dom': 'TongmaiShared.reactDom',
  'react-router-dom': 'TongmaiShared.router',
  '@patternfly/react-core': 'TongmaiShared.core',
  '@patternfly/react-table': 'TongmaiShared.table',
  '@hawtio/react': 'TongmaiShared.hawtio',
}

export default defineConfig({
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  esbuild: { jsx: 'transform' },
  build: {
    outDir: 'target/classes/static/plugins/tongmai',
    emptyOutDir: true,
    sourcemap: false,
    lib: { entry: 'src/index.ts', formats: ['iife'], name: 'TongmaiPages', fileName: () => 'pages.js' },
    rollupOptions: {
      external: Object.keys(shared),
      output: { globals: shared, assetFileNames: 'pages[extname]' },
    },
  },
})
