import { DiagnosisMessages } from './DiagnosisMessages';

/** Approvals that didn't finish, and failures that Backstage detects itself. */
export const approvalDiagnoses = {
  callbackUnusable: {
    title: "This approval can't be matched",
    cause: 'The provider sent the browser back without the required values.',
    remedy: 'Start again from the datasource.',
  },
  issuerMissing: {
    title: 'The response names no issuer',
    cause:
      "The settings require the issuer in the response (iss), and the response doesn't have one. Nothing was stored.",
    remedy:
      "If the provider's documentation doesn't mention iss or RFC 9207, turn off 'Require the issuer in the response (iss)'. Otherwise tell your security team.",
  },
  issuerUnexpected: {
    title: 'Response from an unexpected issuer',
    cause: 'Expected {{expected}}, got {{found}}. Nothing was stored.',
    remedy: 'Check the issuer.',
  },
  approvalTimedOut: {
    title: "The approval wasn't finished in time",
    cause:
      'The window was closed, the provider showed an error page, or it took longer than ten minutes.',
    remedy: 'Start again.',
  },
  otherUserFinished: {
    title: 'Another user finished the approval',
    cause: 'The user signed in to Backstage changed while the window was open.',
    remedy: 'Start again.',
  },
  requestEnded: {
    title: 'The approval request has ended',
    cause: 'It was used by someone else, withdrawn, or has expired.',
    remedy: 'Ask for a new one.',
  },
  approvalFailed: {
    title: "Backstage couldn't finish the approval",
    cause: 'An unexpected error happened.',
    remedy: "Start again. If it keeps failing, check the backend's log.",
  },
  settingsInvalid: {
    title: "The settings can't be used",
    cause: 'A setting has an invalid value.',
    remedy: 'Correct the settings and try again.',
  },
  unexpected: {
    title: 'The token request failed',
    cause: 'Something unexpected happened before the provider responded.',
    remedy: "Try again. If it keeps failing, check the backend's log.",
  },
  backendFailed: {
    title: 'The token request failed',
    cause: 'Something unexpected happened in this backend.',
    remedy: "Check the backend's log. Backstage tries again automatically.",
  },
  secretRejected: {
    title: 'The API rejects the key',
    cause:
      "Backstage's own call of the test path was rejected. The key, password or token was revoked, or has expired at the API.",
    remedy: 'Create a new one at the API, enter it here, and save.',
  },
  jwtRejected: {
    title: 'The API rejects the key',
    cause:
      "Backstage's own call of the test path was rejected, also with a new JWT. The API doesn't know the key, or expects another issuer, subject, audience or claim.",
    remedy:
      'Check that the key is registered at the API, compare the assertion settings with its documentation, and save.',
  },
  jwtNotSigned: {
    title: "The JWT can't be signed",
    cause: 'A setting of the assertion has an invalid value.',
    remedy: 'Correct the assertion settings and save.',
  },
  freshTokensRejected: {
    title: 'The API rejects fresh tokens',
    cause:
      "The API rejected three calls with no success between them, the last one {{age}} after its token was issued, so a new token doesn't help.",
    remedy:
      'Check the scopes, the audience and the base URL, then get a new credential.',
  },
} as const satisfies DiagnosisMessages;
