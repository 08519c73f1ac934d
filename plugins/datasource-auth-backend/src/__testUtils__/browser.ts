import { DemoPerson } from 'demo-provider';
import { RunningDatasourceAuth } from './startDatasourceAuth';

/** Posts a form as a browser does, without following redirects. */
export async function postForm(
  app: Pick<RunningDatasourceAuth, 'url'>,
  path: string,
  fields: Record<string, string>,
): Promise<Response> {
  return fetch(`${app.url}${path}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
  });
}

/** Opens the provider with a ticket, signs in, and approves. Returns the redirect URL. */
export async function visitProvider(
  app: Pick<RunningDatasourceAuth, 'url'>,
  ticket: string,
  options: { deny?: boolean; person?: DemoPerson } = {},
): Promise<{ callback: URL; cookie: string }> {
  const start = await postForm(app, '/oauth/start', { ticket });
  expect(start.status).toBe(303);
  const cookie = start.headers.get('set-cookie')!.split(';')[0];
  const { person = new DemoPerson() } = options;
  const { callback } = await person.authorize(
    start.headers.get('location')!,
    options,
  );
  return { callback, cookie };
}

/** Follows the provider's redirect to the backend under test, which listens on another port than the redirect says. */
export function visitCallback(
  app: Pick<RunningDatasourceAuth, 'url' | 'anonymous'>,
  callback: URL,
  cookie: string,
) {
  const path = callback.pathname.replace('/api/datasource-auth', '');
  return app.anonymous(
    'GET',
    `${app.url}${path}${callback.search}`,
    undefined,
    {
      cookie,
    },
  );
}

/** Returns the values for the page in the fragment of a callback's redirect. */
export function fragmentOf(response: { headers: Headers }): URLSearchParams {
  const location = new URL(response.headers.get('location')!);
  return new URLSearchParams(location.hash.slice(1));
}
