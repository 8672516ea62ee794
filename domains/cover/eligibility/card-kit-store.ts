import type { CardKit } from './card-kit.ts';

/** Keeps the kit of this browser in IndexedDB: one record, nothing about anyone in it. */

const name = 'serai-cards';
const key = 'kit';

async function store(mode: IDBTransactionMode): Promise<{ at: IDBObjectStore; close: () => void }> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(key);
  const database = await answered(opening);
  return { at: database.transaction(key, mode).objectStore(key), close: () => database.close() };
}

function answered<Value>(asked: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/** @returns the kit kept here; undefined where there is none, or the browser keeps nothing. */
export async function loadCardKit(): Promise<CardKit | undefined> {
  try {
    const { at, close } = await store('readonly');
    const kit = await answered<CardKit | undefined>(at.get(key));
    close();
    return kit;
  } catch {
    return undefined;
  }
}

/** @throws DOMException where the browser keeps nothing: then cards are not checked without a network. */
export async function saveCardKit(kit: CardKit): Promise<void> {
  const { at, close } = await store('readwrite');
  await answered(at.put(kit, key));
  close();
}
