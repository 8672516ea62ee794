import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** What the first view may weigh over the wire, compressed, fonts included (DESIGN 12). */
export const firstLoadBudgetBytes = 300_000;

const compressible = /\.(?:html|js|css|svg)$/;

/**
 * Writes each text file also in Brotli and gzip, for a server that hands them out as they are, and refuses a build
 * whose first view weighs more than its budget in any language.
 */
export function compressedFirstLoad(): Plugin {
  let folder = '';
  return {
    name: 'compressed-first-load',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle() {
      const assets = join(folder, 'assets');
      const files = [
        join(folder, 'index.html'),
        join(folder, 'serai.svg'),
        ...readdirSync(assets).map((name) => join(assets, name)),
      ];
      const gzipped = new Map<string, number>();
      for (const file of files.filter((name) => compressible.test(name))) {
        const bytes = readFileSync(file);
        const gzip = gzipSync(bytes, { level: 9 });
        gzipped.set(file, gzip.length);
        writeFileSync(`${file}.gz`, gzip);
        writeFileSync(
          `${file}.br`,
          brotliCompressSync(bytes, {
            params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
          }),
        );
      }
      const html = readFileSync(join(folder, 'index.html'), 'utf8');
      const page = [...html.matchAll(/"\/console\/([^"]+)"/g)].map((match) => join(folder, match[1]!));
      const base = [join(folder, 'index.html'), ...page].reduce((sum, file) => sum + (gzipped.get(file) ?? 0), 0);
      const fonts = (pattern: RegExp) =>
        readdirSync(assets)
          .filter((name) => pattern.test(name))
          .reduce((sum, name) => sum + statSync(join(assets, name)).size, 0);
      const latin = fonts(/^noto-sans-latin-(?:400|600).*\.woff2$/);
      const weights = {
        en: base + latin,
        th: base + latin + fonts(/^noto-sans-thai.*\.woff2$/),
        my: base + latin + fonts(/^noto-sans-myanmar.*\.woff2$/),
      };
      const told = Object.entries(weights).map(([language, bytes]) => `${language} ${Math.round(bytes / 1000)} kB`);
      this.info(`first load, gzip and fonts: ${told.join(', ')} (budget ${firstLoadBudgetBytes / 1000} kB)`);
      if (Math.max(...Object.values(weights)) > firstLoadBudgetBytes) {
        this.error(
          `The first load is over its budget: ${told.join(', ')}. Load later what the first screen does not need.`,
        );
      }
    },
  };
}
