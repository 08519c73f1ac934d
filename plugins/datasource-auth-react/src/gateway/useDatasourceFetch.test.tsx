import { ReactNode } from 'react';
import { fetchApiRef } from '@backstage/core-plugin-api';
import { TestApiProvider } from '@backstage/test-utils';
import { renderHook } from '@testing-library/react';
import {
  DatasourceAuthError,
  GATEWAY_RESPONSE_HEADER,
  GATEWAY_ERROR_HEADER,
} from 'backstage-plugin-datasource-auth-common';
import { useDatasourceFetch } from './useDatasourceFetch';

const OF_THE_API = { [GATEWAY_RESPONSE_HEADER]: 'api' };

function fetchingWith(answer: () => Response, name = 'crm') {
  const sent = jest.fn(async (_url: unknown, _init?: RequestInit) => answer());
  const fetchApi = { fetch: sent as typeof fetch };
  const wrapper = ({ children }: { children: ReactNode }) => (
    <TestApiProvider apis={[[fetchApiRef, fetchApi]]}>
      {children}
    </TestApiProvider>
  );
  const hook = renderHook(props => useDatasourceFetch(props.name), {
    wrapper,
    initialProps: { name },
  });
  return { hook, sent, fetchDatasource: hook.result.current };
}

const fine = () => new Response('fine', { headers: OF_THE_API });

async function errorOf(work: Promise<unknown>): Promise<DatasourceAuthError> {
  return work.then(
    () => {
      throw new Error('It did not fail');
    },
    error => error,
  );
}

describe('useDatasourceFetch', () => {
  it('calls the gateway with the given options', async () => {
    const { fetchDatasource, sent } = fetchingWith(fine);
    const init = { method: 'POST', body: '{}', headers: { Accept: 'text/x' } };
    const response = await fetchDatasource('/contacts/1?q=a%2F..%2Fb', init);
    expect(await response.text()).toBe('fine');
    expect(sent.mock.calls).toEqual([
      ['plugin://datasource-auth/gateway/crm/contacts/1?q=a%2F..%2Fb', init],
    ]);
  });

  it.each([
    ['', '/'],
    ['/', '/'],
    ['contacts', '/contacts'],
    ['?q=1', '/?q=1'],
    ['/a b', undefined],
    [`/${encodeURIComponent('a b')}`, '/a%20b'],
  ])('sends the path %j as %s', async (path, expected) => {
    const { fetchDatasource, sent } = fetchingWith(fine);
    await fetchDatasource(path).catch(() => {});
    expect(sent.mock.calls[0]?.[0]).toBe(
      expected && `plugin://datasource-auth/gateway/crm${expected}`,
    );
  });

  it.each([
    ['/../../datasources/crm'],
    ['../../datasources/crm'],
    ['/a/%2e%2e/%2E%2e/datasources'],
    ['/..\\..\\datasources'],
    ['/a//b'],
    ['//evil.example'],
    ['https://evil.example/'],
    ['/a%2f..%2fb'],
    ['/\t/evil.example'],
    ['/a#b'],
    ['/a?b#c'],
  ])(
    'threats 4: sends nothing for %j, which would lead elsewhere',
    async path => {
      const { fetchDatasource, sent } = fetchingWith(fine);
      expect(await errorOf(fetchDatasource(path))).toMatchObject({
        code: 'invalid_request',
      });
      expect(sent).not.toHaveBeenCalled();
    },
  );

  it.each([['..'], ['a/b'], ['../datasources'], ['']])(
    'sends nothing for the name %j',
    async name => {
      const { fetchDatasource, sent } = fetchingWith(fine, name);
      expect(await errorOf(fetchDatasource('/a'))).toMatchObject({
        code: 'invalid_request',
      });
      expect(sent).not.toHaveBeenCalled();
    },
  );

  it.each([400, 401, 403, 404, 409, 429, 500, 503])(
    'resolves with %i if the API returned it',
    async status => {
      const { fetchDatasource } = fetchingWith(
        () => new Response('said the API', { status, headers: OF_THE_API }),
      );
      const response = await fetchDatasource('/a');
      expect(response.status).toBe(status);
      expect(await response.text()).toBe('said the API');
    },
  );

  it('rejects with the typed error of the gateway', async () => {
    const { fetchDatasource } = fetchingWith(
      () =>
        new Response(
          JSON.stringify({
            error: {
              name: 'DatasourceNotAuthorizedError',
              message: 'Authorize it',
              code: 'datasource_not_authorized',
              link: 'https://backstage.example/datasource-auth/crm',
            },
          }),
          { status: 409, headers: { [GATEWAY_ERROR_HEADER]: 'provider' } },
        ),
    );
    expect(await errorOf(fetchDatasource('/a'))).toMatchObject({
      name: 'DatasourceNotAuthorizedError',
      code: 'datasource_not_authorized',
      statusCode: 409,
      link: 'https://backstage.example/datasource-auth/crm',
    });
  });

  it.each([
    [401, 'not_allowed'],
    [404, 'not_installed'],
    [502, 'datasource_unavailable'],
  ])(
    'rejects a %i of Backstage or a proxy instead of returning it as the API’s',
    async (status, code) => {
      const { fetchDatasource } = fetchingWith(
        () => new Response('<html>', { status }),
      );
      expect(await errorOf(fetchDatasource('/a'))).toMatchObject({ code });
    },
  );

  it('stays the same function until the name changes', () => {
    const { hook } = fetchingWith(fine);
    const first = hook.result.current;
    hook.rerender({ name: 'crm' });
    expect(hook.result.current).toBe(first);
    hook.rerender({ name: 'other' });
    expect(hook.result.current).not.toBe(first);
  });
});
