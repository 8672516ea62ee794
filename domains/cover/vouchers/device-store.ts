import { deviceRecords } from '@serai/ui/device-records.ts';
import type { DeviceState } from './device.ts';

/** The device's state by facility, with a key the browser will not hand out. A device belongs to one facility: another one's is not given. */
const records = deviceRecords<DeviceState>('serai-vouchers', 'device');

export const loadDevice = records.get;

/** @throws DOMException where the device cannot keep it: then nothing may be redeemed. */
export const saveDevice = records.put;

/** One page of this browser at a time: two would give one number twice, and the node would hold the device. */
export const alone = records.alone;

/** Every facility this browser is a device of: for when nobody can sign in to say which. */
export const deviceFacilities = records.keys;
