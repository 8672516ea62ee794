import { Notice } from '@serai/ui/components/notice.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import type { Proposed } from './api.ts';
import { proposedMessages } from './screen.messages.ts';

/** Whether an act was proposed instead of done. */
export const isProposed = (answer: unknown): answer is Proposed =>
  typeof answer === 'object' && answer !== null && 'proposed' in answer;

/** Says that nothing is done yet, and who does it. */
export function ProposedNotice({ answer }: { readonly answer: Proposed }) {
  const t = useMessages(proposedMessages);
  const format = useFormat();
  return (
    <Notice tone="note" announce>
      <p>{t('proposed', { day: format.date(answer.proposed.expires) })}</p>
    </Notice>
  );
}

/** Said before: what is asked for will be proposed. */
export function TakesTwo() {
  return <p>{useMessages(proposedMessages)('takes-two')}</p>;
}
