import { LoggerService } from '@backstage/backend-plugin-api';
import {
  DatasourceAuthError,
  DatasourceNotAuthorizedError,
  DatasourceNotConfiguredError,
  DatasourceUnavailableError,
  Diagnosis,
  diagnosisTexts,
  formatRequiredSettings,
  renderDiagnosis,
  RequiredSetting,
  message,
  Message,
  MessageValue,
} from 'backstage-plugin-datasource-auth-common';
import { LoadedDatasource } from '../datasources/Datasources';
import { OAuthExchangeError } from '../oauth/OAuthExchangeError';

/** Creates the errors for a missing token: what happened, and the page to fix it. They carry no cause. */
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
    return new DatasourceNotConfiguredError(
      [
        message('error.token.notConfigured', {
          name: datasource.record.name,
          labels: formatRequiredSettings(missing),
        }),
        message('error.token.open', { link }),
      ],
      { link },
    );
  }

  notSigned(
    datasource: LoadedDatasource,
    fault: Message,
  ): DatasourceNotConfiguredError {
    const link = this.#link(datasource);
    return new DatasourceNotConfiguredError(
      [
        message('error.token.notSigned', {
          name: datasource.record.name,
          fault,
        }),
        message('error.token.open', { link }),
      ],
      { link },
    );
  }

  notAuthorized(
    datasource: LoadedDatasource,
    why: Message,
    diagnosis?: Diagnosis,
  ): DatasourceNotAuthorizedError {
    const link = this.#link(datasource);
    return new DatasourceNotAuthorizedError(
      [why, message('error.token.open', { link })],
      { link, diagnosis },
    );
  }

  /**
   * @param more - `retryAt` by the database's clock
   */
  unavailable(
    datasource: LoadedDatasource,
    why: MessageValue,
    more: { retryAt?: number; code?: string; diagnosis?: Diagnosis } = {},
  ): DatasourceUnavailableError {
    const link = this.#link(datasource);
    const code = more.diagnosis?.code ?? more.code;
    return new DatasourceUnavailableError(
      [
        message('error.token.unavailable', {
          name: datasource.record.name,
          why: code ? message('error.token.withCode', { why, code }) : why,
        }),
        message('error.token.see', { link }),
      ],
      { link, retryAt: more.retryAt, diagnosis: more.diagnosis },
    );
  }

  /** The settings or what is stored can't be used, as a complete sentence says. */
  unusable(
    datasource: LoadedDatasource,
    fault: Message,
  ): DatasourceUnavailableError {
    const link = this.#link(datasource);
    return new DatasourceUnavailableError(
      [
        message('error.token.unavailableFault', {
          name: datasource.record.name,
          fault,
        }),
        message('error.token.see', { link }),
      ],
      { link },
    );
  }

  /** Returns what a caller may know about any error. For a failing database, that is only to try again. */
  of(datasource: LoadedDatasource, error: unknown): DatasourceAuthError {
    if (error instanceof DatasourceAuthError) return error;
    this.#logger.error(
      `The token of datasource '${
        datasource.record.name
      }' couldn't be read. Check the connection to the database: ${nameOf(
        error,
      )}`,
    );
    return this.unavailable(datasource, message('error.token.databaseDown'));
  }

  #link(datasource: LoadedDatasource): string {
    return `${this.#pageUrl}/${datasource.record.name}`;
  }
}

/** Creates the error for an unexpected internal failure during an exchange. */
export function unexpectedFailure(sent: boolean): OAuthExchangeError {
  return new OAuthExchangeError({
    diagnosis: {
      code: 'unexpected',
      ...renderDiagnosis(diagnosisTexts('backendFailed')),
      retryable: true,
      details: {},
    },
    outcome: sent ? 'silent' : 'not_sent',
  });
}

/** Returns the name of an error: its message may contain secrets. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}
