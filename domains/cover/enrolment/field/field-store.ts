import { deviceRecords } from '@serai/ui/device-records.ts';
import type { FieldKit, FieldScheme } from './field.ts';

/** What this browser keeps to enrol without a network: whose it is, what it goes by, and what waits, sealed. */
export interface FieldDevice {
  readonly kit: FieldKit;
  readonly country: string;
  readonly schemes: readonly FieldScheme[];
  /** When the schemes were last told by the node, ISO instant. */
  readonly told: string;
  readonly waiting: readonly Waiting[];
}

export interface Waiting {
  /** The id of the request that enrols them: sent twice, they are enrolled once. */
  readonly requestId: string;
  /** The key it is sealed to: of this device's kit, or of one before it. */
  readonly kitId: string;
  readonly on: string;
  readonly sealed: string;
}

const records = deviceRecords<FieldDevice>('serai-field', 'device');
const key = 'device';

/** @returns undefined where this browser is not set up, or keeps nothing. */
export async function loadFieldDevice(): Promise<FieldDevice | undefined> {
  return records.get(key).catch(() => undefined);
}

/**
 * Reads, changes and keeps the device's record.
 *
 * @throws DOMException where the browser cannot keep it: then nothing was kept.
 */
export function changeFieldDevice(change: (device: FieldDevice | undefined) => FieldDevice): Promise<FieldDevice> {
  return records.alone(async () => {
    const next = change(await records.get(key));
    await records.put(key, next);
    return next;
  });
}
