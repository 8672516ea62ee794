import { mintRequestId } from '@serai/ui/client.ts';
import { useClient } from '@serai/ui/client-context.tsx';
import { keepConsole } from '@serai/ui/keep-console.ts';
import { asProblem, Problem } from '@serai/ui/problem.ts';
import { nowHere } from '@serai/ui/today.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { describedOf, type EnrolForm, enrolBody } from '../console/enrol-form.ts';
import { useEnrolment } from '../console/use-enrolment.ts';
import type { EnrolAnswer } from '../enrol.store.ts';
import type { LikelyMember } from '../new-member.store.ts';
import { type FieldEnrolment, type FieldKit, type FieldScheme, openedAtMost } from './field.ts';
import { changeFieldDevice, type FieldDevice, loadFieldDevice } from './field-store.ts';

/** What became of one family that waited. Whoever is not enrolled still waits on the device. */
export type Outcome =
  | { readonly kind: 'enrolled'; readonly requestId: string; readonly answer: EnrolAnswer }
  | { readonly kind: 'unreadable'; readonly requestId: string; readonly on: string }
  | {
      readonly kind: 'alike';
      readonly requestId: string;
      readonly entered: FieldEnrolment;
      readonly candidates: readonly LikelyMember[];
    }
  | {
      readonly kind: 'refused';
      readonly requestId: string;
      readonly entered: FieldEnrolment;
      readonly problem: unknown;
    };

const queryKey = ['field-device'];

/** This browser as a device that enrols without a network, for who is signed in. */
export function useFieldDevice() {
  const client = useClient();
  const me = useQuery({
    queryKey: ['field-me'],
    queryFn: ({ signal }) => client.get<{ readonly id: string; readonly country: string }>('/api/me', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const device = useQuery({ queryKey, queryFn: async () => (await loadFieldDevice()) ?? null, staleTime: 0 });
  const mine = device.data && me.data && device.data.kit.owner === me.data.id ? device.data : undefined;
  return { me: me.data, device: device.data ?? undefined, mine };
}

/** Sets the device up for who is signed in; what it waits to send stays where it was theirs. */
export function useSetUp(me: { readonly country: string } | undefined) {
  const enrolment = useEnrolment();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const kit = await enrolment.change<FieldKit>('/field/kits', { requestId: mintRequestId() });
      const { schemes } = await enrolment.get<{ schemes: FieldScheme[] }>('/field/schemes');
      const told = nowHere();
      await changeFieldDevice((before) => ({
        ...{ kit, schemes, told, country: me!.country },
        waiting: before?.kit.owner === kit.owner ? before.waiting : [],
      }));
      await keepConsole();
    },
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  });
}

/** Schemes and prices as they are now, whenever the node is reached. */
export function useFreshSchemes(mine: FieldDevice | undefined): void {
  const enrolment = useEnrolment();
  const queries = useQueryClient();
  useQuery({
    queryKey: ['field-schemes'],
    enabled: mine !== undefined,
    staleTime: 600_000,
    queryFn: async ({ signal }) => {
      const { schemes } = await enrolment.get<{ schemes: FieldScheme[] }>('/field/schemes', { signal });
      const told = nowHere();
      await changeFieldDevice((device) => ({ ...device!, schemes, told }));
      await queries.invalidateQueries({ queryKey });
      return told;
    },
  });
}

/** Sends what waits, one family after another; a line that is cut leaves the rest where it is. */
export function useSending() {
  const enrolment = useEnrolment();
  const queries = useQueryClient();
  const onSettled = async () => {
    await queries.invalidateQueries({ queryKey });
    await queries.invalidateQueries({ queryKey: ['enrolment'] });
  };
  const send = useMutation({
    mutationFn: async (onOutcome: (outcome: Outcome) => void) => {
      const device = (await loadFieldDevice())!;
      for (const [kitId, items] of Map.groupBy(device.waiting, (each) => each.kitId)) {
        for (let i = 0; i < items.length; i += openedAtMost) {
          const part = items.slice(i, i + openedAtMost);
          const sealed = part.map((each) => each.sealed);
          const { opened } = await enrolment.ask<{ opened: (FieldEnrolment | null)[] }>('/field/open', {
            kitId,
            sealed,
          });
          for (const [n, { requestId, on }] of part.entries()) {
            const entered = opened[n];
            onOutcome(
              entered ? await enrol(enrolment, device, requestId, entered) : { kind: 'unreadable', requestId, on },
            );
          }
        }
      }
    },
    onSettled,
  });
  const enrolOthers = useMutation({
    mutationFn: async (of: {
      readonly outcome: Extract<Outcome, { kind: 'alike' }>;
      readonly onOutcome: (outcome: Outcome) => void;
    }) => {
      const { requestId, entered, candidates } = of.outcome;
      const others = candidates.map((each) => each.memberId);
      // Told before anything is read anew: what was decided does not stand there to be decided again.
      of.onOutcome(await enrol(enrolment, (await loadFieldDevice())!, requestId, entered, others));
    },
    onSettled,
  });
  return { send, enrolOthers };
}

type Enrolment = ReturnType<typeof useEnrolment>;

/**
 * Enrols one family that waited.
 * @param others members who were looked at and are others.
 * @throws Problem where the node was not reached: nothing is known of the family then.
 */
async function enrol(
  enrolment: Enrolment,
  device: FieldDevice,
  requestId: string,
  entered: FieldEnrolment,
  others: readonly string[] = [],
): Promise<Outcome> {
  const { form, on } = entered;
  try {
    const scheme = device.schemes.find((each) => each.form.schemeId === form.schemeId);
    if (!scheme) {
      throw new Problem('schemes.unknown', 404);
    }
    const body = { on, ...enrolBody(form, scheme.form, on, others) };
    const answer = await enrolment.change<EnrolAnswer>('/policies', { requestId, ...body });
    await forget(requestId);
    return { kind: 'enrolled', requestId, answer };
  } catch (thrown) {
    const problem = asProblem(thrown);
    if (problem.canRetry) {
      throw thrown;
    }
    const anew = await renew(requestId);
    return problem.code === 'enrolment.duplicate-unseen'
      ? { kind: 'alike', requestId: anew, entered, candidates: await alike(enrolment, entered) }
      : { kind: 'refused', requestId: anew, entered, problem };
  }
}

async function alike(enrolment: Enrolment, { form, on }: FieldEnrolment): Promise<LikelyMember[]> {
  const found = await Promise.all(
    form.people.map((person) => enrolment.ask<{ candidates: LikelyMember[] }>('/duplicates', describedOf(person, on))),
  );
  const all = found.flatMap(({ candidates }) => candidates);
  return [...new Map(all.map((each) => [each.memberId, each])).values()];
}

/** Takes a family off the device: it is enrolled, or was given up. */
export async function forget(requestId: string): Promise<void> {
  await changeFieldDevice((device) => ({
    ...device!,
    waiting: device!.waiting.filter((each) => each.requestId !== requestId),
  }));
}

/** An answered refusal is remembered under its id: what is sent next is another request. */
async function renew(requestId: string): Promise<string> {
  const anew = mintRequestId();
  await changeFieldDevice((device) => ({
    ...device!,
    waiting: device!.waiting.map((each) => (each.requestId === requestId ? { ...each, requestId: anew } : each)),
  }));
  return anew;
}

/** Whether nothing has been entered in a form yet. */
export function isBlank({ schemeId, people }: EnrolForm): boolean {
  return schemeId === '' && people.length === 1 && people[0]!.name.trim() === '' && people[0]!.birth.trim() === '';
}
