import { parseMoney } from '@serai/kernel/base/money.ts';
import { ok, type Result } from '@serai/kernel/base/refusal.ts';
import { birthOf, type EnrolForm } from '../console/enrol-form.ts';
import { type EnrolmentPreview, planEnrolment, previewOf } from '../enrol.ts';
import { knownBirth } from '../member.ts';
import type { FieldScheme } from './field.ts';

/**
 * What a family would pay, reckoned on the device by the same rules as at the node. Not known here, so not asked: who is
 * enrolled already, and what a campaign takes off.
 */
export function fieldPrice(
  { form: scheme, rules }: FieldScheme,
  form: EnrolForm,
  on: string,
): Result<EnrolmentPreview> {
  const members: Parameters<typeof planEnrolment>[0]['members'][number][] = [];
  for (const [i, person] of form.people.entries()) {
    const born = knownBirth(birthOf(person, on)!, on);
    if ('ok' in born) {
      return born;
    }
    const { relation, entitlement, residence } = person;
    const wage = scheme.basis === 'payroll' ? parseMoney(person.wage.trim(), scheme.currency) : undefined;
    members.push({
      relation,
      member: { memberId: `new-${i}`, entitlement, residence, ...born },
      ...(wage && { wage }),
    });
  }
  const planned = planEnrolment({
    policyId: 'preview',
    scheme: rules,
    on,
    members,
    ...(form.months && { months: Number(form.months) }),
    ...(Number(form.instalments) > 1 && { instalments: Number(form.instalments) }),
  });
  return planned.ok ? ok(previewOf(planned.value)) : planned;
}
