/**
 * The inner loop of the search in WebAssembly with 128-bit SIMD: bits common to one code and a run of codes, and the
 * places where they reach a minimum. Assembled here byte by byte, for a code length fixed at assembly, so that the loop
 * is unrolled and no build step or binary file is needed. About ten times the speed of the same loop in JavaScript.
 *
 *   search(query, codes, count, minimum, hits) → number of hits
 *   addresses in bytes; a hit is two 32-bit words: the place in the run, and the common bits.
 */
export interface PopcountSearch {
  readonly memory: WebAssembly.Memory;
  search(query: number, codes: number, count: number, minimum: number, hits: number): number;
}

const leb = (value: number): number[] => {
  const out: number[] = [];
  let rest = value >>> 0;
  do {
    const byte = rest & 0x7f;
    rest >>>= 7;
    out.push(rest === 0 ? byte : byte | 0x80);
  } while (rest !== 0);
  return out;
};
const sleb = (value: number): number[] => {
  const out: number[] = [];
  let rest = value | 0;
  for (;;) {
    const byte = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && (byte & 0x40) === 0) || (rest === -1 && (byte & 0x40) !== 0)) {
      out.push(byte);
      return out;
    }
    out.push(byte | 0x80);
  }
};
const section = (id: number, body: readonly number[]): number[] => [id, ...leb(body.length), ...body];
const text = (value: string): number[] => [...leb(value.length), ...[...value].map((c) => c.charCodeAt(0))];

const I32 = 0x7f;
const V128 = 0x7b;
const get = (local: number) => [0x20, ...leb(local)];
const set = (local: number) => [0x21, ...leb(local)];
const tee = (local: number) => [0x22, ...leb(local)];
const constant = (value: number) => [0x41, ...sleb(value)];
const simd = (operation: number) => [0xfd, ...leb(operation)];
const load128 = (offset: number) => [...simd(0), 4, ...leb(offset)];
const ADD = 0x6a;
const AND128 = simd(78);
const POPCOUNT_BYTES = simd(98);
const ADD_BYTES = simd(110);
/** Pairwise sums, bytes → 16 bits → 32 bits. */
const WIDEN_BYTES = simd(125);
const WIDEN_SHORTS = simd(127);
const lane = (n: number) => [...simd(27), n];

/**
 * @param vectors 128-bit vectors a code: 8 for 1,024 bits; at most 31, the most whose byte sums cannot overflow.
 * @param pages of 64 KiB of memory.
 */
export function assemblePopcountSearch(vectors: number, pages: number): PopcountSearch | undefined {
  if (vectors < 1 || vectors > 31 || typeof WebAssembly === 'undefined') {
    return undefined;
  }
  const [query, codes, count, minimum, hits, at, found, common, sums, firstVector] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const stride = vectors * 16;
  const body = [
    // The query stays in registers.
    ...Array.from({ length: vectors }, (_, i) => [...get(query!), ...load128(16 * i), ...set(firstVector! + i)]).flat(),
    ...[0x02, 0x40, 0x03, 0x40],
    ...[...get(at!), ...get(count!), 0x4f, 0x0d, 1],
    ...Array.from({ length: vectors }, (_, i) => [
      ...get(codes!),
      ...load128(16 * i),
      ...get(firstVector! + i),
      ...AND128,
      ...POPCOUNT_BYTES,
      ...(i > 0 ? ADD_BYTES : []),
    ]).flat(),
    ...WIDEN_BYTES,
    ...WIDEN_SHORTS,
    ...set(sums!),
    ...[...get(sums!), ...lane(0), ...get(sums!), ...lane(1), ADD],
    ...[...get(sums!), ...lane(2), ...get(sums!), ...lane(3), ADD, ADD],
    ...[...tee(common!), ...get(minimum!), 0x4f, 0x04, 0x40],
    ...[...get(hits!), ...get(found!), ...constant(3), 0x74, ADD, ...tee(query!)],
    ...[...get(at!), 0x36, 2, 0],
    ...[...get(query!), ...get(common!), 0x36, 2, 4],
    ...[...get(found!), ...constant(1), ADD, ...set(found!)],
    0x0b,
    ...[...get(codes!), ...constant(stride), ADD, ...set(codes!)],
    ...[...get(at!), ...constant(1), ADD, ...set(at!)],
    ...[0x0c, 0, 0x0b, 0x0b],
    ...get(found!),
    0x0b,
  ];
  const locals = [3, 3, I32, 1, V128, vectors, V128];
  const code = [...locals, ...body];
  const module = Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, 5, I32, I32, I32, I32, I32, 1, I32]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, ...leb(pages)]),
    ...section(7, [2, ...text('memory'), 2, 0, ...text('search'), 0, 0]),
    ...section(10, [1, ...leb(code.length), ...code]),
  ]);
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module));
    return exports as unknown as PopcountSearch;
  } catch {
    // A host without SIMD, or without the memory: the caller's loop in JavaScript gives the same answers.
    return undefined;
  }
}
