import { parseArgs } from 'node:util';
import { createDemoProvider } from './createDemoProvider';
import { demoClients } from './demoClients';

const USAGE = `Usage: demo-provider [options]

  --port <number>                  TCP port (9400)
  --host <name>                    interface to listen on (localhost)
  --issuer <url>                   issuer identifier (http://<host>:<port>)
  --access-token-seconds <number>  life of an access token (120)
  --redirect-uri <url>             redirect URI of demo-web; repeat for more
  --store <file>                   keep grants and tokens over a restart
  --admin                          serve /admin, for tests
`;

async function main() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '9400' },
      host: { type: 'string' },
      issuer: { type: 'string' },
      'access-token-seconds': { type: 'string' },
      'redirect-uri': { type: 'string', multiple: true },
      store: { type: 'string' },
      admin: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }

  const seconds = values['access-token-seconds'];
  const provider = await createDemoProvider({
    port: Number(values.port),
    host: values.host,
    issuer: values.issuer,
    accessTokenSeconds: seconds ? Number(seconds) : undefined,
    clients: demoClients({ redirectUris: values['redirect-uri'] }),
    storeFile: values.store,
    admin: values.admin,
  });
  process.stdout.write(`demo provider listening: ${provider.url}\n`);

  const stop = async () => {
    await provider.close();
    process.exit(0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch(error => {
  process.stderr.write(`demo provider: ${error.message}\n`);
  process.exit(1);
});
