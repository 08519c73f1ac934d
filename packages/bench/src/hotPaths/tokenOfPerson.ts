import { Loader, Target } from '../measuring/load';
import { compare, interleaved } from '../measuring/pairs';
import { fillConnections } from '../stock/fillConnections';
import { Backend } from '../subject/Backend';
import { declaredForPeople, people, PERSONAL } from '../subject/configuration';
import { TokenProvider } from '../subject/TokenProvider';
import { ratioFinding } from './Finding';
import { HotPath } from './HotPath';

const PREFIX = 'bench_people_';
const PEOPLE = 10_000;
const AT_ONCE = 16;
const SECONDS = 1;
/** Bytes. */
const TARGET = 2_048;

export const tokenOfPerson: HotPath = {
  name: 'token-of-person',
  title: 'The token of a person',
  method: `A Backstage in production mode in its own process, on PostgreSQL. A plugin has taken the token of ${PEOPLE.toLocaleString(
    'en',
  )} people, each on behalf of that person, so that all are in the plugin's memory. Then it requests the tokens of ${AT_ONCE} people, all at once over kept-alive connections, ${SECONDS} s per round; for the reference, as many callers take the shared token of the same datasource. Memory is what V8 holds after garbage collection, before and after the people's first calls, with everything that Backstage remembers of them.`,
  remark:
    'Most of the memory is the row as it was read: the encrypted tokens, which are also what this process writes again if the database loses a commit, and the times. What people have in common is in memory once, and the refresh token only encrypted.',

  async measure({ postgres }) {
    const provider = await TokenProvider.start();
    const datasources = declaredForPeople(provider.url);
    const backend = await Backend.start({
      ...{ postgres, databasePrefix: PREFIX, datasources },
    });
    const url = new URL(postgres);
    url.pathname = `/${PREFIX}datasource-auth`;
    const users = people(PEOPLE);
    await fillConnections(url.href, {
      ...{ datasources, name: PERSONAL, subjects: ['service', ...users] },
    });
    const loader = new Loader({
      origin: backend.origin,
      connections: AT_ONCE,
    });
    const shared = await backend.tokenCall(PERSONAL);
    await loader.send(shared);

    const calls = await backend.tokenCallsFor(PERSONAL, users);
    const before = await backend.worker.ask('heldBytes');
    const left = calls.values();
    const caller = async () => {
      for (const call of left) await loader.send(call);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, caller));
    const bytes = ((await backend.worker.ask('heldBytes')) - before) / PEOPLE;

    /** Returns the microseconds of a request. */
    const timeOf = async (targets: Target[]) => {
      const end = performance.now() + SECONDS * 1000;
      const loads = await Promise.all(
        targets.map(target =>
          loader.press(target, {
            atOnce: 1,
            goesOn: () => performance.now() < end,
          }),
        ),
      );
      const requests = loads.reduce((sum, load) => sum + load.requests, 0);
      return (SECONDS * 1_000_000) / requests;
    };
    const time = compare(
      await interleaved({
        rounds: 7,
        ours: () => timeOf(calls.slice(-AT_ONCE)),
        reference: () => timeOf(Array.from({ length: AT_ONCE }, () => shared)),
      }),
      microseconds => microseconds,
    );
    await loader.close();
    await backend.stop();
    await provider.stop();

    const count = PEOPLE.toLocaleString('en');
    return [
      ratioFinding(
        {
          hotPath: `token request for a person, ${count} people in memory, time`,
          reference: 'the same request for the shared token',
          ours: `${time.ours.toFixed(0)} µs`,
          theirs: `${time.reference.toFixed(0)} µs`,
        },
        { ratio: time.ratio, atMost: 1.2 },
      ),
      {
        hotPath: `memory of ${count} people's tokens, per person`,
        reference: 'before their first calls',
        target: `≤ ${TARGET.toLocaleString('en')} bytes`,
        reached: `${bytes.toFixed(0)} bytes`,
        met: bytes <= TARGET,
        ours: `${bytes.toFixed(0)} bytes`,
        theirs: '–',
      },
    ];
  },
};
