import { setTimeout as sleep } from 'node:timers/promises';
import { answering } from '../processes/Worker';
import { peerTokens } from './peerTokens';

/** One of several processes, each of which stores its own token with the client library. */
const answers = {
  /** That many callers at the moment when the token has expired. */
  storm: async (provider: string, callers: number, startAt: number) => {
    const tokens = peerTokens({ provider, expiresAt: startAt - 1 });
    await sleep(startAt - Date.now());
    await Promise.all(
      Array.from({ length: callers }, () => tokens.getAccessToken()),
    );
  },
};

export type PeerProgram = typeof answers;

answering(answers);
