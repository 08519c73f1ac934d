import {
  apiQueryWith,
  apiUrl,
  DatasourceAuthError,
  DatasourceNotConfiguredError,
  Diagnosis,
  fillInstance,
  isFromSettings,
  message,
  Message,
  readTestPath,
  renderDiagnosis,
  renderMessages,
  reportsExpiry,
  TestResult,
  TestStep,
} from 'backstage-plugin-datasource-auth-common';
import { TokenPayload } from '../credentials/SealedTokens';
import { Egress } from '../egress/Egress';
import {
  ClientCertificate,
  EgressBlockedError,
  EgressError,
} from 'backstage-plugin-datasource-auth-node/egress';
import { transportErrorText } from '../oauth/transportErrorTexts';
import {
  instanceNamesIn,
  withInstanceValues,
} from '../oauth/unknownInstanceValue';
import { apiAuthentication } from '../kinds/apiAuthentication';
import { apiCertificate } from '../kinds/apiCertificate';
import { CallCredential } from '../kinds/KindOnTheWire';
import { mintedToken } from '../kinds/mintedToken';
import { apiHostOf, resolveBaseUrl } from '../settings/apiAddress';
import { mask } from '../settings/secretSpellings';
import { BearerFiles } from '../files/BearerFiles';
import { CredentialFiles } from '../files/CredentialFiles';
import { SecretSource } from '../settings/mergeWrite';
import { SettingsError } from '../settings/SettingsError';
import { DpopProofs } from '../signing/DpopProofs';
import { ServerClocks } from '../signing/ServerClocks';
import { Signers } from '../signing/Signers';
import { fetchWithProof } from './fetchWithProof';

type Tested = Pick<TokenPayload, 'accessToken' | 'dpopKey' | 'kept' | 'own'>;

/** Calls the test path of a datasource with a token. Reports status, type and size, never the body. */
export class ConnectionTest {
  readonly #egress: Egress;
  readonly #clocks: ServerClocks;
  readonly #proofs: DpopProofs;
  readonly #files: BearerFiles;
  readonly #signers?: Signers;

  constructor(options: {
    egress: Egress;
    clocks?: ServerClocks;
    proofs?: DpopProofs;
    files?: BearerFiles;
    signers?: Signers;
  }) {
    this.#egress = options.egress;
    const { clocks = new ServerClocks() } = options;
    this.#clocks = clocks;
    this.#proofs = options.proofs ?? new DpopProofs({ clocks });
    this.#signers = options.signers;
    this.#files =
      options.files ?? new BearerFiles({ files: new CredentialFiles() });
  }

