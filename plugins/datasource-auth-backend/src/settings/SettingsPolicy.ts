import {
  DatasourceAuthError,
  fillInstance,
  replaceTemplates,
  templateExpressions,
  GRANTS,
  ENDPOINT_SETTINGS,
  settingAt,
} from 'backstage-plugin-datasource-auth-common';
import { BareSettings } from './secrets';

/**
 * What this installation allows in settings, beyond their form: where calls may go, and which grants are on offer.
 */
export class SettingsPolicy {
  readonly #check: (url: string) => void;
  readonly #passwordGrantEnabled: boolean;

  constructor(options: {
    /** Throws a sentence when the address may not be spoken to. */
    checkUrl: (url: string) => void;
    passwordGrantEnabled: boolean;
  }) {
    this.#check = options.checkUrl;
    this.#passwordGrantEnabled = options.passwordGrantEnabled;
  }

  /**
   * Checks what also holds for datasources of app-config. Their addresses are not checked here, only when they are called:
   * whoever writes app-config writes the egress rules, and one host that is not allowed must not stop the backend.
   *
   * @throws DatasourceAuthError `invalid_request`, with the fields
   */
  assertDeclarable(settings: BareSettings): void {
    const { auth } = settings;
    if (GRANTS[auth.grantType].canBeDisabled && !this.#passwordGrantEnabled) {
      throw new DatasourceAuthError(
        'The password grant is switched off (datasourceAuth.passwordGrant.enabled). Use authorization code or client credentials.',
        {
          code: 'invalid_request',
          statusCode: 400,
          fields: { 'auth.grantType': 'The password grant is switched off' },
        },
      );
    }
    assertOpenHosts(settings);
  }

  /** @throws DatasourceAuthError `egress_blocked` or `invalid_request`, with the fields */
  assertAllowed(settings: BareSettings): void {
    this.assertDeclarable(settings);
    const fields: Record<string, string> = {};
    for (const path of ['baseUrl', 'auth.issuer', ...ENDPOINT_SETTINGS]) {
      const url = settingAt(settings, path) as string | undefined;
      if (!url) continue;
      try {
        this.#check(knownAddress(url, settings));
      } catch (error) {
        fields[path] = (error as Error).message;
      }
    }
    if (Object.keys(fields).length > 0) {
      // Several fields on one host get the same sentence, which is said once.
      const sentences = [...new Set(Object.values(fields))];
      throw new DatasourceAuthError(sentences.join(' '), {
        code: 'egress_blocked',
        statusCode: 400,
        fields,
      });
    }
  }
}

/**
 * What decides where secrets go has to be seen, and to count as a change: a value in a host is no secret (threats: a
 * template value can move the host).
 */
function assertOpenHosts(settings: BareSettings): void {
  const names = ['baseUrl', ...ENDPOINT_SETTINGS]
    .map(path => settingAt(settings, path) as string | undefined)
    .flatMap(url => templateExpressions(url?.split('/')[2] ?? ''))
    .map(expression => expression.replace(/^instance\./, ''))
    .filter(name => typeof settings.instance?.[name] === 'object');
  if (names.length === 0) return;
  const message =
    'A value that is part of a host cannot be secret. Enter it as a plain value.';
  throw new DatasourceAuthError(message, {
    code: 'invalid_request',
    statusCode: 400,
    fields: Object.fromEntries(
      names.map(name => [`instance.${name}`, message]),
    ),
  });
}

/** The address as far as it is known before a call: unknown templates stand as a harmless letter. */
function knownAddress(url: string, { instance = {} }: BareSettings): string {
  const entered = Object.entries(instance).filter(([, value]) => value !== '');
  const filled = fillInstance(url, Object.fromEntries(entered));
  return replaceTemplates(filled, () => 'x');
}
