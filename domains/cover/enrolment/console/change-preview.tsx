import { Facts, Written } from '@serai/ui/components/panel.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import type { ChangePreview, PolicyChange, PolicySide } from '../change-preview.store.ts';
import { changeMessages } from './changes.messages.ts';
import { StandingTag } from './words.tsx';

/** What an act would do to days and money: each policy as it is now and as it would be. */
export function ChangePart({ preview }: { readonly preview: ChangePreview }) {
  const t = useMessages(changeMessages);
  const format = useFormat();
  if (preview.policies.length === 0) {
    return <p>{t('see.same')}</p>;
  }
  return (
    <section className="stack" aria-label={t('see.title')}>
      <h3>{t('see.title')}</h3>
      {preview.policies.map((each) => (
        <PolicyPart key={each.policyId} change={each} />
      ))}
      {preview.credit && (
        <Facts
          facts={[
            {
              term: t('credit'),
              value: `${format.money(preview.credit.before)} → ${format.money(preview.credit.after)}`,
            },
          ]}
        />
      )}
    </section>
  );
}

function PolicyPart({ change }: { readonly change: PolicyChange }) {
  const t = useMessages(changeMessages);
  const { before, after } = change;
  return (
    <div className="stack">
      <h4>{change.policyNumber === undefined ? t('see.new') : t('see.policy', { number: change.policyNumber })}</h4>
      {before && <Side title={t('now')} side={before} other={after} />}
      <Side title={t('after')} side={after} other={before} />
    </div>
  );
}

function Side(props: { readonly title: string; readonly side: PolicySide; readonly other: PolicySide | undefined }) {
  const t = useMessages(changeMessages);
  const format = useFormat();
  const { side, other } = props;
  // Those whose days are the same on both sides need not be read twice.
  const same = (memberId: string) =>
    JSON.stringify(side.members.find((each) => each.memberId === memberId)) ===
    JSON.stringify(other?.members.find((each) => each.memberId === memberId));
  const named = side.members.filter((each) => !other || !same(each.memberId));
  return (
    <div>
      <p>
        <strong>{props.title}</strong> <StandingTag standing={side.standing} />
      </p>
      <Facts
        facts={[
          {
            term: t('cover'),
            value: t('cover.days', { from: format.day(side.from), to: format.day(side.until) }),
          },
          { term: t('premium'), value: format.money(side.premium) },
          { term: t('owed'), value: format.money(side.owed) },
        ]}
      />
      {named.length > 0 && (
        <ul className="plain-list">
          {named.map((each) => (
            <li key={each.memberId}>
              <Written text={each.name} />: {t('cover.days', { from: format.day(each.from), to: format.day(each.to) })}
              {', '}
              <span className="soft">{t('waits-from', { day: format.day(each.continuousSince) })}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
