import { randomBytes } from 'node:crypto';
import { BackstageClient } from '../processes/backstage';
import { answers, Child } from '../processes/Child';
import { freePort } from '../processes/ports';
import { cleaningUp } from '../processes/program';
import { AdoptionProof } from './AdoptionProof';
import { lookAtPages } from './lookAtPages';
import type { PristineApp } from './PristineApp';

/** The guest can't connect an account: several people share it. */
const PERSON = 'jane';

/**
 * Starts the backend of an app with a demo provider, gets a token, uses it, and opens the page.
 *
 * @param options - `name` is the name of the database, for the written files; without `database`, the
 *   template's own is used
 */
export async function useApp(options: {
  app: PristineApp;
  name: string;
  database?: object;
  logFolder: string;
  print: (line: string) => void;
}): Promise<void> {
  const { app, name, database, logFolder, print } = options;
  const [port, providerPort] = [await freePort(), await freePort()];
  const url = `http://localhost:${port}`;
  const provider = `http://localhost:${providerPort}`;
  const demoProvider = Child.start({
    name: 'The demo provider',
    entry: 'packages/demo-provider/src/cli.ts',
    args: [
      ...['--port', String(providerPort)],
      ...['--redirect-uri', `${url}/api/datasource-auth/oauth/callback`],
    ],
    logFile: `${logFolder}/provider-${name}.log`,
  });
  const backend = app.startBackend({
    name,
    // Settings of this machine: ports, the database, a local provider, and people who sign in without a password.
    config: {
      app: { baseUrl: url },
      backend: {
        baseUrl: url,
        listen: { host: '127.0.0.1', port },
        ...(database && { database }),
      },
      auth: { providers: { guest: {}, 'demo-people': {} } },
      datasourceAuth: {
        egress: { allow: ['localhost'], allowHttp: ['localhost'] },
      },
    },
    env: { DATASOURCE_AUTH_SECRET: randomBytes(32).toString('base64') },
  });
  const stop = async () => {
    await Promise.all([backend, demoProvider].map(child => child.stop()));
  };
  await cleaningUp(stop, async () => {
    const backstage = new BackstageClient({ baseUrl: url });
    await demoProvider.up(() => answers(`${provider}/stats`), { seconds: 60 });
    await backend.up(backstage.isReady, { seconds: 180 });
    try {
      await new AdoptionProof({
        ...{ backstage, provider },
        personToken: await backstage.signInAs(PERSON),
      }).run();
      await lookAtPages({
        ...{ backstage: url, title: 'Adopted API', print },
        person: PERSON,
        screenshots: `${logFolder}/${name}`,
      });
    } catch (error) {
      throw new Error(`${(error as Error).message}\n${backend.lastLines()}`);
    }
  });
}
