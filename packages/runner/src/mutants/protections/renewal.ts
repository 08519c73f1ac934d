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

export const renewal: ProtectedPackage = {
  folder: 'plugins/datasource-auth-backend',
  protections: [
    {
      name: 'a password is not presented again after a client error',
      file: 'credentials/renewal.ts',
      code: 'withPassword && status >= 400',
      off: 'withPassword && status === 401',
      test: BROKER_TEST,
    },
    {
      name: 'a doubtful refresh token is presented once a day',
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
          '      await feed.announce({ datasourceId: id });\n      await broker.settingsChanged(CredentialKey.service(id));',
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
          'a refused password is tried again only where something that was judged changed',
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
      name: 'another user name is not tried for somebody who may not authorize',
      file: 'saving/CredentialWriter.ts',
      code: '!needsPerson(settings) && mayAuthorize',
      off: '!needsPerson(settings)',
      test: 'saving/changedSecrets.test.ts',
    },
    {
      name: 'replicas of a rollout do not present their passwords in turn',
      file: STARTING_OVER,
      code: "if (locksAccounts && row.state === 'refused') return false;",
      off: '',
      test: 'credentials/changedRequests.test.ts',
    },
    {
      name: 'a refresh token that was refused is over, whatever the client secret',
      file: RETRY,
      code: '!isOver && isRenewable(settings, row)',
      off: 'isRenewable(settings, row)',
      test: BROKER_TEST,
    },
    {
      name: 'a refresh token is not doubted for responses to different client secrets',
      file: 'credentials/refreshTokenDoubt.ts',
      code: "row.reason === 'suspected' && !isRetriedWithChanges",
      off: "row.reason === 'suspected'",
      test: BROKER_TEST,
    },
    {
      name: 'what changed while a provider judged is tried again',
      file: 'credentials/recordRefusal.ts',
      code: 'if (!ended || (await deps.retryAfterChange.isTriedAgain(row))) {',
      off: 'if (!ended) {',
      test: BROKER_TEST,
    },
    {
      name: 'memories and renewals know whose credential it is',
      file: 'database/CredentialKey.ts',
      code: '`${this.datasourceId} ${this.subject}`',
      off: 'this.datasourceId',
      test: KEY_TEST,
    },
    {
      name: 'so do the copies of what is served',
      file: 'credentials/CredentialMemory.ts',
      code: '  return `${name} ${subject}`;',
      off: '  return name;',
      test: KEY_TEST,
    },
    {
      name: 'so does what is noted of a use',
      file: STORE,
      code: "['datasource_id', 'subject'],\n        keys.map(({ datasourceId, subject }) => [datasourceId, subject]),",
      off: "['datasource_id'],\n        keys.map(({ datasourceId }) => [datasourceId]),",
      test: 'activity/UsageRecorder.test.ts',
    },
    {
      name: 'so does each statement',
      file: 'credentials/CredentialRow.ts',
      code: '{ datasource_id: key.datasourceId, subject: key.subject }',
      off: '{ datasource_id: key.datasourceId }',
      test: KEY_TEST,
    },
    {
      name: 'a token of an earlier request is not handed out',
      file: 'settings/binding.ts',
      code: '(needsPerson(settings) || !requestsOther(settings, credential))',
      off: 'true',
      test: CHANGED_REQUESTS_TEST,
    },
    {
      name: 'a renewal from before a change serves nobody who came after it',
      file: 'credentials/SharedRenewals.ts',
      code: 'const datasource = known ?? found.datasource;',
      off: 'const datasource = found.datasource;',
      test: CHANGED_REQUESTS_TEST,
    },
    {
      name: 'replicas of a rollout do not request in turns',
      file: STARTING_OVER,
      code: "if (datasource.record.source !== 'config') return 0;",
      off: 'return 0;',
      test: CHANGED_REQUESTS_TEST,
    },
    {
      name: 'nothing is requested for another destination without a person',
      file: STARTING_OVER,
      code: 'row.binding === record.binding &&',
      off: '',
      test: CHANGED_REQUESTS_TEST,
    },
    {
      name: 'nothing is requested after a person cleared it',
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
      name: 'a lease is taken by one',
      file: LEASES,
      code: `          .where({ lease_epoch: row.leaseEpoch })
          .andWhere(this.#table.leaseIsFree(owner)),`,
      off: '',
      test: STORE_TEST,
    },
    {
      name: 'the intent to present a token is written before',
      file: LEASES,
      code: 'presented_generation: row.generation,\n        presented_at: now,',
      off: '',
      test: BROKER_TEST,
    },
    {
      name: 'a credential does not end while there is a spare',
      file: STORE,
      code: "where => where.whereNull('sealed_spare'),",
      off: 'where => where,',
      test: BROKER_TEST,
    },
    {
      name: 'a failure is recorded under its own lease',
      file: LEASES,
      code: `        presented_generation: failure.presentedGeneration,
        ...this.#table.leaseEnded(),
      },
      where => where.where({ lease_epoch: lease.epoch }),`,
      off: `        presented_generation: failure.presentedGeneration,
        ...this.#table.leaseEnded(),
      },
      where => where,`,
      test: STORE_TEST,
    },
    {
      name: 'an answer is stored in its own grant only',
      file: TABLE,
      code: 'credential_id: row.credentialId,\n      generation',
      off: 'generation',
      test: STORE_TEST,
    },
    {
      name: 'an answer is stored over the generation it renewed only',
      file: TABLE,
      code: '\n      generation: row.generation,\n    });',
      off: '\n    });',
      test: STORE_TEST,
    },
    {
      name: 'a spare is kept in its own grant only',
      file: STORE,
      code: '{ ...keyColumns(key), credential_id: credentialId }',
      off: 'keyColumns(key)',
      test: STORE_TEST,
    },
    {
      name: 'a token that was rejected is not handed out again',
      file: 'credentials/CredentialReader.ts',
      code: `(need.rejected === undefined ||
        !isSameGeneration(found.row, need.rejected))`,
      off: 'true',
      test: 'credentials/CredentialReader.test.ts',
    },
    {
      name: 'a path that rejects every token does not rotate without end',
      file: 'credentials/renewable.ts',
      code: 'if (row.readAt < rested && isUnexpired(row, row.readAt)) {',
      off: 'if (row.readAt < 0) {',
      test: BROKER_TEST,
    },
    {
      name: 'a path that rejects every token does not speak for the API',
      file: 'credentials/Rejections.ts',
      code: 'return paths.size > 1 || routes.includes(TEST_ROUTE);',
      off: 'return true;',
      test: BROKER_TEST,
    },
    {
      name: 'a success ends the state that an API rejects fresh tokens',
      file: 'credentials/RejectionReports.ts',
      code: 'if (await this.#store.forgetRejection(row, row.lastError)) {',
      off: 'if (!row) {',
      test: BROKER_TEST,
    },
    {
      name: 'Retry-After counts up to 15 minutes',
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
      name: 'a sweep comes by before a short life ends',
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
      name: 'a token that has expired is not handed out as new',
      file: 'credentials/freshness.ts',
      code: 'return row.expiresAt === undefined || row.expiresAt > now;',
      off: 'return row.expiresAt === undefined || row.expiresAt > now || now < renewalAllowedAt(row);',
      test: BROKER_TEST,
    },
    {
      name: 'a refresh token that an answer leaves out stays',
      file: 'credentials/SealedTokens.ts',
      code: 'answer.refreshToken ?? previous?.refreshToken;\n    const lifetime',
      off: 'answer.refreshToken;\n    const lifetime',
      test: 'credentials/SealedTokens.test.ts',
    },
    {
      name: 'nothing silent obtains a first token but for what is declared',
      file: 'credentials/RenewalPolicy.ts',
      code: "record.source !== 'config' || !isRenewable(record.settings)",
      off: '!isRenewable(record.settings)',
      test: BROKER_TEST,
    },
    {
      name: 'a database that was copied hands nothing out',
      file: LOOKUP,
      code: `    if (this.#isQuarantined()) {
      throw`,
      off: `    if (!datasource) {
      throw`,
      test: BROKER_TEST,
    },
    {
      name: 'what could not be opened is not used',
      file: LOOKUP,
      code: '    if (unreadable) {',
      off: '    if (unreadable && !datasource) {',
      test: 'attacks/database.test.ts',
    },
  ],
};
