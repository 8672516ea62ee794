import { asBytes, type Bytes, concatBytes } from './encoding.ts';

/** zlib (RFC 1950) through the platform's streams. */

async function through(
  bytes: Uint8Array,
  stream: GenericTransformStream,
  limitBytes: number,
): Promise<Bytes | undefined> {
  const writer = (stream.writable as WritableStream<Bytes>).getWriter();
  // A failure shows on the readable side; the writer's own rejections say the same again.
  writer.write(asBytes(bytes)).catch(() => undefined);
  writer.close().catch(() => undefined);
  const reader = (stream.readable as ReadableStream<Uint8Array>).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return concatBytes(...parts);
    }
    length += value.length;
    if (length > limitBytes) {
      await reader.cancel().catch(() => undefined);
      return undefined;
    }
    parts.push(value);
  }
}

export async function deflate(bytes: Uint8Array): Promise<Bytes> {
  return (await through(bytes, new CompressionStream('deflate'), Number.POSITIVE_INFINITY)) as Bytes;
}

/**
 * Undefined when `bytes` is not one whole zlib stream, or would grow beyond `limitBytes`: what comes from a camera or a
 * partner must not fill the memory.
 */
export async function inflate(bytes: Uint8Array, limitBytes: number): Promise<Bytes | undefined> {
  try {
    return await through(bytes, new DecompressionStream('deflate'), limitBytes);
  } catch {
    return undefined;
  }
}
