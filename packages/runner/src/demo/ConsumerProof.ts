import {
  grantOrKindOf,
  isApprovedByPerson,
} from 'backstage-plugin-datasource-auth-common';
import type { BackstageClient, ListedDatasource } from '../processes/backstage';

/**
 * Checks each authorized datasource once: a plugin gets a token and the API accepts it. Prints one line with
 * the status of the response. A datasource that is authorized again is checked again. Where each person connects their
 * own account, it says so: only they can act there.
 */
export class ConsumerProof {
  readonly #backstage: Pick<BackstageClient, 'datasources' | 'consume'>;
  readonly #print: (line: string) => void;
  readonly #proven = new Set<string>();

  constructor(options: {
    backstage: Pick<BackstageClient, 'datasources' | 'consume'>;
    print: (line: string) => void;
  }) {
    this.#backstage = options.backstage;
    this.#print = options.print;
  }

  /** Checks all authorized datasources of the sample consumer that haven't been checked yet. */
  async look(): Promise<void> {
    for (const datasource of await this.#backstage.datasources()) {
      if (!isForSampleConsumer(datasource)) continue;
      if (!isDue(datasource)) {
        this.#proven.delete(datasource.name);
      } else if (!this.#proven.has(datasource.name)) {
        await this.#prove(datasource);
        this.#proven.add(datasource.name);
      }
    }
  }

  async #prove(datasource: ListedDatasource) {
    const { name } = datasource;
    if (isPersonal(datasource)) {
      this.#print(`sample-consumer: ${name} each person connects`);
      return;
    }
    const { status, body } = await this.#backstage.consume(name);
    const problem = status === 200 ? '' : ` ${body?.error?.message ?? ''}`;
    this.#print(
      `sample-consumer: ${name} ${grantOrKindOf(
        datasource,
      )} ${status}${problem}`,
    );
  }
}

function isForSampleConsumer({ consumers }: ListedDatasource): boolean {
  return consumers === '*' || consumers.includes('sample-consumer');
}

/**
 * Authorized, or declared with a grant that requires no person, so that the first consumer's request gets the
 * token.
 */
function isDue(datasource: ListedDatasource): boolean {
  const { status } = datasource;
  return (
    status.state === 'AUTHORIZED' ||
    isPersonal(datasource) ||
    (status.reasonCode === 'none' &&
      !isApprovedByPerson(grantOrKindOf(datasource)))
  );
}

function isPersonal({ status }: ListedDatasource): boolean {
  return status.state === 'PER_USER';
}
