/** One text that this tab remembers, even while it is at the provider. Does nothing if the browser has no storage. */
export interface TabMemory {
  put: (text: string) => void;
  get: () => string | undefined;
  /** Returns and forgets the text. */
  take: () => string | undefined;
}

/** Creates the memory of a tab for one text. */
export function tabMemory(key: string): TabMemory {
  const get = () => {
    try {
      return window.sessionStorage.getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  };
  const change = (doIt: (storage: Storage) => void) => {
    try {
      doIt(window.sessionStorage);
    } catch {
      // What is not remembered here is asked for again, or said in general.
    }
  };
  return {
    get,
    put: text => change(storage => storage.setItem(key, text)),
    take: () => {
      const text = get();
      change(storage => storage.removeItem(key));
      return text;
    },
  };
}
