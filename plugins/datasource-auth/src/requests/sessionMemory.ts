/** One text that this tab remembers, even while it is at the provider. Does nothing if the browser has no storage. */
export interface TabMemory {
  put: (text: string) => void;
  get: () => string | undefined;
  /** Returns and forgets the text. */
  take: () => string | undefined;
}

function memory(key: string): TabMemory {
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

/** The secret of the request from whose page the user leaves for the provider. */
export const requestBeforeRedirect = memory('datasource-auth-request');

/** The secret of the opened link, until its page reads it. */
export const openedLink = memory('datasource-auth-request-opened');
