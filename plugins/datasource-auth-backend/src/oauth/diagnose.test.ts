import { message } from 'backstage-plugin-datasource-auth-common';
import { EgressBlockedError } from 'backstage-plugin-datasource-auth-node/egress';
import { ResponseFacts } from './ResponseFacts';
import { diagnose } from './diagnose';
import { standardErrorOf } from './providerAliases';
import { ExchangeStep } from './ProviderCall';
import { ResolvedAuth } from '../settings/ResolvedSettings';

const FACTS: ResponseFacts = {
  method: 'POST',
  endpoint: 'https://idp.example/token',
  host: 'idp.example',
  sent: false,
};

const of = (
  error: unknown,
  facts: Partial<ResponseFacts> = {},
  step: ExchangeStep = 'refresh',
) =>
  diagnose({
    step,
    error,
    facts: { ...FACTS, ...facts },
    subject: { name: 'crm' },
    secrets: ['the secret'],
  });

const coded = (code: string, text = 'the secret') =>
  Object.assign(new Error(text), { code });

describe('diagnose', () => {
  it.each<[string, unknown, Partial<ResponseFacts>, string]>([
    ['an unknown host', coded('ENOTFOUND'), {}, 'dns'],
    [
      "Microsoft's error for an unknown tenant",
      new Error(),
      {
        status: 400,
        error: 'invalid_request',
        errorDescription: "AADSTS90002: Tenant 'acmee' not found.",
      },
      'not_found',
    ],
  ])('names the instance value after %s', (_, error, facts, code) => {
    const { diagnosis } = diagnose({
      step: 'client_credentials',
      error,
      facts: { ...FACTS, ...facts, instance: ['region', 'tenant'] },
      subject: { name: 'crm', instance: { tenant: 'acmee' } },
      secrets: [],
    });
    expect(diagnosis.code).toBe(code);
    expect(diagnosis.cause).toBe("The tenant 'acmee' probably doesn't exist.");
  });

  it.each([
    ['DS_EGRESS_TIMEOUT', 'timeout', true],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout', true],
    ['UND_ERR_HEADERS_TIMEOUT', 'timeout', true],
    ['ETIMEDOUT', 'timeout', true],
    ['DS_EGRESS_ABORTED', 'aborted', true],
    ['AbortError', 'aborted', true],
    ['DS_EGRESS_START_MISSED', 'start_missed', true],
    ['ENOTFOUND', 'dns', false],
    ['EAI_AGAIN', 'dns', true],
    ['CERT_HAS_EXPIRED', 'tls', false],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls', false],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls', false],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls', false],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls', false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', false],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls', false],
    ['EPROTO', 'tls', false],
    ['DS_EGRESS_TOO_LARGE', 'too_large', false],
    ['DS_EGRESS_UNREADABLE', 'bad_response', false],
    ['ECONNREFUSED', 'connect', true],
    ['ECONNRESET', 'connect', true],
    ['EPIPE', 'connect', true],
    ['UND_ERR_SOCKET', 'connect', true],
    ['HPE_INVALID_CONSTANT', 'connect', true],
    ['ERR_NEVER_SEEN', 'unexpected', false],
  ])('explains %s as %s', (code, expected, retryable) => {
    const { diagnosis } = of(coded(code));
    expect(diagnosis).toMatchObject({ code: expected, retryable });
    for (const text of [diagnosis.title, diagnosis.cause, diagnosis.remedy])
      expect(text).not.toBe('');
  });

  it('explains calls that the egress rules block with their messages', () => {
    const { diagnosis } = of(
      new EgressBlockedError(
        [message('egress.notPublic', { host: 'crm' })],
        [message('egress.useHttps')],
      ),
    );
    expect(diagnosis).toMatchObject({
      code: 'blocked',
      cause: "'crm' isn't a public address.",
      remedy: 'Use a URL that starts with https://.',
      retryable: false,
    });
  });

  it('searches the chain of causes', () => {
    const wrapped = new TypeError('fetch failed', {
      cause: new Error('again', { cause: coded('ENOTFOUND') }),
    });
    expect(of(wrapped).diagnosis.code).toBe('dns');
  });

  it.each([undefined, null, 'text', 7, {}, Object.create(null)])(
    'accepts any thrown value: %p',
    thrown => {
      expect(of(thrown).diagnosis.code).toBe('unexpected');
    },
  );

  it('shows no foreign error messages', () => {
    for (const code of ['ECONNREFUSED', 'ERR_NEVER_SEEN', 'CERT_HAS_EXPIRED'])
      expect(JSON.stringify(of(coded(code)).diagnosis)).not.toContain(
        'the secret',
      );
  });

  it('includes the known facts about the request', () => {
    expect(of(coded('ECONNRESET'), { sent: false }).outcome).toBe('not_sent');
    expect(of(coded('ECONNRESET'), { sent: true }).outcome).toBe('silent');
    const answered = { sent: true, status: 400, error: 'invalid_grant' };
    const outcomes = (
      [
        'refresh',
        'authorization_code',
        'password',
        'client_credentials',
        'revoke',
      ] as const
    ).map(step => of(undefined, answered, step).outcome);
    expect(outcomes).toEqual([
      'refused',
      'refused',
      'refused',
      'answered',
      'answered',
    ]);
  });

  it.each([
    [400, 'invalid_request'],
    [400, undefined],
    [401, 'SOMETHING'],
    [403, undefined],
  ])(
    'names username and password as a likely cause for the password grant: %d %s',
    (status, error) => {
      const facts = { sent: true, status, error, html: status === 403 };
      const text = 'username or password';
      const { diagnosis } = of(undefined, facts, 'password');
      expect(diagnosis.cause).toContain(text);
      expect(diagnosis.remedy).toContain(text);
      expect(of(undefined, facts, 'refresh').diagnosis.cause).not.toContain(
        text,
      );
    },
  );

  it.each([
    [400, 'refused'],
    [200, 'refused'],
    [429, 'answered'],
    [500, 'answered'],
    [502, 'silent'],
    [503, 'answered'],
    [504, 'silent'],
    [520, 'silent'],
    [522, 'answered'],
    [524, 'silent'],
  ])(
    '[checklist 38] treats invalid_grant with status %d as %s',
    (status, outcome) => {
      const facts = { sent: true, status, error: 'invalid_grant' };
      expect(of(undefined, facts).outcome).toBe(outcome);
    },
  );

  it.each([
    ['client_secret_basic', 'client_secret_post'],
    ['client_secret_basic_raw', 'client_secret_post'],
    ['client_secret_post', 'client_secret_basic'],
    ['private_key_jwt', undefined],
    ['none', undefined],
  ] as const)(
    'S4.17 proposes a fix for a rejected client with %s: %s',
    (clientAuthentication, other) => {
      const fixOf = (facts: Partial<ResponseFacts>) =>
        diagnose({
          step: 'refresh',
          error: undefined,
          facts: { ...FACTS, sent: true, ...facts },
          subject: { name: 'crm' },
          secrets: [],
          auth: {
            grantType: 'authorization_code',
            clientAuthentication,
          } as ResolvedAuth,
        }).diagnosis.fix;
      const fix = other && { set: { 'auth.clientAuthentication': other } };
      expect(fixOf({ status: 401, error: 'invalid_client' })).toEqual(fix);
      expect(fixOf({ status: 401 })).toEqual(fix);
      expect(fixOf({ status: 400, error: 'invalid_grant' })).toBeUndefined();
    },
  );

  it.each([
    ['bad_refresh_token', 'invalid_grant'],
    ['INVALID_CODE', 'invalid_grant'],
    ['bad_client_secret', 'invalid_client'],
    ['redirect_uri_mismatch', 'redirect_uri_mismatch'],
    ['something_new', 'something_new'],
    ['constructor', 'constructor'],
  ])('recognizes %s as %s', (error, means) => {
    expect(standardErrorOf({ error })).toBe(means);
  });

  it.each([
    [
      'invalid_client',
      'AADSTS7000215: Invalid client secret',
      'invalid_client',
    ],
    ['invalid_client', 'AADSTS7000222: expired', 'client_secret_expired'],
    ['unauthorized_client', 'AADSTS700016: not found', 'invalid_client'],
    ['invalid_grant', 'AADSTS50076: MFA', 'interaction_required'],
    ['invalid_grant', 'AADSTS70008: expired', 'invalid_grant'],
    ['interaction_required', 'AADSTS700082: inactive', 'invalid_grant'],
  ])("reads Entra's error number: %s with %s", (error, description, means) => {
    expect(standardErrorOf({ error, description })).toBe(means);
  });

  it("recognizes Atlassian's message for an invalid refresh token only at Atlassian", () => {
    const failure = {
      error: 'unauthorized_client',
      description: 'refresh_token is invalid',
    };
    expect(standardErrorOf({ ...failure, host: 'auth.atlassian.com' })).toBe(
      'invalid_grant',
    );
    for (const host of [
      'atlassian.com.evil.example',
      'evil-auth.atlassian.com.x',
      'evil-auth.atlassian.com',
    ])
      expect(standardErrorOf({ ...failure, host })).toBe('unauthorized_client');
  });
});
