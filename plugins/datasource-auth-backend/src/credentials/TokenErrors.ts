import { LoggerService } from '@backstage/backend-plugin-api';
import {
  DatasourceAuthError,
  DatasourceNotAuthorizedError,
  DatasourceNotConfiguredError,
  DatasourceUnavailableError,
  Diagnosis,
  formatRequiredSettings,
  RequiredSetting,
} from 'backstage-plugin-datasource-auth-common';
import { LoadedDatasource } from '../datasources/Datasources';
import { OAuthExchangeError } from '../oauth/OAuthExchangeError';

/**
 * Says why there is no token: what happened, and the page where it is put right. Nothing of a cause is handed on.
 */
export class TokenErrors {
  readonly #pageUrl: string;
  readonly #logger: LoggerService;

  constructor(options: { pageUrl: string; logger: LoggerService }) {
    this.#logger = options.logger;
    this.#pageUrl = options.pageUrl;
  }

  notConfigured(
    datasource: LoadedDatasource,
    missing: RequiredSetting[],
  ): DatasourceNotConfiguredError {
    const link = this.#link(datasource);
    const labels = formatRequiredSettings(missing);
    return new DatasourceNotConfiguredError(
      `Datasource '${datasource.record.name}' is not configured. Missing: ${labels}. Open ${link}`,
      { link },
    );
  }

  notAuthorized(
    datasource: LoadedDatasource,
    what: string,
    diagnosis?: Diagnosis,
  ): DatasourceNotAuthorizedError {
    const link = this.#link(datasource);
    return new DatasourceNotAuthorizedError(
      `Datasource '${datasource.record.name}' ${what}. Open ${link}`,
      { link, diagnosis },
    );
  }

  /** @param more - `retryAt` on the database's clock */
  unavailable(
    datasource: LoadedDatasource,
    why: string,
    more: { retryAt?: number; code?: string; diagnosis?: Diagnosis } = {},
  ): DatasourceUnavailableError {
    const link = this.#link(datasource);
    const code = more.diagnosis?.code ?? more.code;
    return new DatasourceUnavailableError(
      `No token for datasource '${datasource.record.name}' now: ${why}${
        code ? ` (${code})` : ''
      }. See ${link}`,
      { link, retryAt: more.retryAt, diagnosis: more.diagnosis },
    );
  }

  /** What a caller may be told of anything that was thrown: a failing database is no more than a reason to come again. */
  of(datasource: LoadedDatasource, error: unknown): DatasourceAuthError {
    if (error instanceof DatasourceAuthError) return error;
    this.#logger.error(
      `The token of datasource '${
        datasource.record.name
      }' couldn't be read. Check the connection to the database: ${nameOf(
        error,
      )}`,
    );
    return this.unavailable(
      datasource,
      'The database did not answer as it should',
    );
  }

  #link(datasource: LoadedDatasource): string {
    return `${this.#pageUrl}/${datasource.record.name}`;
  }
}

/** A failure of our own making in the middle of an exchange. */
export function unexpectedFailure(sent: boolean): OAuthExchangeError {
  return new OAuthExchangeError({
    diagnosis: {
      code: 'unexpected',
      title: 'The exchange failed',
      cause: 'Something unexpected happened in this backend.',
      remedy: "Look into the backend's log. It is tried again by itself.",
      retryable: true,
      details: {},
    },
    outcome: sent ? 'silent' : 'not_sent',
  });
}

/** The name of what was thrown: its message may hold what no log may see. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}
