import { mockDatasourceAuthService } from 'backstage-plugin-datasource-auth-node/testUtils';
import { ThingsProvider } from './ThingsProvider';

describe('the entities of things', () => {
  const api = jest.fn(async (_: Request) =>
    Response.json({ things: [{ id: 7, title: 'The seventh' }] }),
  );
  const tokens = mockDatasourceAuthService({ datasources: { demo: { api } } });
  const applyMutation = jest.fn();

  /** Runs the scheduled task once. */
  const run = (datasource = 'demo') =>
    new ThingsProvider({
      tokens,
      datasource,
      schedule: {
        run: async ({ fn }) => fn(new AbortController().signal),
      },
    }).connect({ applyMutation, refresh: jest.fn() });

  beforeEach(() => jest.clearAllMocks());

  it('replace all entities of the previous run', async () => {
    await run();
    expect(new URL(api.mock.calls[0][0].url).pathname).toMatch(/\/things$/);
    expect(applyMutation).toHaveBeenCalledWith({
      type: 'full',
      entities: [
        {
          locationKey: 'sample-things:demo',
          entity: expect.objectContaining({
            kind: 'Resource',
            metadata: expect.objectContaining({
              name: 'thing-7',
              title: 'The seventh',
            }),
          }),
        },
      ],
    });
  });

  it.each([
    [
      'the API fails',
      () => api.mockResolvedValueOnce(new Response('', { status: 500 })),
      "The API of datasource 'demo' returned HTTP 500",
    ],
    [
      'the API returns something else',
      () => api.mockResolvedValueOnce(Response.json({})),
      "The API of datasource 'demo' returned no things",
    ],
    [
      'the datasource is not authorized',
      () => tokens.setState('demo', 'NOT_AUTHORIZED'),
      /authorize/,
    ],
  ])('stay unchanged if %s', async (_, happen, message) => {
    happen();
    await expect(run()).rejects.toThrow(message);
    expect(applyMutation).not.toHaveBeenCalled();
  });
});
