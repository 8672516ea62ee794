/**
 * Unfinished forms, kept on this device so that a reload, a closed lid or an ended session loses nothing.
 *
 * Drafts hold health data, so they lie encrypted in IndexedDB under a key the browser will not hand out, are named by
 * whoever is signed in, and are forgotten after a week. Where the browser offers no cryptography (a page not served
 * over HTTPS or from this machine), nothing is kept.
 */
export interface DraftStore {
  readonly load: <Value>(key: string) => Promise<{ readonly value: Value; readonly savedAt: number } | undefined>;
  /** Resolves to false where the device cannot keep the draft. */
  readonly save: (key: string, value: unknown) => Promise<boolean>;
  readonly remove: (key: string) => Promise<void>;
}

const databaseName = 'serai-drafts';
const keptMilliseconds = 7 * 24 * 60 * 60 * 1000;

interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
  readonly savedAt: number;
}

export function createDraftStore(now: () => number): DraftStore {
  let opened: Promise<{ readonly database: IDBDatabase; readonly key: CryptoKey }> | undefined;
  const open = () => {
    opened ??= openDatabase(now);
    return opened;
  };
  return {
    async load<Value>(key: string) {
      try {
        const { database, key: secret } = await open();
        const sealed = await request<Sealed | undefined>(database.transaction('drafts').objectStore('drafts').get(key));
        if (!sealed || sealed.savedAt < now() - keptMilliseconds) {
          return undefined;
        }
        const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, secret, sealed.bytes);
        return { value: JSON.parse(new TextDecoder().decode(plain)) as Value, savedAt: sealed.savedAt };
      } catch {
        return undefined;
      }
    },
    async save(key, value) {
      try {
        const { database, key: secret } = await open();
        const iv = crypto.getRandomValues(new Uint8Array(12));
        const plain = new TextEncoder().encode(JSON.stringify(value));
        const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, secret, plain);
        const sealed: Sealed = { iv, bytes, savedAt: now() };
        await request(database.transaction('drafts', 'readwrite').objectStore('drafts').put(sealed, key));
        return true;
      } catch {
        return false;
      }
    },
    async remove(key) {
      try {
        const { database } = await open();
        await request(database.transaction('drafts', 'readwrite').objectStore('drafts').delete(key));
      } catch {
        // Nothing was kept, so there is nothing to remove.
      }
    },
  };
}

async function openDatabase(now: () => number) {
  const opening = indexedDB.open(databaseName, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('drafts');
    opening.result.createObjectStore('keys');
  };
  const database = await request(opening);
  let key = await request<CryptoKey | undefined>(database.transaction('keys').objectStore('keys').get('drafts'));
  if (!key) {
    key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    await request(database.transaction('keys', 'readwrite').objectStore('keys').put(key, 'drafts'));
  }
  await forgetOld(database, now() - keptMilliseconds);
  return { database, key };
}

function forgetOld(database: IDBDatabase, before: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const walking = database.transaction('drafts', 'readwrite').objectStore('drafts').openCursor();
    walking.onerror = () => reject(walking.error);
    walking.onsuccess = () => {
      const cursor = walking.result;
      if (!cursor) {
        resolve();
        return;
      }
      if ((cursor.value as Sealed).savedAt < before) {
        cursor.delete();
      }
      cursor.continue();
    };
  });
}

function request<Value>(asked: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}
