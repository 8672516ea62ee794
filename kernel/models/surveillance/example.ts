/** Weekly counts made by a rule (a yearly wave with a rise in the last weeks), so that every example can be run. */
export function exampleCounts(weeks: number): number[] {
  return Array.from({ length: weeks }, (_, t) => {
    const wave = 6 + 4 * Math.sin((2 * Math.PI * t) / 52) + ((t * 7919) % 5) - 2;
    const outbreak = t >= weeks - 3 ? 6 * (t - weeks + 4) : 0;
    return Math.max(0, Math.round(wave + outbreak));
  });
}
