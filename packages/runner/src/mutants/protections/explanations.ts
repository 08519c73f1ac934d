import { ProtectedPackage } from '../Protection';

const DIAGNOSE = 'oauth/diagnose.ts';
const CAUSES = 'oauth/likelyCauses.ts';
const EXPLANATIONS_TEST = 'oauth/explanations.test.ts';
const ACCESS_CHECK = 'health/accessCheck.ts';
const ACCESS_CHECK_TEST = 'health/accessCheck.test.ts';
const STORAGE_CHECK = 'health/storageCheck.ts';
const STORAGE_CHECK_TEST = 'health/storageCheck.test.ts';

/** Explanations must match the facts, because a wrong cause misleads people. */
export const explanations: ProtectedPackage = {
  folder: 'plugins/datasource-auth-backend',
  protections: [
    {
      name: 'no text repeats what a further request sends',
      file: 'oauth/FurtherRequests.ts',
      code: 'secrets: [...secrets, ...answersSent(answer)]',
      off: 'secrets: [...secrets, ...answersSent({ ...answer, values: {} })]',
      test: 'oauth/furtherRequest.test.ts',
    },
    {
      name: 'a further request shares the time limit of the first',
      file: 'oauth/FurtherRequests.ts',
      code: 'options: { answerWithin, readWithin: Math.max(1, left) },',
      off: 'options: { answerWithin, readWithin: left * 60 },',
      test: 'oauth/furtherRequest.test.ts',
    },
    {
      name: 'no further request follows an error',
      file: 'oauth/furtherRequest.ts',
      code: 'judged.facts.error === undefined &&',
      off: '',
      test: 'oauth/furtherRequest.test.ts',
    },
    {
      name: 'a web page is no token',
      file: 'oauth/responseBody.ts',
      code: "/^[\\x21-\\x7e]+$/.test(text) &&\n    !text.startsWith('<')",
      off: '/^[\\x21-\\x7e]+$/.test(text)',
      test: 'oauth/wholeResponse.test.ts',
    },
    {
      name: 'a sentence is no token',
      file: 'oauth/responseBody.ts',
      code: 'text.length <= LONGEST_TOKEN &&\n    /^[\\x21-\\x7e]+$/.test(text) &&',
      off: 'text.length <= LONGEST_TOKEN &&\n    /^[^]+$/.test(text) &&',
      test: 'oauth/wholeResponse.test.ts',
    },
    {
      name: 'parts of a token that is the whole response are no fields',
      file: 'oauth/TokenEndpoint.ts',
      code: 'context.auth.response.accessToken === WHOLE_RESPONSE',
      off: 'context.auth.response === undefined',
      test: 'oauth/wholeResponse.test.ts',
    },
    {
      name: 'no text repeats the header of a token request',
      file: 'oauth/Exchanger.ts',
      code: '...(fetch?.secrets ?? []),',
      off: '',
      test: 'oauth/ownForm.test.ts',
    },
    {
      name: 'what the header sends is not sent again as a parameter',
      file: 'oauth/ownForm.ts',
      code: '!inHeader.some(each => each === name)',
      off: '!inHeader.some(each => each === undefined && name)',
      test: 'oauth/ownForm.test.ts',
    },
    {
      name: "a web page isn't explained as a client authentication failure",
      file: DIAGNOSE,
      code: '(status === 401 || status === 403) && !facts.html',
      off: '(status === 401 || status === 403) && (facts.html ?? true)',
      test: EXPLANATIONS_TEST,
    },
    {
      name: 'a clear status takes precedence over an unknown error code',
      file: DIAGNOSE,
      code: "meaning === 'provider_error' && statusWins",
      off: "meaning === 'provider_error' && !status",
      test: EXPLANATIONS_TEST,
    },
    {
      name: 'a token URL that is an authorize URL is recognized',
      file: DIAGNOSE,
      code: 'if (wrongUrl) return wrongUrl;',
      off: '',
      test: EXPLANATIONS_TEST,
    },
    {
      name: 'a client that was just issued a code is not told to enable the grant',
      file: CAUSES,
      code: 'if (grantOfStep(step) === GRANT_REQUESTS.authorization_code) {',
      off: "if (step === 'push') {",
      test: EXPLANATIONS_TEST,
    },
    {
      name: 'a missing code challenge proposes PKCE',
      file: CAUSES,
      code: "auth.pkce === 'off' &&",
      off: "auth.pkce === 'S256' &&",
      test: EXPLANATIONS_TEST,
    },
    {
      name: "a missing scope isn't explained as a refused one",
      file: CAUSES,
      code: 'auth?.scopes.length !== 0',
      off: 'auth?.scopes.length !== -1',
      test: EXPLANATIONS_TEST,
    },
    {
      name: 'an empty response is said to be empty',
      file: CAUSES,
      code: '...(facts.empty && {',
      off: '...(facts.html && {',
      test: EXPLANATIONS_TEST,
    },
    {
      name: 'a challenge for Basic proposes the other encoding',
      file: 'oauth/clientAuthentications/clientSecretBasic.ts',
      code: `      ? 'client_secret_basic_raw'
      : 'client_secret_post',`,
      off: `      ? 'client_secret_post'
      : 'client_secret_post',`,
      test: EXPLANATIONS_TEST,
    },
    {
      name: 'raw Basic goes back to the encoding, and not to the body',
      file: 'oauth/clientAuthentications/clientSecretBasicRaw.ts',
      code: `      ? 'client_secret_basic'
      : 'client_secret_post',`,
      off: `      ? 'client_secret_post'
      : 'client_secret_post',`,
      test: EXPLANATIONS_TEST,
    },
    {
      name: 'SQLite in memory is found',
      file: STORAGE_CHECK,
      code: "name === 'main' && !file",
      off: "name === 'main' && file === undefined",
      test: STORAGE_CHECK_TEST,
    },
    {
      name: 'SQLite in memory is red in Setup health',
      file: STORAGE_CHECK,
      code: "state: lost ? 'problem' : 'ok',",
      off: "state: 'ok',",
      test: STORAGE_CHECK_TEST,
    },
    {
      name: 'SQLite in memory causes a warning at startup',
      file: 'createDatasourceAuth.ts',
      code: 'if (await isInMemory(knex)) {',
      off: 'if (false) {',
      test: 'datasources/reload.test.ts',
    },
    {
      name: 'an allow-all policy is red in Setup health',
      file: ACCESS_CHECK,
      code: 'if (await allowsAll(options.instanceMetadata)) {',
      off: 'if (false) {',
      test: ACCESS_CHECK_TEST,
    },
    {
      name: 'only the module of the allow-all policy is one',
      file: ACCESS_CHECK,
      code: 'moduleId === ALLOW_ALL.moduleId',
      off: 'moduleId !== undefined',
      test: ACCESS_CHECK_TEST,
    },
    {
      name: 'guests who may change everything are red in Setup health',
      file: ACCESS_CHECK,
      code: 'if (asked?.all && asked.guest) {',
      off: 'if (false) {',
      test: ACCESS_CHECK_TEST,
    },
    {
      name: 'managers without effect are red in Setup health',
      file: ACCESS_CHECK,
      code: 'if (managers.length > 0 && (!asked || asked.all)) {',
      off: 'if (managers.length > 0 && !asked) {',
      test: ACCESS_CHECK_TEST,
    },
    {
      name: "a check that couldn't run isn't green",
      file: ACCESS_CHECK,
      code: "state: 'unknown',",
      off: "state: 'ok',",
      test: ACCESS_CHECK_TEST,
    },
    {
      name: 'a refresh on demand records its user',
      file: 'credentials/RenewalAttempt.ts',
      code: 'by: need.by,',
      off: '',
      test: 'credentials/renewalByHand.test.ts',
    },
  ],
};

