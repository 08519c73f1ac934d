import { ChildProcess, spawn } from 'node:child_process';
import {
  createWriteStream,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { JsonObject } from '@backstage/types';
import { freePort } from 'runner';
import { BrokerMoment } from '../../credentials/TokenBroker';
import { SERVICE } from '../../database/CredentialKey';
import { ApiClient } from '../../__testUtils__/startDatasourceAuth';
import { BackgroundWork, FromReplica, ToReplica } from './messages';

/** The result of a plugin's call. Status 0: the replica was gone. */
export interface Taken {
  status: number;
  accessToken?: string;
  /** The header that calls to the API get. */
  authorization?: string;
  code?: string;
  /** The whole response. */
  text?: string;
}

/** A datasource, and the person whose own credential is taken. By default, the one that all plugins share. */
export interface TokenTarget {
  name: string;
  subject?: string;
  /** Headers with which the plugin presents a delegation, without its person. */
  delegation?: Record<string, string>;
}

const ENTRY = require.resolve('./replicaProcess.ts');
const TRANSFORM = require.resolve('@backstage/cli/config/nodeTransform.cjs');

/** Child processes end with the tests. */
const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach(child => child.kill('SIGKILL')));

/** A real backend in its own process, controlled over IPC. */
export class Replica {
  readonly name: string;
  readonly ready: Promise<void>;
  readonly exited: Promise<number | string | null>;
  readonly #child: ChildProcess;
  readonly #port: number;
  readonly #arrivals = new Map<BrokerMoment, () => void>();
  #onRan = (_ran: boolean) => {};

  static async start(options: {
    name: string;
    folder: string;
    config: JsonObject;
    leaseMilliseconds: number;
    /** Clock difference in milliseconds. */
    clockShift?: number;
    /** Address at which other backends find this one. Defaults to where it listens. */
    baseUrl?: string;
    /** Allows the guest to sign in. */
    signIn?: boolean;
  }): Promise<Replica> {
    return new Replica(options, await freePort());
  }

