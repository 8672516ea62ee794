import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChannelFile, channelsSchema } from './payment-adapter.ts';

/**
 * A country's payment channels: `countries/<cc>/payment-channels.json`; none where the country has no such file.
 * @throws ZodError naming what is wrong with the file.
 */
export function loadChannels(country: string, folder = countriesFolder): readonly ChannelFile[] {
  let text: string;
  try {
    text = readFileSync(join(folder, country.toLowerCase(), 'payment-channels.json'), 'utf8');
  } catch {
    return [];
  }
  return channelsSchema.parse(JSON.parse(text)).channels;
}

const countriesFolder = join(import.meta.dirname, '../../../../countries');
