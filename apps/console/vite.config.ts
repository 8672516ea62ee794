import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { compressedFirstLoad } from './first-load.ts';
import { fileNameOf, keptFiles } from './kept-files.ts';

/**
 * React Aria ships its few spoken words in some thirty languages. Ours come from our own tables, so only its English
 * stays, as its fall-back.
 */
function onlyEnglishInReactAria(): Plugin {
  return {
    name: 'only-english-in-react-aria',
    enforce: 'pre',
    load(id) {
      return /[\\/]react-(?:aria|stately)(?:-components)?[\\/].*[\\/]intl[\\/].*[\\/]?(?!en-US)[a-z]{2}-[A-Z]{2}\.m?js$/.test(
        id,
      )
        ? 'export default {};'
        : undefined;
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/console/',
  plugins: [onlyEnglishInReactAria(), react(), keptFiles(), compressedFirstLoad()],
  css: { transformer: 'lightningcss' },
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Chrome 111, Firefox 113, Safari 16.4: what a phone updated in the last three years has.
    target: ['chrome111', 'firefox113', 'safari16.4'],
    // No data: addresses: the content policy then needs only 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        index: fileURLToPath(new URL('index.html', import.meta.url)),
        'service-worker': fileURLToPath(new URL('offline/service-worker.ts', import.meta.url)),
      },
      output: { entryFileNames: fileNameOf },
    },
    reportCompressedSize: false,
  },
});
