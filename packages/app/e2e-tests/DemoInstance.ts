import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createDemoProvider,
  DemoAccount,
  DemoClient,
  demoClients,
  DemoProvider,
} from 'demo-provider';
import {
  BackstageClient,
  Child,
  freePort,
  inRepository,
  startBackstage,
  type TemporaryFolder,
  temporaryFolder,
} from 'runner';
import { Identities } from './Identities';

/**
 * Sites of app, backend and provider: all on localhost, or each on its own, so that the browser treats every
 * cookie between them as third-party.
 */
export type Sites = 'one' | 'three';

const HOSTS: Record<Sites, { app: string; backend: string; provider: string }> =
  {
    one: { app: 'localhost', backend: 'localhost', provider: 'localhost' },
    three: { app: 'app.test', backend: 'api.test', provider: 'provider.test' },
  };

/** URL of the demo provider in the demo entities. */
const DEMO_PROVIDER = 'http://localhost:9400';

/**
 * A Backstage with an empty database and the demo entities, and a demo provider whose access tokens last
 * seconds.
 */
export class DemoInstance {
  readonly appUrl: string;
  readonly provider: DemoProvider;
  /** Calls the backend as the guest, without the page. */
  readonly guest: BackstageClient;
  /** Users other than the guest. */
  readonly identities: Identities;
  readonly #backstage: Child;
  readonly #folder: TemporaryFolder;

  static async start(options: {
    sites: Sites;
    accessTokenSeconds: number;
    /** Changes the clients of the provider. */
    clients?: (clients: DemoClient[]) => DemoClient[];
    accounts?: DemoAccount[];
  }): Promise<DemoInstance> {
    const hosts = HOSTS[options.sites];
    const port = await freePort();
    const providerPort = await freePort();
    const appUrl = `http://${hosts.app}:${port}`;
    const backendUrl = `http://${hosts.backend}:${port}`;
    const callbackUrl = `${backendUrl}/api/datasource-auth/oauth/callback`;
    const temporary = temporaryFolder('e2e');
    const folder = temporary.path;
    const localUrl = `http://127.0.0.1:${port}`;
    const identities = Identities.create({ folder, backendUrl, localUrl });

    const provider = await createDemoProvider({
      port: providerPort,
      issuer: `http://${hosts.provider}:${providerPort}`,
      accessTokenSeconds: options.accessTokenSeconds,
      clients: (options.clients ?? (all => all))(
        demoClients({ redirectUris: [callbackUrl] }),
      ),
      accounts: options.accounts,
      recordIssued: true,
    });
    writeFileSync(
      join(folder, 'entities.yaml'),
      readFileSync(inRepository('examples/entities.yaml'), 'utf8').replaceAll(
        DEMO_PROVIDER,
        provider.issuer,
      ),
    );
    const backstage = startBackstage({
      config: [join(__dirname, 'app-config.e2e.yaml')],
      preload: [join(__dirname, 'mapTestHosts.cjs')],
      env: {
        DATASOURCE_AUTH_SECRET: randomBytes(32).toString('base64'),
        E2E_APP_URL: appUrl,
        E2E_BACKEND_URL: backendUrl,
        E2E_PORT: String(port),
        E2E_FOLDER: folder,
        E2E_PROVIDER_URL: provider.issuer,
      },
      logFile: join(folder, 'backstage.log'),
    });
    const guest = new BackstageClient({ baseUrl: localUrl });
    const instance = new DemoInstance({
      ...{ appUrl, provider, guest, identities, backstage, folder: temporary },
    });
    try {
      await backstage.up(guest.isReady, { seconds: 120 });
    } catch (error) {
      await instance.stop();
      throw error;
    }
    return instance;
  }

  private constructor(options: {
    appUrl: string;
    provider: DemoProvider;
    guest: BackstageClient;
    identities: Identities;
    backstage: Child;
    folder: TemporaryFolder;
  }) {
    this.appUrl = options.appUrl;
    this.provider = options.provider;
    this.guest = options.guest;
    this.identities = options.identities;
    this.#backstage = options.backstage;
    this.#folder = options.folder;
  }

  /** Returns the end of the backend's log, for the report of a failed test. */
  get backstageLog(): string {
    return this.#backstage.lastLines(200);
  }

  /** Returns everything the backend wrote: its log, and its database byte by byte. */
  written(): { log: string; database: string } {
    return {
      log: readFileSync(join(this.#folder.path, 'backstage.log'), 'utf8'),
      database: readFolder(join(this.#folder.path, 'database')),
    };
  }

  async stop() {
    await this.#backstage.stop();
    await this.provider.close();
    this.#folder.remove();
  }
}

/** Reads all files. SQLite removes a journal at the end of its transaction, and then the data is in another file. */
function readFolder(folder: string): string {
  for (;;) {
    try {
      return readdirSync(folder)
        .map(file => readFileSync(join(folder, file), 'latin1'))
        .join('\n');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}
