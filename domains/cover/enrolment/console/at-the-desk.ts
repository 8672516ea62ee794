/**
 * Whether the reader decides on policies and money: the enrolment officer and the fund manager. Volunteers enrol in the
 * field, and the node refuses them the rest: nothing of it is offered.
 */
export function isAtTheDesk(may: readonly string[]): boolean {
  return may.includes('cover.enrol.desk');
}
