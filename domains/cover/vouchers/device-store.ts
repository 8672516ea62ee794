import type { DeviceState } from './device.ts';

/** Keeps the device's state in IndexedDB: one record, with a key the browser will not hand out. */

const name = 'serai-vouchers';

function opened(): Promise<IDBDatabase> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('device');
  return answered(opening);
}

function answered<Value>(asked: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/** @param facility a device belongs to one facility: another one's state is not given. */
export async function loadDevice(facility: string): Promise<DeviceState | undefined> {
  const database = await opened();
  try {
    return await answered<DeviceState | undefined>(database.transaction('device').objectStore('device').get(facility));
  } finally {
    database.close();
  }
}

/** One page of this browser at a time: two would give one number twice, and the node would hold the device. */
export function alone<Value>(work: () => Promise<Value>): Promise<Value> {
  return 'locks' in navigator ? navigator.locks.request(name, work) : work();
}

/** Every facility this browser is a device of: for when nobody can sign in to say which. */
export async function deviceFacilities(): Promise<string[]> {
  const database = await opened();
  try {
    const keys = await answered(database.transaction('device').objectStore('device').getAllKeys());
    return keys.map(String);
  } finally {
    database.close();
  }
}

/** @throws DOMException where the device cannot keep it: then nothing may be redeemed. */
export async function saveDevice(facility: string, state: DeviceState): Promise<void> {
  const database = await opened();
  try {
    await answered(
      database.transaction('device', 'readwrite', { durability: 'strict' }).objectStore('device').put(state, facility),
    );
  } finally {
    database.close();
  }
}
