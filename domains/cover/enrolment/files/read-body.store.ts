import type { Readable } from 'node:stream';
import { fileLimitBytes } from './table-file.store.ts';

/** A file that is larger than is taken. */
export class FileTooLarge extends Error {
  override name = 'FileTooLarge';
}

/** So much of a file that is refused is let pass by, so that its sender, who reads only when done, learns why. */
const passingLimitBytes = 256 * 1024 * 1024;

/**
 * Reads a file as it arrives. One that is too large is not kept: what came of it is dropped, the rest goes by unread.
 * Hanging up instead would cost the sender the answer, for a connection that is closed in the middle takes it along.
 *
 * @throws FileTooLarge once the rest has gone by, or at once where it would never end.
 */
export async function readBody(stream: Readable, stated: number | undefined): Promise<Buffer> {
  let pieces: Buffer[] = [];
  let length = 0;
  let tooLarge = stated !== undefined && stated > fileLimitBytes;
  for await (const piece of stream) {
    const bytes = piece as Buffer;
    length += bytes.length;
    if (tooLarge || length > fileLimitBytes) {
      tooLarge = true;
      pieces = [];
      if (length > passingLimitBytes) {
        break;
      }
    } else {
      pieces.push(bytes);
    }
  }
  if (tooLarge) {
    throw new FileTooLarge('the file is larger than is taken');
  }
  return Buffer.concat(pieces, length);
}
