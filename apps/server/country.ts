import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What a country file says: names, languages, facilities. Countries are data. */
const texts = z.strictObject({ en: z.string(), th: z.string(), my: z.string() });
const countrySchema = z.strictObject({
  $comment: z.string().optional(),
  country: z.string().regex(/^[A-Z]{2}$/, 'must be two capital letters, like "TH"'),
  name: texts,
  nodeName: texts,
  language: z.enum(['en', 'th', 'my'], 'must be one of en, th, my'),
  facilities: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]{1,64}$/, 'must be small letters, digits and hyphens'),
        name: z.string().min(1),
        /** What kind of facility it is: tariffs and networks go by it. */
        level: z.enum(['clinic', 'primary', 'district', 'general'], 'must be clinic, primary, district or general'),
        local: z.record(z.string(), z.string()),
      }),
    )
    .min(1, 'must name at least one facility'),
});

export type Country = z.output<typeof countrySchema>;

/** The folder of country data that ships with the node. */
export const countriesFolder = join(import.meta.dirname, '../../countries');

/**
 * Reads `countries/<code>/country.json`.
 * @throws Error listing everything that is wrong with the file.
 */
export function loadCountry(code: string, folder = countriesFolder): Country {
  const file = join(folder, code.toLowerCase(), 'country.json');
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Error(
      `There is no readable country file for "${code}": expected countries/${code.toLowerCase()}/country.json.`,
    );
  }
  const parsed = countrySchema.safeParse(json);
  if (!parsed.success) {
    const mistakes = parsed.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`);
    throw new Error(`countries/${code.toLowerCase()}/country.json:\n${mistakes.join('\n')}`);
  }
  return parsed.data;
}

/** Every country there is a file for. */
export function loadCountries(folder = countriesFolder): Country[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^[a-z]{2}$/.test(entry.name))
    .map((entry) => loadCountry(entry.name, folder));
}
