import { DiagnosisMessages } from './DiagnosisMessages';

/** Responses that contain neither a token nor an OAuth error, and ID tokens that can't be used. */
export const responseDiagnoses = {
  rateLimited: {
    title: 'Rate limited by the provider',
    cause: '{{host}} returned 429 (too many requests).',
    remedy: 'Nothing was changed. Try again in {{wait}}.',
  },
  serverError: {
    title: 'The provider has a problem',
    cause: '{{host}} returned {{status}}.',
    remedy: 'Nothing was changed. Try again in {{wait}}.',
  },
  redirected: {
    title: '{{endpoint}} redirected',
    cause: "Backstage doesn't follow redirects with secrets.",
    remedy: 'Use the final address: {{location}}',
  },
  endpointNotFound: {
    title: '{{endpoint}} not found',
    cause: 'The server returned {{status}} for this path.',
    remedy: 'Check the path, the final slash and the method.',
  },
  methodNotAllowed: {
    title: '{{endpoint}} rejects the HTTP method',
    cause: 'The server accepts {{allowed}} here, not {{method}}.',
    remedy: 'Check the path, the final slash and the method.',
  },
  contentTypeUnsupported: {
    title: 'Unsupported content type',
    cause:
      'The server returned {{status}} for the content type of the request.',
    remedy:
      'Choose the other content type of the token request (form or JSON) under Advanced.',
  },
  responseTruncated: {
    title: 'The response was cut off',
    cause: 'The response ended in the middle of its JSON.',
    remedy: 'Try again.',
  },
  htmlReturned: {
    title: '{{endpoint}} returned HTML',
    cause:
      'The response was a web page with status {{status}}: the {{setting}} is wrong, or a proxy or firewall responded.',
    remedy:
      "Check the {{setting}} against the provider's documentation, then any proxy between Backstage and the provider.",
  },
  jsonInvalid: {
    title: "The response isn't valid JSON",
    cause:
      "The response with status {{status}} starts like JSON, but can't be parsed.",
    remedy:
      "Check the {{setting}}. If it is right, report the response to the provider: trying again doesn't help.",
  },
  responseEmpty: {
    title: 'The response was empty',
    cause:
      "The server returned {{status}} without a body, so it doesn't say why.",
    remedy:
      "Check the {{setting}}, the client and the parameters of the request against the provider's documentation.",
  },
  responseUnexpected: {
    title: 'Unexpected response',
    cause: 'The server returned {{status}} without an OAuth error.',
    remedy: 'Check the {{setting}} and the parameters of the request.',
  },
  fieldsMissing: {
    title: 'Unexpected response',
    cause: "The response doesn't have the fields that the standard requires.",
    remedy: 'Check the {{setting}}.',
  },
  authorizeUrlCalled: {
    title: 'The {{setting}} is an authorize URL',
    cause: 'It is the same as the Authorize URL, where people approve.',
    remedy:
      "Enter the provider's token endpoint as the {{setting}}. Its path often ends in 'token'.",
  },
  tokenMissing: {
    title: 'No token in the response',
    cause: "There is no token at '{{path}}'.",
    remedy: "Set 'Access token property' to '{{field}}'.",
  },
  responseNotToken: {
    title: "The response isn't a token",
    cause:
      'The whole response must be the token: plain text or a JSON string, in one line without spaces, of at most 16 KiB.',
    remedy:
      "Set 'Access token property' to the field that contains the token, or check the token URL and the Accept header.",
  },
  tokenUnreadable: {
    title: "The token can't be read",
    cause:
      "A token in the response isn't UTF-8, or contains characters that no HTTP header can carry. Nothing was stored.",
    remedy:
      "Check that 'Access token property' and 'Refresh token property' name the tokens. If they do, report this to the provider.",
  },
  tokenTypeUnexpected: {
    title: 'Unexpected token type',
    cause: "The token type is '{{type}}'. Accepted: {{accepted}}.",
    remedy:
      "If the API accepts it like a bearer token, add the type to 'Accepted token types'.",
  },
  tokenUnbound: {
    title: 'The token is not bound with DPoP',
    cause:
      "The provider issued a bearer token: its type is '{{type}}' instead of DPoP. Nothing was stored.",
    remedy:
      "Turn on DPoP for this client at the provider. If the provider doesn't support it, set 'Tokens bound to' to another value.",
  },
  idTokenExpired: {
    title: "The ID token isn't valid now",
    cause: "The time in the ID token differs from this backend's clock.",
    remedy: "Correct this backend's clock, or report it to the provider.",
  },
  idTokenNonce: {
    title: 'The ID token has no valid nonce',
    cause:
      "The provider didn't return the nonce of this approval in the ID token.",
    remedy: 'Start again.',
  },
  idTokenAudience: {
    title: 'The ID token is for another client',
    cause: "The audience of the ID token isn't the client ID.",
    remedy: 'Check the client ID.',
  },
  idTokenMissing: {
    title: 'The provider returned no ID token',
    cause:
      'With an issuer and the scope openid, the response must have an ID token.',
    remedy: 'Remove the issuer if the provider issues no ID tokens.',
  },
  idTokenIssuer: {
    title: 'The ID token names another issuer',
    cause: 'Expected {{expected}}, got {{found}}. Nothing was stored.',
    remedy: 'Check the issuer.',
  },
  idTokenInvalid: {
    title: 'The ID token is invalid',
    cause: "The ID token can't be read, or lacks a required claim.",
    remedy: 'Check the issuer.',
  },
  metadataIssuer: {
    title: 'The metadata belongs to another issuer',
    cause:
      'The document at {{endpoint}} names the issuer {{found}}, not {{expected}}.',
    remedy: 'Check the issuer.',
  },
} as const satisfies DiagnosisMessages;
