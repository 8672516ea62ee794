import type { Language, Messages } from '@serai/kernel/i18n/i18n.ts';
import { CheckboxField } from '@serai/ui/components/field.tsx';
import { Tag } from '@serai/ui/components/notice.tsx';
import { Panel, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { LikelyDuplicates } from '../api.ts';
import { usePersonWords } from '../person-words.tsx';
import { likenessMessages, registerMessages } from './register.messages.ts';

type Candidate = LikelyDuplicates['candidates'][number];

export interface DuplicatesPanelProps {
  readonly asked: boolean;
  readonly looking: boolean;
  readonly candidates: readonly Candidate[];
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly someoneElse: ReadonlySet<string>;
  readonly mistake: string | undefined;
  readonly onSomeoneElse: (id: string, other: boolean) => void;
}

/** Who may be this person already, how likely, and what speaks for and against it. */
export function DuplicatesPanel(props: DuplicatesPanelProps) {
  const t = useMessages(registerMessages);
  if (!props.asked) {
    return null;
  }
  return (
    <div id="duplicates" tabIndex={-1}>
      <Panel title={t('duplicates.title')}>
        <div role="status" className="soft">
          {props.looking
            ? t('duplicates.looking')
            : props.error
              ? ''
              : props.candidates.length === 0
                ? t('duplicates.none')
                : t('duplicates.lead')}
        </div>
        {Boolean(props.error) && <ProblemNotice problem={props.error} onRetry={props.onRetry} />}
        {props.mistake && <p className="field-error">{props.mistake}</p>}
        {props.candidates.length > 0 && (
          <ul className="candidates">
            {props.candidates.map((candidate) => (
              <CandidateRow
                key={candidate.person.id}
                candidate={candidate}
                other={props.someoneElse.has(candidate.person.id)}
                onOther={(other) => props.onSomeoneElse(candidate.person.id, other)}
              />
            ))}
          </ul>
        )}
      </Panel>
    </div>
  );
}

function CandidateRow({
  candidate,
  other,
  onOther,
}: {
  readonly candidate: Candidate;
  readonly other: boolean;
  readonly onOther: (other: boolean) => void;
}) {
  const t = useMessages(registerMessages);
  const words = usePersonWords();
  const format = useFormat();
  const { language } = useLanguage();
  const { person } = candidate;
  return (
    <li className="candidate" data-other={other || undefined}>
      <div className="candidate-head">
        <span className="person-name">
          <Written text={person.name} />
          {person.otherNames.map((name) => (
            <Written key={name} text={name} className="soft" />
          ))}
        </span>
        <Tag tone={candidate.probability >= 0.8 ? 'bad' : 'warn'}>
          {t('duplicates.probability', { percent: format.percent(candidate.probability) })}
        </Tag>
      </div>
      <p className="person-facts">
        <span>{words.birth(person)}</span>
        <span>{words.sex(person)}</span>
        {words.language(person) && <span>{words.language(person)}</span>}
      </p>
      <dl className="why" aria-label={t('duplicates.why')}>
        {candidate.why.map((reason) => (
          <div key={reason.what}>
            <dt>{likenessOf(reason.what, language).trait}</dt>
            <dd className={reason.weight >= 0 ? 'why-for' : 'why-against'}>
              <meter min={0} max={12} value={Math.min(12, Math.abs(reason.weight))} aria-hidden="true" />
              <span>
                {likenessOf(reason.what, language).level}
                <span className="only-spoken">
                  {' '}
                  ({reason.weight >= 0 ? t('duplicates.speaks-for') : t('duplicates.speaks-against')})
                </span>
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <div className="row">
        <PlaceLink to={{ screen: 'person', personId: person.id }} className="button">
          {t('duplicates.open')}
        </PlaceLink>
        <CheckboxField id={`other-${person.id}`} label={t('duplicates.other')} checked={other} onChange={onOther} />
      </div>
    </li>
  );
}

/** `birthDate: same year` as a term and what was found of it; the node's own words where ours have no row. */
function likenessOf(what: string, language: Language): { readonly trait: string; readonly level: string } {
  const [trait = '', level = ''] = what.split(': ');
  const word = (key: string) => (likenessMessages as Messages)[key]?.[language] ?? key;
  return { trait: word(trait), level: word(level) };
}