  async run(source: SecretSource, token: Tested): Promise<TestResult> {
    const { settings, secrets } = source;
    const steps: TestStep[] = [
      isFromSettings(settings.auth)
        ? stepOf('settings', true, message('verification.settingsComplete'))
        : stepOf('token', true, message('verification.tokenThere')),
    ];
    const testedAt = Date.now();
    const { path, encodedSlash } = readTestPath(settings.testPath);
    if (!settings.baseUrl || !path) {
      const missing = settings.baseUrl ? 'noTestPath' : 'noBaseUrl';
      steps.push(stepOf('call', true, message(`verification.${missing}`)));
      return { ok: true, steps, testedAt };
    }
    const base = resolveBaseUrl(settings, secrets, token.kept);
    if (!base) {
      steps.push(
        stepOf('call', false, message('verification.baseUrlUnusable')),
      );
      return { ok: false, steps, testedAt };
    }
    // Secret values stay templates.
    const shown = shownPath(
      fillInstance(settings.baseUrl, settings.instance),
      path,
    );
    const instance = valuesInAddress(settings);
    let url: string;
    let own: CallCredential;
    let tls: ClientCertificate | undefined;
    try {
      const found = await this.#files.read(source, token);
      own = apiAuthentication(
        { settings, secrets },
        found?.token ?? (await this.#signed(source, token)),
      );
      tls = apiCertificate({ settings, secrets });
      const address = {
        datasource: settings.name,
        baseUrl: base,
        allowedHosts: [],
      };
      const target = apiUrl(path, address, { encodedSlash });
      target.search = apiQueryWith(target.search.slice(1), own.query);
      url = target.href;
    } catch (error) {
      if (error instanceof SettingsError) {
        steps.push(stepOf('call', false, error.text));
      } else if (error instanceof DatasourceAuthError) {
        steps.push({ step: 'call', ok: false, message: error.message });
      } else throw error;
      return { ok: false, steps, testedAt };
    }
    const started = performance.now();
    try {
      const response = await fetchWithProof(
        url,
        {
          method: 'GET',
          tls,
          headers: {
            accept: 'application/json, */*;q=0.5',
            ...own.headers,
          },
        },
        {
          ...{ egress: this.#egress, proofs: this.#proofs },
          ...{ key: token.dpopKey, accessToken: token.accessToken },
        },
      );
      const body = new Uint8Array(await response.arrayBuffer());
      const { status } = response;
      const { expired } = settings.api ?? {};
      const tokenExpired =
        expired !== undefined &&
        status >= 200 &&
        status < 300 &&
        reportsExpiry(body, expired);
      const ok = status === 200 && !tokenExpired;
      steps.push(
        stepOf(
          'call',
          ok,
          tokenExpired
            ? message('verification.callTokenExpired', { path: shown, status })
            : callMessage(
                status,
                shown,
                isFromSettings(settings.auth),
                instance,
              ),
        ),
      );
      return {
        ok,
        steps,
        status,
        ...(tokenExpired && { tokenExpired }),
        contentType: mask(
          response.headers.get('content-type')?.split(';')[0],
          own.secrets,
        ),
        size: body.byteLength,
        duration: Math.round(performance.now() - started),
        testedAt,
      };
    } catch (error) {
      steps.push(unreachable(new URL(url).host, error, shown, instance));
      return { ok: false, steps, testedAt };
    }
  }

  /** Returns the token, which is signed now if the settings hold what signs it. */
  async #signed(source: SecretSource, token: Tested): Promise<Tested> {
    if (token.accessToken) return token;
    const now = this.#clocks.now(apiHostOf(source));
    try {
      return { ...token, ...(await mintedToken(source, now, this.#signers)) };
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      throw new DatasourceNotConfiguredError(error.text);
    }
  }
}

/** The result if there is no token to test. */
export function noToken(
  diagnosis?: Diagnosis,
  testedAt = Date.now(),
): TestResult {
  return {
    ok: false,
    steps: [
      {
        step: 'token',
        ok: false,
        ...textOf(
          diagnosis?.texts.title ?? [
            message('verification.noCredentialStaged'),
          ],
        ),
        diagnosis,
      },
    ],
    testedAt,
  };
}

/** Returns the path of a call without its query. */
function shownPath(baseUrl: string, path: string): string {
  const [, basePath = ''] = /^https?:\/\/[^/?#]*([^?#]*)/i.exec(baseUrl) ?? [];
  return basePath.replace(/\/+$/, '') + path.split('?', 1)[0];
}

/** Returns the instance values in the base URL that aren't secret, by name. */
function valuesInAddress({
  baseUrl = '',
  instance = {},
}: SecretSource['settings']): Record<string, string> {
  return Object.fromEntries(
    instanceNamesIn(baseUrl).flatMap(name => {
      const value = Object.hasOwn(instance, name) ? instance[name] : undefined;
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

function callMessage(
  status: number,
  path: string,
  fromSettings: boolean,
  instance: Record<string, string>,
): Message {
  if (status === 200) return message('verification.callSucceeded', { path });
  if (status === 401 && fromSettings)
    return message('verification.callRejected', { path });
  if (status === 401) return message('verification.callUnauthorized', { path });
  if (status === 403) return message('verification.callForbidden', { path });
  const [value] = Object.entries(instance);
  if (status === 404 && value)
    return message('verification.callValueUnknown', {
      path,
      ...{ name: value[0], value: value[1] },
    });
  if (status === 404) return message('verification.callNotFound', { path });
  return message('verification.callFailed', { path, status });
}

/** A call without a response. Codes of the system are explained, and its messages aren't shown. */
function unreachable(
  host: string,
  error: unknown,
  endpoint: string,
  instance: Record<string, string>,
): TestStep {
  const { code = '', sent = false } = error as EgressError;
  const blocked = error instanceof EgressBlockedError ? error : undefined;
  const facts = { host, sent };
  const failure = transportErrorText({ code, blocked }, facts);
  const text =
    failure &&
    withInstanceValues(
      failure,
      { ...facts, endpoint, instance: Object.keys(instance) },
      instance,
    );
  return {
    ...stepOf('call', false, message('verification.hostUnreachable', { host })),
    ...(text && {
      diagnosis: {
        code: text.code,
        ...renderDiagnosis(text),
        retryable: text.retryable ?? false,
        details: { host, at: Date.now() },
      },
    }),
  };
}

function stepOf(step: TestStep['step'], ok: boolean, text: Message): TestStep {
  return { step, ok, ...textOf([text]) };
}

function textOf(texts: Message[]): Pick<TestStep, 'message' | 'texts'> {
  return { message: renderMessages(texts), texts };
}
