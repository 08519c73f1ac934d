import { message } from 'backstage-plugin-datasource-auth-common';
import { isSameGeneration } from './CredentialRow';
import { lastErrorOf } from './Exchange';
import { OutcomeRecorder, Recording } from './OutcomeRecorder';
import { usesRefreshToken } from './renewal';
import { SpareTokens } from './SpareTokens';

/**
 * Ends a credential that its provider refused, unless a spare token replaces it (I6). Returns only when the credential
 * did not end, so that the caller reads the row again.
 */
export const recordRefusal =
  (deps: Recording & { spares: SpareTokens }): OutcomeRecorder =>
  async (exchange, error) => {
    const { datasources, store, spares, writes, news, errors } = deps;
    const { datasource, row } = exchange;
    // An earlier process presented this very token and didn't record a response.
    const unsure =
      usesRefreshToken(datasource.record.settings) &&
      row.generation > 0 &&
      row.presentedGeneration === row.generation;
    const reason = unsure ? 'no_response' : error.diagnosis.code;
    const end = {
      ...lastErrorOf(error),
      at: row.readAt,
      attempts: row.attempts + 1,
      inputsHash: datasources.fingerprint(datasource),
    };
    const ended = await writes.run(async () => {
      // Not while there is a spare. One may be stored at any time.
      while (!(await store.refuse(row, reason, end))) {
        const current = await store.read(row.key);
        if (!current || !isSameGeneration(current, row)) return false; // rotated elsewhere
        if (current.state === 'refused') return true; // a COMMIT whose reply was lost
        if (
          current.sealedSpare &&
          (await spares.promote({ datasource, row: current }))
        ) {
          return false;
        }
      }
      return true;
    });
    if (!ended || (await deps.retryAfterChange.isTriedAgain(row))) {
      return undefined;
    }
    await news.failed(row.key, {
      kind: 'refused',
      details: { code: reason },
      actor: exchange.by,
      message: `Datasource '${datasource.record.name}' must be authorized again: ${error.diagnosis.title} (${reason}).`,
    });
    throw errors.notAuthorized(
      datasource,
      message('error.token.refused', {
        name: datasource.record.name,
        reason,
      }),
      error.diagnosis,
    );
  };
