import { parseSetCookie } from 'cookie';
import { createDemoProvider, DemoProvider } from 'demo-provider';
import {
  fragmentOf,
  postForm,
  visitCallback,
  visitProvider,
} from '../__testUtils__/browser';
import { databaseIds } from '../__testUtils__/databases';
import { web } from '../__testUtils__/demoSettings';
import { useApp } from '../__testUtils__/useApp';
import { databaseNowPlus } from '../database/database';

jest.setTimeout(120_000);

describe.each(databaseIds())(
  'a browser that repeats a request, on %s',
  databaseId => {
    let provider: DemoProvider;
    let answer: () => void = () => {};
    const site = useApp({
      databaseId,
      servers: {
        /** A token endpoint that responds when the test says so. */
        slow: response => {
          answer = () => {
            response.setHeader('content-type', 'application/json');
            response.end('{"access_token":"slow-token","token_type":"bearer"}');
          };
        },
      },
      app: () => ({
        datasourceAuth: {
          callbackUrl:
            'http://localhost:7007/api/datasource-auth/oauth/callback',
        },
      }),
    });
    const { jane } = site;
    const { slow } = site.servers;

    beforeAll(async () => {
      provider = await createDemoProvider();
    });
    afterAll(() => provider?.close());

    const begin = async (settings = web('flow', provider.url)) => {
      const begun = await jane('POST', '/authorizations', { settings });
      expect(begun.status).toBe(201);
      return begun.body as { id: string; ticket: string };
    };
    const atSlowServer = () => {
      const settings = web('slow', provider.url);
      delete settings.auth.issuer;
      delete settings.auth.revoke;
      settings.auth.scopes = ['read'];
      settings.auth.token.url = `http://localhost:${slow.port}/token`;
      return settings;
    };
    const calls = () => {
      const { granted = 0, refused = 0 } = (provider.counts.tokenCalls
        .authorization_code ?? {}) as Record<string, number>;
      return granted + refused;
    };
    const complete = (id: string, completion: string | null) =>
      jane('POST', `/authorizations/${id}/completion`, { completion });
    const pass = (id: string, column: string) =>
      site
        .knex('authorizations')
        .where({ id })
        .update({ [column]: databaseNowPlus(site.knex, -1) });
    const until = async (ready: () => boolean) => {
      while (!ready()) await new Promise(resolve => setTimeout(resolve, 10));
    };
    it('gets the result of its first callback, before and after completion, with one exchange', async () => {
      const begun = await begin();
      const { callback, cookie } = await visitProvider(site.app, begun.ticket);
      const before = calls();
      const first = await visitCallback(site.app, callback, cookie);
      const second = await visitCallback(site.app, callback, cookie);
      const completion = fragmentOf(first).get('completion');
      expect(second.status).toBe(303);
      expect(fragmentOf(second).get('completion')).toBe(completion);
      expect((await complete(begun.id, completion)).body.status).toBe(
        'granted',
      );

      const third = await visitCallback(site.app, callback, cookie);
      expect(third.headers.get('location')).toBe(first.headers.get('location'));
      expect((await complete(begun.id, completion)).status).toBe(409);
      expect(
        (await jane('GET', `/authorizations/${begun.id}`)).body.status,
      ).toBe('granted');
      expect(calls()).toBe(before + 1);
    });

    it('gets it in both of two tabs at once', async () => {
      const begun = await begin();
      const { callback, cookie } = await visitProvider(site.app, begun.ticket);
      const before = calls();
      const both = await Promise.all([
        visitCallback(site.app, callback, cookie),
        visitCallback(site.app, callback, cookie),
      ]);
      const [one, two] = both.map(back => fragmentOf(back).get('completion'));
      expect(one).toBeTruthy();
      expect(two).toBe(one);
      expect(calls()).toBe(before + 1);
    });

    it('waits while its first callback is being exchanged', async () => {
      const begun = await begin(atSlowServer());
      const { callback, cookie } = await visitProvider(site.app, begun.ticket);
      const asked = slow.requests.length;
      const first = visitCallback(site.app, callback, cookie);
      await until(() => slow.requests.length > asked);
      const second = visitCallback(site.app, callback, cookie);
      let early = false;
      second.then(() => {
        early = true;
      });
      await jane('GET', `/authorizations/${begun.id}`);
      expect(early).toBe(false);
      answer();
      const completion = fragmentOf(await first).get('completion');
      expect(completion).toBeTruthy();
      expect(fragmentOf(await second).get('completion')).toBe(completion);
      expect(slow.requests).toHaveLength(asked + 1);
    });

    it('gets a refusal twice too', async () => {
      const begun = await begin();
      const { callback, cookie } = await visitProvider(site.app, begun.ticket, {
        deny: true,
      });
      const first = await visitCallback(site.app, callback, cookie);
      const second = await visitCallback(site.app, callback, cookie);
      expect(second.status).toBe(303);
      expect(second.headers.get('location')).toBe(
        first.headers.get('location'),
      );
      expect(fragmentOf(second).get('completion')).toBeNull();
    });

    it('gets it for a form_post that is posted twice too', async () => {
      const begun = await begin();
      const { callback, cookie } = await visitProvider(site.app, begun.ticket);
      const post = () =>
        postForm(
          site.app,
          '/oauth/callback',
          Object.fromEntries(callback.searchParams),
        );
      const [one, two] = [await post(), await post()];
      const at = new URL(two.headers.get('location')!);
      expect(one.headers.get('location')).toBe(at.href);
      const first = await visitCallback(site.app, at, cookie);
      const late = await post();
      expect(late.headers.get('location')).toBe(at.href);
      const second = await visitCallback(site.app, at, cookie);
      expect(fragmentOf(first).get('completion')).toBeTruthy();
      expect(second.headers.get('location')).toBe(
        first.headers.get('location'),
      );
    });

    it('threats 27: gets nothing from another browser, with another code, at another path, or later', async () => {
      const begun = await begin();
      const { callback, cookie } = await visitProvider(site.app, begun.ticket);
      expect((await visitCallback(site.app, callback, cookie)).status).toBe(
        303,
      );
      const foreign = `${cookie.split('=')[0]}=${'x'.repeat(43)}`;
      expect((await visitCallback(site.app, callback, '')).status).toBe(400);
      expect((await visitCallback(site.app, callback, foreign)).status).toBe(
        400,
      );
      const other = new URL(callback);
      other.searchParams.set('code', 'another');
      expect((await visitCallback(site.app, other, cookie)).status).toBe(400);
      const elsewhere = new URL(callback);
      elsewhere.pathname += '/flow';
      expect((await visitCallback(site.app, elsewhere, cookie)).status).toBe(
        400,
      );
      expect((await visitCallback(site.app, callback, cookie)).status).toBe(
        303,
      );
      await pass(begun.id, 'state_expires_at');
      expect((await visitCallback(site.app, callback, cookie)).status).toBe(
        400,
      );
    });

    it('gets the same redirect if the start form is posted twice within seconds', async () => {
      const begun = await begin();
      const start = () =>
        postForm(site.app, '/oauth/start', { ticket: begun.ticket });
      const [one, two] = await Promise.all([start(), start()]);
      expect([one.status, two.status]).toEqual([303, 303]);
      expect(two.headers.get('location')).toBe(one.headers.get('location'));
      // The time at which it expires can be in another second.
      const [first, second] = [one, two].map(({ headers }) =>
        Object.assign(parseSetCookie(headers.get('set-cookie')!), {
          expires: undefined,
        }),
      );
      expect(second).toEqual(first);

      const { callback, cookie } = await visitProvider(site.app, begun.ticket);
      const back = await visitCallback(site.app, callback, cookie);
      expect(fragmentOf(back).get('completion')).toBeTruthy();
      expect((await start()).status).toBe(400);

      const late = await begin();
      const again = () =>
        postForm(site.app, '/oauth/start', { ticket: late.ticket });
      expect((await again()).status).toBe(303);
      await pass(late.id, 'ticket_expires_at');
      expect((await again()).status).toBe(400);
    });
  },
);
