import { answering } from '../processes/Worker';
import { Finding } from './Finding';
import { BenchEnvironment } from './HotPath';
import { hotPaths } from './index';

/** Measures one path in its own process, so that another one leaves nothing in memory and caches. */
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
