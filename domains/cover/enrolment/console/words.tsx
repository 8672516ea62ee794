import { Tag, type Tone } from '@serai/ui/components/notice.tsx';
import { useMessages } from '@serai/ui/language.tsx';
import type { Standing } from '../../cover.ts';
import { enrolmentMessages } from './screens.messages.ts';

const tones: Readonly<Record<Standing, Tone>> = {
  idle: 'warn',
  ready: 'note',
  active: 'good',
  suspended: 'bad',
  expired: 'note',
  ended: 'note',
};

export function StandingTag({ standing }: { readonly standing: Standing | undefined }) {
  const t = useMessages(enrolmentMessages);
  return standing ? <Tag tone={tones[standing]}>{t(`standing.${standing}`)}</Tag> : <span>{t('standing.none')}</span>;
}

export const memberPath = (memberId: string) =>
  ({ screen: 'at', path: `/cover/members/${encodeURIComponent(memberId)}` }) as const;
export const receiptPath = (paymentId: string) =>
  ({ screen: 'at', path: `/cover/receipts/${encodeURIComponent(paymentId)}` }) as const;
export const certificatesPath = (memberId: string) =>
  ({ screen: 'at', path: `/cover/members/${encodeURIComponent(memberId)}/certificates` }) as const;
export const movePath = (memberId: string) =>
  ({ screen: 'at', path: `/cover/members/${encodeURIComponent(memberId)}/move` }) as const;
