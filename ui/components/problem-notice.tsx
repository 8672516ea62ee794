import type { Messages } from '@serai/kernel/i18n/i18n.ts';
import { createContext, useContext } from 'react';
import { useLanguage, useMessages } from '../language.tsx';
import { generalProblemMessages } from '../problem.messages.ts';
import { asProblem, type Problem } from '../problem.ts';
import { uiMessages } from '../ui.messages.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

const ProblemMessagesContext = createContext<Messages>(generalProblemMessages);

/** The texts of every refusal code the app's domains can give, merged by the app. */
export const ProblemMessagesProvider = ProblemMessagesContext;

/** The sentence for a problem in the reader's language; the node's own English where its code is new to us. */
export function useProblemText(): (problem: Pick<Problem, 'code' | 'text'>) => string {
  const table = useContext(ProblemMessagesContext);
  const { language } = useLanguage();
  return (problem) => table[problem.code]?.[language] ?? problem.text ?? generalProblemMessages.unexpected[language];
}

/** What went wrong, and a way on where there is one. */
export function ProblemNotice(props: { readonly problem: unknown; readonly onRetry?: (() => void) | undefined }) {
  const problem = asProblem(props.problem);
  const text = useProblemText();
  const t = useMessages(uiMessages);
  return (
    <Notice tone="bad" code={problem.code} announce>
      <p>{text(problem)}</p>
      {problem.code === 'invalid' && problem.text && (
        <ul>
          {problem.issues.slice(0, 8).map((issue) => (
            // The node's own words, which may be English; the path says which entry they are about.
            <li key={`${issue.expression} ${issue.text}`}>
              {issue.expression && <span className="code">{issue.expression}</span>} <bdi>{issue.text}</bdi>
            </li>
          ))}
        </ul>
      )}
      {props.onRetry && problem.canRetry && (
        <p>
          <Button onClick={props.onRetry}>{t('retry')}</Button>
        </p>
      )}
    </Notice>
  );
}
