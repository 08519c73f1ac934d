import { DiagnosisMessages } from './DiagnosisMessages';

/** What providers report with an error of OAuth 2.0 or OpenID Connect. */
export const oauthDiagnoses = {
  accessDenied: {
    title: 'Access was not approved',
    cause: 'You or an administrator declined.',
    remedy:
      'Get a new credential and choose Allow. If your organization blocks the app, ask its administrator to approve {{client}}.',
  },
  scopeRejected: {
    title: 'The provider rejected a scope',
    cause: 'Requested scopes: {{scopes}}.',
    remedy:
      "Check the spelling, separate scopes with spaces, and remove scopes that the app isn't registered for.",
  },
  dpopProofRejected: {
    title: 'The provider rejected the DPoP proof',
    cause:
      "The provider requires tokens that are bound with DPoP, or its clock differs from this backend's, or a proxy changes the token URL.",
    remedy:
      "Set 'Tokens bound to' to DPoP. If it is, check the token URL and this backend's clock.",
  },
  dpopNonceRejected: {
    title: 'The provider rejected its own DPoP nonce',
    cause:
      'It requested a nonce, and rejected the one that its response contained, or sent none.',
    remedy:
      'Try again later. If it happens again, report this to the provider.',
  },
  scopeRequired: {
    title: 'The provider requires a scope',
    cause: 'No scope was requested.',
    remedy: "Enter a scope from the provider's documentation.",
  },
  clientSecretRejected: {
    title: 'Client ID or secret not accepted',
    cause:
      'The client ID or secret is wrong or has expired, or the provider expects them elsewhere in the request.',
    remedy:
      "Enter the client secret again, without spaces, and check that it hasn't expired. If both are right, change the client authentication: the provider may expect them in the body instead of the Basic header, or the other way round.",
  },
  clientSecretAloneRejected: {
    title: 'Client secret not accepted',
    cause:
      'The secret is wrong or has expired, or the provider also requires a client ID.',
    remedy:
      'Enter the client secret again, without spaces. If the provider gave you a client ID, enter it.',
  },
  privateKeyRejected: {
    title: 'Client ID or private key not accepted',
    cause:
      'The client ID, private key, key ID, algorithm or audience differs from the registration at the provider.',
    remedy:
      'Check that the public key of this private key is registered at the provider. Then check the client ID, the key ID, the algorithm and the audience of the signed assertion.',
  },
  certificateRejected: {
    title: 'Client ID or private key not accepted',
    cause:
      'The client ID, certificate, algorithm or audience differs from the registration at the provider.',
    remedy:
      'Check that this certificate is registered at the provider and belongs to the private key. Then check the client ID, the algorithm and the audience of the signed assertion.',
  },
  fileRejected: {
    title: 'Assertion from the file not accepted',
    cause:
      "The provider doesn't trust the issuer, subject or audience of this assertion, or the client ID is wrong.",
    remedy:
      'Check the federated credential at the provider: its issuer, subject and audience must be those of the token in the file. Then check the client ID.',
  },
  clientIdRejected: {
    title: 'Client ID not accepted',
    cause:
      'The client ID is wrong, or the provider requires client authentication.',
    remedy:
      'Check the client ID. If the provider gave you a secret or a key, choose its client authentication and enter it.',
  },
  clientSecretExpired: {
    title: 'The client secret has expired',
    cause: 'The provider says that the secret of this client has expired.',
    remedy:
      'Create a new client secret at the provider and enter it here. The stored credential is kept.',
  },
  privateKeyExpired: {
    title: 'The private key has expired',
    cause: 'The provider says that the private key of this client has expired.',
    remedy:
      'Create a new private key at the provider and enter it here. The stored credential is kept.',
  },
  certificateExpired: {
    title: 'The certificate has expired',
    cause: 'The provider says that the certificate of this client has expired.',
    remedy:
      'Register a new certificate at the provider, and enter it here together with its private key. The stored credential is kept.',
  },
  clientExpired: {
    title: 'The client has expired',
    cause: 'The provider says that this client has expired.',
    remedy:
      'Create a new client at the provider and enter its client ID here. The stored credential is kept.',
  },
  redirectUriUnregistered: {
    title: "The redirect URI isn't registered",
    cause:
      'The redirect URI in the request differs from the one registered at the provider.',
    remedy:
      'Register exactly {{redirectUri}} at the provider. http or https, the port and a final slash all count.',
  },
  grantUnsupported: {
    title: "The provider doesn't support this grant",
    cause: "The token endpoint doesn't know the grant type of the request.",
    remedy:
      'Check the Token URL. If it is right, choose another grant; many tenants disable the password grant.',
  },
  resourceRejected: {
    title: 'Resource or audience not accepted',
    cause: "The provider doesn't know the requested resource or audience.",
    remedy: 'Check Resource and Audience under Advanced.',
  },
  providerProblem: {
    title: 'The provider has a problem',
    cause: 'The provider reported an error of its own.',
    remedy: 'Nothing was changed. Try again in a few minutes.',
  },
  tooManyRequests: {
    title: 'Rate limited by the provider',
    cause: 'The provider received too many requests in a short time.',
    remedy: 'Nothing was changed. Try again in a few minutes.',
  },
  signInForbidden: {
    title: 'The provider needs you to sign in',
    cause:
      'The provider needs you to sign in, choose an account or consent, but prompt=none forbids its page.',
    remedy:
      'Remove prompt=none from the extra authorize parameters and get a new credential.',
  },
  signInMissed: {
    title: 'The provider needs you to sign in',
    cause: "You weren't signed in at the provider, or chose no account there.",
    remedy: 'Get a new credential and sign in at the provider.',
  },
  signInRequired: {
    title: 'The provider needs you to sign in',
    cause: 'The provider issues no token until someone signs in or consents.',
    remedy: 'Get a new credential.',
  },
  secondFactorRequired: {
    title: 'The provider needs you to sign in',
    cause:
      'The provider requires consent or a second factor, and the password grant has no page for that.',
    remedy:
      'Use the authorization code grant, or an account that needs neither.',
  },
  consentRequired: {
    title: 'The provider requires consent',
    cause: "An administrator at the provider hasn't approved this client.",
    remedy: 'Ask an administrator at the provider to approve {{client}}.',
  },
  subjectConsentRequired: {
    title: 'The provider requires consent',
    cause: "An administrator at the provider hasn't approved the subject.",
    remedy:
      'Ask an administrator at the provider to approve the subject for {{client}}.',
  },
  authorizeRequestRejected: {
    title: 'The provider rejected the authorization request',
    cause:
      'A parameter is missing, or the redirect URI differs from the registered one.',
    remedy:
      'Compare the registered redirect URI with {{redirectUri}}, and look for a parameter that the provider requires.',
  },
  codeGrantForbidden: {
    title: "This client can't use this grant",
    cause: "The app isn't allowed to use the authorization code grant.",
    remedy:
      "Enable 'authorization code' for the app at the provider, or choose another grant.",
  },
  codeGrantUnsupported: {
    title: 'Authorization code grant not supported',
    cause: "The server doesn't issue authorization codes.",
    remedy:
      'Check the Authorize URL. If it is right, choose the client credentials grant.',
  },
  tokenRequestIncomplete: {
    title: 'Token request incomplete',
    cause: "A parameter is missing, or the provider doesn't accept one.",
    remedy:
      'Look for an extra parameter that the provider requires, such as audience, resource or tenant.',
  },
  grantForbidden: {
    title: 'Grant not enabled for this client',
    cause: "The app can't use the grant {{grant}}.",
    remedy: 'Enable {{grant}} for the app at the provider.',
  },
  refreshForbidden: {
    title: 'Refresh not allowed for this client',
    cause:
      "The client can't use refresh tokens, or its client authentication is no longer valid.",
    remedy:
      'Enable the refresh token grant for the client at the provider, and check its client authentication.',
  },
  refreshTokenRejected: {
    title: "'{{name}}' must be authorized again",
    cause:
      'The provider no longer accepts the stored refresh token: it expired, was revoked or used elsewhere, or a password changed.',
    remedy: 'Get a new credential, or ask someone else to approve.',
  },
  codeRejected: {
    title: 'The authorization code was rejected',
    cause:
      'Codes work once and expire in about a minute, and the redirect URI must be the same in both requests.',
    remedy: 'Get a new credential.',
  },
  clientGrantRejected: {
    title: 'The provider rejected the grant',
    cause: "The provider didn't accept the client for this grant.",
    remedy:
      'Check the client at the provider, and the extra parameters of the token request.',
  },
  assertionRejected: {
    title: 'The provider rejected the assertion',
    cause:
      'Its key, issuer, subject, audience, or time differs from what the provider expects.',
    remedy:
      "Compare the assertion settings with the provider's documentation, and check that the key is registered there.",
  },
  passwordRejected: {
    title: 'Username or password not accepted',
    cause:
      'The username or password is wrong, the account is locked, or it needs multi-factor sign-in.',
    remedy:
      'Check both and test only once: repeated tries may lock the account.',
  },
  pkceRequired: {
    title: 'The provider requires PKCE',
    cause: 'The request had no code challenge, because PKCE is off.',
    remedy: 'Set PKCE to S256, then get a new credential.',
  },
  unknownError: {
    title: 'The provider reported an error',
    cause: "The provider didn't grant the request.",
    remedy:
      'Read what the provider says under the technical details, and compare the settings with its documentation.',
  },
} as const satisfies DiagnosisMessages;
