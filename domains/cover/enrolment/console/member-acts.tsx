import type { MoneyText } from '@serai/kernel/base/money.ts';
import { Button } from '@serai/ui/components/button.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { SelectField, TextField } from '@serai/ui/components/field.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { isProposed, ProposedNotice } from '../../approvals/proposed-notice.tsx';
import { memberMessages } from './member.messages.ts';
import { useEnrolment } from './use-enrolment.ts';

/** A button, the dialog it opens, and the change that is sent from there. */
function Act(props: {
  readonly label: string;
  readonly path: string;
  readonly body: object;
  readonly ready?: boolean;
  readonly kind?: 'primary' | 'danger' | 'plain';
  readonly children: ReactNode;
}) {
  const enrolment = useEnrolment();
  const queries = useQueryClient();
  const { requestId, onError, renew } = useRequestId();
  const [open, setOpen] = useState(false);
  const act = useMutation({
    mutationFn: () => enrolment.change(props.path, { requestId, ...props.body }),
    onError,
    onSuccess: async (answer) => {
      renew();
      // It closes on what is true by then: the next act begins from the new figures.
      await queries.invalidateQueries({ queryKey: ['enrolment'] });
      setOpen(isProposed(answer));
    },
  });
  return (
    <>
      <Button kind={props.kind ?? 'plain'} onClick={() => setOpen(true)}>
        {props.label}
      </Button>
      <Dialog
        open={open}
        title={props.label}
        onClose={() => {
          setOpen(false);
          act.reset();
        }}
        actions={
          !isProposed(act.data) && (
            <Button
              kind={props.kind === 'danger' ? 'danger' : 'primary'}
              busy={act.isPending}
              disabled={props.ready === false}
              onClick={() => act.mutate()}
            >
              {props.label}
            </Button>
          )
        }
      >
        <div className="stack">
          {props.children}
          {isProposed(act.data) && <ProposedNotice answer={act.data} />}
          {act.isError && <ProblemNotice problem={act.error} />}
        </div>
      </Dialog>
    </>
  );
}

const channels = ['cash', 'agent', 'mobile-money', 'bank'] as const;

export function PayAct({ policyId, owed }: { readonly policyId: string; readonly owed: MoneyText }) {
  const t = useMessages(memberMessages);
  const [amount, setAmount] = useState(owed.amount);
  const [channel, setChannel] = useState<(typeof channels)[number]>('cash');
  const [reference, setReference] = useState('');
  return (
    <Act
      label={t('pay')}
      kind="primary"
      path="/payments"
      ready={/^\d+(\.\d+)?$/.test(amount) && reference.trim() !== ''}
      body={{ policyId, channel, reference: reference.trim(), amount: { amount, currency: owed.currency } }}
    >
      <TextField
        id="pay-amount"
        label={t('amount')}
        value={amount}
        onChange={setAmount}
        unit={owed.currency}
        input={{ inputMode: 'decimal' }}
        required
      />
      <SelectField
        id="pay-channel"
        label={t('channel')}
        value={channel}
        onChange={setChannel}
        choices={channels.map((value) => ({ value, label: t(`channel.${value}`) }))}
        required
      />
      <TextField id="pay-reference" label={t('payment.reference')} value={reference} onChange={setReference} required />
    </Act>
  );
}

export function RenewAct({ policyId }: { readonly policyId: string }) {
  const t = useMessages(memberMessages);
  return (
    <Act label={t('renew')} path={`/policies/${encodeURIComponent(policyId)}/renew`} body={{}}>
      <p>{t('renewals.lead')}</p>
    </Act>
  );
}

export function RefundAct({ paymentId, credit }: { readonly paymentId: string; readonly credit: MoneyText }) {
  const t = useMessages(memberMessages);
  const format = useFormat();
  const [because, setBecause] = useState('');
  return (
    <Act
      label={t('refund')}
      path={`/payments/${encodeURIComponent(paymentId)}/refund`}
      ready={because.trim() !== ''}
      body={{ amount: credit, because: because.trim() }}
    >
      <p>{format.money(credit)}</p>
      <TextField id="refund-because" label={t('because')} value={because} onChange={setBecause} required />
    </Act>
  );
}

export function ReverseAct({ paymentId }: { readonly paymentId: string }) {
  const t = useMessages(memberMessages);
  const [because, setBecause] = useState('');
  return (
    <Act
      label={t('reverse')}
      kind="danger"
      path={`/payments/${encodeURIComponent(paymentId)}/reverse`}
      ready={because.trim() !== ''}
      body={{ because: because.trim() }}
    >
      <TextField id="reverse-because" label={t('because')} value={because} onChange={setBecause} required />
    </Act>
  );
}
