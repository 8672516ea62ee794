/**
 * FHIR R4 questionnaires as data (SDC subset): what to show, what an answer may be, and answering without mutation.
 * Pure, and quick enough for every keystroke.
 */
export {
  addRepeat,
  canonicalOf,
  countRepeats,
  getAnswers,
  getValue,
  removeRepeat,
  setAnswer,
  startResponse,
} from './answers.ts';
export { calculationOf, scoreOf } from './calculate.ts';
export { enabledItems, type FormNode, formTree, pruneDisabled } from './enabled.ts';
export { answerValue, extensions, isRepeatingGroup, keyOf, outlineOf, type Place } from './outline.ts';
export { itemHints, itemText, optionText, termTexts } from './text.ts';
export {
  limitOf,
  type ResponseIssue,
  type ResponseIssueCode,
  unitsOf,
  type ValidateOptions,
  validateResponse,
} from './validate.ts';
