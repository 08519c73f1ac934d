import {
  RehearsalResult,
  TestResult,
} from 'backstage-plugin-datasource-auth-common';
import { CredentialTest } from '../verification/CredentialTest';
import { Rehearsal } from '../verification/Rehearsal';
import { Audit } from './Audit';
import { AccessOptions, DatasourceRights } from './DatasourceRights';
import { callerName } from './caller';

/**
 * Authorizes tests and refreshes of a saved credential, which require the permission to authorize its
 * datasource.
 */
export class AuthorizedVerification {
  readonly #audit: Audit;
  readonly #datasources: DatasourceRights;
  readonly #test: CredentialTest;
  readonly #rehearsal: Rehearsal;

  constructor(options: {
    audit: Audit;
    datasources: DatasourceRights;
    test: CredentialTest;
    rehearsal: Rehearsal;
  }) {
    this.#audit = options.audit;
    this.#datasources = options.datasources;
    this.#test = options.test;
    this.#rehearsal = options.rehearsal;
  }

  async test(name: string, { caller }: AccessOptions): Promise<TestResult> {
    return this.#audit.run(
      { event: 'authorization', action: 'test', caller, datasource: name },
      async () =>
        this.#test.run(
          (await this.#datasources.forAuthorizing(name, undefined, {
            caller,
          }))!,
          callerName(caller),
        ),
      ({ ok }) => ({ ok }),
    );
  }

  async rehearse(
    name: string,
    { caller }: AccessOptions,
  ): Promise<RehearsalResult> {
    return this.#audit.run(
      { event: 'authorization', action: 'rehearse', caller, datasource: name },
      async () => {
        await this.#datasources.forAuthorizing(name, undefined, { caller });
        return this.#rehearsal.run(name, callerName(caller));
      },
      ({ verdict }) => ({ verdict }),
    );
  }
}
