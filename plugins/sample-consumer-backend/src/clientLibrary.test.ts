import {
  bearerTokenAuthenticationPolicy,
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
  HttpClient,
} from '@azure/core-rest-pipeline';
import { mockDatasourceAuthService } from 'backstage-plugin-datasource-auth-node/testUtils';
import { Octokit } from '@octokit/core';
import { credentialOf, fetchOf } from './clientLibrary';

describe('a client library', () => {
  const tokens = mockDatasourceAuthService({
    datasources: {
      github: {
        baseUrl: 'https://api.github.com',
        api: request => Response.json({ path: new URL(request.url).pathname }),
      },
      azure: {},
    },
  });
  const last = (name: string) => tokens.issuedTokens(name).at(-1);

  it('with a fetch option is authenticated, even after its token was rejected', async () => {
    const octokit = new Octokit({
      request: { fetch: fetchOf(tokens, 'github') },
    });
    const read = async () => (await octokit.request('GET /issues')).data;

    expect(await read()).toEqual({ path: '/issues' });
    tokens.revoke('github');
    expect(await read()).toEqual({ path: '/issues' });
    expect(tokens.issuedTokens('github')).toHaveLength(2);
  });

  it('with a fetch option sends the token nowhere else', async () => {
    const octokit = new Octokit({
      baseUrl: 'https://github.example.com',
      request: { fetch: fetchOf(tokens, 'github') },
    });
    await expect(octokit.request('GET /issues')).rejects.toThrow(
      /github\.example\.com/,
    );
  });

  it('that requests a token before each call has the latest one within a minute of revocation', async () => {
    jest.useFakeTimers();
    try {
      const sent: Array<string | undefined> = [];
      const server: HttpClient = {
        async sendRequest(request) {
          sent.push(request.headers.get('authorization'));
          return { request, status: 200, headers: createHttpHeaders() };
        },
      };
      const pipeline = createEmptyPipeline();
      pipeline.addPolicy(
        bearerTokenAuthenticationPolicy({
          credential: credentialOf(tokens, 'azure'),
          scopes: [],
        }),
      );
      const call = () =>
        pipeline.sendRequest(
          server,
          createPipelineRequest({ url: 'https://management.azure.com/' }),
        );

      await call();
      const first = last('azure');
      tokens.revoke('azure');
      const { version } = await tokens.getToken({ datasource: 'azure' });
      await tokens.reportRejected({ datasource: 'azure', version });
      jest.setSystemTime(Date.now() + 60_000);
      await call();
      expect(sent).toEqual([`Bearer ${first}`, `Bearer ${last('azure')}`]);
      expect(last('azure')).not.toBe(first);
    } finally {
      jest.useRealTimers();
    }
  });
});
