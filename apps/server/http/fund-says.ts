import type { Actor } from '@serai/policy/types.ts';

/**
 * What a fund says of people and of its money: that someone is covered, what was found of a claim, what was paid. A card is
 * made from it and a facility is paid by it, so it is written by the fund, by a registered system of no facility, or by the acts
 * of cover themselves; not by plain REST from those who treat or enrol, nor by the system of who treats.
 */
const fundSays: ReadonlySet<string> = new Set([
  'Account',
  'ClaimResponse',
  'Coverage',
  'CoverageEligibilityResponse',
  'ExplanationOfBenefit',
  'InsurancePlan',
  'PaymentNotice',
  'PaymentReconciliation',
]);

const writing: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

interface Interaction {
  readonly method: string;
  /** Behind the base, like `/Coverage/1?x=y`; of an entry of a bundle without the first stroke. */
  readonly url: string;
  readonly body?: unknown;
}

/** Whether whoever asks may: false where it, or an entry of its bundle, would write what is the fund's to say. */
export function speaksForFund({ class: of, facility }: Pick<Actor, 'class' | 'facility'>, asked: Interaction): boolean {
  return of === 'payer' || (of === 'system' && facility === undefined) || !writesFor(asked);
}

function writesFor({ method, url, body }: Interaction): boolean {
  const [type = '', rest] = readable(url).replace(/^\/+/, '').split(/[/?]/);
  if (writing.has(method) && fundSays.has(type) && rest !== '_search') {
    return true;
  }
  const bundle = body as { resourceType?: unknown; entry?: unknown } | null | undefined;
  if (type !== '' || bundle?.resourceType !== 'Bundle' || !Array.isArray(bundle.entry)) {
    return false;
  }
  return bundle.entry.some(
    (entry: { request?: { method?: unknown; url?: unknown }; resource?: { resourceType?: unknown } } | null) =>
      [String(entry?.request?.url ?? ''), String(entry?.resource?.resourceType ?? '')].some((each) =>
        writesFor({ method: String(entry?.request?.method ?? ''), url: each }),
      ),
  );
}

/** `%43overage` is read as `Coverage` further on, and so is it here. */
function readable(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
