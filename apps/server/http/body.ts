import { type Readable, Transform, type TransformCallback } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

/** Largest body, compressed or not, in bytes. A transaction bundle of a long life fits; a flood does not. */
export const bodyLimitBytes = 20 * 1024 * 1024;

/** A body that cannot be read, with the code its sentence is found by. */
class BodyError extends Error {
  override name = 'BodyError';
  readonly statusCode: number;
  readonly code: string;
  constructor(statusCode: number, code: string) {
    super(code);
    this.statusCode = statusCode;
    this.code = code;
  }
}

const decompressors = { gzip: createGunzip, deflate: createInflate, br: createBrotliDecompress } as const;

/**
 * Bodies: JSON in valid UTF-8 only, compressed ones unpacked only up to the limit, so that a small body cannot become
 * a large one (a "zip bomb" stops at the byte it passes the limit).
 */
export function readBodies(app: FastifyInstance): void {
  app.addHook('preParsing', async (request, _reply, payload) => {
    const encoding = request.headers['content-encoding'];
    if (encoding === undefined || encoding === 'identity') {
      return payload;
    }
    const create = decompressors[encoding as keyof typeof decompressors];
    if (!create) {
      throw new BodyError(415, 'SERAI_BODY_COMPRESSION');
    }
    const unpacked = limited(payload, create());
    delete request.headers['content-length'];
    return unpacked;
  });

  for (const type of ['application/json', 'application/fhir+json', 'application/json-patch+json', 'text/json']) {
    app.removeContentTypeParser(type);
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => {
      try {
        done(null, parseJson(body as Buffer));
      } catch (error) {
        done(error as Error);
      }
    });
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function parseJson(body: Buffer): unknown {
  if (body.length === 0) {
    return undefined;
  }
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    throw new BodyError(400, 'SERAI_BODY_ENCODING');
  }
  try {
    // `__proto__` as a field name would reach places no field should; it is dropped, and unknown fields are refused.
    return JSON.parse(text, (key, value) => (key === '__proto__' ? undefined : value));
  } catch {
    throw new BodyError(400, 'SERAI_BODY_JSON');
  }
}

function limited(packed: Readable, decompressor: Transform): Readable {
  let bytes = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      bytes += chunk.length;
      done(bytes > bodyLimitBytes ? new BodyError(413, 'FST_ERR_CTP_BODY_TOO_LARGE') : null, chunk);
    },
  });
  const fail = (error: Error) => counter.destroy(error);
  packed.on('error', fail);
  decompressor.on('error', () => fail(new BodyError(400, 'SERAI_BODY_COMPRESSION')));
  counter.on('error', () => {
    decompressor.destroy();
    packed.unpipe();
    packed.resume();
  });
  return packed.pipe(decompressor).pipe(counter);
}
