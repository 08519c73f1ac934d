import type { BrowserContext, Page } from '@playwright/test';

/** What a page's script can read in the browser, and so what any script on the origin could read. */
function readable(): Promise<string> {
  const rowsOf = (store: IDBObjectStore) =>
    new Promise<unknown[]>(resolve => {
      const rows = store.getAll();
      rows.onsuccess = () => resolve(rows.result);
      rows.onerror = () => resolve([]);
    });
  const contentOf = async ({ name }: IDBDatabaseInfo) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name!);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const stores = [...database.objectStoreNames];
    const rows = await Promise.all(
      stores.map(store =>
        rowsOf(database.transaction(store).objectStore(store)),
      ),
    );
    database.close();
    return { name, stores, rows };
  };
  return indexedDB.databases().then(async databases =>
    JSON.stringify({
      local: { ...localStorage },
      session: { ...sessionStorage },
      indexed: await Promise.all(databases.map(contentOf)),
      cookies: document.cookie,
      name: window.name,
      referrer: document.referrer,
      state: history.state,
      // Pages that Back leads to on this origin, and everything that was loaded.
      history: (
        window as unknown as { navigation: { entries(): { url: string }[] } }
      ).navigation
        .entries()
        .map(({ url }) => url),
      loaded: performance.getEntries().map(({ entryType, name }) =>
        // The browser remembers the URL that opened this document until it is closed, and no page can change
        // that. The completion in the fragment can't be used a second time.
        entryType === 'navigation' ? name.split('#')[0] : name,
      ),
    }),
  );
}

/**
 * Reports to the test every message that a page sends to others, and makes the browser remember everything it
 * loads.
 */
function tellOfMessages() {
  performance.setResourceTimingBufferSize(100_000);
  const tell = (message: unknown) =>
    (window as unknown as { heard(text: string): void }).heard(
      JSON.stringify(message) ?? '',
    );
  const { postMessage } = BroadcastChannel.prototype;
  BroadcastChannel.prototype.postMessage = function post(message) {
    tell(message);
    postMessage.call(this, message);
  };
  window.addEventListener('message', ({ data }) => tell(data));
}

/** Finds what a walk through the pages leaves in the browser, and what was sent but must not stay there. */
export class BrowserTraces {
  /** Bodies and URLs of requests from the pages and the provider to the backend. */
  readonly sent: Array<{ url: URL; body: string }> = [];
  readonly #messages: string[] = [];

  static async of(context: BrowserContext): Promise<BrowserTraces> {
    const traces = new BrowserTraces();
    await context.exposeBinding('heard', (_, text: string) => {
      traces.#messages.push(text);
    });
    await context.addInitScript(tellOfMessages);
    context.on('request', request => {
      const body = request.postData() ?? '';
      traces.sent.push({ url: new URL(request.url()), body });
    });
    return traces;
  }

  private constructor() {}

  /** Returns everything that is there now. */
  async left(page: Page): Promise<string> {
    const cookies = await page.context().cookies();
    return JSON.stringify([
      await page.evaluate(readable),
      this.#messages,
      cookies.filter(({ httpOnly }) => !httpOnly),
    ]);
  }

  /** Returns what was sent below this path of the API, or as a parameter. */
  value(path: RegExp, name: string): string | undefined {
    const { url, body } =
      this.sent.find(request => path.test(request.url.pathname)) ?? {};
    if (!url) return undefined;
    const values = body?.startsWith('{')
      ? new URLSearchParams(JSON.parse(body))
      : new URLSearchParams(body);
    return values.get(name) ?? url.searchParams.get(name) ?? undefined;
  }
}
