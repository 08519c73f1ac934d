import { secretsOf } from './contextValues';
import { diagnose } from './diagnose';
import { cleanProviderText } from './providerText';
import { providerContext } from './__testUtils__/providerContext';
import { tokenValues } from './tokenValues';

const SECRET = 'hush+/%"é-1';

/** Too short for its header to be taken out as something that looks like a token. */
const SHORT = 'h+%1';

const GRANT = { grantType: 'client_credentials' };

const base64 = (text: string) => Buffer.from(text).toString('base64');
const json = (text: string) => JSON.stringify(text).slice(1, -1);
const form = (text: string) =>
  new URLSearchParams([['', text]]).toString().slice(1);

describe('secrets that a provider echoes', () => {
  it.each([
    ['as it is', SECRET],
    ['in an address', encodeURIComponent(SECRET)],
    ['in a form', form(SECRET)],
    ['in JSON', json(SECRET)],
    ['in base64', base64(SECRET)],
    ['in JSON in JSON', json(json(SECRET))],
    ['in JSON in an address', encodeURIComponent(json(SECRET))],
    ['in a form in an address', encodeURIComponent(form(SECRET))],
    ['in base64 in an address', encodeURIComponent(base64(SECRET))],
    [
      'in an address in an address',
      encodeURIComponent(encodeURIComponent(SECRET)),
    ],
  ])('[checklist 46] are removed %s', (_, text) => {
    expect(cleanProviderText(`got ${text}!`, [SECRET])).toBe('got [removed]!');
  });

  it('[checklist 46] include any value that is marked as a secret, however short', () => {
    const context = { ...providerContext(GRANT), secrets: ['short'] };
    expect(secretsOf(context)).toContain('short');
  });

  it.each([
    ['as the RFC has it', { clientId: 'a b' }, form('a b'), form(SHORT)],
    ['raw', { clientId: 'a b' }, 'a b', SHORT],
    ['of a key alone', { clientId: '' }, SHORT, ''],
  ])('[checklist 46] include the Basic header, %s', (_, auth, ...pair) => {
    const context = providerContext({
      ...GRANT,
      clientSecret: SHORT,
      ...auth,
    });
    const text = `Basic ${base64(pair.join(':'))}`;
    expect(cleanProviderText(text, secretsOf(context))).toBe('Basic [removed]');
  });

  it('threats 30: include any token-like value of its own response, wherever it is', () => {
    const { auth } = providerContext({
      ...GRANT,
      response: { accessToken: 'data.value', refreshToken: 'refresh' },
    });
    const body = {
      data: { value: 'a' },
      refresh: 'r',
      idToken: 'i',
      tokens: [{ value: 'list' }, 7],
      deep: [[{ Client_Secret: ' s ' }]],
      token_type: 'bearer',
      token: { expires_in: 60, of: 'o' },
      error: 'x',
    };
    expect(tokenValues(body, auth).sort()).toEqual(
      ['a', 'r', 'i', 'list', '7', ' s ', 's', 'o'].sort(),
    );
    expect(tokenValues('a text', auth)).toEqual([]);
  });

  it("threats 30: a response full of tokens isn't quoted", () => {
    const { auth } = providerContext(GRANT);
    const body = Array.from({ length: 1_000 }, (_, at) => ({
      token: `token-${at}`,
    }));
    const values = tokenValues(body, auth);
    expect(values.length).toBeLessThan(310);
    expect(cleanProviderText(`got ${'x'.repeat(2_000)}`, values)).toBe(
      '[removed]',
    );
  });

  it.each([
    ['ab/c+d/e', 'ab\\/c+d\\/e'],
    ['héslo-1', 'h\\u00e9slo-1'],
    ['a+b/c+d/', 'a%2bb%2fc%2bd%2f'],
    ['secret??', 'c2VjcmV0Pz8'],
    ['\ud800 lone', '%EF%BF%BD%20lone'],
  ])('threats 30: %s is removed as %s', (secret, spelled) => {
    expect(cleanProviderText(`got ${spelled}!`, [secret])).toBe(
      'got [removed]!',
    );
  });

  it('threats 30: a truncated token leaves no part', () => {
    const token = 'ab-'.repeat(300);
    expect(cleanProviderText(`${'x '.repeat(240)}${token}`, [token])).toMatch(
      /x \[removed\]$/,
    );
  });

  it.each([
    ['ya29.a0AfH6SMBx7Lk9Qw3eRt5Yu1', 'ya29.[removed]'],
    ['d41d8cd98f00b204e9800998ecf8427e', '[removed]'],
    [
      'Trace ID: 9188040d-6c67-4c5b-b112-36a304b66dad',
      'Trace ID: 9188040d-6c67-4c5b-b112-36a304b66dad',
    ],
    ['team_access_not_granted_for_app', 'team_access_not_granted_for_app'],
  ])('threats 30: a token-like value is removed: %s', (text, shown) => {
    expect(cleanProviderText(text, [])).toBe(shown);
  });

  it('[checklist 46] never become an error code, which is logged and counted', () => {
    const { diagnosis } = diagnose({
      step: 'refresh',
      error: new Error(),
      facts: {
        ...{ method: 'POST', endpoint: 'https://x.example/token' },
        ...{ host: 'x.example', sent: true, status: 400, error: SECRET },
      },
      subject: { name: 'crm' },
      secrets: [SECRET],
    });
    expect(diagnosis.code).toBe('provider_error');
    expect(JSON.stringify(diagnosis)).not.toContain('hush');
  });
});
