import { deviceRecords } from '@serai/ui/device-records.ts';
import type { CardKit } from './card-kit.ts';

/** The kit of this browser: one record, nothing about anyone in it. */
const records = deviceRecords<CardKit>('serai-cards', 'kit');

/** @returns the kit kept here; undefined where there is none, or the browser keeps nothing. */
export async function loadCardKit(): Promise<CardKit | undefined> {
  return records.get('kit').catch(() => undefined);
}

/** @throws DOMException where the browser keeps nothing: then cards are not checked without a network. */
export async function saveCardKit(kit: CardKit): Promise<void> {
  await records.put('kit', kit);
}
