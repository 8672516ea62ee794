import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/**
 * Password hashing with argon2id (RFC 9106), parameters of OWASP's password storage guidance (2024): 19 MiB, 2 passes.
 * Kept in PHC string form, so that parameters can be raised and old hashes still verify.
 */
const parameters = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
const derive = promisify(argon2);

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await derive('argon2id', { message: normalise(password), nonce: salt, ...parameters });
  const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${parameters.memory},t=${parameters.passes},p=${parameters.parallelism}$${base64(salt)}$${base64(tag)}`;
}

/** Takes as long for a name that does not exist (`hash` undefined) as for one that does. */
export async function verifyPassword(password: string, hash: string | null | undefined): Promise<boolean> {
  const parsed = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(hash ?? (await nobody));
  if (!parsed) {
    return false;
  }
  const [, memory, passes, parallelism, salt, tag] = parsed as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const expected = Buffer.from(tag, 'base64');
  const actual = await derive('argon2id', {
    message: normalise(password),
    nonce: Buffer.from(salt, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  });
  return timingSafeEqual(expected, actual) && hash != null;
}

/** The same password typed on another keyboard is the same bytes (RFC 8265: NFC). */
function normalise(password: string): Buffer {
  return Buffer.from(password.normalize('NFC'), 'utf8');
}

const nobody = hashPassword(randomBytes(16).toString('base64'));
