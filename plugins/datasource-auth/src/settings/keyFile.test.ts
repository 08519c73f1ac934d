import { readKeyFile } from './keyFile';

const PEM = '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n';

describe('readKeyFile', () => {
  it('reads the key, its ID and the address from the key file of a Google service account', () => {
    const file = {
      type: 'service_account',
      project_id: 'project',
      private_key_id: 'k1',
      private_key: PEM,
      client_email: 'robot@project.iam.gserviceaccount.com',
      token_uri: 'https://evil.example.com/token',
    };
    expect(readKeyFile(JSON.stringify(file, null, 2))).toEqual({
      key: PEM,
      passphrase: undefined,
      settings: {
        'auth.assertion.kid': 'k1',
        'auth.assertion.issuer': 'robot@project.iam.gserviceaccount.com',
      },
      tokenUrl: 'https://evil.example.com/token',
    });
  });

  it('reads the key, its passphrase and the app from the key file of Box', () => {
    const file = {
      boxAppSettings: {
        clientID: 'app',
        clientSecret: 'secret',
        appAuth: {
          publicKeyID: 'k2',
          privateKey: PEM,
          passphrase: 'pass',
        },
      },
      enterpriseID: '42',
    };
    expect(readKeyFile(JSON.stringify(file))).toEqual({
      key: PEM,
      passphrase: 'pass',
      settings: {
        'auth.assertion.kid': 'k2',
        'auth.assertion.issuer': 'app',
        'auth.assertion.subject': '42',
        'auth.clientId': 'app',
      },
      tokenUrl: undefined,
    });
  });

  it.each(['', PEM, '{"kty":"RSA","d":"x"}', '{', '{"private_key":5}', 'null'])(
    'ignores %j',
    pasted => {
      expect(readKeyFile(pasted)).toBeUndefined();
    },
  );
});
