import {
  DatasourceNotAuthorizedError,
  DatasourceUnavailableError,
} from 'backstage-plugin-datasource-auth-common';
import { soon } from './__testUtils__/soon';
import { startBareGateway } from '../__testUtils__/startBareGateway';
import { errorOf } from '../__testUtils__/startGateway';

type Token = NonNullable<Parameters<typeof startBareGateway>[0]>['token'];

async function withGateway<T>(
  token: Token,
  work: (gateway: Awaited<ReturnType<typeof startBareGateway>>) => Promise<T>,
) {
  const gateway = await startBareGateway({ token });
  try {
    return await work(gateway);
  } finally {
    await gateway.stop();
  }
}

const renewing: Token = async need =>
  need.rejected?.generation === 1 ? 'token-2' : 'token-1';

const firstRejected = {
  rejected: { credentialId: 'c', generation: 1 },
  route: 'gateway /**',
};

describe('a token that the API rejects', () => {
  it("[checklist 44] is refreshed once, and the call repeated: the caller doesn't notice", () =>
    withGateway(renewing, async gateway => {
      gateway.api.answer((response, { headers }) => {
        response.statusCode =
          headers.authorization === 'Bearer token-2' ? 200 : 401;
        response.end(headers.authorization);
      });
      const answer = await gateway.call('/a?b=c');
      expect(answer).toMatchObject({ status: 200, text: 'Bearer token-2' });
      expect(gateway.api.seen.map(({ target }) => target)).toEqual([
        '/a?b=c',
        '/a?b=c',
      ]);
      expect(gateway.needs).toEqual([{}, firstRejected]);
      expect(gateway.uses).toEqual([false, true]);
      expect(gateway.noted).toEqual([['accepted', 'token-2', 'gateway /**']]);
    }));

  it('leaves the only connection to the second call', async () => {
    const gateway = await startBareGateway({ token: renewing, connections: 1 });
    gateway.api.answer((response, { headers }) => {
      const isNew = headers.authorization === 'Bearer token-2';
      response.statusCode = isNew ? 200 : 401;
      response.end('x'.repeat(300_000));
    });
    expect((await gateway.call('/a')).status).toBe(200);
    await gateway.stop();
  });

  it("isn't refreshed a second time", () =>
    withGateway(renewing, async gateway => {
      gateway.api.answer(response => {
        response.statusCode = 401;
        response.end('still not');
      });
      const answer = await gateway.call('/a');
      expect(answer).toMatchObject({ status: 401, text: 'still not' });
      expect(answer.headers['x-datasource-auth-error']).toBeUndefined();
      expect(gateway.api.seen).toHaveLength(2);
      expect(gateway.needs).toHaveLength(2);
      expect(gateway.noted).toEqual([['rejected', 'token-2', 'gateway /**']]);
    }));

  it("isn't refreshed when the scope is missing (RFC 6750 section 3.1)", () =>
    withGateway(renewing, async gateway => {
      gateway.api.answer(response => {
        response.writeHead(401, {
          'www-authenticate': 'Bearer realm="x", error="insufficient_scope"',
        });
        response.end();
      });
      expect((await gateway.call('/a')).status).toBe(401);
      expect(gateway.needs).toEqual([{}]);
    }));

  it("is recognized only by the datasource's statuses", () =>
    withGateway(renewing, async gateway => {
      gateway.api.answer(response => {
        response.statusCode = 403;
        response.end();
      });
      expect((await gateway.call('/a')).status).toBe(403);
      expect(gateway.needs).toEqual([{}]);
    }));

  it('allows a small body to be sent again', () =>
    withGateway(renewing, async gateway => {
      gateway.api.answer((response, { headers, body }) => {
        response.statusCode =
          headers.authorization === 'Bearer token-2' ? 200 : 401;
        response.end(body);
      });
      const answer = await gateway.call('/a', {
        method: 'POST',
        body: 'small',
      });
      expect(answer).toMatchObject({ status: 200, text: 'small' });
      expect(gateway.api.seen.map(({ body }) => body)).toEqual([
        'small',
        'small',
      ]);
    }));

  it("doesn't repeat a call whose body is gone, and gives the next one another token", () =>
    withGateway(renewing, async gateway => {
      gateway.api.answer(response => {
        response.statusCode = 401;
        response.end('said the API');
      });
      const answer = await gateway.call('/a', {
        method: 'POST',
        headers: { 'transfer-encoding': 'chunked' },
        body: 'flows past',
      });
      expect(answer).toMatchObject({ status: 401, text: 'said the API' });
      expect(gateway.api.seen).toHaveLength(1);
      expect(gateway.needs).toEqual([{}, firstRejected]);
    }));

  describe.each([['keep-alive'], ['close']])(
    'over a connection to which the API responds with %s',
    connection => {
      const rejecting = (body: string) => (response: any) => {
        response.writeHead(401, { connection, 'x-request-id': 'r1' });
        response.end(body);
      };
      const large = 'x'.repeat(300_000);

      it.each([
        [
          "can't be refreshed now",
          async (): Promise<string> => {
            throw new DatasourceUnavailableError(
              'The API rejects fresh tokens',
            );
          },
        ],
        ['is the only one there is', async () => 'token-1'],
      ])(
        "forwards the API's complete response when the token %s",
        async (_, renew) => {
          for (const body of ['', 'said the API', large]) {
            await withGateway(
              async need => (need.rejected ? renew() : 'token-1'),
              async gateway => {
                gateway.api.answer(rejecting(body));
                const answer = await gateway.call('/a');
                expect(answer).toMatchObject({ status: 401, cut: false });
                expect(answer.text === body).toBe(true);
                expect(answer.headers['x-request-id']).toBe('r1');
                expect(gateway.api.seen).toHaveLength(1);
              },
            );
          }
        },
      );
    },
  );

  it('tells the caller when a user must authorize again', () =>
    withGateway(
      async need => {
        if (!need.rejected) return 'token-1';
        throw new DatasourceNotAuthorizedError('Refused', {
          link: 'https://x',
        });
      },
      async gateway => {
        gateway.api.answer(response => {
          response.statusCode = 401;
          response.end('said the API');
        });
        const answer = await gateway.call('/a');
        expect(answer.status).toBe(409);
        expect(errorOf(answer)).toMatchObject({
          code: 'datasource_not_authorized',
          link: 'https://x',
        });
        expect(answer.headers['x-datasource-auth-error']).toBe('provider');
        // The held response is released with its connection.
        expect(await soon(() => gateway.api.connections === 0)).toBe(true);
      },
    ));
});

describe('the sender of a response', () => {
  it.each([
    [
      'a credential that needs a person',
      new DatasourceNotAuthorizedError('x'),
      409,
      'provider',
    ],
    [
      'a provider that is down',
      new DatasourceUnavailableError('x'),
      503,
      'provider',
    ],
    ['a bug', new Error('a bug'), 500, 'ours'],
  ])('is %s', (_, error, status, origin) =>
    withGateway(
      async () => {
        throw error;
      },
      async gateway => {
        const answer = await gateway.call('/a');
        expect(answer.status).toBe(status);
        expect(answer.headers['x-datasource-auth-error']).toBe(origin);
        expect(answer.headers['cache-control']).toBe('no-store');
        expect(gateway.api.seen).toHaveLength(0);
      },
    ),
  );
});
