import { answering } from '../processes/Worker';
import { TokenProvider } from './TokenProvider';

/** A token endpoint in its own process that responds at once. */
const answers = {
  start: async () => (await TokenProvider.start()).url,
};

export type TokenProviderProgram = typeof answers;

answering(answers);
