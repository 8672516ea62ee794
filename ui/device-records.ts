/** Records that stay on this device, in one table of IndexedDB: keys the browser will not hand out may be among what they hold. */
export interface DeviceRecords<Value> {
  /** @throws DOMException where the browser keeps nothing. */
  readonly get: (key: string) => Promise<Value | undefined>;
  /** On disk when it resolves. @throws DOMException where the browser cannot keep it: then nothing was kept. */
  readonly put: (key: string, value: Value) => Promise<void>;
  readonly remove: (key: string) => Promise<void>;
  readonly keys: () => Promise<string[]>;
  /** One page of this browser at a time: two that read, change and write would lose what one of them kept. */
  readonly alone: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

export function deviceRecords<Value>(database: string, table: string): DeviceRecords<Value> {
  async function within<Result>(
    mode: IDBTransactionMode,
    ask: (store: IDBObjectStore) => IDBRequest<Result>,
  ): Promise<Result> {
    const opening = indexedDB.open(database, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(table);
    const opened = await answered(opening);
    try {
      const transaction = opened.transaction(table, mode, { durability: 'strict' });
      return await answered(ask(transaction.objectStore(table)));
    } finally {
      opened.close();
    }
  }
  return {
    get: (key) => within<Value | undefined>('readonly', (store) => store.get(key)),
    async put(key, value) {
      await within('readwrite', (store) => store.put(value, key));
    },
    async remove(key) {
      await within('readwrite', (store) => store.delete(key));
    },
    keys: async () => (await within('readonly', (store) => store.getAllKeys())).map(String),
    alone: (work) => ('locks' in navigator ? navigator.locks.request(database, work) : work()),
  };
}

function answered<Result>(asked: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}
