import {
  Behavior,
  json as jsonOf,
  text,
} from '../../egress/__testUtils__/LocalServer';

const json = (status: number, body: object) => jsonOf(body, status);
const send = (status: number, type: string, body: string) =>
  text(body, type, status);

/** Creates values that leak checks search for. */
interface Planter {
  value(kind: string): string;
}

type Fail = (echo: string, provider: Planter) => Behavior;

/** The classes of failures: each repeats what was sent, or holds a token that was not requested. */
export const FAILURES = {
  refused: echo =>
    json(400, { error: 'invalid_grant', error_description: echo }),
  'wrong client': echo => response => {
    response
      .writeHead(401, {
        'content-type': 'application/json',
        'www-authenticate': `Basic realm="x", error_description="${encodeURIComponent(
          echo,
        )}"`,
      })
      .end(JSON.stringify({ error: 'invalid_client', error_uri: echo, echo }));
  },
  'made up': echo => json(400, { error: echo, message: echo }),
  limited: echo => json(429, { error: 'slow_down', error_description: echo }),
  down: echo => send(503, 'text/html', `<html><pre>${echo}</pre></html>`),
  'a page': echo => send(200, 'text/html', `<html>${echo}</html>`),
  'a text': echo => send(200, 'text/plain', echo),
  'a form in a text': (_, provider) =>
    send(
      200,
      'text/plain',
      `access_tokn=${encodeURIComponent(provider.value('access-token'))}`,
    ),
  'a token under another name': (_, provider) =>
    json(200, { accessTokn: provider.value('access-token'), token_type: 'x' }),
  'another type of token': (_, provider) => {
    const token = provider.value('access-token');
    return json(200, { access_token: token, token_type: token });
  },
  'an error beside a token': (_, provider) => {
    const token = provider.value('access-token');
    return json(200, { access_token: token, error: token });
  },
  'a token that an error repeats': (_, provider) => {
    const token = provider.value('access-token');
    return json(200, { acces_token: token, error: token, message: token });
  },
  'half a response': (_, provider) => response => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(`{"access_token": "${provider.value('access-token')}`);
    setTimeout(() => response.destroy(), 20);
  },
  'broken JSON': (_, provider) =>
    send(
      200,
      'application/json',
      `{"access_token": "${provider.value('access-token')}`,
    ),
  'a redirect': echo => response => {
    response
      .writeHead(302, {
        location: `http://localhost:1/${encodeURIComponent(echo)}`,
      })
      .end();
  },
  'too much': echo =>
    send(200, 'application/json', JSON.stringify({ x: echo.repeat(4_000) })),
  'nothing at all': () => response => {
    response.destroy();
  },
} satisfies Record<string, Fail>;
