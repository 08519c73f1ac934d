import { clientAuthenticationSchema } from 'backstage-plugin-datasource-auth-common';
import { oauthErrorText } from './oauthErrorTexts';

/** What a text about a refused client names. */
const NAMED: Record<string, string[]> = {
  client_secret_basic: ['client secret'],
  client_secret_basic_raw: ['client secret'],
  client_secret_post: ['client secret'],
  private_key_jwt: ['private key'],
  none: [],
};

function named(code: string, clientAuthentication: string): string[] {
  const subject = { name: 'crm', clientAuthentication };
  const { title, remedy } = oauthErrorText(code, 'code', subject);
  return ['client secret', 'private key'].filter(what =>
    `${title} ${remedy}`.includes(what),
  );
}

describe('a refused client', () => {
  it.each(clientAuthenticationSchema.options)(
    'is told about what it has: %s',
    method => {
      expect(named('invalid_client', method)).toEqual(NAMED[method]);
    },
  );

  it('is told about the secret alone where it has no ID', () => {
    const { title } = oauthErrorText('invalid_client', 'client_credentials', {
      name: 'crm',
      clientAuthentication: 'client_secret_basic',
      clientId: '',
    });
    expect(title).toBe('Client secret not accepted');
  });

  it('is told what has expired', () => {
    const code = 'client_secret_expired';
    expect(named(code, 'private_key_jwt')).toEqual(['private key']);
    expect(named(code, 'client_secret_post')).toEqual(['client secret']);
  });
});
