import {
  DELEGATION_CONTEXT_HEADER,
  DELEGATION_HEADER,
} from 'backstage-plugin-datasource-auth-common';
import {
  confirmAccount,
  signInToAccount,
} from '../../__testUtils__/connectAccount';
import { peopleByAccount } from './accounts';
import { SavedCredential } from './Installation';
import { Replica, TokenTarget } from './Replica';

const CONTEXT = { task: '42' };

/** A person, as they use one datasource in person: they let the plugin of the replicas act as them, and end that. */
export class Lender {
  readonly #own: Pick<SavedCredential, 'name' | 'subject'>;

  constructor(own: Pick<SavedCredential, 'name' | 'subject'>) {
    this.#own = own;
  }

  /** The plugin asks. Returns the id of the delegation that waits for the person. */
  async asked(replica: Replica, purpose = 'Run 42'): Promise<string> {
    const { body } = await this.#ask(replica, purpose);
    return body.error.link.split('/').at(-1);
  }

  /** The person reads what they are asked. Returns what approves exactly that. */
  async read(replica: Replica, id: string): Promise<{ version: string }> {
    const { person } = await replica.signIn(this.#own.subject);
    const { body } = await person('GET', `/delegations/${id}`);
    return { version: body.version };
  }

  async approve(
    replica: Replica,
    id: string,
    approval?: { version: string },
  ): Promise<number> {
    const read = approval ?? (await this.read(replica, id));
    return this.#call(replica, 'POST', `/delegations/${id}/approval`, read);
  }

  async takeBack(replica: Replica, id: string): Promise<number> {
    return this.#call(replica, 'DELETE', `/delegations/${id}`);
  }

  async disconnect(replica: Replica): Promise<number> {
    return this.#call(replica, 'DELETE', `/connections/${this.#own.name}`);
  }

  /** Deletes everything about them. */
  async erase(replica: Replica): Promise<number> {
    return this.#call(replica, 'DELETE', '/connections');
  }

  /** Signs in to their account at the provider. Returns the attempt that {@link Lender.confirm} finishes. */
  async signInToAccount(replica: Replica, account: string): Promise<string> {
    const { person, anonymous } = await replica.signIn(this.#own.subject);
    return signInToAccount(
      { url: replica.apiUrl, anonymous },
      person,
      this.#own.name,
      peopleByAccount().get(account),
    );
  }

  async confirm(replica: Replica, attempt: string): Promise<number> {
    const { person } = await replica.signIn(this.#own.subject);
    return (await confirmAccount(person, attempt)).status;
  }

  /** The plugin gets a handle for what the person approved. */
  async handle(replica: Replica, purpose = 'Run 42'): Promise<string> {
    const { body } = await this.#ask(replica, purpose);
    return body.delegation;
  }

  /** The plugin presents a handle, without the person. */
  presented(handle: string, context: object = CONTEXT): TokenTarget {
    return {
      name: this.#own.name,
      delegation: {
        [DELEGATION_HEADER]: handle,
        [DELEGATION_CONTEXT_HEADER]: Buffer.from(
          JSON.stringify(context),
        ).toString('base64url'),
      },
    };
  }

  async #ask(replica: Replica, purpose: string) {
    const { plugin } = await replica.signIn(this.#own.subject);
    return plugin('POST', '/delegations', {
      ...{ datasource: this.#own.name, purpose, context: CONTEXT },
    });
  }

  async #call(
    replica: Replica,
    method: string,
    path: string,
    body?: object,
  ): Promise<number> {
    const { person } = await replica.signIn(this.#own.subject);
    const { status } = await person(method, path, body);
    return status;
  }
}
