import { answering } from '../processes/Worker';
import { Finding } from './Finding';
import { BenchEnvironment } from './HotPath';
import { hotPaths } from './index';

/** Measures one path in a process of its own: what another one left behind in memory and caches is not there. */
const answers = {
  measure: async (
    name: string,
    surroundings: BenchEnvironment,
  ): Promise<Finding[]> => {
    const hotPath = hotPaths.find(candidate => candidate.name === name)!;
    return hotPath.measure(surroundings);
  },
};

export type MeasureProgram = typeof answers;

answering(answers);
