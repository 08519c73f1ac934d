import {
  apiQueryWith,
  apiUrl,
  DatasourceAuthError,
  Diagnosis,
  readTestPath,
  TestResult,
  TestStep,
} from 'backstage-plugin-datasource-auth-common';
import { TokenPayload } from '../credentials/SealedTokens';
import { Egress } from '../egress/Egress';
import {
  ApiAuthentication,
  apiAuthentication,
  resolveBaseUrl,
} from '../settings/apiAddress';
import { mask } from '../settings/secretSpellings';
import { SecretSource } from '../settings/mergeWrite';

/** Calls the test path of a datasource with a token. Reports status, type and size, never the body. */
export class ConnectionTest {
  readonly #egress: Egress;

  constructor(options: { egress: Egress }) {
    this.#egress = options.egress;
  }

  async run(
    { settings, secrets }: SecretSource,
    token: Pick<TokenPayload, 'accessToken' | 'kept'>,
  ): Promise<TestResult> {
    const steps: TestStep[] = [
      { step: 'token', ok: true, message: 'A token is there.' },
    ];
    const testedAt = Date.now();
    const { path, encodedSlash } = readTestPath(settings.testPath);
    if (!settings.baseUrl || !path) {
      steps.push({
        step: 'call',
        ok: true,
        message:
          'No test path is set, so nothing was called. Set a base URL and a test path to try the token.',
      });
      return { ok: true, steps, testedAt };
    }
    const base = resolveBaseUrl(settings, secrets, token.kept);
    if (!base) {
      steps.push({
        step: 'call',
        ok: false,
        message:
          'The base URL has a template without a usable value, so nothing was called. Check it and the instance values.',
      });
      return { ok: false, steps, testedAt };
    }
    // The base URL can hold a secret value, so users see its template.
    const shown = shownPath(settings.baseUrl, path);
    let url: string;
    let own: ApiAuthentication;
    try {
      own = apiAuthentication({ settings, secrets }, token);
      const address = {
        datasource: settings.name,
        baseUrl: base,
        allowedHosts: [],
      };
      const target = apiUrl(path, address, { encodedSlash });
      target.search = apiQueryWith(target.search.slice(1), own.query);
      url = target.href;
    } catch (error) {
      if (!(error instanceof DatasourceAuthError)) throw error;
      steps.push({ step: 'call', ok: false, message: error.message });
      return { ok: false, steps, testedAt };
    }
    const started = performance.now();
    try {
      const response = await this.#egress.fetch(url, {
        method: 'GET',
        headers: {
          accept: 'application/json, */*;q=0.5',
          ...own.headers,
        },
      });
      const size = (await response.arrayBuffer()).byteLength;
      const ok = response.status === 200;
      steps.push({
        step: 'call',
        ok,
        message: ok
          ? `${shown} answered 200.`
          : refusal(response.status, shown),
      });
      return {
        ok,
        steps,
        status: response.status,
        contentType: mask(
          response.headers.get('content-type')?.split(';')[0],
          own.secrets,
        ),
        size,
        duration: Math.round(performance.now() - started),
        testedAt,
      };
    } catch (error) {
      steps.push({
        step: 'call',
        ok: false,
        message: `${new URL(url).host} could not be reached: ${mask(
          (error as Error).message,
          own.secrets,
        )}`,
      });
      return { ok: false, steps, testedAt };
    }
  }
}

/** The result if there is no token to test. */
export function noToken(diagnosis?: Diagnosis): TestResult {
  return {
    ok: false,
    steps: [
      {
        step: 'token',
        ok: false,
        message: diagnosis?.title ?? 'No credential is staged.',
        diagnosis,
      },
    ],
    testedAt: Date.now(),
  };
}

/** Returns the path of a call as the settings write it, without values and query. */
function shownPath(baseUrl: string, path: string): string {
  const [, basePath = ''] = /^https?:\/\/[^/?#]*([^?#]*)/i.exec(baseUrl) ?? [];
  return basePath.replace(/\/+$/, '') + path.split('?', 1)[0];
}

function refusal(status: number, path: string): string {
  const hint =
    {
      401: 'The API does not accept the token. Check the audience and get a new credential.',
      403: 'The token lacks a permission. Check the scopes.',
      404: 'Check the base URL and the test path.',
    }[status] ?? 'Expected 200.';
  return `${path} answered ${status}. ${hint}`;
}
