import type { Communication, Patient } from '@medplum/fhirtypes';
import { localeOf, preferredLanguage, translate } from '@serai/kernel/i18n/i18n.ts';
import { signingKey } from '@serai/kernel/trust/keys.ts';
import { signMessage } from '@serai/kernel/trust/messages.ts';
import type { OutboxMessage, RequestStore } from '@serai/store/types.ts';
import { type ExchangeOptions, epochSeconds } from './exchange.deps.ts';
import { noticeMessages } from './notice.messages.ts';

/** What need not be answered at once: telling the person, and telling the home node that its record arrived. */

interface DisclosureNotice {
  readonly personId: string;
  readonly country: string;
  readonly facility: string;
  readonly purpose: string;
  readonly clause: string;
  readonly at: string;
}

/** Writes the notice into the person's own record, in the person's language; delivered twice, it is written once. */
export async function tellPerson(
  store: RequestStore,
  message: OutboxMessage,
  countryName: (country: string, language: string) => string,
): Promise<void> {
  const notice = message.payload as DisclosureNotice;
  await store.transaction(async (tx) => {
    await tx.inbox.once(message.messageId, async () => {
      const patient = await tx.repo.readResource<Patient>('Patient', notice.personId);
      const spoken = patient.communication?.map((each) => each.language?.coding?.[0]?.code ?? '') ?? [];
      const language = preferredLanguage(spoken);
      const text = translate(noticeMessages, language, 'notice.disclosed', {
        facility: notice.facility,
        country: countryName(notice.country, language),
        date: new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long' }).format(new Date(notice.at)),
      });
      const communication: Communication = {
        resourceType: 'Communication',
        status: 'completed',
        language,
        category: [
          { coding: [{ system: 'https://serai.example/CodeSystem/communication', code: 'disclosure-notice' }] },
        ],
        subject: { reference: `Patient/${patient.id}` },
        recipient: [{ reference: `Patient/${patient.id}` }],
        sent: notice.at,
        payload: [{ contentString: text }],
        reasonCode: [{ coding: [{ system: 'https://serai.example/agreement-clause', code: notice.clause }] }],
      };
      await tx.repo.createResource(communication);
    });
  });
}

/** Signs the receipt afresh at each try, because a signature of yesterday is refused, and posts it. */
export async function sendReceipt(options: ExchangeOptions, message: OutboxMessage): Promise<void> {
  const node = options.trust.nodeOf(message.destination);
  if (!node) {
    throw new Error('the partner is no longer in the trust list');
  }
  const now = epochSeconds(options.clock);
  const signed = await signMessage(
    { kind: 'notice', from: options.self, to: node.baseUrl, body: message.payload as object },
    signingKey(options.keySet(), 'message', now, 'system'),
    now,
    options.random,
  );
  await options.post(`${node.baseUrl}/exchange/notices`, signed.text);
}
