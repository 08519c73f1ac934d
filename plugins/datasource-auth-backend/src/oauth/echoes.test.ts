import { secretsOf } from './contextValues';
import { diagnose } from './diagnose';
import { cleanProviderText } from './providerText';
import { providerContext } from './__testUtils__/providerContext';
import { tokensIn } from './tokenAnswer';

const SECRET = 'hush+/%"é-1';

const GRANT = { grantType: 'client_credentials' };

const base64 = (text: string) => Buffer.from(text).toString('base64');
const json = (text: string) => JSON.stringify(text).slice(1, -1);
const form = (text: string) =>
  new URLSearchParams([['', text]]).toString().slice(1);

describe('what a provider repeats', () => {
  it.each([
    ['as it is', SECRET],
    ['in an address', encodeURIComponent(SECRET)],
    ['in a form', form(SECRET)],
    ['in JSON', json(SECRET)],
    ['in base64', base64(SECRET)],
    ['in JSON in JSON', json(json(SECRET))],
    ['in JSON in an address', encodeURIComponent(json(SECRET))],
    ['in a form in an address', encodeURIComponent(form(SECRET))],
    [
      'in an address in an address',
      encodeURIComponent(encodeURIComponent(SECRET)),
    ],
  ])('[checklist 46] is taken out %s', (_, text) => {
    expect(cleanProviderText(`got ${text}!`, [SECRET])).toBe('got [removed]!');
  });

  it('[checklist 46] may be any value that is marked as a secret, however short', () => {
    const context = { ...providerContext(GRANT), secrets: ['short'] };
    expect(secretsOf(context)).toContain('short');
  });

  it.each([
    ['as the RFC has it', { clientId: 'a b' }, form('a b'), form(SECRET)],
    ['raw', { clientId: 'a b' }, 'a b', SECRET],
    ['of a key alone', { clientId: '' }, SECRET, ''],
  ])(
    '[checklist 46] may be the header of the Basic scheme, %s',
    (_, auth, ...pair) => {
      const context = providerContext({
        ...GRANT,
        clientSecret: SECRET,
        ...auth,
      });
      const text = `Basic ${base64(pair.join(':'))}`;
      expect(cleanProviderText(text, secretsOf(context))).toBe(
        'Basic [removed]',
      );
    },
  );

  it('[checklist 46] may be a token of its own answer', () => {
    const { auth } = providerContext({
      ...GRANT,
      response: { accessToken: 'data.token', refreshToken: 'refresh' },
    });
    const body = {
      data: { token: 'a' },
      refresh: 'r',
      id_token: 'i',
      error: 'a',
    };
    expect(tokensIn(body, auth)).toEqual(['a', 'r', 'i']);
    expect(tokensIn('a text', auth)).toEqual([]);
  });

  it('[checklist 46] is no code of an error, which is logged, counted and searched for', () => {
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
    expect(diagnosis.code).toBe('bad_response');
    expect(JSON.stringify(diagnosis)).not.toContain('hush');
  });
});
