import { type DemoAccount, demoAccounts } from './demoAccounts';

/**
 * A user with a minimal browser: follows the redirects of the demo provider, signs in, allows, and stops when
 * the provider redirects to the client. Keeps its session like a browser.
 */
export class DemoPerson {
  readonly #account: DemoAccount;
  readonly #cookies = new Map<string, string>();

  constructor(account: DemoAccount = demoAccounts[0]) {
    this.#account = account;
  }

  /**
   * Completes an authorization request.
   *
   * @param url - the authorization URL, with all parameters
   * @param options - `deny` selects Deny; `scopes` leaves only these boxes checked
   * @returns the client URL that the response goes to, and the headings of the pages on the way
   */
  async authorize(
    url: string,
    options: { deny?: boolean; scopes?: string[] } = {},
  ): Promise<{ callback: URL; pages: string[] }> {
    const { origin } = new URL(url);
    const pages: string[] = [];
    let next = url;
    let form: URLSearchParams | undefined;

    for (let step = 0; step < 20; step += 1) {
      const response = await this.#request(next, form);
      const location = response.headers.get('location');
      if (location) {
        const target = new URL(location, next);
        if (target.origin !== origin) return { callback: target, pages };
        next = target.href;
        form = undefined;
      } else {
        const html = await response.text();
        pages.push(/<h1>(.*?)<\/h1>/.exec(html)?.[1] ?? '');
        form = this.#answer(html, options);
        if (!form) throw new Error(`The provider says: ${textOf(html)}`);
      }
    }
    throw new Error('The provider never redirected the browser');
  }

  #answer(
    html: string,
    options: { deny?: boolean; scopes?: string[] },
  ): URLSearchParams | undefined {
    if (html.includes('name="password"')) {
      const { username, password } = this.#account;
      if (html.includes('role="alert"')) return undefined;
      return new URLSearchParams({ username, password, step: 'login' });
    }
    if (!html.includes('value="consent"')) return undefined;
    if (options.deny) return new URLSearchParams({ step: 'abort' });
    const offered = [...html.matchAll(/name="scope" value="([^"]+)"/g)].map(
      match => match[1],
    );
    return new URLSearchParams([
      ...(options.scopes ?? offered).map(scope => ['scope', scope]),
      ['step', 'consent'],
    ]);
  }

  async #request(url: string, form?: URLSearchParams): Promise<Response> {
    const cookie = [...this.#cookies].map(pair => pair.join('=')).join('; ');
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      body: form,
      headers: { accept: 'text/html', cookie },
      redirect: 'manual',
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';');
      const [name, value] = pair.split(/=(.*)/s);
      if (value) this.#cookies.set(name, value);
      else this.#cookies.delete(name);
    }
    return response;
  }
}

function textOf(html: string): string {
  return html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
