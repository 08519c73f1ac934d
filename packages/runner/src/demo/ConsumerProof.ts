const SILENT_GRANTS = ['client_credentials', 'password'];

/**
 * Proves for each authorized datasource, once, that a plugin gets a token and the API takes it: one line with the status
 * of the answer. A datasource that loses its authorization and gets it again is proven again.
 */
export class ConsumerProof {
  #backstage;
  #print;
  #proven = new Set();

  static create({ backstage, print }) {
    return new ConsumerProof({ backstage, print });
  }

  constructor({ backstage, print }) {
    this.#backstage = backstage;
    this.#print = print;
  }

  /** Looks once. On the first look, the grants that need no person are used even if nobody ever asked for a token. */
  async look({ first = false } = {}) {
    for (const datasource of await this.#backstage.datasources()) {
      const { name, status } = datasource;
      const grantType = datasource.grantType ?? datasource.auth?.grantType;
      const due =
        status.state === 'AUTHORIZED' ||
        (first &&
          SILENT_GRANTS.includes(grantType) &&
          status.reasonCode === 'none');
      if (!due) {
        this.#proven.delete(name);
      } else if (!this.#proven.has(name)) {
        await this.#prove(name, grantType);
      }
    }
  }

  async #prove(name, grantType) {
    const { status, body } = await this.#backstage.consume(name);
    const problem = status === 200 ? '' : ` ${body?.error?.message ?? ''}`;
    this.#print(`sample-consumer: ${name} ${grantType} ${status}${problem}`);
    this.#proven.add(name);
  }
}