/** Texts on the page. */
export const pageWords: ProtectedPackage = {
  folder: 'plugins/datasource-auth',
  protections: [
    {
      name: 'the first use by a plugin is the stored hour',
      file: 'usage/useUsageHour.tsx',
      code: 'to: <DateTime value={start + HOUR} format="time" />,',
      off: 'to: <DateTime value={start} format="time" />,',
      test: 'usage/ConsumersTab.test.tsx',
    },
    {
      name: "a preset's secret is hidden while it is typed",
      file: 'connect/AskedField.tsx',
      code: "isSecret(asked) ? 'password' : 'text'",
      off: "'text'",
      test: 'connect/Connect.test.tsx',
    },
    {
      name: "a refresh on demand isn't shown as automatic",
      file: 'timeline/ActivitySentence.tsx',
      code: "details.rotated ? 'activity.refreshedRotatedBy' : 'activity.refreshedBy',",
      off: "details.rotated ? 'activity.refreshedRotated' : 'activity.refreshed',",
      test: 'timeline/ActivityTab.test.tsx',
    },
    {
      name: 'a refused refresh on demand names its user',
      file: 'timeline/ActivitySentence.tsx',
      code: "? t('activity.refusedBy', { who, ...facts })",
      off: "? t('activity.refused', facts)",
      test: 'timeline/ActivityTab.test.tsx',
    },
  ],
};
