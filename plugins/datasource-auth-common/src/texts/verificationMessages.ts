/** Results of the connection test and the refresh rehearsal. */
export const verificationMessages = {
  tokenThere: 'There is a token.',
  noCredentialStaged: 'There is no credential to test. Get a new one.',
  settingsComplete: 'They are complete.',
  noTestPath:
    'Nothing was called, because no test path is set. Set one, such as /me.',
  noBaseUrl:
    'Nothing was called, because no base URL is set. Set one, and a test path.',
  baseUrlUnusable:
    'The base URL has a template without a usable value, so nothing was called. Check it and the instance values.',
  callSucceeded: '{{path}} returned 200.',
  callFailed: '{{path}} returned {{status}}. Expected 200.',
  callUnauthorized:
    "{{path}} returned 401. The API doesn't accept the token. Check the audience and get a new credential.",
  callRejected:
    "{{path}} returned 401. The API doesn't accept the key or password of the settings. Check it.",
  callTokenExpired:
    '{{path}} returned {{status}}, and the response says that the token has expired. Get a new credential.',
  callForbidden:
    '{{path}} returned 403. The token lacks a permission. Check the scopes.',
  callNotFound: '{{path}} returned 404. Check the base URL and the test path.',
  callValueUnknown:
    "{{path}} returned 404. The {{name}} '{{value}}' probably doesn't exist.",
  hostUnreachable: "{{host}} can't be reached.",
  rotated: 'Refresh works. The provider issued a new refresh token.',
  unchanged: 'Refresh works. The refresh token is unchanged.',
  renewed: 'Refresh works. A new access token was issued.',
  nothingToRefresh:
    'Nothing to refresh: each call is sent with what the settings hold.',
  refreshFailed: 'The refresh failed.',
  noRefreshToken:
    'No refresh token was issued: this stops working when the token expires.',
  noRefreshTokenUntil:
    'No refresh token was issued: this stops working on {{time}}.',
  requestOfflineAccess:
    'Request a refresh token the way the provider documents, often with the scope offline_access or a parameter, and get a new credential.',
  requestByParameter:
    'Request a refresh token the way the provider documents, often with a parameter, and get a new credential.',
} as const;
