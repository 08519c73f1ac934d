import { answering } from '../processes/Worker';
import { fillStock } from './fillStock';

/** Fills a database in its own process, because SQLite blocks the whole process. */
const answers = { fill: fillStock };

export type FillStockProgram = typeof answers;

answering(answers);
