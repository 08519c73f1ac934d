import { answering } from '../processes/Worker';
import { fillStock } from './fillStock';

/** Fills a database in a process of its own: SQLite keeps the whole process busy. */
const answers = { fill: fillStock };

export type FillStockProgram = typeof answers;

answering(answers);
