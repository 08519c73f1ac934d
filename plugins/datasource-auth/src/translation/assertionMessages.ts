/** Labels of the settings of assertions. */
export const assertionLabels = {
  assertionPassphrase: 'Assertion key passphrase',
  assertionSigner: 'Signer of the assertion',
  assertionKeyEncoding: 'Encoding of the assertion key',
  assertionCertificate: 'Certificate for the assertion key',
  assertionCertificateChain: 'Send the certificate chain (x5c)',
  assertionClaims: 'Additional assertion claims',
  assertionType: 'Assertion type header (typ)',
  assertionContentType: 'Assertion content type header (cty)',
  assertionLifetime: 'Assertion lifetime (seconds)',
  assertionBackdate: 'Backdate the assertion by (seconds)',
  assertionOmit: 'Assertion claims to omit',
  clientAssertionFile: 'Client assertion file',
  keyIssuer: 'Client assertion issuer',
  keySubject: 'Client assertion subject',
  keyPassphrase: 'Private key passphrase',
  keySigner: 'Signer of the client assertion',
  keyKeyEncoding: 'Encoding of the HMAC key',
  keyCertificate: 'Certificate for the private key',
  keyCertificateChain: 'Send the certificate chain (x5c)',
  keyClaims: 'Additional client assertion claims',
  keyType: 'Client assertion type header (typ)',
  keyContentType: 'Client assertion content type header (cty)',
  keyLifetime: 'Client assertion lifetime (seconds)',
  keyBackdate: 'Backdate the client assertion by (seconds)',
  keyOmit: 'Client assertion claims to omit',
} as const;

/** Help texts of the settings of assertions. */
export const assertionHelp = {
  assertionKey:
    'Private key of the service account (PEM or JWK), or the shared secret of an HS algorithm. You can also paste the key file of Google or Box.',
  assertionIssuer: 'Usually the email address or ID of the service account.',
  assertionSubject: 'The user to act as. Leave empty to act as the issuer.',
  assertionAudience: 'Leave empty to use the token URL.',
  assertionPassphrase: 'Only for an encrypted key.',
  assertionSigner:
    'In place of the key: the name of a signer that a module registered.',
  assertionKeyEncoding: 'Only for HS algorithms. Default: UTF-8 text.',
  assertionCertificate:
    'PEM. Only for providers that identify the key by thumbprint (x5t).',
  assertionClaims:
    'Numbers, true and false keep their type. Put them in quotation marks to send text. [[scopes]] is replaced with the scopes.',
  assertionType: 'Only if the provider requires it, for example: JWT.',
  assertionLifetime: 'Default: 60. Maximum: 3600.',
  assertionBackdate: 'Default: 30. Allows for differences between clocks.',
  assertionOmit: 'Any of nbf, jti and iat, separated by spaces.',
  clientAssertionFile:
    'Name of a file that an administrator configured under datasourceAuth.files.',
  keyIssuer: 'Leave empty to use the client ID.',
  keySubject: 'Leave empty to use the client ID.',
  keyAudience: 'Leave empty to use the issuer or, without one, the token URL.',
  keyPassphrase: 'Only for an encrypted key.',
  keySigner:
    'In place of the key: the name of a signer that a module registered.',
  keyKeyEncoding: 'Only for HS algorithms. Default: UTF-8 text.',
  keyCertificate:
    'PEM. Only for providers that identify the key by thumbprint (x5t), such as Microsoft Entra ID.',
  keyClaims:
    'Numbers, true and false keep their type. Put them in quotation marks to send text.',
  keyType: 'Only if the provider requires it, for example: JWT.',
  keyLifetime: 'Default: 60. Maximum: 3600.',
  keyBackdate: 'Default: 30. Allows for differences between clocks.',
  keyOmit: 'Any of nbf, jti and iat, separated by spaces.',
} as const;

/** Help texts of the settings of a JWT that is sent to the API itself. */
export const assertionHelpOfJwt = {
  assertionKey:
    'Private key (PEM or JWK), or the shared secret of an HS algorithm. You can also paste the key file of Google or Box.',
  assertionAudience: 'The audience that the API expects.',
  assertionClaims:
    'Numbers, true and false keep their type. Put them in quotation marks to send text.',
} as const;

/** Checkboxes that omit the audience. */
export const assertionOmissions = {
  assertionAudience: 'Send no audience',
  keyAudience: 'Send no audience',
} as const;
