/**
 * Radiation model (Simini, González, Maritan and Barabási 2012, Nature 484:96):
 * T_ij = T_i m_i n_j / ((m_i + s_ij)(m_i + n_j + s_ij)), s_ij the population within d_ij of i other than i and j.
 *
 * @param distances `n × n`, row-major; equal distances count as within.
 * @param leaving travellers leaving each place.
 * @param finite divides by 1 − m_i/M, the correction for a system of finite population M (Masucci and others 2013),
 *   so that the flows of a place add up to its travellers.
 * @returns `n × n` flows, row-major, diagonal zero.
 */
export function radiationFlows(
  populations: ArrayLike<number>,
  distances: ArrayLike<number>,
  leaving: ArrayLike<number>,
  finite: boolean,
): Float64Array {
  const n = populations.length;
  let total = 0;
  for (let i = 0; i < n; i++) {
    total += populations[i]!;
  }
  const flows = new Float64Array(n * n);
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const m = populations[i]!;
    for (let j = 0; j < n; j++) {
      order[j] = j;
    }
    const near = order.filter((j) => j !== i).sort((a, b) => distances[i * n + a]! - distances[i * n + b]!);
    const scale = leaving[i]! / (finite ? 1 - m / total : 1);
    let within = 0;
    for (let k = 0; k < near.length; ) {
      // Places at one distance lie within it together.
      let end = k;
      let ring = 0;
      while (end < near.length && distances[i * n + near[end]!] === distances[i * n + near[k]!]) {
        ring += populations[near[end]!]!;
        end++;
      }
      for (; k < end; k++) {
        const j = near[k]!;
        const target = populations[j]!;
        const between = within + ring - target;
        const share = (m * target) / ((m + between) * (m + target + between));
        flows[i * n + j] = m > 0 && target > 0 ? scale * share : 0;
      }
      within += ring;
    }
  }
  return flows;
}
