import {
  alwaysAssessed,
  alwaysNotified,
  assessWithinHours,
  type IhrQuestion,
  ihrProvenance,
  ihrQuestions,
  notifyFromYes,
  notifyWithinHours,
} from './ihr.table.ts';
import type { Provenance } from './provenance.ts';

export interface IhrInput {
  /** A disease of the two lists, or anything else for another event of potential concern. */
  readonly disease: string;
  /** A question left out is not answered; it never counts as a no. */
  readonly answers: Readonly<Partial<Record<IhrQuestion, 'yes' | 'no' | 'unknown'>>>;
}

export interface IhrResult {
  readonly decision:
    | 'notify'
    /** One yes: not notified yet; assess again as it develops. */
    | 'keep-assessing'
    /** Questions open whose answers could still make it notifiable. */
    | 'answer-first'
    | 'not-notifiable';
  readonly list: 'always-notified' | 'always-assessed' | 'other';
  readonly yes: readonly IhrQuestion[];
  readonly open: readonly IhrQuestion[];
  /** Hours left from the assessment (notify) or from the report (else). */
  readonly withinHours: number;
  readonly source: Provenance;
}

/** The decision of IHR Annex 2: two of four questions answered yes notify the WHO within 24 hours of the assessment. */
export function assessIhrEvent(input: IhrInput): IhrResult {
  const ids = ihrQuestions.map((question) => question.id);
  const yes = ids.filter((id) => input.answers[id] === 'yes');
  const open = ids.filter((id) => input.answers[id] !== 'yes' && input.answers[id] !== 'no');
  const list = (alwaysNotified as readonly string[]).includes(input.disease)
    ? 'always-notified'
    : (alwaysAssessed as readonly string[]).includes(input.disease)
      ? 'always-assessed'
      : 'other';
  const notify = list === 'always-notified' || yes.length >= notifyFromYes;
  const decision = notify
    ? 'notify'
    : yes.length + open.length >= notifyFromYes
      ? 'answer-first'
      : yes.length > 0 || open.length > 0
        ? 'keep-assessing'
        : 'not-notifiable';
  return {
    decision,
    list,
    yes,
    open,
    withinHours: notify ? notifyWithinHours : assessWithinHours,
    source: ihrProvenance,
  };
}
