import { type FormNode, itemText, type ResponseIssue } from '@serai/kernel/fhir/questionnaire/questionnaire.ts';
import { SelectField } from '@serai/ui/components/field.tsx';
import { useLanguage, useMessages } from '@serai/ui/language.tsx';
import { memo } from 'react';
import { assessMessages } from './assess.messages.ts';

export interface SectionListProps {
  readonly sections: readonly FormNode[];
  readonly current: string;
  readonly issues: readonly ResponseIssue[];
  readonly onOpen: (linkId: string) => void;
}

/** Every section with how far it is; a list beside the form, or a menu above it where there is no room. */
export const SectionList = memo(function SectionList({ sections, current, issues, onOpen }: SectionListProps) {
  const t = useMessages(assessMessages);
  const { language } = useLanguage();
  const wrong = (linkId: string) => issues.filter((issue) => issue.linkId?.split('.')[0] === linkId).length;
  return (
    <nav aria-label={t('sections')}>
      <div className="assess-menu">
        <SelectField
          id="assess-go"
          label={t('section.go')}
          required
          value={current}
          onChange={onOpen}
          choices={sections.map((node) => ({ value: node.linkId, label: itemText(node.item, language) }))}
        />
      </div>
      <ol className="assess-list">
        {sections.map((node) => {
          const answered = countAnswered(node);
          const mistakes = wrong(node.linkId);
          return (
            <li key={node.linkId}>
              <button
                type="button"
                aria-current={node.linkId === current ? 'step' : undefined}
                onClick={() => onOpen(node.linkId)}
              >
                <span>{itemText(node.item, language)}</span>
                {mistakes > 0 ? (
                  <span className="assess-wrong small">{t('to-check', { count: mistakes })}</span>
                ) : (
                  answered > 0 && <span className="soft small">{t('answered', { count: answered })}</span>
                )}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
});

function countAnswered(node: FormNode): number {
  return node.enabled
    ? (node.answers.length > 0 && !node.item.readOnly ? 1 : 0) +
        node.children.reduce((sum, child) => sum + countAnswered(child), 0)
    : 0;
}
