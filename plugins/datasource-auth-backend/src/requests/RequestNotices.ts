import { AuthorizationRequestRow } from './AuthorizationRequestStore';
import { DatasourceRecord } from '../datasources/DatasourceRecord';
import { Notifier } from '../notices/Notifier';
import { titleOf } from '../notices/OwnerNotices';

/** A request and its datasource. */
export interface RequestedDatasource {
  request: AuthorizationRequestRow;
  record: DatasourceRecord;
}

/**
 * Notifies the recipient of a request, and both sides of its outcome. The outcome replaces the request's own
 * notification, so that a group sees that one of its members has responded.
 */
export class RequestNotices {
  readonly #notifier: Notifier;
  readonly #pageUrl: string;

  constructor(options: { notifier: Notifier; pageUrl: string }) {
    this.#notifier = options.notifier;
    this.#pageUrl = options.pageUrl;
  }

  async asked({ request, record }: RequestedDatasource, link: string) {
    await this.#tell(request, request.recipient, link, {
      title: `${person(request.askedBy)} asks you to authorize ${titleOf(
        record,
      )}`,
      description: `The page shows which plugins will use your account, and where. You can approve or decline until ${day(
        request.expiresAt,
      )}.`,
      severity: 'normal',
    });
  }

  async approved({ request, record }: RequestedDatasource) {
    const title = titleOf(record);
    const page = `${this.#pageUrl}/${record.name}`;
    await this.#tell(request, request.askedBy, page, {
      title: `${person(request.decidedBy)} authorized ${title}`,
      description: 'The credential is now in use.',
      severity: 'normal',
    });
    const notice = {
      title: `${title} is authorized`,
      description: `${person(request.decidedBy)} approved what ${person(
        request.askedBy,
      )} asked for. There is nothing left to do.`,
      severity: 'low' as const,
    };
    for (const ref of refs([request.recipient, request.decidedBy])) {
      await this.#tell(request, ref, page, notice);
    }
  }

  async declined({ request, record }: RequestedDatasource) {
    const heading = `${person(
      request.decidedBy,
    )} declined to authorize ${titleOf(record)}`;
    const page = `${this.#pageUrl}/${record.name}`;
    await this.#tell(request, request.askedBy, page, {
      title: heading,
      description: 'Nothing was changed. Ask someone else, or ask again.',
      severity: 'normal',
    });
    await this.#tell(request, request.recipient, page, {
      title: heading,
      description: 'Nothing was changed. There is nothing left to do.',
      severity: 'low',
    });
  }

  async withdrawn({ request, record }: RequestedDatasource) {
    const page = `${this.#pageUrl}/${record.name}`;
    await this.#tell(request, request.recipient, page, {
      title: `The request to authorize ${titleOf(record)} was withdrawn`,
      description: 'There is nothing left to do.',
      severity: 'low',
    });
  }

  async #tell(
    request: AuthorizationRequestRow,
    ref: string | undefined,
    link: string,
    notice: Parameters<Notifier['send']>[1],
  ) {
    await this.#notifier.send(refs([ref]), notice, {
      about: 'The users of an authorization request',
      link,
      scope: `request:${request.id}`,
    });
  }
}

/** Returns entities only, each once: an external token reads no notices. */
function refs(candidates: Array<string | undefined>): string[] {
  return [...new Set(candidates)].filter((ref): ref is string =>
    /^(user|group):/i.test(ref ?? ''),
  );
}

/** "jane" of `user:default/jane`. */
function person(ref: string | undefined): string {
  return ref?.replace(/^(user|group):[^/]+\/|^external:/i, '') ?? 'Somebody';
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
