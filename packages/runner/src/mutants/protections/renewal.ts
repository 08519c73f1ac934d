import { ProtectedPackage } from '../Protection';

const STORE = 'credentials/CredentialStore.ts';
const LEASES = 'credentials/CredentialLeases.ts';
const TABLE = 'credentials/CredentialTable.ts';
const STORE_TEST = 'credentials/CredentialStore.test.ts';
const LOOKUP = 'credentials/CredentialLookup.ts';
const STARTING_OVER = 'credentials/startingOver.ts';
const RETRY = 'credentials/RetryAfterChange.ts';
const CHANGED_REQUESTS_TEST = 'credentials/changedRequests.test.ts';
const KEY_TEST = 'credentials/CredentialKey.test.ts';
const BROKER_TEST = 'credentials/TokenBroker.test.ts';

const FURTHER_TEST = 'credentials/furtherRequests.test.ts';
const PROLONGED_TEST = 'credentials/prolongedTokens.test.ts';

export const renewal: ProtectedPackage = {
  folder: 'plugins/datasource-auth-backend',
  protections: [
    {
      name: "a password isn't sent again after a client error",
      file: 'credentials/renewal.ts',
      code: '(withPassword && isClientError(error))',
      off: '(withPassword && error.diagnosis.details.status === 401)',
      test: BROKER_TEST,
    },
    {
      name: 'an unknown response does not prolong a token',
      file: 'oauth/dialect.ts',
      code: 'const keptToken = prolongs(body, auth) ? options.keptToken : undefined;',
      off: 'const { keptToken } = options;',
      test: PROLONGED_TEST,
    },
    {
      name: 'what a refresh returned is stored before the further request',
      file: 'oauth/DefaultProviderClient.ts',
      code: "return this.#tokens.tokenOrAnswer(context, 'refresh', {",
      off: 'return this.#tokens.token(context, {',
      test: FURTHER_TEST,
    },
    {
      name: 'an approval makes the further request that follows it',
      file: 'authorizations/BrowserRedirects.ts',
      code: 'if (answer.answer) {',
      off: 'if (answer.answer && answer.expiresAt) {',
      test: 'http/furtherRequests.test.ts',
    },
    {
      name: 'no token is served that a further request has yet to replace because the API rejected it',
      file: 'credentials/IssuedTokenRecorder.ts',
      code: 'exchange.isRejected ? undefined : previous.accessToken',
      off: 'previous.accessToken',
      test: FURTHER_TEST,
    },
    {
      name: 'a further request that was rejected begins again with the refresh token',
      file: 'credentials/recordFailure.ts',
      code: 'previous.refreshToken !== undefined &&',
      off: 'previous.refreshToken === undefined &&',
      test: FURTHER_TEST,
    },
    {
      name: 'a token that the API rejects is not prolonged',
      file: 'credentials/renewal.ts',
      code: 'isUnexpired(row, row.readAt) &&\n    need.rejected === undefined',
      off: 'isUnexpired(row, row.readAt) && need !== null',
      test: PROLONGED_TEST,
    },
    {
      name: 'an expired token is not prolonged',
      file: 'credentials/renewal.ts',
      code: 'isUnexpired(row, row.readAt) &&\n    need.rejected === undefined',
      off: 'isUnexpired !== undefined && need.rejected === undefined',
      test: PROLONGED_TEST,
    },
    {
      name: 'a refused prolongation leaves the grant',
      file: 'credentials/TokenExchange.ts',
      code: 'isRefusal(error, withPassword) && !isReplaceable',
      off: 'isRefusal(error, withPassword)',
      test: PROLONGED_TEST,
    },
    {
      name: 'a doubtful refresh token is sent once a day',
      file: 'credentials/recordFailure.ts',
      code: "isDoubtful && outcome !== 'not_sent'",
      off: "isDoubtful && outcome === 'not_sent'",
      test: BROKER_TEST,
    },
    ...(
      [
        [
          'a corrected password is tried again after a save',
          'credentials/createRenewal.ts',
          '      await feed.announce({ datasourceId: id });\n      await broker.settingsChanged(CredentialKey.service(id), by);',
          '      await feed.announce({ datasourceId: id });',
        ],
        [
          'a corrected password is tried again after app-config changed',
          'credentials/DeclaredCredentials.ts',
          '      this.#memory.drop({ datasourceId: id });\n      await this.#broker.settingsChanged(CredentialKey.service(id));',
          '      this.#memory.drop({ datasourceId: id });',
        ],
        [
          'a corrected password is tried again after a restart',
          'credentials/DeclaredCredentials.ts',
          '      await this.#broker.settingsChanged(CredentialKey.service(id));\n      if (',
          '      if (',
        ],
        [
          'a refused password is tried again only after a relevant change',
          RETRY,
          'this.#datasources.hasSameInputs(datasource, row.inputsHash)',
          // Stops by itself; otherwise the broker would request tokens forever.
          // `any`: the counter lives outside of the mutated module.
          '((globalThis as any).tries = ((globalThis as any).tries ?? 0) + 1) > 20',
        ],
      ] as const
    ).map(([name, file, code, off]) => ({
      ...{ name, file, code, off },
      test: 'saving/changedSecrets.test.ts',
    })),
    {
      name: "another username isn't tried for a user who may not authorize",
      file: 'saving/CredentialWriter.ts',
      code: '!needsPerson(settings) && mayAuthorize',
      off: '!needsPerson(settings)',
      test: 'saving/changedSecrets.test.ts',
    },
    {
      name: "replicas don't send their passwords in turn during a rollout",
      file: STARTING_OVER,
      code: "if (locksAccounts && row.state === 'refused') return false;",
      off: '',
      test: 'credentials/changedRequests.test.ts',
    },
    {
      name: 'a refused refresh token stays refused after a change of the client secret',
      file: RETRY,
      code: '!isOver && isRenewable(settings, row)',
      off: 'isRenewable(settings, row)',
      test: BROKER_TEST,
    },
    {
      name: "responses to different client secrets don't make a refresh token doubtful",
      file: 'credentials/refreshTokenDoubt.ts',
      code: "row.reason === 'suspected' && !isRetriedWithChanges",
      off: "row.reason === 'suspected'",
      test: BROKER_TEST,
    },
    {
      name: 'a change during a request is tried again',
      file: 'credentials/recordRefusal.ts',
      code: 'if (!ended || (await deps.retryAfterChange.isTriedAgain(row))) {',
      off: 'if (!ended) {',
      test: BROKER_TEST,
    },
    {
      name: 'memory and refreshes separate credentials by subject',
      file: 'database/CredentialKey.ts',
      code: '`${this.datasourceId} ${this.subject}`',
      off: 'this.datasourceId',
      test: KEY_TEST,
    },
    {
      name: 'only the credentials that the settings provide for are used',
      file: 'credentials/CredentialLookup.ts',
      code: 'if (!hasCredentialOf(key, record.settings)) {',
      off: 'if (!record) {',
      test: KEY_TEST,
    },
    {
      name: "people's own credentials are not refreshed in the background",
      file: STORE,
      code: ".whereRaw(`subject = 'service'`)",
      off: '',
      test: KEY_TEST,
    },
    {
      name: 'a copy of a served token is dropped when its row changes',
      file: 'credentials/CredentialMemory.ts',
      code: '(subject === undefined ? datasource.record : row)?.changedAt !== at;',
      off: 'false;',
      test: 'credentials/CredentialMemory.test.ts',
    },
    {
      name: 'copies of served tokens separate credentials by subject',
      file: 'credentials/CredentialMemory.ts',
      code: '  return `${name} ${subject}`;',
      off: '  return name;',
      test: KEY_TEST,
    },
    {
      name: 'recorded uses separate credentials by subject',
      file: STORE,
      code: "['datasource_id', 'subject'],\n          some.map(({ datasourceId, subject }) => [datasourceId, subject]),",
      off: "['datasource_id'],\n        keys.map(({ datasourceId }) => [datasourceId]),",
      test: 'activity/UsageRecorder.test.ts',
    },
    {
      name: 'each SQL statement separates credentials by subject',
      file: 'credentials/CredentialRow.ts',
      code: '{ datasource_id: key.datasourceId, subject: key.subject }',
      off: '{ datasource_id: key.datasourceId }',
      test: KEY_TEST,
    },
    {
      name: "a token requested under earlier settings isn't returned",
      file: 'settings/binding.ts',
      code: '(needsPerson(settings) || !requestsOther(settings, credential))',
      off: 'true',
      test: CHANGED_REQUESTS_TEST,
    },
    {
      name: "a refresh from before a change isn't shared with later callers",
      file: 'credentials/SharedRenewals.ts',
      code: 'const datasource = known ?? found.datasource;',
      off: 'const datasource = found.datasource;',
      test: CHANGED_REQUESTS_TEST,
    },
    {
      name: "replicas don't request tokens in turn during a rollout",
      file: STARTING_OVER,
      code: "if (datasource.record.source !== 'config') return 0;",
      off: 'return 0;',
      test: CHANGED_REQUESTS_TEST,
    },
    {
      name: 'no token is requested for another destination without a person',
      file: STARTING_OVER,
      code: 'row.binding === record.binding &&',
      off: '',
      test: CHANGED_REQUESTS_TEST,
    },
    {
      name: 'no token is requested after a person cleared the credential',
      file: STARTING_OVER,
      code: "row.state === 'cleared' || ",
      off: '',
      test: CHANGED_REQUESTS_TEST,
    },
    {
      name: "a provider's own word for a refused refresh token counts at once",
      file: 'oauth/providerAliases.ts',
      code: 'return aliasOf(failure)?.means ?? failure.error;',
      off: 'return failure.error;',
      test: 'providers/presetErrors.test.ts',
    },
    {
      name: 'an alias of one provider counts at its hosts only',
      file: 'oauth/providerAliases.ts',
      code: "isAt(host.split(':')[0], candidate.host)",
      off: 'host.includes(candidate.host)',
      test: 'oauth/diagnose.test.ts',
    },
    {
      name: 'an API path counts once, regardless of the caller',
      file: 'credentials/Rejections.ts',
      code: 'return paths.size > 1 ||',
      off: 'return new Set(routes).size > 1 ||',
      test: 'gateway/freshRejections.test.ts',
    },
    {
      name: 'a plugin names a call in its normal form',
      file: 'access/AuthorizedTokens.ts',
      code: "`plugin ${plugin} ${method} /${path.split('/', 2)[1]}`",
      off: '`plugin ${plugin} ${method} /${named}`',
      test: 'gateway/freshRejections.test.ts',
    },
    {
      name: 'only one process gets a lease',
      file: LEASES,
      code: `          .where({ lease_epoch: row.leaseEpoch })
          .andWhere(this.#table.leaseIsFree(owner)),`,
      off: '',
      test: STORE_TEST,
    },
    {
      name: 'the intent is stored before the request',
      file: LEASES,
      code: 'presented_generation: row.generation,\n        presented_at: now,',
      off: '',
      test: BROKER_TEST,
    },
    {
      name: "a credential with a spare doesn't end",
      file: STORE,
      code: "where => where.whereNull('sealed_spare'),",
      off: 'where => where,',
      test: BROKER_TEST,
    },
    {
      name: 'a failure is recorded only under its own lease',
      file: LEASES,
      code: `        }),
        ...this.#table.leaseEnded(),
      },
      where => where.where({ lease_epoch: lease.epoch }),`,
      off: `        }),
        ...this.#table.leaseEnded(),
      },
      where => where,`,
      test: STORE_TEST,
    },
    {
      name: 'a response is stored only in its own grant',
      file: TABLE,
      code: 'credential_id: row.credentialId,\n      generation',
      off: 'generation',
      test: STORE_TEST,
    },
    {
      name: 'a response replaces only the generation that it refreshed',
      file: TABLE,
      code: '\n      generation: row.generation,\n    });',
      off: '\n    });',
      test: STORE_TEST,
    },
    {
      name: 'a spare is stored only in its own grant',
      file: STORE,
      code: '{ ...keyColumns(key), credential_id: credentialId }',
      off: 'keyColumns(key)',
      test: STORE_TEST,
    },
    {
      name: "a rejected token isn't returned again",
      file: 'credentials/CredentialReader.ts',
      code: `(need.rejected === undefined ||
        !isSameGeneration(found.row, need.rejected))`,
      off: 'true',
      test: 'credentials/CredentialReader.test.ts',
    },
    {
      name: "a path that rejects every token doesn't cause endless refreshes",
      file: 'credentials/renewable.ts',
      code: 'if (row.readAt < rested && isUnexpired(row, row.readAt)) {',
      off: 'if (row.readAt < 0) {',
      test: BROKER_TEST,
    },
    {
      name: "a path that rejects every token doesn't put the datasource in ERROR",
      file: 'credentials/Rejections.ts',
      code: 'return paths.size > 1 || routes.includes(TEST_ROUTE);',
      off: 'return true;',
      test: BROKER_TEST,
    },
    {
      name: 'a successful call ends the error that an API rejects fresh tokens',
      file: 'credentials/RejectionReports.ts',
      code: 'if (await this.#store.forgetRejection(row, row.lastError)) {',
      off: 'if (!row) {',
      test: BROKER_TEST,
    },
    {
      name: 'Retry-After is limited to 15 minutes',
      file: 'credentials/backOff.ts',
      code: 'Math.min(requested, RETRY_AFTER_CAP),',
      off: 'requested,',
      test: 'credentials/backOff.test.ts',
    },
    {
      name: 'a refresh token is used before it expires',
      file: 'credentials/renewalDue.ts',
      code: 'if (refreshLifetime !== undefined) {',
      off: 'if (refreshLifetime === 0) {',
      test: 'credentials/renewalDue.test.ts',
    },
    {
      name: 'a sweep refreshes short-lived tokens before they expire',
      file: 'credentials/renewalDue.ts',
      code: 'Math.max(share, sweepEvery + SWEEP_LATENESS)',
      off: 'Math.max(share, sweepEvery * 0)',
      test: 'credentials/renewalDue.test.ts',
    },
    {
      name: 'Retry-After never shortens a wait',
      file: 'credentials/backOff.ts',
      code: 'const requested = retryAt === undefined ? 0 : retryAt - Date.now();',
      off: `if (retryAt !== undefined) return Math.max(0, retryAt - Date.now());
  const requested = 0;`,
      test: 'credentials/backOff.test.ts',
    },
    {
      name: "an expired token isn't returned as new",
      file: 'credentials/freshness.ts',
      code: 'return row.expiresAt === undefined || row.expiresAt > now;',
      off: 'return row.expiresAt === undefined || row.expiresAt > now || now < renewalAllowedAt(row);',
      test: BROKER_TEST,
    },
    {
      name: 'a response without a refresh token keeps the old one',
      file: 'credentials/SealedTokens.ts',
      code: 'const refreshToken = answer.refreshToken ?? previous?.refreshToken;',
      off: 'const { refreshToken } = answer;',
      test: 'credentials/SealedTokens.test.ts',
    },
    {
      name: 'only declared datasources get a first token automatically',
      file: 'credentials/RenewalPolicy.ts',
      code: "record.source !== 'config' || !isRenewable(record.settings)",
      off: '!isRenewable(record.settings)',
      test: BROKER_TEST,
    },
    {
      name: 'a copied database returns no tokens',
      file: LOOKUP,
      code: `    if (this.#isQuarantined()) {
      throw`,
      off: `    if (!datasource) {
      throw`,
      test: BROKER_TEST,
    },
    {
      name: "a value that can't be decrypted isn't used",
      file: LOOKUP,
      code: '    if (unreadable) {',
      off: '    if (unreadable && !datasource) {',
      test: 'attacks/database.test.ts',
    },
  ],
};
