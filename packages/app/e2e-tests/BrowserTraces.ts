import type { BrowserContext, Page } from '@playwright/test';

/** What script of a page can read in the browser, and so what any script on the origin could take. */
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
      // What Back leads to, as far as it is of this origin, and everything that was loaded.
      history: (
        window as unknown as { navigation: { entries(): { url: string }[] } }
      ).navigation
        .entries()
        .map(({ url }) => url),
      loaded: performance.getEntries().map(({ entryType, name }) =>
        // With what this document was opened the browser remembers until it is closed, and no page can change that: the
        // completion in the fragment is of no use a second time.
        entryType === 'navigation' ? name.split('#')[0] : name,
      ),
    }),
  );
}

/** Tells the test of every message that a page sends to others, and has the browser remember everything it loads. */
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

/**
 * What a walk through the pages leaves in the browser, and what was sent on the way that must not be left there.
 */
export class BrowserTraces {
  /** Bodies and addresses of what our pages and the provider sent to our backend. */
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

  /** Everything that is there now. */
  async left(page: Page): Promise<string> {
    const cookies = await page.context().cookies();
    return JSON.stringify([
      await page.evaluate(readable),
      this.#messages,
      cookies.filter(({ httpOnly }) => !httpOnly),
    ]);
  }

  /** What was sent under this path of the API, or as a parameter of it. */
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
