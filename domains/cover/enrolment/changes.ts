import { z } from 'zod';
import { day, id, newMember, relation, requestId } from './enrolment.inputs.ts';

/** Acts on one policy that are seen before they are done: shapes of what is sent, shared by the preview and the act. */

const join = z.strictObject({
  on: day.optional(),
  relation,
  memberId: id.optional(),
  newMember: newMember.optional(),
});
const leave = z.strictObject({ memberId: id, lastDay: day });
const end = z.strictObject({
  lastDay: day,
  because: z.enum(['left-employer', 'left-country', 'died', 'asked', 'mistake']),
});
const transfer = z.strictObject({ on: day, groupId: id.optional() });
const takeBack = z.strictObject({ what: z.enum(['end', 'leaving', 'transfer']), memberId: id.optional() });

export const joinSchema = join.extend({ requestId });
export const leaveSchema = leave.extend({ requestId });
export const endSchema = end.extend({ requestId });
export const transferSchema = transfer.extend({ requestId });
export const takeBackSchema = takeBack.extend({ requestId });

/** One act of several, told apart by its name. */
export const changeSchema = z.discriminatedUnion('act', [
  join.extend({ act: z.literal('join') }),
  leave.extend({ act: z.literal('leave') }),
  end.extend({ act: z.literal('end') }),
  transfer.extend({ act: z.literal('transfer') }),
  takeBack.extend({ act: z.literal('take-back') }),
]);
export type Change = z.output<typeof changeSchema>;