  private constructor(
    options: Parameters<typeof Replica.start>[0],
    port: number,
  ) {
    const { name, folder, config } = options;
    // Its own folder: another one that starts at the same time would read a file while it is written again.
    const own = join(folder, `${name}-${port}`);
    mkdirSync(own);
    const configFile = join(own, 'app-config.yaml');
    const logFile = `${own}.log`;
    this.name = name;
    this.#port = port;
    writeFileSync(
      configFile,
      JSON.stringify({
        ...config,
        backend: {
          ...(config.backend as JsonObject),
          baseUrl: options.baseUrl ?? `http://localhost:${port}`,
          listen: { host: 'localhost', port },
        },
      }),
    );
    // Outside the repository, Backstage doesn't compile the configuration schemas of all its packages first, which
    // takes longer than the rest of the start.
    writeFileSync(join(own, 'package.json'), '{ "name": "replica" }');
    this.#child = spawn(
      process.execPath,
      ['--require', TRANSFORM, ENTRY, '--config', configFile],
      {
        cwd: own,
        env: {
          ...withoutJest(process.env),
          NODE_ENV: 'development',
          FORCE_COLOR: '0',
          LOG_LEVEL: 'debug',
          REPLICA_PORT: String(port),
          REPLICA_LEASE: String(options.leaseMilliseconds),
          REPLICA_CLOCK_SHIFT: String(options.clockShift ?? 0),
          REPLICA_SIGN_IN: options.signIn ? 'yes' : '',
        },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    running.add(this.#child);
    const log = createWriteStream(logFile);
    this.#child.stdout!.pipe(log, { end: false });
    this.#child.stderr!.pipe(log, { end: false });
    this.exited = new Promise(resolve => {
      this.#child.once('close', (code, signal) => {
        running.delete(this.#child);
        log.end(() => resolve(signal ?? code));
      });
    });
    this.ready = new Promise((resolve, reject) => {
      this.#child.on('message', (message: FromReplica) => {
        if (message.ready) resolve();
        if (message.arrived) this.#arrivals.get(message.arrived)?.();
        if (message.ran !== undefined) this.#onRan(message.ran);
      });
      this.exited.then(code =>
        reject(
          new Error(
            `${name} ended with ${code}.\n${readFileSync(logFile, 'utf8').slice(
              -3_000,
            )}`,
          ),
        ),
      );
    });
    this.ready.catch(() => {});
  }

  /** The address this one listens on. */
  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  /** The address of the plugin's routes. */
  get apiUrl(): string {
    return `${this.url}/api/datasource-auth`;
  }

  get alive(): boolean {
    return running.has(this.#child);
  }

  /** Gets a token of a datasource, as a plugin in this backend: on behalf of a person, or as itself. */
  async take(
    { name, subject = SERVICE, delegation }: TokenTarget,
    options: { signal?: AbortSignal } = {},
  ): Promise<Taken> {
    const { signal } = options;
    try {
      const answer = await fetch(
        `http://localhost:${this.#port}/api/faults-consumer/take/${name}`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            user: delegation || subject === SERVICE ? undefined : subject,
            headers: delegation,
          }),
          signal,
        },
      );
      const text = await answer.text();
      const body = JSON.parse(text);
      return {
        status: answer.status,
        accessToken: body.accessToken,
        authorization: body.headers?.Authorization,
        code: body.error?.code ?? body.error?.message,
        text,
      };
    } catch {
      return { status: 0 };
    }
  }

  /** A person who is signed in here, and the plugin on their behalf. */
  async signIn(
    user: string,
  ): Promise<Record<'person' | 'plugin' | 'anonymous', ApiClient>> {
    const answer = await fetch(`${this.url}/api/faults-consumer/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user }),
    });
    const { person, plugin } = await answer.json();
    return {
      person: this.#clientWith({ authorization: `Bearer ${person}` }),
      plugin: this.#clientWith({ authorization: `Bearer ${plugin}` }),
      anonymous: this.#clientWith({}),
    };
  }

  /** Does background work now. Returns whether it succeeded. */
  async run(work: BackgroundWork): Promise<boolean> {
    const ran = new Promise<boolean>(resolve => {
      this.#onRan = resolve;
    });
    this.#tell({ run: work });
    return ran;
  }

  /** Holds its next exchange at a moment. Resolves when it is reached. */
  async stopAt(moment: BrokerMoment): Promise<void> {
    const arrived = new Promise<void>(resolve => {
      this.#arrivals.set(moment, resolve);
    });
    this.#tell({ stopAt: moment });
    await arrived;
  }

  /** Releases the exchange. */
  go() {
    this.#tell({ go: true });
  }

  /** Kills it without warning. */
  async kill() {
    this.#child.kill('SIGKILL');
    await this.exited;
  }

  /** Stops it, and returns its exit code. */
  async terminate() {
    this.#child.kill('SIGTERM');
    return this.exited;
  }

  /** Pauses the process, with its timers and sockets. */
  freeze() {
    this.#child.kill('SIGSTOP');
  }

  thaw() {
    this.#child.kill('SIGCONT');
  }

  #clientWith(caller: Record<string, string>): ApiClient {
    return async (method, path, body, headers) => {
      const url = new URL(path.replace(/^\//, ''), `${this.apiUrl}/`);
      const answer = await fetch(url, {
        ...{ method, redirect: 'manual' },
        headers: { 'content-type': 'application/json', ...caller, ...headers },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const text = await answer.text();
      const isJson = answer.headers.get('content-type')?.includes('json');
      return {
        status: answer.status,
        headers: answer.headers,
        body: isJson ? JSON.parse(text) : text,
      };
    };
  }

  #tell(message: ToReplica) {
    this.#child.send(message);
  }
}

/** The environment of a program that isn't a test. */
function withoutJest(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => !name.startsWith('JEST_') && name !== 'NODE_OPTIONS',
    ),
  );
}
