import {
  DatasourceAuthError,
  fillInstance,
  instanceName,
  keptHostName,
  replaceTemplates,
  templateExpressions,
  GRANTS,
  oauth2Settings,
  ENDPOINT_SETTINGS,
  settingAt,
  Message,
  message,
  renderMessages,
} from 'backstage-plugin-datasource-auth-common';
import { getDomain } from 'tldts';
import { BareSettings } from './secrets';
import { EgressBlockedError } from 'backstage-plugin-datasource-auth-node/egress';

/**
 * Checks what the schema can't: the hosts that settings may call and the grants that this installation enables.
 */
export class SettingsPolicy {
  readonly #check: (url: string) => void;
  readonly #passwordGrantEnabled: boolean;

  constructor(options: {
    /** Throws an error for users when this URL must not be called. */
    checkUrl: (url: string) => void;
    passwordGrantEnabled: boolean;
  }) {
    this.#check = options.checkUrl;
    this.#passwordGrantEnabled = options.passwordGrantEnabled;
  }

  /**
   * Checks the rules that also apply to declared datasources. Their URLs are checked only when they are called:
   * app-config also holds the egress rules, and one blocked host must not stop the backend.
   *
   * @throws DatasourceAuthError `invalid_request`, naming the fields
   */
  assertDeclarable(settings: BareSettings): void {
    const oauth = oauth2Settings(settings.auth);
    if (
      oauth &&
      GRANTS[oauth.grantType].canBeDisabled &&
      !this.#passwordGrantEnabled
    ) {
      throw new DatasourceAuthError(message('error.passwordGrantDisabled'), {
        code: 'invalid_request',
        statusCode: 400,
        fieldTexts: {
          'auth.grantType': [message('fault.passwordGrantDisabled')],
        },
      });
    }
    assertOpenHosts(settings);
    assertRegistrable(settings);
  }

  /** @throws DatasourceAuthError `egress_blocked` or `invalid_request`, naming the fields */
  assertAllowed(settings: BareSettings): void {
    this.assertDeclarable(settings);
    const faults: Record<string, Message[]> = {};
    for (const path of ['baseUrl', 'auth.issuer', ...ENDPOINT_SETTINGS]) {
      const url = settingAt(settings, path) as string | undefined;
      if (!url) continue;
      try {
        this.#check(knownAddress(url, settings));
      } catch (error) {
        if (!(error instanceof EgressBlockedError)) throw error;
        const { cause, remedy } = error.texts;
        faults[path] = [...cause, ...remedy];
      }
    }
    const texts = Object.values(faults);
    if (texts.length > 0) {
      // Fields on one host get the same message, so one is enough.
      const byEnglish = new Map(
        texts.map(each => [renderMessages(each), each]),
      );
      throw new DatasourceAuthError([...byEnglish.values()].flat(), {
        code: 'egress_blocked',
        statusCode: 400,
        fieldTexts: faults,
      });
    }
  }
}

/**
 * A value in a host decides where secrets go, so it must be visible and count as a change (threats 2).
 */
function assertOpenHosts(settings: BareSettings): void {
  const names = ['baseUrl', ...ENDPOINT_SETTINGS]
    .map(path => settingAt(settings, path) as string | undefined)
    .flatMap(url => templateExpressions(url?.split('/')[2] ?? ''))
    .map(expression => instanceName(expression) ?? '')
    .filter(name => typeof settings.instance?.[name] === 'object');
  if (names.length === 0) return;
  const text = message('fault.hostSecret');
  throw new DatasourceAuthError(text, {
    code: 'invalid_request',
    statusCode: 400,
    fieldTexts: Object.fromEntries(
      names.map(name => [`instance.${name}`, [text]]),
    ),
  });
}

function keepHostsIn(auth: BareSettings['auth']): Record<string, string[]> {
  return oauth2Settings(auth)?.response.keepHosts ?? {};
}

/** Anyone can register a name below a public suffix such as `co.uk` or `github.io`. */
function assertRegistrable({ auth }: BareSettings): void {
  const faults = Object.entries(keepHostsIn(auth)).flatMap(([name, hosts]) =>
    hosts
      .filter(host => host.startsWith('*.'))
      .map(host => host.slice('*.'.length))
      .filter(domain => !getDomain(domain, { allowPrivateDomains: true }))
      .map((domain): [string, Message] => [
        `auth.response.keepHosts.${name}`,
        message('fault.domainRegistrable', { domain }),
      ]),
  );
  if (faults.length === 0) return;
  throw new DatasourceAuthError(faults[0][1], {
    code: 'invalid_request',
    statusCode: 400,
    fieldTexts: Object.fromEntries(
      faults.map(([path, text]) => [path, [text]]),
    ),
  });
}

/** Returns the URL as far as it is known before a call, with a harmless letter for each unknown template. */
function knownAddress(
  url: string,
  { auth, instance = {} }: BareSettings,
): string {
  const entered = Object.entries(instance).filter(([, value]) => value !== '');
  const filled = fillInstance(url, Object.fromEntries(entered));
  const [host = 'x'] = keepHostsIn(auth)[keptHostName(filled) ?? ''] ?? [];
  return replaceTemplates(
    filled.replace(
      /^(https?:\/\/)\{\{\s*kept\.[^{}]*\}\}/i,
      `$1${host.replace('*', 'x')}`,
    ),
    () => 'x',
  );
}
