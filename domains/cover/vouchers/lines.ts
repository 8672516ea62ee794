import type { HolderLine } from './api.ts';
import type { VoucherProgramme } from './programme.ts';

/** People as they are pasted: one a line, name, group, village, date of birth, telephone. */
export function linesOf(text: string, programme: Pick<VoucherProgramme, 'groups'>, language: string): HolderLine[] {
  return text
    .split('\n')
    .map((line) => line.split(/[,\t]/).map((cell) => cell.trim()))
    .filter((cells) => cells.some((cell) => cell !== ''))
    .map(([name = '', group = '', village = '', birthDate = '', phone = '']) => ({
      name,
      group: groupOf(group, programme),
      village,
      language,
      ...(birthDate && { birthDate }),
      ...(phone && { phone }),
    }));
}

/** A group by its code or its title in any language. */
function groupOf(said: string, { groups }: Pick<VoucherProgramme, 'groups'>): string {
  const folded = said.toLowerCase();
  const found = groups.find(
    (each) => each.id === folded || Object.values(each.title).some((title) => title.toLowerCase() === folded),
  );
  return found?.id ?? said;
}
