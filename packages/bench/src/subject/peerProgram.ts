import { setTimeout as sleep } from 'node:timers/promises';
import { answering } from '../processes/Worker';
import { peerTokens } from './peerTokens';

/** One of several processes that keep their token with the client library, each for itself. */
const answers = {
  /** So many callers at one moment, at which the token has expired. */
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
