import { demoAccounts, demoClients, DemoPerson } from 'demo-provider';
import type { DemoInstance } from './DemoInstance';

/** Grants by the demo client that uses them. */
export type DemoGrant = 'web' | 'machine' | 'legacy';

const API = '/api/datasource-auth';
const [WEB, MACHINE, LEGACY] = demoClients();
const ROBOT = demoAccounts[1];

/**
 * Creates datasources through the API, for tests that start with some. Only if app, backend and provider are
 * on localhost.
 */
export class DemoDatasources {
  readonly #instance: DemoInstance;

  static of(instance: DemoInstance): DemoDatasources {
    return new DemoDatasources(instance);
  }

  private constructor(instance: DemoInstance) {
    this.#instance = instance;
  }

  /** Returns complete settings of a datasource for the demo provider. */
  settings(name: string, grant: DemoGrant, more: object = {}) {
    const { url, issuer } = this.#instance.provider;
    const auths = {
      web: {
        grantType: 'authorization_code',
        clientId: WEB.id,
        clientSecret: WEB.secret,
        authorize: { url: `${issuer}/authorize` },
        scopes: ['openid', 'read', 'offline_access'],
      },
      machine: {
        grantType: 'client_credentials',
        clientId: MACHINE.id,
        clientSecret: MACHINE.secret,
        scopes: ['read'],
      },
      legacy: {
        grantType: 'password',
        clientId: LEGACY.id,
        clientSecret: LEGACY.secret,
        username: ROBOT.username,
        password: ROBOT.password,
        scopes: ['read'],
      },
    };
    return {
      name,
      title: name
        .replace(/-/g, ' ')
        .replace(/^./, first => first.toUpperCase()),
      baseUrl: `${url}/api`,
      testPath: '/me',
      consumers: ['sample-consumer'],
      ...more,
      auth: {
        token: { url: `${issuer}/token` },
        issuer,
        ...auths[grant],
        ...('auth' in more ? (more.auth as object) : {}),
      },
    };
  }

  /** Saves a datasource without a credential. */
  async save(name: string, grant: DemoGrant, more: object = {}) {
    await this.#call('POST', '/datasources', this.settings(name, grant, more));
  }

  /** Saves a datasource with a credential. */
  async authorize(name: string, grant: DemoGrant, more: object = {}) {
    const settings = this.settings(name, grant, more);
    const { id, status, startUrl, ticket } = await this.#call(
      'POST',
      '/authorizations',
      { settings },
    );
    if (status !== 'granted') await this.#approve(id, { startUrl, ticket });
    await this.#call('POST', '/datasources', {
      ...settings,
      credential: { action: 'replace', authorizationId: id },
    });
  }

  /** Changes a datasource without the page. */
  async change(name: string, part: object) {
    const current = await this.#call('GET', `/datasources/${name}`);
    const { auth, ...rest } = current;
    const known = Object.fromEntries(
      ['title', 'owner', 'baseUrl', 'testPath', 'consumers', 'tags'].map(
        key => [key, rest[key]],
      ),
    );
    const { clientSecret, password, clientAssertion, ...open } = auth;
    await this.#call(
      'PUT',
      `/datasources/${name}`,
      { name, ...known, auth: open, ...part },
      { 'if-match': `"${current.version}"` },
    );
  }

  async rehearse(name: string) {
    await this.#call('POST', `/datasources/${name}/rehearsal`);
  }

  async test(name: string) {
    await this.#call('POST', `/datasources/${name}/test`);
  }

  async delete(name: string) {
    await this.#call('DELETE', `/datasources/${name}?force=true`);
  }

  /** Does what a browser does, from the ticket to the completion. */
  async #approve(id: string, start: { startUrl: string; ticket: string }) {
    const begun = await fetch(start.startUrl, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ ticket: start.ticket }),
    });
    const cookie = begun.headers.get('set-cookie')!.split(';')[0];
    const { callback } = await new DemoPerson().authorize(
      begun.headers.get('location')!,
    );
    const returned = await fetch(callback, {
      redirect: 'manual',
      headers: { cookie },
    });
    const { hash } = new URL(returned.headers.get('location')!);
    await this.#call('POST', `/authorizations/${id}/completion`, {
      completion: new URLSearchParams(hash.slice(1)).get('completion'),
    });
  }

  async #call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) {
    const answer = await this.#instance.guest.call(
      method,
      `${API}${path}`,
      body,
      headers,
    );
    if (answer.status >= 400) {
      throw new Error(
        `${method} ${path}: HTTP ${answer.status} ${answer.text}`,
      );
    }
    return answer.body;
  }
}
