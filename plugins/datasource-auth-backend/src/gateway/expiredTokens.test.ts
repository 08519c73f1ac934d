import { startBareGateway } from '../__testUtils__/startBareGateway';

const EXPIRED = JSON.stringify({ error: { code: 4001 } });
const FINE = JSON.stringify({ items: ['a'] });

describe('N5 an API that reports an expired token with status 200', () => {
  let gateway: Awaited<ReturnType<typeof startBareGateway>>;

  beforeEach(async () => {
    gateway = await startBareGateway({
      api: { expired: { path: 'error.code', equals: [4001] } },
      token: async need =>
        need.rejected?.generation === 1 ? 'token-2' : 'token-1',
    });
  });

  afterEach(() => gateway.stop());

  const JSON_TYPE = { 'content-type': 'application/json' };

  /** Answers the first token as expired. */
  const guard = (headers: Record<string, string> = JSON_TYPE, long = '') =>
    gateway.api.answer((response, { headers: sent }) => {
      const isNew = sent.authorization === 'Bearer token-2';
      const body = isNew ? FINE : EXPIRED.replace('{', `{${long}`);
      response.writeHead(200, {
        ...headers,
        ...(headers['transfer-encoding']
          ? {}
          : { 'content-length': String(Buffer.byteLength(body)) }),
      });
      response.end(body);
    });

  it('gets one new token and one more call, and the caller does not notice', async () => {
    guard();
    const answer = await gateway.call('/a');
    expect(answer).toMatchObject({ status: 200, text: FINE });
    expect(gateway.needs).toHaveLength(2);
    expect(gateway.uses).toEqual([false, true]);
    expect(gateway.noted).toEqual([['accepted', 'token-2', 'gateway /**']]);
    expect(
      gateway.api.seen.map(({ headers }) => headers['accept-encoding']),
    ).toEqual(['identity', 'identity']);
  });

  it('passes the second report on', async () => {
    gateway.api.answer(response => {
      response.writeHead(200, {
        ...JSON_TYPE,
        'content-length': EXPIRED.length,
      });
      response.end(EXPIRED);
    });
    expect(await gateway.call('/a')).toMatchObject({
      status: 200,
      text: EXPIRED,
    });
    expect(gateway.api.seen).toHaveLength(2);
    expect(gateway.noted).toEqual([['rejected', 'token-2', 'gateway /**']]);
  });

  it('passes another body on whole, and notes the token as accepted', async () => {
    const items = JSON.stringify({ items: 'x'.repeat(60_000) });
    gateway.api.answer(response => {
      response.writeHead(200, { ...JSON_TYPE, 'content-length': items.length });
      response.write(items.slice(0, 100));
      response.end(items.slice(100));
    });
    const answer = await gateway.call('/a');
    expect(answer.text).toBe(items);
    expect(answer.headers['content-length']).toBe(String(items.length));
    expect(gateway.noted).toEqual([['accepted', 'token-1', undefined]]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['an event stream', { 'content-type': 'text/event-stream' }, ''],
    [
      'a body of unknown length',
      { ...JSON_TYPE, 'transfer-encoding': 'chunked' },
      '',
    ],
    ['a long body', JSON_TYPE, `"a": "${'x'.repeat(65_536)}", `],
  ])('never looks into %s', async (_, headers, long) => {
    guard(headers, long);
    const answer = await gateway.call('/a');
    expect(answer.text).toContain('4001');
    expect(gateway.api.seen).toHaveLength(1);
  });

  it('lets the first event of a stream through before the stream ends', async () => {
    gateway.api.answer(response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
    });
    const response = await fetch(`${gateway.url}/gateway/crm/a`);
    const { value } = await response.body!.getReader().read();
    expect(Buffer.from(value!).toString()).toBe('data: 1\n\n');
  });

  it('fails when the body breaks off', async () => {
    gateway.api.answer(response => {
      response.writeHead(200, { ...JSON_TYPE, 'content-length': 100 });
      response.write('{"a":');
      setTimeout(() => response.destroy(), 50);
    });
    const answer = await gateway.call('/a');
    expect(answer.status).toBe(502);
  });
});
