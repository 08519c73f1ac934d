import { allTests } from './allTests';
import { runSteps } from './checks/Steps';
import { runProgram } from './processes/program';

/*
 * `make test`: everything that has to hold, one after the other, and in the last line how much of it did.
 */

runProgram(() => runSteps(allTests));
