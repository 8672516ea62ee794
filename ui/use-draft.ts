import { createContext, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { createDraftStore, type DraftStore } from './draft-store.ts';

const DraftContext = createContext<{ readonly store: DraftStore; readonly owner: string }>({
  store: createDraftStore(() => Date.now()),
  owner: '',
});

/** Whose drafts these are: drafts of one member of staff are never offered to another. */
export const DraftProvider = DraftContext;

export type DraftState = 'none' | 'saving' | 'saved' | 'unsaved';

export interface Draft<Value> {
  /** Undefined until the stored draft, if any, has been read. */
  readonly value: Value | undefined;
  readonly change: (next: (value: Value) => Value) => void;
  readonly state: DraftState;
  readonly savedAt?: number;
  /** True when the form opened with what had been entered earlier. */
  readonly restored: boolean;
  /** Forgets the draft, once what it held is recorded or given up. */
  readonly discard: () => Promise<void>;
}

const pauseMilliseconds = 400;

/** A form's value that saves itself shortly after each change, also while changes keep coming. */
export function useDraft<Value>(name: string, initial: () => Value): Draft<Value> {
  const { store, owner } = useContext(DraftContext);
  const key = `${owner}/${name}`;
  const [value, setValue] = useState<Value>();
  const [state, setState] = useState<DraftState>('none');
  const [savedAt, setSavedAt] = useState<number>();
  const [restored, setRestored] = useState(false);
  const latest = useRef<{ value: Value | undefined; dirty: boolean }>({ value: undefined, dirty: false });
  const makeInitial = useRef(initial);

  useEffect(() => {
    let current = true;
    void store.load<Value>(key).then((found) => {
      if (current) {
        const start = found?.value ?? makeInitial.current();
        latest.current = { value: start, dirty: false };
        setValue(start);
        setRestored(found !== undefined);
        setSavedAt(found?.savedAt);
        setState(found ? 'saved' : 'none');
      }
    });
    return () => {
      current = false;
    };
  }, [store, key]);

  const save = useCallback(async () => {
    if (!latest.current.dirty) {
      return;
    }
    latest.current.dirty = false;
    setState('saving');
    const kept = await store.save(key, latest.current.value);
    setSavedAt(kept ? Date.now() : undefined);
    // What was entered meanwhile is not saved yet, and the reader is not told that it is.
    setState(!kept ? 'unsaved' : latest.current.dirty ? 'saving' : 'saved');
  }, [store, key]);

  // Leaving the page within the pause must not lose the last words.
  useEffect(() => {
    const flush = () => void save();
    window.addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      document.removeEventListener('visibilitychange', flush);
      flush();
    };
  }, [save]);

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const change = useCallback(
    (next: (value: Value) => Value) => {
      const changed = next(latest.current.value as Value);
      latest.current = { value: changed, dirty: true };
      setValue(changed);
      setState('saving');
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        void save();
      }, pauseMilliseconds);
    },
    [save],
  );
  const discard = useCallback(async () => {
    latest.current.dirty = false;
    await store.remove(key);
    setState('none');
  }, [store, key]);

  return { value, change, state, ...(savedAt !== undefined && { savedAt }), restored, discard };
}
