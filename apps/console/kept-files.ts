import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { base, type Kept } from './offline/answering.ts';

/** Screens that open without a network, and what they fetch later on: refusals in words, the camera's reader. */
const offlineRoots =
  /[\\/](?:vouchers[\\/]offline-desk\.tsx|eligibility[\\/]offline-card\.tsx|field[\\/]field-desk\.tsx|cover[\\/]cover\.messages\.ts)$/;
const workerFile = 'sw.js';

/**
 * Writes into the service worker which files of this build a device keeps: the page, what it loads first, the fonts, and
 * what the offline screens need. The version follows from their content.
 */
export function keptFiles(): Plugin {
  let folder = '';
  return {
    name: 'kept-files',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    writeBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((each) => each.type === 'chunk');
      const files = new Set<string>();
      const add = (name: string, lazily: boolean) => {
        const chunk = chunks.find((each) => each.fileName === name);
        if (files.has(name) || !existsSync(join(folder, name))) {
          return;
        }
        files.add(name);
        for (const next of chunk ? [...chunk.imports, ...(lazily ? chunk.dynamicImports : [])] : []) {
          add(next, lazily);
        }
        // Styles name fonts, the camera's reader its thread: files that are no imports.
        for (const [, asset] of chunk && !lazily ? [] : textOf(join(folder, name)).matchAll(named)) {
          const other = `assets/${asset}`;
          if (!chunks.some((each) => each.fileName === other)) {
            add(other, lazily);
          }
        }
      };
      const html = readFileSync(join(folder, 'index.html'), 'utf8');
      for (const [, name] of html.matchAll(/"\/console\/([^"]+)"/g)) {
        add(name!, false);
      }
      for (const root of chunks.filter((each) => offlineRoots.test(each.facadeModuleId ?? ''))) {
        add(root.fileName, true);
      }
      writeWorker(folder, [...files].sort());
    },
  };
}

const named = /assets\/([\w-]+(?:\.[\w-]+)*\.(?:js|css|woff2|wasm))/g;

function textOf(file: string): string {
  return /\.(?:js|css)$/.test(file) ? readFileSync(file, 'utf8') : '';
}

function writeWorker(folder: string, files: readonly string[]): void {
  const hash = createHash('sha256');
  for (const file of ['index.html', ...files]) {
    hash.update(file).update(readFileSync(join(folder, file)));
  }
  const kept: Kept = {
    version: hash.digest('hex').slice(0, 16),
    page: `${base}index.html`,
    files: files.map((file) => base + file),
  };
  const path = join(folder, workerFile);
  const code = readFileSync(path, 'utf8');
  const filled = code.replace(/(["'`])%KEPT%\1/, () => JSON.stringify(JSON.stringify(kept)));
  if (filled === code || /^\s*import\b/m.test(filled)) {
    throw new Error('The service worker must be one file with room for the list of what it keeps.');
  }
  writeFileSync(path, filled);
}

/** Where the service worker lies: beside the page, so that it answers for every screen. */
export function fileNameOf({ name }: { readonly name: string }): string {
  return name === 'service-worker' ? workerFile : 'assets/[name]-[hash].js';
}
