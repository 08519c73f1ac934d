import { set } from 'react-hook-form';
import { datasourceOf } from '../__testUtils__/datasources';
import { formOfSettings } from '../settings/settingsForm';
import { issuerChanges } from './issuerChanges';

describe('N4 the proposal of an issuer', () => {
  const proposal = {
    issuer: 'https://login.example.com',
    set: {
      'auth.token.url': 'https://login.example.com/t',
      'auth.clientAuthentication': 'client_secret_post',
    },
    mutualTls: {
      'auth.token.url': 'https://mtls.example.com/t',
      'auth.clientAuthentication': 'tls_client_auth',
    },
    ...{ scopes: [], grantTypes: [], otherHosts: ['mtls.example.com'] },
    refused: [],
  };
  const changes = (method: string, senderConstraint = 'none') => {
    const form = formOfSettings(datasourceOf());
    set(form, 'auth.clientAuthentication', method);
    set(form, 'senderConstraint', senderConstraint);
    return issuerChanges(proposal, form).map(({ field, value, otherHost }) => [
      field.id,
      value,
      otherHost,
    ]);
  };

  it('has the endpoints for certificates only for a client with one', () => {
    expect(changes('tls_client_auth')).toEqual([
      ['tokenUrl', 'https://mtls.example.com/t', 'mtls.example.com'],
    ]);
    expect(changes('client_secret_basic')).toEqual([
      ['tokenUrl', 'https://login.example.com/t', undefined],
      ['clientAuthentication', 'client_secret_post', undefined],
    ]);
  });

  it('N6: has them for tokens that are bound to the certificate, whatever the client authentication', () => {
    expect(changes('client_secret_post', 'mtls')).toEqual([
      ['tokenUrl', 'https://mtls.example.com/t', 'mtls.example.com'],
    ]);
    expect(changes('client_secret_post', 'dpop')).toEqual([
      ['tokenUrl', 'https://login.example.com/t', undefined],
    ]);
  });
});
