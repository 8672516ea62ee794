import { type Agreement, clauseId } from './agreement.ts';

/**
 * Agreement → Cedar. Each clause becomes one permit whose id is the clause, so that every decision can say which clause
 * made it; a suspended or terminated agreement becomes a forbid, so that the refusal can say why.
 *
 * Countries are upper case in agreements and in policies.
 */
export function compileAgreement(agreement: Agreement): Record<string, string> {
  const policies: Record<string, string> = {};
  const here = `context has agreement && context.agreement.id == ${text(agreement.id)}`;

  policies[`${agreement.id}!version`] = forbid(
    'Both parties must mean the same version.',
    `${here} && context.agreement.version != ${agreement.version}`,
  );
  if (agreement.status !== 'in-force') {
    policies[`${agreement.id}!${agreement.status}`] = forbid('The agreement is not in force.', here);
    return policies;
  }
  policies[`${agreement.id}!not-in-force`] = forbid(
    'Outside the days the agreement is in force.',
    `${here} && (context.agreement.at < datetime(${text(agreement.inForce)}) || ` +
      `context.agreement.at >= datetime(${text(dayAfter(agreement.expires))}))`,
  );
  policies[`${agreement.id}!purpose`] = forbid(
    'The agreement prohibits this purpose.',
    `${here} && ${set(agreement.prohibitedPurposes)}.contains(context.purpose)`,
  );

  for (const clause of agreement.clauses) {
    const conditions = [
      `${here} && context.agreement.clause == ${text(clause.id)}`,
      `!principal.home && ${set(agreement.parties.map((party) => party.country))}.contains(principal.country)`,
      `${set(clause.recipientClasses)}.contains(principal.class)`,
      `${set(clause.purposes)}.contains(context.purpose)`,
      // What belongs to nobody (an organisation, a medicine's name) travels with what refers to it.
      `${set([...clause.dataCategories, 'administrative'])}.containsAll(resource.categories)`,
      // Cedar knows no empty set: a clause that withholds nothing says nothing.
      ...(clause.withheldLabels.length > 0 ? [`!resource.labels.containsAny(${set(clause.withheldLabels)})`] : []),
    ];
    if (!clause.facilities.includes('any')) {
      const facilities = clause.facilities.flatMap((group) => agreement.facilityGroups[group] ?? []);
      conditions.push(`${set(facilities)}.contains(principal.facility)`);
    }
    if (clause.legalBasis === 'consent') {
      conditions.push('(!resource.personal || context.consent == "permit")');
    }
    policies[clauseId(agreement, clause)] =
      `@because(${text(clause.ref)})\n` +
      'permit (principal, action in [Serai::Action::"read", Serai::Action::"search", Serai::Action::"disclose"], resource)\n' +
      `when {\n  ${conditions.join(' &&\n  ')}\n};`;
  }
  return policies;
}

function forbid(because: string, condition: string): string {
  return `@because(${text(because)})\nforbid (principal, action, resource)\nwhen { ${condition} };`;
}

/** A Cedar string literal: JSON's escapes are Cedar's, but for \uXXXX, which Cedar writes \u{XXXX}. */
function text(value: string): string {
  return JSON.stringify(value).replace(/\\u([0-9a-f]{4})/g, '\\u{$1}');
}

function set(values: readonly string[]): string {
  return `[${values.map(text).join(', ')}]`;
}

function dayAfter(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}
